import { generateKeyPair, jwtVerify } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { expiresIn, halfHash, idTokenClaims } from '../../../src/oidc/rules/id-token.ts';
import { idTokenHintClaims } from '../../../src/oidc/rules/id-token-hint.ts';
import { SCOPES } from '../../../src/oidc/rules/scopes.ts';
import { userinfoClaims } from '../../../src/oidc/rules/userinfo.ts';
import { completeJws, jwsSigningInput, readJws } from '../../../src/oidc/wire/jws.ts';
import { aRelease } from './a-release.ts';
import { CLIENT_ID, ISSUER, NONCE } from './an-app.ts';

const NOW = 1_789_000_000_250;
const TOKEN = {
  audience: CLIENT_ID,
  nonce: NONCE,
  jti: 'Hn2c0yQe5uXo8kLr3vWb7A',
  accessToken: 'dNZX1hEZ9wBCzNL40Upu646bdzQA',
  code: '7d0c0f4e-6b1a-4c58-9a35-2f1f0f8d9b61',
  now: NOW,
  expiresAt: NOW + 893_000,
  slim: false,
};

describe('IDT-2 to IDT-12 claims', () => {
  const release = aRelease({ scopes: SCOPES });
  const claims = idTokenClaims(release, TOKEN);

  it('are the whole userinfo body and what binds it to the exchange', () => {
    expect(claims).toEqual({
      ...userinfoClaims(release),
      acr: 'urn:acr.login.gov:verified',
      nonce: NONCE,
      aud: CLIENT_ID,
      jti: TOKEN.jti,
      at_hash: 'wfgvmE9VxjAudsl9lc6TqA',
      c_hash: halfHash(TOKEN.code),
      exp: 1_789_000_893,
      iat: 1_789_000_000,
      nbf: 1_789_000_000,
    });
  });

  it('hold no vot, amr, azp or sid', () => {
    for (const name of ['vot', 'amr', 'azp', 'sid']) expect(claims).not.toHaveProperty(name);
  });

  it('slim_id_token leaves the attributes out', () => {
    expect(Object.keys(idTokenClaims(release, { ...TOKEN, slim: true })).sort()).toEqual([
      'aal',
      'acr',
      'at_hash',
      'aud',
      'auth_time',
      'c_hash',
      'exp',
      'ial',
      'iat',
      'iss',
      'jti',
      'nbf',
      'nonce',
      'sub',
    ]);
  });
});

describe('IDT-7 half hashes', () => {
  it('the known vector', () => {
    expect(halfHash('dNZX1hEZ9wBCzNL40Upu646bdzQA')).toBe('wfgvmE9VxjAudsl9lc6TqA');
  });
});

describe('TOK-11 expires_in', () => {
  it('is what is left, in whole seconds, never negative', () => {
    expect(expiresIn(NOW + 893_000, NOW)).toBe(893);
    expect(expiresIn(NOW - 5000, NOW)).toBe(0);
  });
});

describe('IDT-1 signature', () => {
  let pair: CryptoKeyPair;
  beforeAll(async () => {
    pair = await generateKeyPair('RS256', { extractable: true });
  });
  const sign = async (kid: string, claims: Record<string, unknown>): Promise<string> => {
    const input = jwsSigningInput(kid, claims);
    const signature = await crypto.subtle.sign(
      'RSASSA-PKCS1-v1_5',
      pair.privateKey,
      new TextEncoder().encode(input),
    );
    return completeJws(input, new Uint8Array(signature));
  };

  it('another library accepts it; the header is exactly kid and alg', async () => {
    for (const kid of ['5e0f', '5e0f', '6a1b']) {
      const token = await sign(kid, { ...idTokenClaims(aRelease({ scopes: SCOPES }), TOKEN), name: 'é漢' });
      const verified = await jwtVerify(token, pair.publicKey, {
        issuer: ISSUER,
        audience: CLIENT_ID,
        currentDate: new Date(NOW),
      });
      expect(verified.protectedHeader).toEqual({ kid, alg: 'RS256' });
      expect(verified.payload).toMatchObject({ nonce: NONCE, name: 'é漢' });
    }
  });

  it('reads its own tokens back as hints, dates ignored', async () => {
    const read = readJws(await sign('5e0f', { ...idTokenClaims(aRelease(), { ...TOKEN, expiresAt: 0 }) }));
    if (!read.ok) throw new Error(read.error.reason);
    expect(read.value.kid).toBe('5e0f');
    expect(idTokenHintClaims(read.value, ISSUER)).toEqual({ aud: CLIENT_ID, sub: aRelease().subject });
    expect(idTokenHintClaims(read.value, 'https://other.example/')).toBeNull();
  });

  it.each([{ aud: ['a'], sub: 's' }, { aud: 'a' }, { aud: 'a', sub: 5 }])('%j is no hint', async (claims) => {
    const read = readJws(await sign('5e0f', { iss: ISSUER, ...claims }));
    expect(read.ok && idTokenHintClaims(read.value, ISSUER)).toBeNull();
  });
});
