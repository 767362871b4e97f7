import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { newRoutes } from '../../../src/http.ts';
import { oidcDirect, oidcRoutes } from '../../../src/oidc/routes.tsx';
import { appBrake } from '../../../src/oidc/rules/app-brake.ts';
import { wirePorts } from '../../../src/wire-ports.ts';
import { anApp, type TestApp } from '../../support/apps.ts';
import { Browser } from '../../support/browser.ts';
import { servedHere } from '../../support/isolate.ts';
import { obtainCode, obtainTokens } from '../../support/oidc.ts';
import { aPerson, type Person } from '../../support/people.ts';
import { ORIGIN } from '../../support/served.ts';

const worker = servedHere(env);
let person: Person;
let app: TestApp;
beforeAll(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  person = await aPerson(worker);
  app = await anApp(worker);
});

const portsOf = (settings: Env) => wirePorts(settings, readConfig({ ...settings }), () => undefined);

/** The door of an isolate that answers an app so often a minute. */
function doorOf(most: number) {
  const ports = { ...portsOf(env).oidc, brake: appBrake(most) };
  const house = newRoutes();
  house.use(async (c, next) => {
    c.set('now', Date.now());
    c.set('requestId', 'r');
    await next();
  });
  house.route('/', oidcRoutes(ports, oidcDirect(ports)));
  return async (path: string, network: string, init: RequestInit = {}) =>
    house.request(`${ORIGIN}/api/openid_connect/${path}`, {
      ...init,
      headers: { ...Object.fromEntries(new Headers(init.headers)), 'cf-connecting-ip': network },
    });
}

const form = (fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
});

describe('NET-6 an app that asks too often', () => {
  it('is answered with 429, Retry-After and JSON at the token endpoint; its code is not spent', async () => {
    const ask = doorOf(2);
    const named = { grant_type: 'authorization_code', client_id: app.clientId };
    for (let times = 0; times < 2; times += 1)
      expect((await ask('token', '192.0.2.1', form({ ...named, code: 'x' }))).status).not.toBe(429);
    const { code, verifier } = await obtainCode(new Browser(worker), person, app);
    const redemption = form({ ...named, code, code_verifier: verifier });
    const slowed = await ask('token', '192.0.2.1', redemption);
    expect([slowed.status, slowed.headers.get('content-type')]).toEqual([429, 'application/problem+json']);
    expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await slowed.json()).toMatchObject({ type: '/developers/support/#too-many', status: 429 });
    const other = await anApp(worker);
    const others = await ask('token', '192.0.2.1', form({ ...named, client_id: other.clientId, code: 'x' }));
    expect(others.status, 'another app at this address').toBe(401);
    expect((await ask('token', '192.0.2.2', redemption)).status, 'the same app elsewhere').toBe(200);
  });

  it('is answered with 429 at userinfo too, whatever its token', async () => {
    const ask = doorOf(1);
    const { accessToken } = await obtainTokens(worker, new Browser(worker), person, app);
    const bearer = { headers: { authorization: `Bearer ${accessToken}` } };
    const answers = [await ask('userinfo', '192.0.2.3', bearer), await ask('userinfo', '192.0.2.3', bearer)];
    expect(answers.map(({ status }) => status)).toEqual([200, 429]);
    const unknown = { headers: { authorization: 'Bearer x' } };
    const strangers = [
      await ask('userinfo', '192.0.2.3', unknown),
      await ask('userinfo', '192.0.2.3', unknown),
    ];
    expect(strangers.map(({ status }) => status)).toEqual([401, 429]);
  });

  it('is slowed down in staging and production, where nobody tests all day', () => {
    const brakes = ['production', 'staging', 'sandbox', 'test'].map(
      (GH_ENV) => portsOf({ ...env, GH_ENV, MAIL_PROVIDER: 'binding' }).oidc.brake !== null,
    );
    expect(brakes).toEqual([true, true, false, false]);
  });
});
