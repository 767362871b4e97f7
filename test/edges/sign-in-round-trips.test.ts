import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { attempts } from '../../src/platform/attempts.ts';
import { forgetApps } from '../../src/platform/d1/app-cache.ts';
import { anApp, type TestApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { countedWorker } from '../support/counted-worker.ts';
import { countObjects } from '../support/counting.ts';
import { obtainCode, question } from '../support/oidc.ts';
import { aPerson, type Person, signOut, walk } from '../support/people.ts';
import { testKeys } from '../support/sessions.ts';

const { worker, log, ops, within, mailed } = countedWorker();

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
// An app is remembered for half a minute: each test has a fresh one, however long those before it took.
beforeEach(async () => {
  forgetApps();
  await worker.fetch(question(app).url);
});

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
    // FC-2: whether the account is locked, which the factor's own page asks for everybody else.
    within(PASSWORD, { objects: 4, d1: 2 });
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
