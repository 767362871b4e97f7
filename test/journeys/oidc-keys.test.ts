import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp, changeApp, RETURN, type TestApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { asObject, type JsonObject, textOf } from '../support/json.ts';
import { answerOf, ISSUER, obtainTokens, question } from '../support/oidc.ts';
import { aPerson, type Person } from '../support/people.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const DAY = 86_400;

let worker: TestWorker;
let app: TestApp;
let person: Person;
beforeAll(async () => {
  worker = await startWorker({ GH_ENV: 'local' });
  app = await anApp(worker);
  person = await aPerson(worker);
});
afterAll(() => worker.close());

async function published(): Promise<readonly JsonObject[]> {
  const { keys } = asObject(await (await worker.fetch('/api/openid_connect/certs')).json());
  if (!Array.isArray(keys)) throw new Error('no keys');
  return keys.map(asObject);
}

const kids = async (): Promise<readonly string[]> => (await published()).map((key) => textOf(key, 'kid'));
const signingKid = (token: string): unknown =>
  asObject(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())).kid;
const aToken = async (): Promise<string> =>
  (await obtainTokens(worker, new Browser(worker), person, app)).idToken;
const verifies = async (token: string): Promise<void> => {
  const keys = (await published()).map(({ n, e, kid }) => ({
    kty: 'RSA',
    alg: 'RS256',
    n: String(n),
    e: String(e),
    kid: String(kid),
  }));
  await jwtVerify(token, createLocalJWKSet({ keys }), {
    issuer: ISSUER,
    audience: app.clientId,
    currentDate: new Date(worker.now()),
  });
};

const logoutWith = (hint: string) =>
  worker.fetch(
    `/openid_connect/logout?${new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: RETURN })}`,
  );

