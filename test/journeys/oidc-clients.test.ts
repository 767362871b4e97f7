import { createHash } from 'node:crypto';
import { createRemoteJWKSet, customFetch, importPKCS8, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aKeyApp, anApp, FIRST_PAIR, RETURN, SECOND_PAIR, type TestApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { AAL, AUTH_ONLY, answerOf, ISSUER } from '../support/oidc.ts';
import { aPerson, type Person, walk } from '../support/people.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const BYE = 'https://app.test/bye';

let worker: TestWorker;
let person: Person;
let keyApp: TestApp;
let pkceApp: TestApp;
let key: CryptoKey;
beforeAll(async () => {
  worker = await startWorker();
  person = await aPerson(worker);
  keyApp = await aKeyApp(worker, { redirect_uris: [RETURN, BYE] });
  pkceApp = await anApp(worker, { redirect_uris: [RETURN, BYE] });
  key = await importPKCS8(FIRST_PAIR.key, 'RS256');
});
afterAll(() => worker.close());

/** The libraries' own fetch, led to the Worker under test. */
async function overHarness(
  url: string,
  init: { method?: string; headers?: unknown; body?: unknown },
): Promise<Response> {
  const headers = new Headers(init.headers as HeadersInit);
  const body = init.body === undefined || init.body === null ? {} : { body: String(init.body) };
  const answer = await worker.fetch(url, {
    method: init.method ?? 'GET',
    headers: Object.fromEntries(headers),
    ...body,
  });
  return new Response(await answer.text(), {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
  });
}

const scopes = { scope: 'openid email all_emails locale', acr_values: `${AUTH_ONLY} ${AAL}/2` };

async function visit(url: URL): Promise<URL> {
  const browser = new Browser(worker);
  await browser.open(url.href);
  return answerOf(await walk(browser, person)).url;
}

describe('openid-client as a relying party', () => {
  const discover = (clientId: string, auth: client.ClientAuth, id: Partial<client.ClientMetadata> = {}) =>
    client.discovery(new URL(ISSUER), clientId, id, auth, { [client.customFetch]: overHarness });

  for (const method of ['private_key_jwt', 'PKCE'] as const) {
    it(`completes the code flow with ${method}, with all its own checks on, and signs out`, async () => {
      const app = method === 'PKCE' ? pkceApp : keyApp;
      const auth = method === 'PKCE' ? client.None() : client.PrivateKeyJwt(key);
      const config = await discover(app.clientId, auth, { id_token_signed_response_alg: 'RS256' });
      expect(config.serverMetadata().issuer).toBe(ISSUER);
      expect(config.serverMetadata().supportsPKCE()).toBe(true);
      client.enableNonRepudiationChecks(config);
      const pkceCodeVerifier = client.randomPKCECodeVerifier();
      const expectedNonce = client.randomNonce();
      const expectedState = client.randomState();
      const browser = new Browser(worker);
      await browser.open(
        client.buildAuthorizationUrl(config, {
          redirect_uri: RETURN,
          ...scopes,
          state: expectedState,
          nonce: expectedNonce,
          max_age: '600',
          ...(method === 'PKCE'
            ? {
                code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
                code_challenge_method: 'S256',
              }
            : {}),
        }).href,
      );
      const { url } = answerOf(await walk(browser, person));
      const tokens = await client.authorizationCodeGrant(config, url, {
        expectedNonce,
        expectedState,
        idTokenExpected: true,
        maxAge: 600,
        ...(method === 'PKCE' ? { pkceCodeVerifier } : {}),
      });
      const claims = tokens.claims();
      expect(claims).toMatchObject({
        iss: ISSUER,
        aud: app.clientId,
        acr: AUTH_ONLY,
        aal: `${AAL}/2`,
        email: person.email,
      });
      const info = await client.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '');
      expect(info).toMatchObject({
        email: person.email,
        email_verified: true,
        all_emails: [person.email],
        locale: 'en',
      });

      const end = client.buildEndSessionUrl(config, {
        client_id: app.clientId,
        post_logout_redirect_uri: BYE,
        state: expectedState,
        id_token_hint: tokens.id_token ?? '',
      });
      await browser.open(end.href);
      expect(browser.view.url.pathname).toBe('/openid_connect/logout');
      await browser.submit({}, (form) => form.names.has('confirmation'));
      expect(browser.view.url.href).toBe(`${BYE}?state=${expectedState}`);
      await expect(client.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '')).rejects.toThrow();
    });
  }

  it('verifies the signature by our JWKS', async () => {
    const config = await discover(pkceApp.clientId, client.None());
    const keys = createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri ?? ''), {
      [customFetch]: overHarness,
    });
    const verifier = client.randomPKCECodeVerifier();
    const state = client.randomState();
    const nonce = client.randomNonce();
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: RETURN,
      ...scopes,
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const tokens = await client.authorizationCodeGrant(config, await visit(url), {
      expectedNonce: nonce,
      expectedState: state,
      pkceCodeVerifier: verifier,
    });
    const { payload, protectedHeader } = await jwtVerify(tokens.id_token ?? '', keys, {
      issuer: ISSUER,
      audience: pkceApp.clientId,
      algorithms: ['RS256'],
    });
    expect(Object.keys(protectedHeader).sort(), 'IDT-1').toEqual(['alg', 'kid']);
    expect(payload.nonce).toBe(nonce);
  });

  it('reads our refusals as errors of the protocol', async () => {
    const config = await discover(pkceApp.clientId, client.None());
    const state = client.randomState();
    const asked = client.buildAuthorizationUrl(config, {
      redirect_uri: RETURN,
      ...scopes,
      state,
      nonce: client.randomNonce(),
      prompt: 'none',
    });
    const browser = new Browser(worker);
    await browser.open(asked.href);
    await expect(
      client.authorizationCodeGrant(config, browser.view.url, { expectedState: state }),
    ).rejects.toMatchObject({ error: 'login_required' });

    const spent = new URL(`${RETURN}?code=gh_code_unknown&state=${state}&iss=${encodeURIComponent(ISSUER)}`);
    await expect(
      client.authorizationCodeGrant(config, spent, {
        expectedState: state,
        pkceCodeVerifier: client.randomPKCECodeVerifier(),
      }),
    ).rejects.toMatchObject({
      error: 'invalid_grant',
      status: 400,
    });
    const keyed = await discover(
      keyApp.clientId,
      client.PrivateKeyJwt(await importPKCS8(FIRST_PAIR.key, 'RS256'), {
        [client.modifyAssertion]: (_header, payload) => {
          payload.exp = 1;
        },
      }),
    );
    await expect(client.authorizationCodeGrant(keyed, spent, { expectedState: state })).rejects.toMatchObject(
      { status: 401 },
    );
  });
});

