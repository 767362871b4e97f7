import {
  applyD1Migrations,
  createExecutionContext,
  listDurableObjectIds,
  runInDurableObject,
  waitOnExecutionContext,
} from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { checkCert } from '../../src/apps/certs.ts';
import { validateApp } from '../../src/apps/validate.ts';
import { toBase64Url, utf8 } from '../../src/kernel/bytes.ts';
import { sha256Base64Url } from '../../src/kernel/crypto.ts';
import { accountsIn } from '../../src/platform/d1/accounts.ts';
import { appLookup, appRegistry } from '../../src/platform/d1/apps.ts';
import { connectionsIn } from '../../src/platform/d1/connections.ts';
import { oneDatabase } from '../../src/platform/d1/database.ts';
import { sessions } from '../../src/platform/objects/sessions.ts';
import { countCommits, countEnv, noOps, type StorageOps } from '../support/counting.ts';
import { RULES_PUBLISHED_AT, sessionStart, testKeys } from '../support/sessions.ts';
import CERT from '../vectors/test-keys/first.crt.pem?raw';
import KEY from '../vectors/test-keys/first.key.pem?raw';

const ORIGIN = 'https://idp.test';
const CLIENT = 'urn:example:round-trips';
const RETURN = 'https://app.example.gov/callback';
const VERIFIER = 'a verifier that nobody guesses, of good length';

const ops = noOps();
const app = createApp(countEnv(env, ops));
const store = sessions(env.SESSIONS, testKeys(), {
  secureCookies: true,
  rulesPublishedAt: RULES_PUBLISHED_AT,
});

/** The response of the whole application, its body, and what it did to storage, work after the response included. */
async function ask(
  path: string,
  init: RequestInit = {},
  asked = app,
): Promise<{ response: Response; body: string; did: StorageOps }> {
  const before = { ...ops };
  const ctx = createExecutionContext();
  const response = await asked.fetch(new Request(`${ORIGIN}${path}`, { redirect: 'manual', ...init }), ctx);
  const body = await response.text();
  await waitOnExecutionContext(ctx);
  const did = {
    objects: ops.objects - before.objects,
    d1: ops.d1 - before.d1,
    kv: ops.kv - before.kv,
    commits: ops.commits - before.commits,
  };
  return { response, body, did };
}

const NOTHING: StorageOps = { objects: 0, d1: 0, kv: 0, commits: 0 };

/** An authorization request, and what the app keeps to finish it. */
const question = (): string =>
  `/openid_connect/authorize?${new URLSearchParams({
    client_id: CLIENT,
    response_type: 'code',
    redirect_uri: RETURN,
    scope: 'openid email',
    acr_values: 'urn:acr.login.gov:auth-only',
    state: toBase64Url(crypto.getRandomValues(new Uint8Array(16))),
    nonce: toBase64Url(crypto.getRandomValues(new Uint8Array(16))),
    code_challenge: sha256Base64Url(VERIFIER),
    code_challenge_method: 'S256',
  })}`;

async function assertion(): Promise<string> {
  const der = Uint8Array.from(atob(KEY.replace(/-----[^-]+-----|\s/g, '')), (sign) => sign.charCodeAt(0));
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
  const part = (value: object): string => toBase64Url(utf8(JSON.stringify(value)));
  const claims = {
    iss: CLIENT,
    sub: CLIENT,
    aud: `${ORIGIN}/api/openid_connect/token`,
    jti: crypto.randomUUID(),
    exp: Math.floor(Date.now() / 1000) + 300,
  };
  const input = `${part({ alg: 'RS256' })}.${part(claims)}`;
  return `${input}.${toBase64Url(new Uint8Array(await crypto.subtle.sign(algorithm, key, utf8(input))))}`;
}

const tokenRequest = async (code: string): Promise<RequestInit> => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    code_verifier: VERIFIER,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await assertion(),
  }).toString(),
});

const codeIn = (response: Response): string =>
  new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';

function accessTokenIn(body: string): string {
  const answer: unknown = JSON.parse(body);
  if (typeof answer !== 'object' || answer === null || !('access_token' in answer)) throw new Error(body);
  return String(answer.access_token);
}

let cookie = '';

/** A registered app, an account that agreed to it, and a browser signed in to both; then one sign-in to warm up. */
beforeAll(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  const cert = checkCert(CERT);
  if (!cert.ok) throw new Error('the test certificate is not usable');
  const settings = validateApp(
    {
      issuer: CLIENT,
      friendly_name: 'Example',
      identity_protocol: 'openid_connect_private_key_jwt',
      redirect_uris: [RETURN],
      certs: [CERT],
    },
    { env: 'test', previous: null },
  );
  if (!settings.ok) throw new Error(JSON.stringify(settings.error));
  const now = Date.now();
  const created = await appRegistry(env.DB).create(settings.value, 'test', now);
  if (!created.ok) throw new Error(created.error.reason);
  const pick = oneDatabase(env.DB);
  const { uuid, emailId } = await accountsIn(pick, testKeys()).create({
    address: 'pat@mailbox.test',
    emailLocale: 'en',
    rulesAcceptedAt: now,
    origin: 'sandbox',
    now,
  });
  const lookup = appLookup(env.DB, Date.now);
  const connections = connectionsIn(
    pick,
    async (id) => (await lookup.findApp(id))?.agencyId ?? null,
    testKeys(),
  );
  const { uuid: appId, agencyId } = created.value;
  const { link } = await connections.agree({
    account: uuid,
    app: appId,
    agency: agencyId,
    attributes: ['email'],
    emailId: null,
    now,
  });
  const handle = await store.begin(sessionStart(now, { account: uuid, emailId }), now);
  await store.change(handle, now, [
    { kind: 'link', app: appId, link },
    { kind: 'continued', app: appId },
  ]);
  cookie = store.toCookie(handle).split(';')[0] ?? '';
  // Writes of this one object are counted from here on.
  await runInDurableObject(env.SESSIONS.getByName(handle.locator), (object, state) => {
    Reflect.set(object, 'ctx', countCommits(state, ops));
  });
  const { response } = await ask(question(), { headers: { cookie } });
  await ask('/api/openid_connect/token', await tokenRequest(codeIn(response)));
  await ask('/api/openid_connect/certs');
});

