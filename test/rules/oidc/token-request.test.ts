import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redemptionFaults } from '../../../src/oidc/rules/redemption-faults.ts';
import {
  challengeOf,
  readTokenRequest,
  redemptionConditions,
  stripPadding,
  type TokenRequest,
  tokenRequestFaults,
} from '../../../src/oidc/rules/token-request.ts';
import { checkRedemption } from '../../../src/sessions/rules.ts';
import { anApp } from './an-app.ts';

const FORM = 'application/x-www-form-urlencoded';
const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const aTokenRequest = (over: Partial<TokenRequest> = {}): TokenRequest => ({
  grantType: 'authorization_code',
  code: 'gh_code_1',
  codeVerifier: 'c2f1a4be90d87365aa01dd4c7e63f598',
  clientAssertion: null,
  clientAssertionType: null,
  clientId: null,
  ...over,
});
const read = (body: string, type: string | null = FORM): TokenRequest | string => {
  const result = readTokenRequest(body, type);
  return result.ok ? result.value : result.error.id;
};
const faults = (over: Partial<TokenRequest>, pkce: boolean | null = null): readonly string[] =>
  tokenRequestFaults(aTokenRequest(over), anApp({ pkce })).map(({ id }) => id);

describe('TOK-1 body', () => {
  const body = 'grant_type=authorization_code&code=gh_code_1&code_verifier=c2f1a4be90d87365aa01dd4c7e63f598';

  it.each([FORM, null, 'Application/X-WWW-Form-Urlencoded; charset=UTF-8', ''])(
    'is a form with content type %j',
    (type) => {
      expect(read(body, type)).toEqual(aTokenRequest());
    },
  );

  it('may be JSON; members that are no strings count as missing', () => {
    expect(
      read(
        JSON.stringify({
          grant_type: 'authorization_code',
          code: 'gh_code_1',
          code_verifier: ['x'],
          client_id: 5,
          other: 1,
        }),
        'application/json; charset=utf-8',
      ),
    ).toEqual(aTokenRequest({ codeVerifier: null }));
  });

  it.each(['{', '[', '"x"', 'null', ''])('JSON %j is refused', (text) => {
    expect(read(text, 'application/json')).toBe('request-malformed');
  });

  it('other types are refused', () => {
    expect(read(body, 'multipart/form-data; boundary=x')).toBe('request-content-type');
    expect(read(body, 'text/plain')).toBe('request-content-type');
  });

  it('a code with a NUL, or that is no text, is no code of ours', () => {
    expect(read('code=a%00b')).toBe('invalid-code');
    expect(read('code=%ff')).toBe('invalid-code');
    expect(read(JSON.stringify({ code: 'a\0b' }), 'application/json')).toBe('invalid-code');
    expect(read('code_verifier=%ff')).toBe('request-malformed');
  });

  it('is bounded', () => {
    expect(read('x='.padEnd(40_000, 'a'))).toBe('request-too-long');
    expect(read(' '.repeat(40_000), 'application/json')).toBe('request-too-long');
    expect(read(`code_verifier=${'a'.repeat(3000)}`)).toBe('request-too-long');
    expect(read(JSON.stringify({ code_verifier: 'a'.repeat(3000) }), 'application/json')).toBe(
      'request-too-long',
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom(FORM, 'application/json', null),
        (text, type) => {
          expect(typeof readTokenRequest(text, type).ok).toBe('boolean');
        },
      ),
    );
  });
});

describe('TOK-2 what can be said before looking anything up', () => {
  it.each([
    [{}, null, []],
    [{ grantType: 'refresh_token' }, null, ['grant-type']],
    [
      { grantType: null, code: null, codeVerifier: null },
      null,
      ['grant-type', 'invalid-code', 'pkce-or-private-key'],
    ],
    [{ clientAssertion: 'a.b.c', clientAssertionType: TYPE }, null, []],
    [{ clientAssertion: 'a.b.c', clientAssertionType: TYPE }, false, []],
    [{ clientAssertion: 'a.b.c', clientAssertionType: 'jwt' }, null, ['client-assertion-type']],
    [{ clientAssertion: 'a.b.c' }, null, ['client-assertion-type']],
    [{ clientAssertionType: TYPE }, null, ['assertion-missing']],
    // An app set to PKCE only has assertions ignored.
    [{ clientAssertion: 'a.b.c' }, true, []],
    [{ clientAssertion: 'a.b.c', codeVerifier: null }, true, ['pkce-or-private-key']],
  ] as const)('%j with pkce %s: %j', (over, pkce, expected) => {
    expect(faults(over, pkce)).toEqual(expected);
  });
});

