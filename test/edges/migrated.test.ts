import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { totpAt, totpStep } from '../../src/factors/totp/totp.ts';
import { passwords } from '../../src/platform/passwords.ts';
import { Browser } from '../support/browser.ts';
import { servedHere } from '../support/isolate.ts';
import { walk } from '../support/people.ts';
import { testKeys } from '../support/sessions.ts';

const keys = testKeys();
const now = Date.now();
const SECRET = crypto.getRandomValues(new Uint8Array(20));
const PASSWORD = 'purple-stairs-and-candles';
const email = 'early@mailbox.test';
const upTo = (number: string) => env.TEST_MIGRATIONS.filter(({ name }) => name < number);

/** Somebody who joined under the first two migrations, when names of factors were stored as they were typed. */
async function joinedEarly(): Promise<string> {
  const [uuid, emailId] = [crypto.randomUUID(), crypto.randomUUID()];
  const { record } = await passwords(keys, 'test', '8').make(uuid, PASSWORD);
  // In the words of that time: the code of today writes columns that came later.
  await env.DB.batch([
    env.DB.prepare(
      'INSERT INTO accounts (uuid, password, rules_accepted_at, created_at) VALUES (?, ?, ?, ?)',
    ).bind(uuid, record, now, now),
    env.DB.prepare(
      'INSERT INTO emails (id, account, address, fingerprint, confirmed_at, created_at) VALUES (?, ?, ?, ?, ?, ?)',
    ).bind(
      emailId,
      uuid,
      await keys.seal('email', { owner: uuid, record: emailId }, email),
      keys.fingerprint('email', email),
      now,
      now,
    ),
  ]);
  const factor = crypto.randomUUID();
  await env.DB.prepare(
    "INSERT INTO factors (id, account, kind, name, secret, last_step, created_at) VALUES (?, ?, 'totp', 'My phone', ?, ?, ?)",
  )
    .bind(
      factor,
      uuid,
      await keys.seal('factor', { owner: uuid, record: factor }, SECRET),
      totpStep(now) - 9,
      now,
    )
    .run();
  return uuid;
}

let uuid = '';
beforeAll(async () => {
  await applyD1Migrations(env.DB, upTo('0003'));
  uuid = await joinedEarly();
  await applyD1Migrations(env.DB, upTo('0004'));
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
});

describe('TC-8 a database that grew with its migrations', () => {
  it('kept everything, and its people sign in, change their password and leave', async () => {
    let step = totpStep(now) - 1;
    const person = {
      uuid,
      email,
      password: PASSWORD,
      nextCode: () => {
        step = Math.max(step + 1, totpStep(Date.now()));
        return step > totpStep(Date.now()) + 1 ? null : totpAt(SECRET, step);
      },
      wrongCode: () => '',
      backupCode: () => '',
    };
    const browser = new Browser(servedHere(Object.assign({ ...env }, { SCRYPT_LOG2N: '8' })));
    await browser.open('/');
    await walk(browser, person);
    await browser.open('/account');
    expect(browser.view.url.pathname).toBe('/account');
    expect(browser.view.text).toContain('My phone');
    expect(browser.view.text).toContain(email);

    const next = 'walnut-cathedral-spinnaker';
    await browser.open('/manage/password');
    await browser.submit({ password: next, password_confirmation: next });
    expect(browser.view.url.pathname, 'nobody without an identity has a personal key').toBe('/account');

    await browser.open('/account/delete');
    await browser.submit({ 'current-password': next });
    const left = () =>
      env.DB.prepare(
        'SELECT (SELECT count(*) FROM accounts) + (SELECT count(*) FROM factors) + (SELECT count(*) FROM sessions) AS n',
      ).first<number>('n');
    await expect.poll(left).toBe(0);
  });

  it('names every migration once, in the order of its number', () => {
    const names = env.TEST_MIGRATIONS.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    expect(new Set(names.map((name) => name.slice(0, 4))).size).toBe(names.length);
  });
});