describe('PE-2 storage calls of one request on a warm isolate', () => {
  it.each(['/.well-known/openid-configuration', '/api/openid_connect/certs'])(
    '%s: none, and 304 for its tag',
    async (path) => {
      const { response, did } = await ask(path);
      expect(response.status).toBe(200);
      expect(did).toEqual(NOTHING);
      const again = await ask(path, { headers: { 'if-none-match': response.headers.get('etag') ?? '' } });
      expect(again.response.status).toBe(304);
      expect(again.body).toBe('');
      expect(again.did).toEqual(NOTHING);
    },
  );

  it('the keys from an isolate that never signed: KV once, then none', async () => {
    const cold = createApp(countEnv(env, ops));
    const first = await ask('/api/openid_connect/certs', {}, cold);
    expect(first.did).toEqual({ ...NOTHING, kv: 1 });
    const second = await ask('/api/openid_connect/certs', {}, cold);
    expect(second.body).toBe(first.body);
    expect(second.did).toEqual(NOTHING);
  });

  it('a sign-in with a live session: three calls, one commit, no database, no KV, no new object', async () => {
    const objects = async () =>
      [
        ...(await listDurableObjectIds(env.SESSIONS)),
        ...(await listDurableObjectIds(env.REQUESTS)),
        ...(await listDurableObjectIds(env.ATTEMPTS)),
        ...(await listDurableObjectIds(env.REPLAY)),
      ].length;
    const before = await objects();

    const authorized = await ask(question(), { headers: { cookie } });
    expect(authorized.response.status).toBe(302);
    expect(authorized.did).toEqual({ objects: 1, d1: 0, kv: 0, commits: 0 });

    const exchanged = await ask('/api/openid_connect/token', await tokenRequest(codeIn(authorized.response)));
    expect(exchanged.response.status, exchanged.body).toBe(200);
    expect(exchanged.did).toEqual({ objects: 1, d1: 0, kv: 0, commits: 1 });

    const headers = { authorization: `Bearer ${accessTokenIn(exchanged.body)}` };
    const told = await ask('/api/openid_connect/userinfo', { headers });
    expect(JSON.parse(told.body)).toMatchObject({ email: 'pat@mailbox.test' });
    expect(told.did).toEqual({ objects: 1, d1: 0, kv: 0, commits: 0 });

    expect(await objects()).toBe(before);
  });

  it('a hundred sign-ins of one browser: still one commit each, though old grants give way', async () => {
    const before = ops.commits;
    for (let i = 0; i < 100; i += 1) {
      const { response } = await ask(question(), { headers: { cookie } });
      await ask('/api/openid_connect/token', await tokenRequest(codeIn(response)));
    }
    // The last-seen time is written every ten seconds besides.
    expect(ops.commits - before).toBeGreaterThanOrEqual(100);
    expect(ops.commits - before).toBeLessThanOrEqual(105);
  });

  it('an authorization request of nobody: at most two calls, no database, no KV', async () => {
    const { response, did } = await ask(question());
    expect(response.status).toBe(303);
    expect(did).toMatchObject({ d1: 0, kv: 0 });
    expect(did.objects).toBeLessThanOrEqual(2);
  });

  it('an authorization request with a cookie whose session is over: at most three calls', async () => {
    const over =
      store
        .toCookie(await store.begin(sessionStart(Date.now() - 3_600_000), Date.now() - 3_600_000))
        .split(';')[0] ?? '';
    const { response, did } = await ask(question(), { headers: { cookie: over } });
    expect(response.status).toBe(303);
    expect(did).toMatchObject({ d1: 0, kv: 0 });
    expect(did.objects).toBeLessThanOrEqual(3);
  });

  it('a forged cookie, code or token reaches no object at all', async () => {
    const forged = `__Host-gh_session=${'A'.repeat(75)}`;
    const authorized = await ask(question(), { headers: { cookie: forged } });
    expect(authorized.did.objects).toBeLessThanOrEqual(1);
    const headers = { authorization: `Bearer gh_at_${'A'.repeat(75)}` };
    expect((await ask('/api/openid_connect/userinfo', { headers })).did).toEqual(NOTHING);
    const exchanged = await ask('/api/openid_connect/token', await tokenRequest(`gh_code_${'A'.repeat(75)}`));
    expect(exchanged.response.status).toBe(400);
    expect(exchanged.did).toEqual(NOTHING);
  });
});
