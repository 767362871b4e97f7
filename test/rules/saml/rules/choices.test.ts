import { describe, expect, it } from 'vitest';
import type { App } from '../../../../src/apps/model.ts';
import { isIssuedNow, isLogoutOver } from '../../../../src/saml/rules/check-times.ts';
import { chooseAcs } from '../../../../src/saml/rules/choose-acs.ts';
import { chooseNameId } from '../../../../src/saml/rules/choose-name-id.ts';
import { prefersJson } from '../../../../src/saml/rules/prefers-json.ts';
import { readLocale } from '../../../../src/saml/rules/read-locale.ts';
import { attributesToConsent, requestedAttributes } from '../../../../src/saml/rules/requested-attributes.ts';
import { aSamlApp, EMAIL, NOW, PERSISTENT, REQ_ATTR } from '../a-request.ts';

const EMAIL_20 = 'urn:oasis:names:tc:SAML:2.0:nameid-format:emailAddress';
const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient';
const UNSPECIFIED = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified';
const PERSISTENT_11 = 'urn:oasis:names:tc:SAML:1.1:nameid-format:persistent';

describe('A6 to A8 the NameID table', () => {
  const choose = (requested: string | null, app: Partial<App> = {}) => {
    const choice = chooseNameId(aSamlApp(app), requested);
    return choice.ok ? [choice.value.format, choice.value.value] : choice.error;
  };
  const allowed = { email_nameid_format_allowed: true };
  const subject = [PERSISTENT, 'subject'];
  const email = [EMAIL, 'email'];

  it.each([
    [PERSISTENT, subject, subject],
    [EMAIL, 'unauthorized_nameid_format', email],
    [null, subject, email],
    [UNSPECIFIED, subject, email],
    [TRANSIENT, subject, email],
    [PERSISTENT_11, subject, email],
    [EMAIL_20, subject, email],
  ])('%s gives %s, with permission %s', (requested, without, withPermission) => {
    expect(choose(requested)).toEqual(without);
    expect(choose(requested, allowed)).toEqual(withPermission);
  });

  it('a registration that names persistent stays with it', () => {
    expect(choose(null, { ...allowed, nameid_format: PERSISTENT })).toEqual(subject);
    expect(choose(EMAIL, { ...allowed, nameid_format: PERSISTENT })).toEqual(email);
  });

  it('A9 the legacy behaviour labels an old number persistent, and takes 2.0 e-mail for e-mail', () => {
    const legacy = { use_legacy_name_id_behavior: true };
    expect(choose(TRANSIENT, legacy)).toEqual([PERSISTENT, 'legacy-number']);
    expect(choose(EMAIL_20, legacy)).toBe('unauthorized_nameid_format');
    expect(choose(EMAIL_20, { ...legacy, ...allowed })).toEqual(email);
    expect(choose(null, legacy)).toEqual(subject);
    expect(choose(PERSISTENT, legacy)).toEqual(subject);
  });
});

describe('A2, V20 where the Response goes', () => {
  const MAIN = 'https://grants.example.gov/saml/acs';
  const SECOND = 'https://dev.example.gov/saml/acs';
  const several = { acs_urls: [SECOND] };
  const choose = (app: Partial<App>, acsUrl: string | null, acsIndex: number | null = null) => {
    const chosen = chooseAcs(aSamlApp(app), { acsUrl, acsIndex });
    return chosen.ok ? chosen.value : chosen.error;
  };

  it('is the registered address, whatever the request says', () => {
    expect(choose({}, null)).toEqual({ acs: MAIN, ignored: false });
    expect(choose({}, MAIN)).toEqual({ acs: MAIN, ignored: false });
    for (const other of [`${MAIN}?x=1`, `${MAIN}/`, 'https://evil.example/acs', MAIN.toUpperCase(), SECOND])
      expect(choose({}, other)).toEqual({ acs: MAIN, ignored: true });
  });

  it('is one of several by exact match or by index', () => {
    expect(choose(several, SECOND)).toEqual({ acs: SECOND, ignored: false });
    expect(choose(several, null, 1)).toEqual({ acs: SECOND, ignored: false });
    expect(choose(several, null, 7)).toEqual({ acs: MAIN, ignored: false });
    expect(choose({}, null, 1)).toEqual({ acs: MAIN, ignored: false });
  });

  it('strict apps refuse what does not match', () => {
    expect(choose({ saml_options: { strict_acs: true } }, 'https://evil.example/acs')).toBe(
      'unregistered_acs_url',
    );
  });

  it('is by the number the app gave the address in its metadata, where those are on record', () => {
    const numbered = { ...several, acs_indexes: { 1: MAIN, 2: SECOND } };
    expect(choose(numbered, null, 1)).toEqual({ acs: MAIN, ignored: false });
    expect(choose(numbered, null, 2)).toEqual({ acs: SECOND, ignored: false });
    expect(choose(numbered, null, 0), 'no place in our list').toEqual({ acs: MAIN, ignored: true });
    expect(choose(numbered, SECOND, 1), 'an address says more').toEqual({ acs: SECOND, ignored: false });
    expect(choose({ acs_indexes: { 2: 'https://evil.example/acs' } }, null, 2)).toEqual({
      acs: MAIN,
      ignored: true,
    });
    expect(choose({ ...numbered, saml_options: { strict_acs: true } }, null, 0)).toBe('unregistered_acs_url');
  });

  it('is never taken from the request for want of a registered one', () => {
    expect(choose({ acs_url: null }, 'https://evil.example/acs')).toBe('no_response_url');
  });
});

