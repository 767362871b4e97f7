import { generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import {
  assertionAudiences,
  readClientAssertion,
  verifyClientAssertion,
} from '../../../src/oidc/rules/client-assertion.ts';
import { expiresIn, idTokenClaims } from '../../../src/oidc/rules/id-token.ts';
import {
  challengeOf,
  readTokenRequest,
  redemptionConditions,
  tokenRequestFaults,
} from '../../../src/oidc/rules/token-request.ts';
import { verifyRs256 } from '../../../src/oidc/wire/certificate-key.ts';
import { encodeInvalidRequest } from '../../../src/oidc/wire/encode-authorization.ts';
import { jwsSigningInput } from '../../../src/oidc/wire/jws.ts';
import { aRelease } from './a-release.ts';
import { aFullApp, anApp, CLIENT_ID, ISSUER, NONCE, P, refused, STATE, valid } from './an-app.ts';

const NOW = 1_789_000_000;
const TOKEN_URL = 'https://idp.example/api/openid_connect/token';
const idToken = () =>
  idTokenClaims(aRelease(), {
    audience: CLIENT_ID,
    nonce: NONCE,
    jti: 'j',
    accessToken: 'a',
    code: 'c',
    now: NOW * 1000 + 7,
    expiresAt: NOW * 1000 + 900_003,
    slim: false,
  });

describe('oidc section 15: what shipped relying parties rely on', () => {
  it('FLR-1 unknown scopes and parameters', () => {
    const sent = {
      scope: 'openid sub ial aal given_name email',
      approval_prompt: 'force',
      display: 'page',
      claims: '{}',
      vtr: '["C1"]',
    };
    expect(valid(sent).scopes).toEqual(['openid', 'email']);
  });

  it('FLR-2 no prompt', () => expect(valid({ prompt: null }).prompt).toBe('select_account'));

  it('FLR-3 repeated nonce and state', () => {
    expect(valid()).toEqual(valid());
    expect(valid({ nonce: STATE }).nonce).toBe(STATE);
  });

  it('FLR-4 a 32-character verifier and a padded challenge', () => {
    const verifier = 'c2f1a4be90d87365aa01dd4c7e63f598';
    const request = valid({ code_challenge: `${challengeOf(verifier)}=`, code_challenge_method: 'S256' });
    expect(redemptionConditions(anApp(), request.codeChallenge).challenge).toBe(challengeOf(verifier));
    const token = readTokenRequest(`grant_type=authorization_code&code=c&code_verifier=${verifier}`, null);
    expect(token.ok && tokenRequestFaults(token.value, null)).toEqual([]);
  });

  it.each([TOKEN_URL, [TOKEN_URL]])(
    'FLR-5 an assertion without iat, nbf and kid, exp 1000 s ahead, aud %j',
    async (aud) => {
      const { publicKey, privateKey } = await generateKeyPair('RS256');
      const assertion = await new SignJWT({
        iss: CLIENT_ID,
        sub: CLIENT_ID,
        aud,
        jti: 'weak',
        exp: NOW + 1000,
      })
        .setProtectedHeader({ alg: 'RS256' })
        .sign(privateKey);
      const read = readClientAssertion(assertion);
      if (!read.ok) throw new Error(read.error.id);
      expect(
        await verifyClientAssertion(read.value, {
          clientId: CLIENT_ID,
          keys: [publicKey],
          audiences: assertionAudiences(TOKEN_URL, ISSUER),
          now: NOW * 1000,
          jtiRequired: false,
          verify: verifyRs256,
        }),
      ).toEqual({ ok: true, value: { jti: 'weak', exp: NOW + 1000, usableUntil: (NOW + 1030) * 1000 } });
    },
  );

  it('FLR-6 extra redirect_uri and client_id at the token endpoint', () => {
    const token = readTokenRequest(
      `grant_type=authorization_code&code=c&code_verifier=v&redirect_uri=https%3A%2F%2Fx.example&client_id=${CLIENT_ID}`,
      null,
    );
    expect(token.ok && tokenRequestFaults(token.value, anApp())).toEqual([]);
    expect(token.ok && token.value.clientId).toBe(CLIENT_ID);
  });

  it('FLR-7 verified scopes with loa/1', () => {
    const request = valid({
      acr_values: `${P}/loa/1`,
      scope: 'openid email profile phone social_security_number',
    });
    expect(request.scopes).toEqual(['openid', 'email']);
  });

  it('FLR-8 id_tokens name their key and are RS256', () => {
    const [header] = jwsSigningInput('5e0f', {}).split('.');
    expect(JSON.parse(Buffer.from(header ?? '', 'base64url').toString())).toEqual({
      kid: '5e0f',
      alg: 'RS256',
    });
  });

  it('FLR-9 state on error redirects', () => {
    const refusal = refused({ scope: 'junk' });
    if (refusal.kind !== 'return') throw new Error('a page');
    expect(encodeInvalidRequest(refusal.to, refusal.messages, ISSUER)).toMatch(
      new RegExp(`&state=${STATE}$`),
    );
  });

  it('FLR-10 numeric dates', () => {
    const { exp, iat, nbf, auth_time } = idToken();
    for (const date of [exp, iat, nbf, auth_time, expiresIn(NOW * 1000 + 893_500, NOW * 1000)]) {
      expect(Number.isInteger(date)).toBe(true);
    }
  });

  it('FLR-11 aud is a string', () => expect(idToken().aud).toBe(CLIENT_ID));

  it.each([
    ['loa/1', 'none'],
    ['ial/1', 'none'],
    ['loa/3', 'verified'],
    ['ial/2', 'verified'],
    ['ial/0', 'if-available'],
  ])('FLR-12 %s', (value, identity) => {
    expect(valid({ acr_values: `${P}/${value}` }, aFullApp()).need.identity).toBe(identity);
  });
});
