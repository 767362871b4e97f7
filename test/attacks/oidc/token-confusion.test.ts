import { createHmac, createPrivateKey, createSign, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assertionAudiences,
  readClientAssertion,
  verifyClientAssertion,
} from '../../../src/oidc/rules/client-assertion.ts';
import { tokenFault } from '../../../src/oidc/rules/token-faults.ts';
import { importCertificateKeys, verifyRs256 } from '../../../src/oidc/wire/certificate-key.ts';
import { encodeTokenError } from '../../../src/oidc/wire/encode-token-error.ts';
import { FIRST_PAIR, SECOND_PAIR } from '../../support/apps.ts';

const NOW = Date.UTC(2026, 5, 1);
const CLIENT = 'urn:example:app';
const audiences = assertionAudiences('https://idp.test/api/openid_connect/token', 'https://idp.test/');
const b64 = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const claims = { iss: CLIENT, sub: CLIENT, aud: 'https://idp.test/', exp: NOW / 1000 + 300 };
const sign = (input: string, key: string): string =>
  createSign('RSA-SHA256').update(input).sign(createPrivateKey(key)).toString('base64url');
const token = (header: unknown, body: unknown = claims, key = FIRST_PAIR.key): string => {
  const input = `${b64(header)}.${b64(body)}`;
  return `${input}.${sign(input, key)}`;
};

async function accepts(text: string, certs: readonly string[] = [FIRST_PAIR.cert]): Promise<boolean> {
  const read = readClientAssertion(text);
  if (!read.ok) return false;
  const verified = await verifyClientAssertion(read.value, {
    clientId: CLIENT,
    keys: await importCertificateKeys(certs),
    audiences,
    now: NOW,
    jtiRequired: false,
    verify: verifyRs256,
  });
  return verified.ok;
}

describe('RFC 8725 sections 2.1 and 3.1 algorithm confusion', () => {
  it('accepts the honest one, so that the refusals below mean something', async () => {
    expect(await accepts(token({ alg: 'RS256' }))).toBe(true);
  });

  const hmacs = [
    FIRST_PAIR.cert,
    FIRST_PAIR.cert.trim(),
    FIRST_PAIR.cert.replace(/-----[^-]+-----|\s/g, ''),
    '',
  ];
  for (const alg of [
    'none',
    'NONE',
    'nOnE',
    'HS256',
    'hs256',
    'RS384',
    'RS512',
    'PS256',
    'ES256',
    'EdDSA',
    '',
    ' RS256',
    'RS256 ',
    'rs256',
    null,
    0,
    true,
    ['RS256'],
    { toString: 'RS256' },
  ]) {
    it(`refuses alg ${JSON.stringify(alg)} however it is signed`, async () => {
      const input = `${b64({ alg })}.${b64(claims)}`;
      const signatures = [
        '',
        sign(input, FIRST_PAIR.key),
        ...hmacs.map((secret) => createHmac('sha256', secret).update(input).digest('base64url')),
      ];
      for (const signature of signatures) expect(await accepts(`${input}.${signature}`)).toBe(false);
    });
  }

  it('refuses an HMAC under RS256, and headers that bring their own key', async () => {
    const input = `${b64({ alg: 'RS256' })}.${b64(claims)}`;
    for (const secret of hmacs)
      expect(
        await accepts(`${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`),
      ).toBe(false);
    const jwk = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
    for (const header of [
      { alg: 'RS256', jwk },
      { alg: 'RS256', jku: 'https://evil.test/jwks' },
      { alg: 'RS256', x5c: [SECOND_PAIR.cert] },
      { alg: 'RS256', x5u: 'https://evil.test' },
      { alg: 'RS256', kid: '../../../dev/null' },
    ]) {
      expect(await accepts(token(header, claims, SECOND_PAIR.key))).toBe(false);
    }
  });

  it('reads one header and one body: what is signed is what is judged', async () => {
    expect(
      await accepts(token('{"alg":"none","alg":"RS256"}')),
      'a repeated name is judged as it was verified',
    ).toBe(true);
    expect(await accepts(token('{"alg":"RS256","alg":"none"}'))).toBe(false);
    expect(await accepts(token({ alg: 'RS256', crit: [] }))).toBe(false);
    expect(await accepts(token({ alg: 'RS256', crit: ['b64'], b64: false }))).toBe(false);
    expect(await accepts(token({ alg: 'RS256' }, `${JSON.stringify(claims)}\u0000`))).toBe(false);
    expect(await accepts(token('\ufeff{"alg":"RS256"}'))).toBe(false);
  });

  it('accepts no flipped bit anywhere', async () => {
    const honest = token({ alg: 'RS256' });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(honest.length - 1),
        fc.constantFrom(...'ABYZabyz0189-_.=+/ '),
        async (at, sign_) => {
          const changed = honest.slice(0, at) + sign_ + honest.slice(at + 1);
          fc.pre(changed !== honest);
          if (await accepts(changed)) {
            // Spare bits of the last character carry nothing: the same bytes in another spelling.
            expect(at).toBe(honest.length - 1);
            expect(Buffer.from(changed.split('.')[2] ?? '', 'base64url')).toEqual(
              Buffer.from(honest.split('.')[2] ?? '', 'base64url'),
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('believes no dates that are no numbers', async () => {
    for (const exp of [
      '9999999999',
      Number.MAX_VALUE.toString(),
      [NOW],
      { valueOf: NOW },
      true,
      null,
      '',
      '1e99',
    ]) {
      expect(await accepts(token({ alg: 'RS256' }, { ...claims, exp })), JSON.stringify(exp)).toBe(false);
    }
    expect(
      await accepts(token({ alg: 'RS256' }, JSON.stringify(claims).replace(/"exp":\d+/, '"exp":1e999'))),
      'infinity',
    ).toBe(false);
    expect(
      await accepts(token({ alg: 'RS256' }, JSON.stringify(claims).replace(/"exp":\d+/, '"exp":-1'))),
    ).toBe(false);
  });

  it('takes no audience that only contains the right one', async () => {
    for (const aud of [
      'https://idp.test/api/openid_connect/token https://evil.test',
      'https://idp.test.evil.test/',
      'https://idp.test//',
      [['https://idp.test/']],
      { 0: 'https://idp.test/' },
      [],
    ]) {
      expect(await accepts(token({ alg: 'RS256' }, { ...claims, aud })), JSON.stringify(aud)).toBe(false);
    }
  });
});

describe('RFC 6749 section 5.2 errors', () => {
  it('whatever an assertion says, the description keeps to the permitted characters and the body is JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (received, legacy) => {
        const { body } = encodeTokenError([tokenFault('assertion-subject', CLIENT, received)], {
          legacy,
          docsUrl: 'https://idp.test/d',
        });
        const answer: unknown = JSON.parse(body);
        expect(body).toMatch(/^\{/);
        if (!legacy && typeof answer === 'object' && answer !== null && 'error_description' in answer) {
          expect(answer.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
