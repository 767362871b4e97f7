import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import type { Hono } from 'hono';
import { beforeAll, describe, expect, it } from 'vitest';
import openapi from '../../docs/openapi.json';
import { accountResetRoutes } from '../../src/accounts/endpoints/account-reset.tsx';
import { passwordResetRoutes } from '../../src/accounts/endpoints/password-reset.tsx';
import { accountRoutes } from '../../src/accounts/endpoints/routes.ts';
import { signUpRoutes } from '../../src/accounts/endpoints/sign-up.tsx';
import { consentRoutes } from '../../src/consent/endpoints/routes.ts';
import { factorRoutes } from '../../src/factors/endpoints/routes.ts';
import type { AppEnv } from '../../src/http.ts';
import { signInRoutes } from '../../src/signin/endpoints/routes.ts';
import { aWorld } from '../rules/pages/a-hall.ts';
import { Browser } from '../support/browser.ts';
import { servedHere } from '../support/isolate.ts';
import { aPerson, walk } from '../support/people.ts';
import { ADMIN_TOKEN } from '../support/served.ts';

const worker = servedHere(env);
const { hall } = aWorld();

/** What may be kept, because it is the same for everybody: keys, metadata, countries, files. */
const PUBLIC =
  /^\/(?:\.well-known\/|api\/openid_connect\/certs$|api\/saml\/metadata|api\/country-support$|api\/openapi\.json$|api\/admin\/v1\/openapi\.json$|robots\.txt$|logos\/)/;

const filled = (path: string): string => path.replace(/:\w+(?:\{[^}]*\})?|\{\w+\}/g, crypto.randomUUID());
const pathsOf = (routes: Hono<AppEnv>): readonly string[] =>
  routes.routes.filter(({ method }) => method === 'GET').map(({ path }) => filled(path));
const PAGES = [
  ...new Set(
    [
      signInRoutes,
      signUpRoutes,
      passwordResetRoutes,
      accountResetRoutes,
      factorRoutes,
      consentRoutes,
      accountRoutes,
    ].flatMap((room) => pathsOf(room(hall))),
  ),
];
const MACHINE = Object.entries<object>(openapi.paths).flatMap(([path, methods]) =>
  'get' in methods ? [filled(path)] : [],
);

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

/** How an answer may be kept, in one word per address. */
async function kept(
  paths: readonly string[],
  headers: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths.filter((one) => !PUBLIC.test(one))) {
    const answer = await worker.fetch(path, { headers });
    await answer.text();
    const control = answer.headers.get('cache-control') ?? 'nothing';
    if (!control.split(/,\s*/).includes('no-store')) found.push(`${path} ${answer.status} ${control}`);
  }
  return found;
}

describe('SE-7 what browsers and proxies may keep', () => {
  it('knows its pages', () => {
    expect(PAGES.length).toBeGreaterThan(80);
    expect(MACHINE.length).toBeGreaterThan(10);
  });

  it('is none of the pages, to a stranger and to somebody signed in', async () => {
    expect(await kept(PAGES, {})).toEqual([]);
    const browser = new Browser(worker);
    await browser.open('/');
    await walk(browser, await aPerson(worker));
    expect(browser.view.url.pathname).toBe('/account');
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const leaving = PAGES.filter((path) => !/sign_out|logout/.test(path));
    expect(await kept(leaving, { cookie })).toEqual([]);
  });

  it('is none of what machines are told, nor of what is not there', async () => {
    expect(await kept(MACHINE, {})).toEqual([]);
    expect(await kept(MACHINE, { authorization: `Bearer ${ADMIN_TOKEN}` })).toEqual([]);
    expect(await kept(['/nothing/here', '/api/nothing/here'], {})).toEqual([]);
  });

  it('is what is the same for everybody', async () => {
    for (const path of ['/api/openid_connect/certs', '/api/country-support', '/robots.txt']) {
      const answer = await worker.fetch(path);
      await answer.text();
      expect(answer.headers.get('cache-control'), path).toMatch(/max-age=\d+/);
    }
  });
});