describe('oauth4webapi as a relying party', () => {
  const issuer = new URL(ISSUER);
  const as = async (algorithm: 'oidc' | 'oauth2' = 'oidc') =>
    oauth.processDiscoveryResponse(
      issuer,
      await oauth.discoveryRequest(issuer, { algorithm, [oauth.customFetch]: overHarness }),
    );

  it('discovers by both well-known addresses', async () => {
    expect((await as('oidc')).token_endpoint).toBe('https://idp.test/api/openid_connect/token');
    expect((await as('oauth2')).issuer).toBe(ISSUER);
  });

  for (const method of ['private_key_jwt', 'none'] as const) {
    it(`completes the code flow with ${method} and checks signature, hashes and dates itself`, async () => {
      const server = await as();
      const app = method === 'none' ? pkceApp : keyApp;
      const me: oauth.Client = {
        client_id: app.clientId,
        id_token_signed_response_alg: 'RS256',
        require_auth_time: true,
        default_max_age: 900,
      };
      const auth = method === 'none' ? oauth.None() : oauth.PrivateKeyJwt(key);
      const verifier = oauth.generateRandomCodeVerifier();
      const nonce = oauth.generateRandomNonce();
      const state = oauth.generateRandomState();
      const url = new URL(server.authorization_endpoint ?? '');
      url.search = new URLSearchParams({
        client_id: app.clientId,
        response_type: 'code',
        redirect_uri: RETURN,
        ...scopes,
        state,
        nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }).toString();
      const parameters = oauth.validateAuthResponse(server, me, await visit(url), state);
      const answer = await oauth.authorizationCodeGrantRequest(
        server,
        me,
        auth,
        parameters,
        RETURN,
        verifier,
        { [oauth.customFetch]: overHarness },
      );
      const result = await oauth.processAuthorizationCodeResponse(server, me, answer, {
        expectedNonce: nonce,
        requireIdToken: true,
        maxAge: 900,
      });
      const claims = oauth.getValidatedIdTokenClaims(result);
      if (claims === undefined) throw new Error('no id_token');
      await oauth.validateApplicationLevelSignature(server, answer, { [oauth.customFetch]: overHarness });
      const half = (text: string): string =>
        createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');
      expect(claims.at_hash, 'IDT-7').toBe(half(result.access_token));
      expect(claims.c_hash, 'IDT-8').toBe(half(parameters.get('code') ?? ''));
      expect(claims.exp - claims.iat, 'IDT-9').toBeLessThanOrEqual(900);
      expect(claims.nbf).toBe(claims.iat);
      const told = await oauth.userInfoRequest(server, me, result.access_token, {
        [oauth.customFetch]: overHarness,
      });
      const info = await oauth.processUserInfoResponse(server, me, claims.sub, told);
      expect(info.email).toBe(person.email);
    });
  }

  it('refuses an answer that names another issuer (RFC 9207)', async () => {
    const server = await as();
    const state = oauth.generateRandomState();
    const mixed = new URL(`${RETURN}?code=x&state=${state}&iss=https%3A%2F%2Fevil.test%2F`);
    expect(() => oauth.validateAuthResponse(server, { client_id: pkceApp.clientId }, mixed, state)).toThrow(
      /iss/,
    );
    expect(server.authorization_response_iss_parameter_supported).toBe(true);
  });

  it('is refused with a key that nobody registered', async () => {
    const server = await as();
    const me: oauth.Client = { client_id: keyApp.clientId };
    const state = oauth.generateRandomState();
    const back = new URL(`${RETURN}?code=gh_code_x&state=${state}&iss=${encodeURIComponent(ISSUER)}`);
    const answer = await oauth.authorizationCodeGrantRequest(
      server,
      me,
      oauth.PrivateKeyJwt(await importPKCS8(SECOND_PAIR.key, 'RS256')),
      oauth.validateAuthResponse(server, me, back, state),
      RETURN,
      oauth.nopkce,
      { [oauth.customFetch]: overHarness },
    );
    expect(answer.status).toBe(401);
    await expect(oauth.processAuthorizationCodeResponse(server, me, answer)).rejects.toThrow(
      /WWW-Authenticate|server responded/i,
    );
  });
});
