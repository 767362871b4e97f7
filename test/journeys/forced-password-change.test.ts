import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { asObject } from '../support/json.ts';
import { linkIn, mailsTo, newestMail } from '../support/mail.ts';
import { question } from '../support/oidc.ts';
import { aPerson, type Person, signOut, walk } from '../support/people.ts';
import { placeOf } from '../support/place.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const NEW = { password: 'purple-stairs-and-candles', password_confirmation: 'purple-stairs-and-candles' };
const SOON = { timeout: 20_000, interval: 100 } as const;

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
    await expect
      .poll(async () => (await mailsTo(worker, person.email)).map(({ subject }) => subject), SOON)
      .toContain('Please choose a new password');
    expect(linkIn(await newestMail(worker, person.email, 2), '/users/password/new')).toContain('/users/');

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
    const reset = async () =>
      (await mailsTo(worker, person.email)).find(({ links }) =>
        links.some((link) => link.includes('/users/password/edit')),
      );
    await expect.poll(reset, SOON).toBeDefined();
    const mail = await reset();
    await browser.open(mail === undefined ? '/' : linkIn(mail, '/users/password/edit'));
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
});
