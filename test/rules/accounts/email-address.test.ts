import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { baseAddress, isGoogleMail } from '../../../src/accounts/rules/base-address.ts';
import { DISPOSABLE_DOMAINS } from '../../../src/accounts/rules/disposable-domains.ts';
import { acceptEmailAddress, type FindMailRoute } from '../../../src/accounts/rules/email-acceptance.ts';
import { type EmailAddress, readEmailAddress } from '../../../src/accounts/rules/email-address.ts';

const read = (input: string): EmailAddress => {
  const result = readEmailAddress(input);
  if (!result.ok) throw new Error(`${input} is ${result.error.reason}`);
  return result.value;
};
const refusal = (input: string) => {
  const result = readEmailAddress(input);
  return result.ok ? null : result.error.reason;
};
const accept = async (input: string, more: { sandbox?: boolean; findMailRoute?: FindMailRoute } = {}) => {
  const findMailRoute = async () => ({ takesMail: true, hosts: [] });
  const result = await acceptEmailAddress(input, { sandbox: false, findMailRoute, ...more });
  return result.ok ? result.value.address : result.error.reason;
};

describe('SU-2 reading an e-mail address', () => {
  it.each([
    ['  Sam.Lee@Example.GOV \n', 'sam.lee@example.gov'],
    ['a@b.co', 'a@b.co'],
    ["o'brien+tag=1/2{x}@mail.example.org", "o'brien+tag=1/2{x}@mail.example.org"],
    ['x@xn--mnchen-3ya.de', 'x@xn--mnchen-3ya.de'],
    [`${'a'.repeat(64)}@example.gov`, `${'a'.repeat(64)}@example.gov`],
    ['a@1.2.3.example', 'a@1.2.3.example'],
  ])('reads %j as %s', (input, address) => {
    expect(read(input)).toBe(address);
  });

  it.each(['', ' ', '\t\n'])('finds %j missing', (input) => {
    expect(refusal(input)).toBe('missing');
  });

  it.each([
    'nobody',
    '@example.gov',
    'a@',
    'a@b',
    'a@@example.gov',
    'a@b@example.gov',
    'a b@example.gov',
    '.a@example.gov',
    'a.@example.gov',
    'a..b@example.gov',
    '"a b"@example.gov',
    'a@-example.gov',
    'a@example-.gov',
    'a@exa_mple.gov',
    'a@example..gov',
    'a@example.gov.',
    'a@.example.gov',
    'a@[127.0.0.1]',
    'a@127.0.0.1',
    'a,b@example.gov',
    'a@example.gov,b@example.gov',
    'a@example.gov\r\nBcc: b@example.gov',
    'Sam <a@example.gov>',
    'jürgen@example.gov',
    `${'a'.repeat(65)}@example.gov`,
    `a@${'b'.repeat(64)}.gov`,
    `a@${'b.'.repeat(126)}gov`,
    'a'.repeat(1_000_000),
  ])('finds %.40j malformed', (input) => {
    expect(refusal(input)).toBe('malformed');
  });

  it('takes 254 characters and no more', () => {
    const domain = `${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(57)}.gov`;
    expect(read(`${'a'.repeat(254 - domain.length - 1)}@${domain}`)).toHaveLength(254);
    expect(refusal(`${'a'.repeat(254 - domain.length)}@${domain}`)).toBe('malformed');
  });

  it.each(['a@münchen.de', 'a@example。gov', 'a@exam\u200bple.gov'])(
    'tells a domain outside ASCII apart: %s',
    (input) => {
      expect(refusal(input)).toBe('domain_not_ascii');
    },
  );

  it('does not let a letter that lower-cases to ASCII pass for it', () => {
    expect(refusal('\u212aelly@example.gov')).toBe('malformed');
    expect(refusal('kelly@\u212arew.example')).toBe('domain_not_ascii');
  });

  it('reads its own result unchanged', () => {
    fc.assert(
      fc.property(fc.emailAddress({ size: 'small' }), (input) => {
        const once = readEmailAddress(input);
        if (once.ok) expect(readEmailAddress(once.value)).toEqual(once);
      }),
    );
  });
});

