import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.ts';
import { servedHere } from '../support/isolate.ts';
import { mailedLink } from '../support/mail.ts';
import { aPerson, type Person, walk } from '../support/people.ts';

const worker = servedHere(env);

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

async function signedIn(person: Person): Promise<Browser> {
  const browser = new Browser(worker);
  await browser.open('/');
  await walk(browser, person);
  await browser.open('/account');
  return browser;
}

/**
 * Takes the sessions of an account off its list, as ending them does: for a request that found its session alive the
 * moment before, all is as if it had been ended while it ran.
 */
const endInFlight = ({ uuid }: Person) =>
  env.DB.prepare('DELETE FROM sessions WHERE account = ?').bind(uuid).run();

const count = (table: string, { uuid }: Person): Promise<number | null> =>
  env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${table === 'accounts' ? 'uuid' : 'account'} = ?`)
    .bind(uuid)
    .first<number>('n');

describe('SE-6 a request that is running while its session is ended', () => {
  it('removes no method', async () => {
    const person = await aPerson(worker);
    const browser = await signedIn(person);
    const id = await env.DB.prepare("SELECT id FROM factors WHERE account = ? AND kind = 'totp'")
      .bind(person.uuid)
      .first<string>('id');
    const path = `/manage/auth_app/${id}/confirm_delete`;
    await browser.open(path);
    await endInFlight(person);
    await browser.submit({}, ({ action }) => action === path);
    expect(await count('factors', person)).toBe(1);
  });

  it('deletes and replaces no backup codes', async () => {
    const person = await aPerson(worker);
    const browser = await signedIn(person);
    const codes = async () =>
      (
        await env.DB.prepare('SELECT digest FROM backup_codes WHERE account = ? ORDER BY digest')
          .bind(person.uuid)
          .all()
      ).results;
    const before = await codes();
    for (const path of ['/backup_code_delete', '/backup_code_regenerate']) {
      await browser.open(path);
      await endInFlight(person);
      await browser.submit({}, ({ action }) => action.endsWith(path));
      expect(await codes(), path).toEqual(before);
    }
  });

  it('issues no personal key in the place of the one its owner holds', async () => {
    const person = await aPerson(worker, {
      profile: { first_name: 'Ana', last_name: 'Quixote', ssn: '666-12-3489', dob: '1971-02-28' },
    });
    const browser = await signedIn(person);
    const wrapped = () =>
      env.DB.prepare("SELECT wrapped FROM data_keys WHERE account = ? AND kind = 'personal_key'")
        .bind(person.uuid)
        .first<string>('wrapped');
    const before = await wrapped();
    expect(before).not.toBeNull();
    await browser.open('/account/personal_key');
    await endInFlight(person);
    await browser.submit({}, ({ action }) => action.endsWith('/account/personal_key'));
    expect(await wrapped()).toBe(before);
  });

  it('deletes no account', async () => {
    const person = await aPerson(worker);
    const browser = await signedIn(person);
    await browser.open('/account/delete');
    await endInFlight(person);
    await browser.submit({ 'current-password': person.password });
    expect(await count('accounts', person)).toBe(1);
    expect(browser.view.text).not.toContain('deleted');
  });

  it('makes no link for an address of its own, and removes none', async () => {
    const person = await aPerson(worker);
    const browser = await signedIn(person);
    const second = `second-${person.email}`;
    await browser.open('/add/email');
    await browser.submit({ email: second });
    const elsewhere = new Browser(worker);
    await elsewhere.open(await mailedLink(worker, second, '/add/email/confirm'));
    await elsewhere.submit();
    const id = await env.DB.prepare('SELECT id FROM emails WHERE account = ? ORDER BY created_at LIMIT 1')
      .bind(person.uuid)
      .first<string>('id');
    const path = `/manage/email/confirm_delete/${id}`;
    await browser.open(path);
    await endInFlight(person);
    await browser.submit({}, ({ action }) => action === path);
    expect(await count('emails', person)).toBe(2);

    const third = `third-${person.email}`;
    await browser.open('/add/email');
    await browser.submit({ email: third });
    const intruder = new Browser(worker);
    await intruder.open(await mailedLink(worker, third, '/add/email/confirm'));
    expect(intruder.view.text).toContain('This link does not work.');
  });
});