describe('TOK-2 which authentication applies', () => {
  const verifier = 'c2f1a4be90d87365aa01dd4c7e63f598';
  const redeem = (
    pkce: boolean | null,
    challenge: string | null,
    answer: string | null,
    proven: boolean,
  ): string => {
    const result = checkRedemption(
      {
        codeDigest: 'd',
        tokenDigest: null,
        app: 'parks',
        payload: '',
        conditions: redemptionConditions({ pkce }, challenge),
        wrappedKey: '',
        issuedAt: 0,
        redeemedAt: null,
        failures: 0,
        facts: { subject: 's', authenticatedAt: 0, sessionEndsAt: 0, identityHeld: 'none' },
        proofId: null,
      },
      {
        codeDigest: 'd',
        tokenDigest: 't',
        challengeAnswer: answer === null ? null : challengeOf(answer),
        provenApp: proven ? 'parks' : null,
        proofId: null,
        claimedApp: null,
      },
      1000,
    );
    return result.ok ? 'ok' : result.error.reason;
  };
  const challenge = challengeOf(verifier);

  it.each([
    ['PKCE only: the right verifier', true, challenge, verifier, false, 'ok'],
    ['PKCE only: a key proof does not help', true, null, null, true, 'no_proof'],
    ['PKCE only: the wrong verifier', true, challenge, 'x', false, 'verifier_mismatch'],
    ['PKCE only: a verifier nobody announced', true, null, verifier, false, 'verifier_mismatch'],
    ['key only: proof', false, null, null, true, 'ok'],
    ['key only: proof, challenge left unanswered', false, challenge, null, true, 'ok'],
    ['key only: a verifier does not help', false, challenge, verifier, false, 'no_proof'],
    ['key only: one that is sent is verified', false, challenge, 'x', true, 'verifier_mismatch'],
    ['either: verifier', null, challenge, verifier, false, 'ok'],
    ['either: proof', null, null, null, true, 'ok'],
    ['either: both', null, challenge, verifier, true, 'ok'],
    ['either: proof does not excuse a wrong verifier', null, challenge, 'x', true, 'verifier_mismatch'],
    ['either: proof does not excuse a missing verifier', null, challenge, null, true, 'verifier_mismatch'],
    ['either: neither', null, null, null, false, 'no_proof'],
  ] as const)('%s', (_, pkce, bound, answer, proven, expected) => {
    expect(redeem(pkce, bound, answer, proven)).toBe(expected);
  });
});

describe('TOK-3 RFC 7636 section 4.6', () => {
  it('appendix B vector', () => {
    expect(challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    );
  });

  it('padding is stripped, and only padding', () => {
    expect(stripPadding('EMHHwoQGGHUwajDKLEdcOW0k1ZfDwHyTCyCcUymCEck=')).toBe(
      'EMHHwoQGGHUwajDKLEdcOW0k1ZfDwHyTCyCcUymCEck',
    );
    expect(stripPadding('a==')).toBe('a');
    expect(stripPadding('=a=b')).toBe('=a=b');
    expect(stripPadding('===')).toBe('');
  });
});

describe('TOK-10, COD-4 codes that cannot be redeemed', () => {
  const pkce = aTokenRequest();
  const jwt = aTokenRequest({ codeVerifier: null, clientAssertion: 'a.b.c', clientAssertionType: TYPE });
  const sentences = (...args: Parameters<typeof redemptionFaults>): readonly string[] =>
    redemptionFaults(...args).map(({ id }) => id);

  it.each(['unknown', 'replayed', 'burnt'] as const)('%s reads the same as the others', (reason) => {
    expect(sentences({ reason, app: 'uuid' }, jwt, null, null)).toEqual(['invalid-code']);
    expect(sentences({ reason, app: 'uuid' }, pkce, null, null)).toEqual([
      'invalid-code',
      'invalid-code-verifier',
    ]);
  });

  it.each([
    ['expired', 'token-expired'],
    ['no_proof', 'pkce-or-private-key'],
    ['verifier_mismatch', 'invalid-code-verifier'],
    ['proof_replayed', 'assertion-replayed'],
  ] as const)('%s: %s', (reason, id) => {
    expect(sentences({ reason, app: 'uuid' }, pkce, null, null)).toEqual([id]);
  });

  it('a code of another app: the assertion has the wrong issuer, or client_id contradicts', () => {
    const refusal = { reason: 'other_app', app: 'uuid' } as const;
    expect(redemptionFaults(refusal, jwt, 'urn:parks', 'urn:other')).toEqual([
      { id: 'assertion-issuer', values: ['urn:parks', 'urn:other'] },
    ]);
    expect(sentences(refusal, pkce, 'urn:parks', null)).toEqual(['client-mismatch']);
    expect(sentences(refusal, jwt, 'urn:parks', 'urn:parks')).toEqual(['client-mismatch']);
  });
});
