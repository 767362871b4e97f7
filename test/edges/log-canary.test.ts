import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import type { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { passwordResetRoutes } from '../../src/accounts/endpoints/password-reset.tsx';
import { accountRoutes } from '../../src/accounts/endpoints/routes.ts';
import { signUpRoutes } from '../../src/accounts/endpoints/sign-up.tsx';
import { consentRoutes } from '../../src/consent/endpoints/routes.ts';
import { factorRoutes } from '../../src/factors/endpoints/routes.ts';
import type { AppEnv } from '../../src/http.ts';
import type { LogFacts } from '../../src/kernel/log.ts';
import { signInRoutes } from '../../src/signin/endpoints/routes.ts';
import { aWorld } from '../rules/pages/a-hall.ts';
import { Browser } from '../support/browser.ts';
import { encodingsOf } from '../support/encodings.ts';
import { servedHere } from '../support/isolate.ts';
import { aPerson, walk } from '../support/people.ts';
import { ADMIN_TOKEN } from '../support/served.ts';

const EMAIL = 'canary.songbird@agency.gov';
const WORD = 'Canarybird-Wilhelmina';
const CODE = 'gh_code_Q2FuYXJ5Q2FuYXJ5Q2FuYXJ5';
const DIGITS = '848484848484';
const CANARIES = [EMAIL, WORD, CODE, DIGITS];

const FIELDS: { readonly [Name in keyof Required<LogFacts>]: true } = {
  request_id: true,
  route: true,
  name: true,
  message: true,
  part: true,
  what: true,
  kid: true,
  year: true,
  path: true,
  notice: true,
  error: true,
  errors: true,
  reason: true,
  app: true,
  attribute: true,
  count: true,
};

/** Addresses that machines and apps speak to; the rest is asked of the rooms themselves. */
const MACHINE_PATHS = [
  '/openid_connect/authorize',
  '/openid_connect/logout',
  '/api/openid_connect/token',
  '/api/openid_connect/userinfo',
  '/api/openid_connect/certs',
  '/.well-known/openid-configuration',
  '/api/saml/auth2026',
  '/api/saml/logout2026',
  '/api/saml/remotelogout2026',
  '/api/saml/finalauthpost2026',
  '/api/saml/metadata2026',
  '/api/country-support',
  '/api/webhooks/telephony',
  '/api/health',
  '/api/admin/v1/apps',
  '/api/admin/v1/audit',
  '/api/admin/v1/keys',
  '/api/sandbox/v1/accounts',
  '/api/sandbox/v1/messages',
  `/${WORD}`,
];

const { hall } = aWorld();
const pathsOf = (routes: Hono<AppEnv>): readonly string[] =>
  routes.routes.map(({ path }) => path.replace(/:\w+/g, WORD));
const PATHS = [
  ...new Set([
    ...[signInRoutes, signUpRoutes, passwordResetRoutes, factorRoutes, consentRoutes, accountRoutes].flatMap(
      (room) => pathsOf(room(hall)),
    ),
    ...MACHINE_PATHS,
  ]),
];

const NAMES = [
  'email',
  'password',
  'code',
  'name',
  'token',
  'state',
  'login_hint',
  'id_token_hint',
  'client_assertion',
  'SAMLRequest',
  'RelayState',
  'request_id',
];
const form = new URLSearchParams(NAMES.map((name, at) => [name, CANARIES[at % CANARIES.length] ?? '']));
const json = JSON.stringify(Object.fromEntries(form));
const HEADERS = {
  'user-agent': `Canary/1.0 ${WORD}`,
  'cf-connecting-ip': '203.0.113.84',
  'cf-ray': WORD,
  referer: `https://idp.test/${WORD}`,
  cookie: `__Host-gh_session=${WORD}; __Host-gh_device=${DIGITS}; __Host-gh_sign_up=${CODE}; gh_flash=${WORD}`,
};

const lines: string[] = [];

/** Every route gets canaries in its address, form, JSON, headers and bearer token. */
async function singEverywhere(at: ReturnType<typeof servedHere>): Promise<void> {
  for (const path of PATHS) {
    const asked = `${path}?${form}`;
    await at.fetch(asked, { headers: HEADERS });
    await at.fetch(asked, { headers: { ...HEADERS, authorization: `Bearer ${CODE}` } });
    await at.fetch(path, {
      method: 'POST',
      headers: { ...HEADERS, 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    });
    const headers = {
      ...HEADERS,
      'content-type': 'application/json',
      authorization: `Bearer ${ADMIN_TOKEN}`,
    };
    await at.fetch(path, { method: 'POST', headers, body: json });
    await at.fetch(path, { method: 'POST', headers, body: json.slice(0, -3) });
  }
}

function expectClean(): void {
  const log = lines.map((line) => line.toLowerCase());
  const sung = CANARIES.flatMap((canary) =>
    encodingsOf(canary).flatMap((form) => log.filter((line) => line.includes(form))),
  );
  expect(sung).toEqual([]);
  for (const line of lines) {
    const { level, event, ...facts }: Record<string, unknown> = JSON.parse(line);
    expect(['info', 'warn', 'error']).toContain(level);
    expect(event).toMatch(/^[a-z0-9_]+$/);
    expect(Object.keys(facts).filter((name) => !Object.hasOwn(FIELDS, name))).toEqual([]);
  }
}

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, level).mockImplementation(
      (...args: unknown[]) => void lines.push(args.map(String).join(' ')),
    );
  }
});
beforeEach(() => {
  lines.length = 0;
});
afterAll(() => vi.restoreAllMocks());

describe('O23 nothing a person typed reaches the log', () => {
  it('knows the routes', () => {
    expect(PATHS.length).toBeGreaterThan(70);
    expect(PATHS).toContain('/sign_up/enter_email');
    expect(PATHS).toContain(`/manage/auth_app/${WORD}`);
  });

  it('when everything works', { timeout: 60_000 }, async () => {
    await singEverywhere(servedHere(Object.assign({}, env, { SCRYPT_LOG2N: '8' })));
    expectClean();
  });

  it('when the database fails with what it was given', { timeout: 60_000 }, async () => {
    const failing = new Proxy(env.DB, {
      get: () => () => {
        throw new Error(
          `D1_ERROR: UNIQUE constraint failed near "${WORD}" for ${EMAIL}: 'x'\nparams: ${CODE},${DIGITS}`,
        );
      },
    });
    await singEverywhere(servedHere(Object.assign({}, env, { SCRYPT_LOG2N: '8', DB: failing })));
    expect(lines.length, 'failures are told').toBeGreaterThan(5);
    expect(lines.join()).toMatch(/"event":"(?:fault|outage)"/);
    expectClean();
  });

  it('of a person with these very data, on the way in and when mail fails', { timeout: 60_000 }, async () => {
    const worker = servedHere(Object.assign({}, env, { SCRYPT_LOG2N: '8' }));
    const person = await aPerson(worker, { email: EMAIL, password: WORD });
    const noMail = Object.assign({}, env, {
      SCRYPT_LOG2N: '8',
      MAIL_PROVIDER: 'binding',
      MAIL: {
        send: () => Promise.reject(new Error(`mailbox of ${EMAIL} is full: "${WORD}"`)),
      },
    });
    const browser = new Browser(servedHere(noMail), HEADERS);
    await browser.open('/');
    await walk(browser, person);
    await browser.open('/account');
    expect(browser.view.text).toContain(EMAIL);
    await browser.open('/users/password/new');
    await browser.submit({ email: EMAIL });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(lines.join()).toContain('"event":"notice_not_sent"');
    expectClean();
  });
});