describe('JWK-1 to JWK-3 certs', () => {
  it('publishes RSA keys with public members only, cached for a week, with an ETag', async () => {
    const answer = await worker.fetch('/api/openid_connect/certs');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('max-age=604800, public');
    expect(answer.headers.getSetCookie()).toEqual([]);
    for (const key of await published()) {
      expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
      expect(key).toMatchObject({ alg: 'RS256', use: 'sig', kty: 'RSA', e: 'AQAB' });
    }
    const etag = answer.headers.get('etag') ?? '';
    const again = await worker.fetch('/api/openid_connect/certs', { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });
});

describe('JWK-4 rotation', () => {
  it('publishes the successor second and signs with it eight days later, in front', async () => {
    const before = await aToken();
    const [first] = await kids();
    expect(signingKid(before)).toBe(first);
    const answer = await worker.api('POST', '/api/admin/v1/keys/oidc/rotate', {});
    expect(answer.status).toBe(201);
    const successor = textOf(asObject(await answer.json()), 'kid');
    await worker.advance(120);
    expect(await kids()).toEqual([first, successor]);
    expect(signingKid(await aToken()), 'not yet').toBe(first);

    await worker.advance(7 * DAY);
    expect((await kids())[0]).toBe(first);
    await worker.advance(84 * DAY);
    await worker.advance(120);
    const order = await kids();
    const after = await aToken();
    expect(order[0]).toBe(signingKid(after));
    expect(order[0]).toBe(successor);
    await verifies(after);
    expect(order, 'the predecessor stays for its tokens').toContain(first);
    expect((await logoutWith(before)).headers.get('location'), 'an old token is still a hint').toBe(RETURN);
    await worker.advance(9 * DAY);
    expect(await kids()).not.toContain(first);
    expect((await logoutWith(before)).status).toBe(400);
  });

  it('an operator may activate the successor sooner: the old key stays published behind it', async () => {
    const old = await aToken();
    const made = asObject(await (await worker.api('POST', '/api/admin/v1/keys/oidc/rotate', {})).json());
    const successor = textOf(made, 'kid');
    expect(
      (await worker.api('POST', `/api/admin/v1/keys/${successor}/activate`, { reason: 'a test' })).status,
    ).toBe(200);
    const fresh = await aToken();
    expect(signingKid(fresh)).toBe(successor);
    expect((await kids()).slice(0, 2)).toEqual([successor, signingKid(old)]);
    await verifies(fresh);
    await verifies(old);
    expect((await logoutWith(old)).headers.get('location')).toBe(RETURN);
  });

  it('a forced change withdraws the old key at once: its tokens verify no longer and are no hints', async () => {
    const old = await aToken();
    const answer = await worker.api('POST', '/api/admin/v1/keys/oidc/rotate', {
      force: true,
      reason: 'a test of the forced change',
    });
    expect(answer.status).toBe(201);
    const fresh = await aToken();
    expect(signingKid(fresh)).not.toBe(signingKid(old));
    expect((await kids())[0], 'JWK-3').toBe(signingKid(fresh));
    expect(await kids()).not.toContain(signingKid(old));
    await verifies(fresh);
    expect((await logoutWith(old)).status).toBe(400);
  });

  it('keeps everything going over a year of rotation', async () => {
    const seen = new Set<unknown>();
    for (let month = 0; month < 12; month += 1) {
      await worker.advance(30 * DAY);
      const token = await aToken();
      await verifies(token);
      seen.add(signingKid(token));
      expect((await kids())[0]).toBe(signingKid(token));
    }
    expect(seen.size).toBeGreaterThanOrEqual(3);
  });
});

describe('NET-1 CORS', () => {
  const preflight = (path: string, origin: string, method: string) =>
    worker.fetch(path, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': 'authorization, x-custom',
      },
    });

  it('lets the origins of registered apps read discovery, certs and userinfo, and post to token with credentials', async () => {
    for (const path of [
      '/.well-known/openid-configuration',
      '/api/openid_connect/certs',
      '/api/openid_connect/userinfo',
    ]) {
      const answer = await worker.fetch(path, { headers: { origin: 'https://app.test' } });
      expect(answer.headers.get('access-control-allow-origin'), path).toBe('https://app.test');
      expect(answer.headers.get('access-control-allow-methods')).toBe('GET');
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
      expect(answer.headers.get('vary')).toContain('Origin');
    }
    const token = await worker.fetch('/api/openid_connect/token', {
      method: 'POST',
      headers: { origin: 'https://app.test', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'x=y',
    });
    expect(token.headers.get('access-control-allow-origin')).toBe('https://app.test');
    expect(token.headers.get('access-control-allow-credentials')).toBe('true');
  });

  it('TOK-13 answers preflights with 200 and nothing', async () => {
    for (const [path, method, allowed] of [
      ['/api/openid_connect/token', 'POST', 'POST, OPTIONS'],
      ['/api/openid_connect/userinfo', 'GET', 'GET'],
    ] as const) {
      const answer = await preflight(path, 'https://app.test', method);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toBe('');
      expect(answer.headers.get('access-control-allow-methods')).toBe(allowed);
      expect(answer.headers.get('access-control-allow-headers')).toBe('authorization, x-custom');
      expect(answer.headers.get('access-control-max-age')).toBe('7200');
    }
  });

  it('gives other origins the normal answer without those headers', async () => {
    for (const origin of [
      'https://evil.test',
      'https://app.test.evil.test',
      'https://app.test:8443',
      'http://app.test',
      'null',
      'https://APP.test',
      'https://app.test/',
    ]) {
      const answer = await worker.fetch('/.well-known/openid-configuration', { headers: { origin } });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('access-control-allow-origin'), origin).toBeNull();
      const flight = await preflight('/api/openid_connect/token', origin, 'POST');
      expect(flight.status).toBe(200);
      expect(flight.headers.get('access-control-allow-origin'), origin).toBeNull();
    }
  });

  it('never lets other origins read pages', async () => {
    for (const path of ['/', '/openid_connect/authorize', '/openid_connect/logout', '/account']) {
      const answer = await worker.fetch(path, { headers: { origin: 'https://app.test' } });
      expect(answer.headers.get('access-control-allow-origin'), path).toBeNull();
    }
  });
});

describe('changes of an app', () => {
  it('reach its next request', async () => {
    const changing = await anApp(worker);
    await changeApp(worker, changing, { redirect_uris: ['https://moved.test/cb'] });
    expect((await worker.fetch(question(changing).url)).status).toBe(400);
    const browser = new Browser(worker);
    await browser.open(question(changing, { redirect_uri: 'https://moved.test/cb', prompt: 'none' }).url);
    expect(answerOf(browser.view).url.origin).toBe('https://moved.test');
  });
});
