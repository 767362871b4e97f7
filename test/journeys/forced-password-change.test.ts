import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { asObject } from '../support/json.ts';
import { linkIn, mailAbout, mailedLink } from '../support/mail.ts';
import { question } from '../support/oidc.ts';
import { aPerson, type Person, signOut, walk } from '../support/people.ts';
import { placeOf } from '../support/place.ts';
import { newestText } from '../support/texts.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const NEW = { password: 'purple-stairs-and-candles', password_confirmation: 'purple-stairs-and-candles' };

/** The service of hash ranges: what it knows, and what it was asked. */
const breached = new Set<string>();
const asked: string[] = [];
let down = false;
const service = createServer((request, response) => {
  const prefix = (request.url ?? '').slice('/range/'.length);
  asked.push(prefix);
  if (down) return void response.writeHead(503).end();
  const digests = [...breached].map((password) =>
    createHash('sha1').update(password).digest('hex').toUpperCase(),
  );
  const lines = digests.filter((digest) => digest.startsWith(prefix)).map((one) => `${one.slice(5)}:12`);
  return void response.end(['0'.repeat(35).concat(':0'), ...lines].join('\r\n'));
});

let worker: TestWorker;
beforeAll(async () => {
  await new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening));
  const address = service.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  worker = await startWorker({
    GH_ENV: 'local',
    BREACH_RANGE_URL: `http://127.0.0.1:${port}/range/`,
    BREACH_RECHECK: 'true',
  });
});
beforeEach(() => {
  breached.clear();
  asked.length = 0;
  down = false;
});
afterAll(async () => {
  await worker.close();
  service.close();
});

async function signIn(person: Person): Promise<Browser> {
  const browser = new Browser(worker);
  await browser.open('/');
  await walk(browser, person);
  return browser;
}

describe('PW-6 a password that turns up in a breach', () => {
  it('is found at sign-in, weeks after the last look, and must be changed before the app is reached', async () => {
    const person = await aPerson(worker);
    const app = await anApp(worker);
    const browser = await signIn(person);
    expect(placeOf(browser)).toBe('/account');
    await signOut(browser);

    breached.add(person.password);
    asked.length = 0;
    expect(placeOf(await signIn(person)), 'it was looked for a moment ago').toBe('/account');
    expect(asked).toEqual([]);

    await worker.advance(30 * 86_400);
    const later = new Browser(worker);
    await later.open(question(app).url);
    await walk(later, person);
    expect(placeOf(later)).toBe('/manage/password');
    expect(later.view.text).toContain('Your password may be known to somebody else.');
    expect(asked, 'five characters of a digest, once').toEqual([expect.stringMatching(/^[0-9A-F]{5}$/)]);
    await later.open(question(app).url);
    expect(placeOf(later), 'no app is told anything before').toBe('/manage/password');
    await later.open('/manage/password');
    await later.submit(NEW);
    expect(placeOf(later)).toBe('/sign_up/completed');
  });

  it('keeps nobody out while the service is down; the next sign-in asks again', async () => {
    const person = await aPerson(worker);
    breached.add(person.password);
    down = true;
    expect(placeOf(await signIn(person))).toBe('/account');
    expect(worker.logs().join('\n')).toContain('breached_list_silent');
    down = false;
    expect(placeOf(await signIn(person))).toBe('/manage/password');
  });

  it('is not looked for before it was right', async () => {
    const person = await aPerson(worker);
    asked.length = 0;
    const browser = new Browser(worker);
    await browser.open('/');
    await browser.submit({ username: person.email, 'current-password': 'not the password' });
    expect(browser.view.status).toBe(422);
    expect(asked).toEqual([]);
  });
});

