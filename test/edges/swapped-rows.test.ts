import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { sha256Base64Url } from '../../src/kernel/crypto.ts';
import { accountsIn } from '../../src/platform/d1/accounts.ts';
import { oneDatabase } from '../../src/platform/d1/database.ts';
import { SEALED_COLUMNS, type SealedRow } from '../../src/platform/d1/sealed-columns.ts';
import { Browser } from '../support/browser.ts';
import { servedHere } from '../support/isolate.ts';
import { mailedLink, newestMail } from '../support/mail.ts';
import { aPerson, walk } from '../support/people.ts';
import { placeOf } from '../support/place.ts';
import { testKeys } from '../support/sessions.ts';

const worker = servedHere(Object.assign({}, env, { SCRYPT_LOG2N: '8' }));
const keys = testKeys();
const PROFILE = { first_name: 'Ana', last_name: 'Quixote', ssn: '666-12-3489', dob: '1971-02-28' };

/** The keys of the service are nobody's. */
const OF_PEOPLE = SEALED_COLUMNS.filter(({ table }) => table !== 'signing_keys');

/** Two people with everything an account can hold, who have signed in. */
beforeAll(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  for (let made = 0; made < 2; made += 1) {
    const person = await aPerson(worker, {
      factors: ['totp', 'backup_codes', 'phone', 'security_key', 'platform_passkey', 'personal_key'],
      profile: PROFILE,
    });
    const browser = new Browser(worker);
    await browser.open('/');
    await browser.submit({ username: person.email, 'current-password': person.password });
    await browser.open('/login/two_factor/authenticator');
    await walk(browser, person);
    await newestMail(worker, person.email);
  }
});

const rowsOf = async (table: string, columns: readonly string[], column: string) =>
  (
    await env.DB.prepare(
      `SELECT ${columns.join(', ')} FROM ${table} WHERE ${column} IS NOT NULL LIMIT 30`,
    ).all<SealedRow>()
  ).results;

describe('PI-11, PI-31 a value in the place of another', () => {
  it.each(OF_PEOPLE.map((place) => [`${place.table}.${place.column}`, place] as const))(
    'does not open: %s',
    async (name, { table, column, key, also, reseal }) => {
      const rows = await rowsOf(table, [...key, ...also, column], column);
      expect(rows.length, name).toBeGreaterThan(1);
      for (const row of rows) {
        expect(await reseal(keys, row), 'its own opens').not.toBeNull();
        for (const other of rows) {
          if (other === row) continue;
          expect(await reseal(keys, { ...row, [column]: other[column] ?? null }), name).toBeNull();
        }
      }
    },
  );

  it('nor does one column’s value in another column of the same row', async () => {
    const rows = await rowsOf('factors', ['id', 'account', 'secret', 'name'], 'secret');
    const [secret, label] = ['secret', 'name'].map((column) =>
      SEALED_COLUMNS.find((place) => place.table === 'factors' && place.column === column),
    );
    for (const row of rows) {
      expect(await secret?.reseal(keys, { ...row, secret: row.name ?? null })).toBeNull();
      expect(await label?.reseal(keys, { ...row, name: row.secret ?? null })).toBeNull();
    }
  });

  it('nor does an address lead to the account to which only its digest was moved', async () => {
    const { results } = await env.DB.prepare('SELECT id, account, fingerprint FROM emails LIMIT 2').all<{
      id: string;
      account: string;
      fingerprint: string;
    }>();
    const accounts = accountsIn(oneDatabase(env.DB), keys);
    const [one, other] = results;
    if (one === undefined || other === undefined) throw new Error('two people are needed');
    const address = (await accounts.findByUuid(one.account))?.emails[0]?.address ?? '';
    expect((await accounts.findByEmail(address))?.uuid).toBe(one.account);
    const put = (id: string, fingerprint: string) =>
      env.DB.prepare('UPDATE emails SET fingerprint = ? WHERE id = ?').bind(fingerprint, id);
    await env.DB.batch([put(one.id, 'nowhere'), put(other.id, one.fingerprint)]);
    expect(await accounts.findByEmail(address)).toBeNull();
    await env.DB.batch([put(other.id, other.fingerprint), put(one.id, one.fingerprint)]);
    expect((await accounts.findByEmail(address))?.uuid).toBe(one.account);
  });
});

describe('PI-31 a mailed link in the hands of somebody who can write to the database', () => {
  const PAGE = '/users/password/edit';
  const opens = async (path: string): Promise<boolean> => {
    const browser = new Browser(worker);
    await browser.open(path);
    return placeOf(browser) === PAGE;
  };
  /** Two people, each with a link that resets the password. */
  async function twoLinks() {
    return Promise.all(
      ['one', 'other'].map(async () => {
        const { uuid, email } = await aPerson(worker);
        const browser = new Browser(worker);
        await browser.open('/users/password/new');
        await browser.submit({ email });
        return { uuid, path: await mailedLink(worker, email, PAGE) };
      }),
    );
  }

  it('is not made by writing down the digest of a token', async () => {
    const [victim] = await twoLinks();
    const token = 'A'.repeat(43);
    for (const told of [`reset-password|${token}`, token]) {
      await env.DB.prepare(
        "INSERT INTO links (digest, kind, account, created_at, expires_at) VALUES (?, 'reset-password', ?, ?, ?)",
      )
        .bind(sha256Base64Url(told), victim?.uuid, worker.now(), worker.now() + 600_000)
        .run();
    }
    expect(await opens(`${PAGE}?reset_password_token=${token}`)).toBe(false);
  });

  it('leads to nobody else once its row was given to them', async () => {
    const [own, victim] = await twoLinks();
    if (own === undefined || victim === undefined) throw new Error('two people are needed');
    const give = (from: string, to: string) =>
      env.DB.prepare(
        'UPDATE links SET account = ?1, email = (SELECT id FROM emails WHERE account = ?1) WHERE account = ?2',
      )
        .bind(to, from)
        .run();
    await env.DB.prepare('DELETE FROM links WHERE account = ?').bind(victim.uuid).run();
    await give(own.uuid, victim.uuid);
    expect(await opens(own.path)).toBe(false);
    await give(victim.uuid, own.uuid);
    expect(await opens(own.path), 'where it belongs').toBe(true);
  });
});
