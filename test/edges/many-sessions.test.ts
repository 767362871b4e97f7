import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { SESSIONS_KEPT } from '../../src/sessions/model.ts';
import { Browser } from '../support/browser.ts';
import { servedHere } from '../support/isolate.ts';
import { aPerson, type Person, walk } from '../support/people.ts';

const worker = servedHere(Object.assign({ ...env }, { SCRYPT_LOG2N: '8' }));

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

const signedIn = async (person: Person): Promise<Browser> => {
  const browser = new Browser(worker);
  await browser.open('/');
  await walk(browser, person);
  await browser.open('/account');
  expect(browser.view.url.pathname).toBe('/account');
  return browser;
};
const listed = (uuid: string) =>
  env.DB.prepare('SELECT count(*) AS n FROM sessions WHERE account = ?').bind(uuid).first<number>('n');

describe('SE-6, BT-5 somebody who begins sessions without number', () => {
  it('loses the oldest, so that none can hide behind the others when all are ended', async () => {
    const person = await aPerson(worker);
    const old = await signedIn(person);
    const decoys = Array.from({ length: SESSIONS_KEPT }, (_, index) =>
      env.DB.prepare('INSERT INTO sessions (locator, account, started_at) VALUES (?, ?, ?)').bind(
        `decoy-${index}`,
        person.uuid,
        Date.now() + index,
      ),
    );
    await env.DB.batch(decoys);
    await old.open('/account');
    expect(old.view.url.pathname, 'nothing ended yet').toBe('/account');
    const other = new Browser(worker);
    await other.open('/');
    await other.submit({ username: person.email, 'current-password': person.password });
    await expect.poll(() => listed(person.uuid)).toBe(SESSIONS_KEPT);
    await old.open('/account');
    expect(old.view.url.pathname).toBe('/');
    expect(old.view.text).toContain('signed out');
  });
});
