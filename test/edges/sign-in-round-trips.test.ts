import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { attempts } from '../../src/platform/attempts.ts';
import { anApp, type TestApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { countEnv, countObjects, noOps, type StorageOps } from '../support/counting.ts';
import { servedHere } from '../support/isolate.ts';
import { obtainCode, question } from '../support/oidc.ts';
import { aPerson, type Person, signOut, walk } from '../support/people.ts';
import { ORIGIN, type Served } from '../support/served.ts';
import { testKeys } from '../support/sessions.ts';
import { newestText } from '../support/texts.ts';

const ops = noOps();
/** A mail provider of its own: what is sent leaves the house instead of resting in the sandbox's inbox. */
const mailed: string[] = [];
const MAIL: SendEmail = {
  send: async (message: object) => {
    mailed.push('subject' in message ? String(message.subject) : '');
    return { messageId: 'test' };
  },
};
const bindings = { ...countEnv(env, ops), MAIL, MAIL_PROVIDER: 'binding' };
const here = servedHere(bindings);

/** Waits for work after a response: until nothing has happened for a while. */
async function settled(): Promise<void> {
  let before: string;
  do {
    before = JSON.stringify(ops);
    await new Promise<void>((done) => setTimeout(done, 50));
  } while (before !== JSON.stringify(ops));
}

/** What each request did to storage, work after its response included. */
const log: { readonly what: string; readonly did: StorageOps }[] = [];
const worker: Served = {
  ...here,
  async fetch(pathOrUrl, init = {}) {
    const before = { ...ops };
    const response = await here.fetch(pathOrUrl, init);
    await settled();
    const what = `${init.method ?? 'GET'} ${new URL(pathOrUrl, ORIGIN).pathname}`;
    const did = {
      objects: ops.objects - before.objects,
      d1: ops.d1 - before.d1,
      kv: ops.kv - before.kv,
      commits: 0,
    };
    log.push({ what, did });
    return response;
  },
};

/** The last request of this kind. */
function did(what: string): StorageOps {
  const found = log.findLast((entry) => entry.what === what);
  if (found === undefined) throw new Error(`${what} was not asked: ${log.map((one) => one.what).join(', ')}`);
  return found.did;
}

const AUTHORIZE = 'GET /openid_connect/authorize';
const PASSWORD = 'POST /';
const TOTP = 'POST /login/two_factor/authenticator';
const BACKUP_CODE = 'POST /login/two_factor/backup_code';
const CONSENT = 'POST /sign_up/completed';
const CONTINUE = 'GET /continue';

let app: TestApp;
let person: Person;

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  app = await anApp(worker);
  person = await aPerson(worker);
  await obtainCode(new Browser(worker), await aPerson(worker), app);
});

/** The bars of a sign-in: few calls to objects, few to the database, none to KV. */
function within(what: string, most: { readonly objects: number; readonly d1: number }): void {
  const counted = did(what);
  expect(counted.kv, `${what}: KV`).toBe(0);
  expect(counted.objects, `${what}: calls to objects`).toBeLessThanOrEqual(most.objects);
  expect(counted.d1, `${what}: calls to the database`).toBeLessThanOrEqual(most.d1);
}