describe('SU-2 accepting an e-mail address', () => {
  it('asks whether the domain takes mail', async () => {
    const findMailRoute = vi.fn(async () => ({ takesMail: false, hosts: [] }));
    expect(await accept('a@nowhere.example', { findMailRoute })).toBe('no_mail_route');
    expect(findMailRoute).toHaveBeenCalledExactlyOnceWith('nowhere.example');
    expect(await accept('a@example.gov')).toBe('a@example.gov');
  });

  it('does not ask about what is refused anyway', async () => {
    const findMailRoute = vi.fn(async () => ({ takesMail: true, hosts: [] }));
    await accept('nobody', { findMailRoute });
    await accept('a@mailinator.com', { findMailRoute });
    expect(findMailRoute).not.toHaveBeenCalled();
  });

  it.each(['a@mailinator.com', 'a@sub.mailinator.com', 'A@YOPMAIL.com'])(
    'refuses a throw-away domain: %s',
    async (input) => {
      expect(await accept(input)).toBe('disposable_domain');
    },
  );

  it('does not refuse a domain that only ends alike', async () => {
    expect(await accept('a@notmailinator.com')).toBe('a@notmailinator.com');
    expect(await accept('a@mailinator.com.example')).toBe('a@mailinator.com.example');
  });

  it('has a list of lower-case domains only', () => {
    for (const domain of DISPOSABLE_DOMAINS) expect(refusal(`a@${domain}`)).toBeNull();
    for (const domain of DISPOSABLE_DOMAINS) expect(domain).toBe(domain.toLowerCase());
  });

  it.each(['aol.com', 'bellsouth.net', 'outlook.com', 'yahoo.com'])(
    'refuses %s in the sandbox only',
    async (domain) => {
      expect(await accept(`a@${domain}`, { sandbox: true })).toBe('refused_in_sandbox');
      expect(await accept(`a@${domain}`)).toBe(`a@${domain}`);
    },
  );
});

describe('SU-4 base addresses', () => {
  it.each([
    ['s.a.m+tag@gmail.com', false, 'sam@gmail.com'],
    ['s.a.m+tag+more@googlemail.com', false, 'sam@gmail.com'],
    ['s.a.m+tag@agency.example', true, 'sam@agency.example'],
    ['s.a.m+tag@agency.example', false, 's.a.m+tag@agency.example'],
  ])('%s (mail at Google: %s) is %s', (address, google, base) => {
    expect(baseAddress(read(address), google)).toBe(base);
  });

  it('are their own base', () => {
    const locals = fc.string({ unit: fc.constantFrom('a', 'b', '.', '+'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        locals,
        fc.constantFrom('gmail.com', 'googlemail.com', 'x.example'),
        fc.boolean(),
        (local, domain, google) => {
          const address = readEmailAddress(`${local}@${domain}`);
          const base = address.ok ? readEmailAddress(baseAddress(address.value, google)) : address;
          if (base.ok) expect(baseAddress(base.value, google)).toBe(base.value);
        },
      ),
    );
  });

  it('are told by the mail hosts that accepting the address looked up anyway', async () => {
    const findMailRoute = vi.fn(async (domain: string) => ({
      takesMail: true,
      hosts: domain === 'city.example' ? ['aspmx.l.google.com.'] : [],
    }));
    const accepted = async (input: string) => {
      const result = await acceptEmailAddress(input, { sandbox: false, findMailRoute });
      return result.ok && result.value.mailIsGoogle;
    };
    expect(await accepted('s.am@city.example')).toBe(true);
    expect(await accepted('s.am@county.example')).toBe(false);
    expect(findMailRoute).toHaveBeenCalledTimes(2);
  });

  it('know Google by its mail hosts', () => {
    expect(isGoogleMail(['ASPMX.L.GOOGLE.COM.', 'alt1.aspmx.l.google.com'])).toBe(true);
    expect(isGoogleMail(['aspmx2.googlemail.com'])).toBe(true);
    expect(isGoogleMail(['mx.notgoogle.com', 'google.com.evil.example'])).toBe(false);
    expect(isGoogleMail([])).toBe(false);
  });
});
