import { applyD1Migrations, runInDurableObject } from 'cloudflare:test';
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
import { expectNobodyInLines } from '../support/heard-lines.ts';
import { servedHere } from '../support/isolate.ts';
import { asObject, textOf } from '../support/json.ts';
import { aPerson, walk } from '../support/people.ts';
import { ADMIN_TOKEN } from '../support/served.ts';
import { newestText, notThis } from '../support/texts.ts';

const EMAIL = 'canary.songbird@agency.gov';
const WORD = 'Canarybird-Wilhelmina';
const CODE = 'gh_code_Q2FuYXJ5Q2FuYXJ5Q2FuYXJ5';
const DIGITS = '848484848484';
/** Of an area code that is given out. */
const PHONE = '+12025550184';
const OTHER_PHONE = '+12025550185';
const SSN = '900848484';
/** What people of this file have, found out while they are made. */
const secrets: string[] = [];
const CANARIES = [EMAIL, WORD, CODE, DIGITS, PHONE, PHONE.slice(2), OTHER_PHONE.slice(2), SSN];

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
  expected: true,
  issued_at: true,
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
  'number',
  'country',
  'channel',
  'selection',
  'personal_key',
  'ticket',
  'response',
  'choice',
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
  const sung = [...CANARIES, ...secrets].flatMap((canary) =>
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

describe('O23, PI-18 nothing a person typed reaches the log', () => {
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

  it('of a person with a phone, a verified identity and a personal key', { timeout: 60_000 }, async () => {
    const vars = { SCRYPT_LOG2N: '8' };
    const worker = servedHere(Object.assign({}, env, vars));
    // A company that takes nothing and quotes everything.
    const calls = vi
      .spyOn(globalThis, 'fetch')
      .mockImplementation(async () => Promise.reject(new Error(`${OTHER_PHONE} refused: "${WORD}"`)));
    const company = Object.assign({}, env, vars, {
      TELEPHONY_PROVIDER: 'http',
      TELEPHONY_URL: 'http://127.0.0.1:9',
      TELEPHONY_ACCOUNT: 'AC0',
      TELEPHONY_TOKEN: CODE,
      TELEPHONY_FROM: '+12025550100',
    });
    for (const [at, phone] of [
      [servedHere(company), OTHER_PHONE],
      [worker, PHONE],
    ] as const) {
      const person = await aPerson(worker, {
        factors: ['totp', 'backup_codes', 'personal_key', 'security_key'],
        phones: [phone],
        profile: { first_name: WORD, last_name: WORD, ssn: SSN, phone: PHONE },
      });
      const made = asObject(person.made);
      const key = textOf(made, 'personal_key');
      secrets.push(key, key.replaceAll('-', ''), textOf(made, 'totp_secret'), person.password);
      const browser = new Browser(at, HEADERS);
      await browser.open('/');
      await browser.submit({ username: person.email, 'current-password': person.password });
      await browser.open('/login/two_factor/sms');
      if (at === worker) {
        const { code } = await newestText(worker, phone);
        secrets.push(code);
        await browser.submit({ 'one-time-code': notThis(code) });
        await browser.submit({ channel: 'voice' }, ({ action }) => action.endsWith('/otp/send'));
      }
      await browser.open('/login/two_factor/backup_code');
      await browser.submit({ code: '2222-2222-2222' });
      await browser.open('/login/two_factor/personal_key');
      await browser.submit({ personal_key: key.replace(/.{4}$/, '2222') });
      expect(browser.view.status).toBe(422);
      await browser.submit({ personal_key: key });
      for (const path of ['/account', '/account/two_factor_authentication', '/account/history'])
        await browser.open(path);
      await browser.open('/account/download');
      await browser.submit({}, ({ action }) => action === '/account/download');
      expect(browser.view.html, 'it is theirs to read').toContain(SSN);
      await browser.open('/phone_setup');
      await browser.submit({ country: 'US', number: PHONE, channel: 'sms' });
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(calls, 'the company was asked').toHaveBeenCalled();
    calls.mockRestore();
    expectClean();
  });
});

describe('O23 the canary of the whole suite, inside the runtime', () => {
  it.fails('fails a test in which an address is written', () => console.info(`no mail to ${EMAIL}`));

  it('keeps out what somebody got and typed, in lines of the application and of its objects', async () => {
    const worker = servedHere(Object.assign({}, env, { SCRYPT_LOG2N: '8' }));
    const person = await aPerson(worker, { password: 'violet-staple-91-lemons' });
    const browser = new Browser(worker, HEADERS);
    await browser.open('/');
    await walk(browser, person);
    const session = [...browser.cookies].find(([name]) => name.endsWith('gh_session'))?.[1];
    for (const secret of [person.password, textOf(asObject(person.made), 'totp_secret'), session]) {
      console.warn(`see ${secret} there`);
      expect(() => expectNobodyInLines(false)).toThrow(`see ${secret} there`);
    }
    await runInDurableObject(env.ATTEMPTS.getByName('canary'), () => console.error(`no mail to ${EMAIL}`));
    expect(() => expectNobodyInLines(false)).toThrow(EMAIL);
  });
});