describe('PE-2 storage calls of a cold sign-in, work after the response included', () => {
  it('a new browser and a new connection', async () => {
    const browser = new Browser(worker);
    const before = mailed.length;
    await obtainCode(browser, person, app);
    within(AUTHORIZE, { objects: 2, d1: 0 });
    within(PASSWORD, { objects: 3, d1: 2 });
    within(TOTP, { objects: 3, d1: 2 });
    within(CONSENT, { objects: 3, d1: 1 });
    // The new browser and the new connection were both told about.
    expect(mailed.length - before).toBe(2);
  });

  it('a browser and a connection known before', async () => {
    const known = await aPerson(worker);
    const browser = new Browser(worker);
    await obtainCode(browser, known, app);
    await signOut(browser);
    await obtainCode(browser, known, app);
    within(AUTHORIZE, { objects: 2, d1: 0 });
    within(PASSWORD, { objects: 3, d1: 2 });
    within(TOTP, { objects: 3, d1: 2 });
  });

  it('a browser that is remembered: the password is enough', async () => {
    const known = await aPerson(worker);
    const browser = new Browser(worker);
    await obtainCode(browser, known, app, {}, { remember: true });
    await signOut(browser);
    log.length = 0;
    await obtainCode(browser, known, app);
    expect(log.map(({ what }) => what)).not.toContain(TOTP);
    within(PASSWORD, { objects: 3, d1: 2 });
  });

  it('the limits of person and network are one call, and a success clears what it counted', async () => {
    const limits = attempts(countObjects(env.ATTEMPTS, ops), testKeys(), 'staging');
    const names = ['sign-in-ip', 'sign-in-email-ip'] as const;
    const spend = () => limits.spend('email-ip:pat', names, Date.now(), '192.0.2.7');
    const before = ops.objects;
    expect(await spend()).toEqual({ allowed: true });
    expect(ops.objects - before).toBe(1);
    for (let tries = 1; tries < 5; tries += 1) await spend();
    expect(await spend()).toMatchObject({ allowed: false, limit: 'sign-in-email-ip' });
    await limits.clear('email-ip:pat', ['sign-in-email-ip'], '192.0.2.7');
    expect(await spend()).toEqual({ allowed: true });
    // The network's own count stays, whoever signs in from there and from whichever subject it is counted.
    for (let tries = 7; tries < 20; tries += 1)
      expect(await limits.spend(`ip:192.0.2.7`, ['sign-in-ip'], Date.now())).toEqual({ allowed: true });
    expect(await limits.spend('email-ip:kim', names, Date.now(), '192.0.2.7')).toMatchObject({
      allowed: false,
      limit: 'sign-in-ip',
    });
  });

  it('a browser whose session is over hears why in the same call', async () => {
    const browser = new Browser(worker);
    await obtainCode(browser, await aPerson(worker), app);
    const cookies = [...browser.cookies];
    await signOut(browser);
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    await browser.open(question(app).url);
    expect(browser.view.url.pathname).toBe('/');
    within(AUTHORIZE, { objects: 2, d1: 0 });
  });

  it('a backup code', async () => {
    const browser = new Browser(worker);
    await browser.open('/');
    await walk(browser, await aPerson(worker, { factors: ['backup_codes'] }));
    within(BACKUP_CODE, { objects: 3, d1: 2 });
  });

  it('a code by text', async () => {
    const sms = await aPerson(worker, { factors: ['phone'] });
    const browser = new Browser(worker);
    await browser.open('/');
    await walk(browser, sms);
    const [number] = Array.isArray(sms.made?.phones) ? sms.made.phones : [];
    await browser.submit({ 'one-time-code': (await newestText(worker, String(number))).code });
    expect(browser.view.url.pathname).toBe('/account');
    // The fourth gives back, after the response, what sending the code was counted for.
    within('POST /login/two_factor/sms', { objects: 4, d1: 2 });
  });

  it('a personal key', async () => {
    const late = await aPerson(worker, { factors: ['personal_key', 'totp'] });
    const browser = new Browser(worker);
    await browser.open('/');
    await walk(browser, late, { until: TOTP.slice(5) });
    await browser.open('/login/two_factor/personal_key');
    await browser.submit({ personal_key: String(late.made?.personal_key) });
    expect(browser.view.url.pathname).toBe('/account');
    // Its own event and the link of its mail are two more; nobody gets this method any more.
    within('POST /login/two_factor/personal_key', { objects: 3, d1: 4 });
  });

  it('a connection that is not there is looked up once', async () => {
    const browser = new Browser(worker);
    log.length = 0;
    await browser.open(question(app).url);
    await walk(browser, await aPerson(worker), { until: '/sign_up/completed' });
    await browser.open('/continue');
    const asked = log.filter(({ what }) => what === CONTINUE || what === 'GET /sign_up/completed');
    expect(asked.map(({ did: { d1 } }) => d1).reduce((sum, d1) => sum + d1, 0)).toBe(1);
  });
});