describe('A17 requested attributes', () => {
  it('unites every list, by any separator, and drops what it does not know', () => {
    const refs = [
      `${REQ_ATTR}email,first_name:last_name`,
      'urn:acr.login.gov:verified',
      `${REQ_ATTR}email phone,shoe_size`,
    ];
    expect(requestedAttributes(refs, ['ssn'])).toEqual(['email', 'first_name', 'last_name', 'phone']);
  });

  it('takes the bundle only where no list was sent, even an empty one', () => {
    expect(requestedAttributes([], ['ssn', 'nonsense'])).toEqual(['ssn']);
    expect(requestedAttributes([REQ_ATTR], ['ssn'])).toEqual([]);
  });

  it('knows no inherited names', () => {
    expect(requestedAttributes([`${REQ_ATTR}__proto__,constructor,toString`], [])).toEqual([]);
  });
});

describe('B8 what is asked of the person', () => {
  const consent = (
    names: readonly string[],
    asked: Partial<Parameters<typeof attributesToConsent>[1]> = {},
  ) => attributesToConsent(names, { identity: 'none', emailNameId: false, ial: 1, ...asked });

  it('leaves out what would not be released', () => {
    expect(consent(['email', 'first_name', 'verified_at'])).toEqual(['email']);
    expect(consent(['email', 'first_name'], { identity: 'verified' })).toEqual([
      'email',
      'given_name',
      'verified_at',
    ]);
    expect(consent(['verified_at'], { ial: 2 })).toEqual(['verified_at']);
  });

  it('counts an address in the NameID, one address for its five parts, and the card whole or not', () => {
    expect(consent([], { emailNameId: true })).toEqual(['email']);
    expect(consent(['address1', 'city', 'zipcode'], { identity: 'verified' })).toEqual([
      'address',
      'verified_at',
    ]);
    expect(consent(['x509_subject', 'x509_issuer'])).toEqual([]);
    expect(consent(['x509_presented'])).toEqual(['x509_subject', 'x509_issuer', 'x509_presented']);
  });
});

describe('S17 times', () => {
  it('a logout request is over five minutes after it says so', () => {
    expect(isLogoutOver(null, NOW)).toBe(false);
    expect(isLogoutOver('2027-02-11T15:01:01Z', NOW)).toBe(false);
    expect(isLogoutOver('2027-02-11T15:01:00Z', NOW)).toBe(true);
    expect(isLogoutOver('soon', NOW)).toBe(true);
  });

  it('an app may want requests made just now', () => {
    expect(isIssuedNow('2027-02-11T15:01:01Z', NOW)).toBe(true);
    expect(isIssuedNow('2027-02-11T15:00:59Z', NOW)).toBe(false);
    expect(isIssuedNow('2027-02-11T15:11:30Z', NOW)).toBe(false);
    expect(isIssuedNow(null, NOW)).toBe(false);
  });
});

describe('R2 locale', () => {
  it('is exact', () => {
    expect(['en', 'es', 'fr', 'zh'].map(readLocale)).toEqual(['en', 'es', 'fr', 'zh']);
    expect(['ES', 'es-MX', 'de', '', undefined].map(readLocale)).toEqual([null, null, null, null, null]);
  });
});

describe('Z2 JSON', () => {
  it.each([
    ['application/json', true],
    ['text/html, application/json;q=0.9', false],
    ['application/json, text/html;q=0.5', true],
    ['*/*', false],
    [undefined, false],
  ])('%s: %s', (accept, wanted) => {
    expect(prefersJson(accept)).toBe(wanted);
  });
});
