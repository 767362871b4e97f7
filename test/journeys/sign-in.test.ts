import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBase32 } from '../../src/factors/totp/base32.ts';
import { totpAt, totpStep } from '../../src/factors/totp/totp.ts';
import { Browser } from '../support/browser.ts';
import { ORIGIN, startWorker, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker.close());

const RETURN = 'https://app.test/callback';

async function anApp(more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const issuer = `urn:test:${randomBytes(6).toString('hex')}`;
  const answer = await worker.api('POST', '/api/admin/v1/apps', {
    issuer,
    friendly_name: 'Parks',
    identity_protocol: 'openid_connect_pkce',
    redirect_uris: [RETURN],
    ...more,
  });
  expect(answer.status, await answer.clone().text()).toBe(201);
  return issuer;
}

async function anAccount(): Promise<{ email: string; password: string; totp_secret: string; uuid: string }> {
  const answer = await worker.api('POST', '/api/sandbox/v1/accounts', { factors: ['totp'] });
  expect(answer.status, await answer.clone().text()).toBe(201);
  return (await answer.json()) as { email: string; password: string; totp_secret: string; uuid: string };
}

const codeFor = (secret: string): string => totpAt(fromBase32(secret) ?? new Uint8Array(), totpStep(Date.now()));

describe('FLO-4 from an app to an app', () => {
  it('signs in with password and code, asks for consent, and hands a code that redeems once', async () => {
    const clientId = await anApp();
    const account = await anAccount();
    const verifier = randomBytes(32).toString('base64url');
    const state = randomBytes(16).toString('hex');
    const nonce = randomBytes(16).toString('hex');
    const query = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: RETURN,
      scope: 'openid email',
      acr_values: 'urn:acr.login.gov:auth-only',
      state,
      nonce,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    const browser = new Browser(worker);
    await browser.open(`/openid_connect/authorize?${query}`);
    expect(browser.view.url.pathname).toBe('/');
    expect(browser.view.text).toContain('Parks');
    await browser.submit({ username: account.email, 'current-password': account.password });
    expect(browser.view.url.pathname).toBe('/login/two_factor/authenticator');
    await browser.submit({ 'one-time-code': codeFor(account.totp_secret) });
    expect(browser.view.url.pathname).toBe('/sign_up/completed');
    expect(browser.view.text).toContain(account.email);
    const arrived = await browser.submit();
    expect(arrived.url.origin).toBe('https://app.test');
    expect(arrived.url.searchParams.get('state')).toBe(state);
    expect(arrived.url.searchParams.get('iss')).toBe(`${ORIGIN}/`);
    const code = arrived.url.searchParams.get('code') ?? '';
    expect(code.length).toBeLessThanOrEqual(128);

    const redeem = () =>
      worker.fetch('/api/openid_connect/token', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ grant_type: 'authorization_code', code, code_verifier: verifier }).toString(),
      });
    const answer = await redeem();
    expect(answer.status, await answer.clone().text()).toBe(200);
    const tokens = (await answer.json()) as { access_token: string; id_token: string; expires_in: number };
    expect(tokens.expires_in).toBeGreaterThan(800);
    const claims = JSON.parse(Buffer.from(tokens.id_token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
    expect(claims).toMatchObject({ iss: `${ORIGIN}/`, aud: clientId, nonce, email: account.email, acr: 'urn:acr.login.gov:auth-only' });
    const info = await worker.fetch('/api/openid_connect/userinfo', { headers: { authorization: `Bearer ${tokens.access_token}` } });
    expect(await info.json()).toMatchObject({ sub: claims.sub, email: account.email, email_verified: true });

    const replay = await redeem();
    expect(replay.status).toBe(400);
    const dead = await worker.fetch('/api/openid_connect/userinfo', { headers: { authorization: `Bearer ${tokens.access_token}` } });
    expect(dead.status, 'COD-4: a replay revokes what was issued').toBe(401);

    await browser.open(`/openid_connect/authorize?${query}`);
    expect(browser.view.url.origin, 'SI-8: a live session with standing consent passes straight through').toBe('https://app.test');
  });
});
