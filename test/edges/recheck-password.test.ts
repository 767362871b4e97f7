import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { accountsIn } from '../../src/platform/d1/accounts.ts';
import { oneDatabase } from '../../src/platform/d1/database.ts';
import { passwords } from '../../src/platform/passwords.ts';
import { Browser } from '../support/browser.ts';
import { countedWorker } from '../support/counted-worker.ts';
import { aPerson, type Person, signOut, walk } from '../support/people.ts';
import { testKeys } from '../support/sessions.ts';

const { worker, within } = countedWorker({ BREACH_RECHECK: 'true' });
const off = countedWorker();
/** Of lawful length, and known to everybody. */
const COMMON = '1qaz2wsx3edc';

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  await signIn(await aPerson(worker));
});

const row = (person: Pick<Person, 'uuid'>) =>
  env.DB.prepare(
    'SELECT password_change_required AS required, password_checked_at AS checked FROM accounts WHERE uuid = ?',
  )
    .bind(person.uuid)
    .first<{ required: number; checked: number | null }>();

/** Somebody whose password became common after they chose it. */
async function withCommonPassword(): Promise<Person> {
  const person = await aPerson(worker);
  const { record } = await passwords(testKeys(), 'test', '8').make(person.uuid, COMMON);
  await env.DB.prepare('UPDATE accounts SET password = ?, password_checked_at = NULL WHERE uuid = ?')
    .bind(record, person.uuid)
    .run();
  return { ...person, password: COMMON };
}

async function signIn(person: Person, at = worker): Promise<Browser> {
  const browser = new Browser(at);
  await browser.open('/');
  await walk(browser, person);
  return browser;
}

describe('PW-6 the breach recheck at sign-in, with the list that is always at hand', () => {
  it('costs no storage call of its own, and is written down for weeks', async () => {
    const person = await aPerson(worker);
    await env.DB.prepare('UPDATE accounts SET password_checked_at = NULL WHERE uuid = ?')
      .bind(person.uuid)
      .run();
    const browser = await signIn(person);
    expect(browser.view.url.pathname).toBe('/account');
    within('POST /', { objects: 3, d1: 2 });
    const first = await row(person);
    expect(first?.required).toBe(0);
    expect(first?.checked).toBeGreaterThan(0);
    await signOut(browser);
    await signIn(person);
    expect(await row(person)).toEqual(first);
  });

  it('finds a password that became common, and nothing else is reached before it is changed', async () => {
    const person = await withCommonPassword();
    const browser = await signIn(person);
    expect(browser.view.url.pathname).toBe('/manage/password');
    expect(await row(person)).toMatchObject({ required: 1 });
    for (const path of ['/account', '/account/history', '/continue', '/add/email']) {
      await browser.open(path);
      expect(browser.view.url.pathname, path).toBe('/manage/password');
    }
    await browser.submit({ password: COMMON, password_confirmation: COMMON });
    expect(browser.view.status, 'the same again is no change').toBe(422);
    const next = 'purple-stairs-and-candles';
    await browser.submit({ password: next, password_confirmation: next });
    expect(browser.view.url.pathname).toBe('/account');
    const after = await row(person);
    expect(after?.required).toBe(0);
    expect(after?.checked, 'the new one was looked for when it was chosen').toBeGreaterThan(0);
  });

  it('leaves the next sign-in no way around it either, and tells sessions that live', async () => {
    const person = await withCommonPassword();
    const before = await signIn(person, off.worker);
    expect(before.view.url.pathname, 'where it is off, nobody is asked').toBe('/account');
    const browser = new Browser(worker);
    await browser.open('/');
    await browser.submit({ username: person.email, 'current-password': person.password });
    await before.open('/account');
    expect(before.view.url.pathname).toBe('/manage/password');
    expect((await signIn(person, off.worker)).view.url.pathname).toBe('/manage/password');
  });
});

describe('PW-6 a change that is required while somebody signs in', () => {
  it('lets no session begin with what was read before', async () => {
    const accounts = accountsIn(oneDatabase(env.DB), testKeys());
    const person = await aPerson(worker);
    const before = await accounts.findByUuid(person.uuid);
    const by = { actor: 'api:admin-token', reason: 'ticket 4711', now: Date.now() };
    expect(await accounts.requirePasswordChange(person.uuid, by)).toBe(true);
    const browser = { cookie: 'browser', name: 'Firefox', place: 'Helena, US' };
    const begin = async (account: typeof before, locator: string) =>
      account === null ? null : accounts.recordPassword(account, browser, Date.now(), locator);
    expect((await begin(before, 'late'))?.listed).toBe(false);
    expect((await begin(await accounts.findByUuid(person.uuid), 'anew'))?.listed).toBe(true);
  });
});