describe('PW-6, RD-3 a password change an operator asks for', () => {
  const require = (uuid: string, body: unknown = { reason: 'ticket 4711' }) =>
    worker.api('POST', `/api/admin/v1/users/${uuid}/require-password-change`, body);

  it('ends every session, forgets remembered browsers, and is told to the address', async () => {
    const person = await aPerson(worker);
    const live = new Browser(worker);
    await live.open('/');
    await walk(live, person, { remember: true });
    const answer = await require(person.uuid);
    expect(answer.status).toBe(200);
    expect(asObject(await answer.json())).toEqual({
      uuid: person.uuid,
      password_change_required: true,
      sessions_ended: 1,
    });
    await live.open('/account');
    expect(placeOf(live)).toBe('/');
    const told = await mailAbout(worker, person.email, 'Please choose a new password');
    expect(linkIn(told, '/users/password/new')).toContain('/users/');

    await live.submit({ username: person.email, 'current-password': person.password });
    expect(placeOf(live), 'remembered no more').toBe('/login/two_factor/authenticator');
    await walk(live, person);
    expect(placeOf(live)).toBe('/manage/password');
    await live.open('/account');
    expect(placeOf(live), 'there is no way around it').toBe('/manage/password');
    await live.submit({ password: person.password, password_confirmation: person.password });
    expect(live.view.status, 'the one others may know is no new one').toBe(422);
    expect(live.view.text).toContain('Your password may be known to somebody else.');
    await live.submit(NEW);
    expect(placeOf(live)).toBe('/account');
    expect((await live.open('/account/history')).text).toContain('Password no longer valid');
    expect(placeOf(await signIn({ ...person, password: NEW.password }))).toBe('/account');
  });

  it('is met by a reset from the mailbox, with another password', async () => {
    const person = await aPerson(worker);
    expect((await require(person.uuid)).status).toBe(200);
    const browser = new Browser(worker);
    await browser.open('/users/password/new');
    await browser.submit({ email: person.email });
    await browser.open(await mailedLink(worker, person.email, '/users/password/edit'));
    await browser.submit({ password: person.password, password_confirmation: person.password });
    expect(browser.view.status).toBe(422);
    await browser.submit(NEW);
    expect(placeOf(await signIn({ ...person, password: NEW.password }))).toBe('/account');
  });

  it('is written down with its reason, and only with one, for accounts that exist', async () => {
    const person = await aPerson(worker);
    expect((await require(person.uuid, {})).status).toBe(422);
    expect((await require('00000000-0000-4000-8000-000000000000')).status).toBe(404);
    expect((await require('nobody')).status).toBe(404);
    expect((await require(person.uuid)).status).toBe(200);
    const lines: unknown = await (
      await worker.api('GET', `/api/admin/v1/audit?item_id=${person.uuid}`)
    ).json();
    expect(lines).toMatchObject([
      {
        action: 'require-password-change',
        actor: 'api:admin-token',
        item_type: 'account',
        changes: { reason: [null, 'ticket 4711'] },
      },
    ]);
  });

  it('comes before any method is added, renewed or suggested (FLO-4, RT-1)', async () => {
    const person = await aPerson(worker, { factors: ['phone'] });
    const numbers: unknown = person.made?.phones;
    const phone = String(Array.isArray(numbers) ? numbers[0] : '');
    expect((await require(person.uuid)).status).toBe(200);
    const browser = new Browser(worker);
    browser.cookies.set('__Host-gh_platform', '1');
    await browser.open('/');
    await browser.submit({ username: person.email, 'current-password': person.password });
    await browser.submit({ 'one-time-code': (await newestText(worker, phone)).code });
    expect(placeOf(browser), 'face and touch unlock is not offered yet').toBe('/manage/password');
    for (const path of [
      '/authentication_methods_setup',
      '/authenticator_setup',
      '/phone_setup',
      '/webauthn_setup',
      '/webauthn_setup?platform=true',
      '/webauthn_platform_recommended',
      '/backup_code_setup',
    ]) {
      await browser.open(path);
      expect(placeOf(browser), path).toBe('/manage/password');
    }
    await browser.submit(NEW);
    expect(placeOf(browser)).toBe('/account');
    await browser.open('/authenticator_setup');
    expect(placeOf(browser)).toBe('/authenticator_setup');
  });

  it('comes after a method that the app demands (FLO-4), and keeps nobody from their last codes (BC-2)', async () => {
    const person = await aPerson(worker);
    const app = await anApp(worker);
    expect((await require(person.uuid)).status).toBe(200);
    const browser = new Browser(worker);
    const demanding = 'http://idmanagement.gov/ns/assurance/aal/2?phishing_resistant=true';
    await browser.open(question(app, { acr_values: `urn:acr.login.gov:auth-only ${demanding}` }).url);
    await walk(browser, person);
    expect(placeOf(browser)).toBe('/authentication_methods_setup');
    await browser.open('/webauthn_setup');
    expect(placeOf(browser)).toBe('/webauthn_setup');

    const other = await aPerson(worker, { factors: ['backup_codes'] });
    for (let used = 0; used < 9; used += 1) await walk(await signIn(other), other);
    expect((await require(other.uuid)).status).toBe(200);
    const last = new Browser(worker);
    await last.open('/');
    await last.submit({ username: other.email, 'current-password': other.password });
    await last.submit({ code: other.backupCode() });
    expect(placeOf(last)).toBe('/backup_code_setup');
    await last.submit({}, ({ action }) => action.endsWith('/backup_code_continue'));
    await last.open('/continue');
    expect(placeOf(last)).toBe('/manage/password');
  });
});
