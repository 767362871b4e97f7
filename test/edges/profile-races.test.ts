import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { accountsIn } from '../../src/platform/d1/accounts.ts';
import { oneDatabase } from '../../src/platform/d1/database.ts';
import { profilesIn } from '../../src/platform/d1/profiles.ts';
import type { VerifiedIdentity } from '../../src/proofing/model.ts';
import { generatePersonalKey } from '../../src/proofing/rules/personal-key.ts';
import { Browser } from '../support/browser.ts';
import { servedHere } from '../support/isolate.ts';
import { asObject, textOf } from '../support/json.ts';
import { authenticatorOf, usePasskey } from '../support/passkey-pages.ts';
import { aPerson, walk } from '../support/people.ts';
import { testKeys } from '../support/sessions.ts';

const pick = oneDatabase(env.DB);
const keys = testKeys();
const profiles = profilesIn(pick, keys);
const accounts = accountsIn(pick, keys);
const worker = servedHere(Object.assign({ ...env }, { SCRYPT_LOG2N: '8' }));
const now = Date.now();
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

const IDENTITY: VerifiedIdentity = {
  firstName: 'Robin',
  middleName: null,
  lastName: 'Ferrymaster',
  birthDate: '1971-02-28',
  ssn: null,
  address: null,
  phone: null,
};
const RESET = 'the record after a reset';
const LATE = 'a record that comes too late';

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

const event = (kind: 'account_verified' | 'new_personal_key' | 'password_changed', at = now) => ({
  kind,
  at,
  browser: null,
});
const aPassword = () => ({ kind: 'password', key: random(32) }) as const;
const aPersonalKey = () => ({ kind: 'personal_key', key: generatePersonalKey(random) }) as const;

/** A verified person, with the identity as a session of theirs holds it open. */
async function verified() {
  const { uuid } = await accounts.create({
    address: `${crypto.randomUUID()}@mailbox.test`,
    emailLocale: 'en',
    rulesAcceptedAt: now,
    origin: 'sandbox',
    now,
  });
  await accounts.changePassword(uuid, 'the first record', event('password_changed'));
  const personal = aPersonalKey();
  const verify = (firstName: string) =>
    profiles.create({
      account: uuid,
      identity: { ...IDENTITY, firstName },
      level: 'verified',
      verifiedAt: now,
      openers: [aPassword(), personal],
      event: event('account_verified'),
    });
  const unlocked = await verify('Robin');
  const opens = async (opener: Parameters<typeof profiles.open>[2]) => {
    const held = await profiles.find(uuid);
    if (held === null) return 'gone';
    const opened = await profiles.open(uuid, held, opener);
    return opened.ok ? opened.value.identity.firstName : opened.error.reason;
  };
  const rewrap = async (...openers: readonly Parameters<typeof profiles.open>[2][]) => ({
    profile: unlocked.id,
    wraps: await Promise.all(openers.map((opener) => profiles.wrap(uuid, unlocked, opener))),
  });
  const password = async () => (await accounts.findByUuid(uuid))?.password;
  const history = async () =>
    (await accounts.history(uuid, { limit: 50 })).filter(({ at }) => at === now + 1).length;
  return { uuid, personal, unlocked, verify, opens, rewrap, password, history };
}

describe('PW-4 what a reset overtook', () => {
  it('a password change changes nothing any more, and the personal key its owner has stays good', async () => {
    const { uuid, personal, opens, rewrap, password, history } = await verified();
    const late = await rewrap(aPersonalKey(), aPassword());
    await accounts.changePassword(uuid, RESET, event('password_changed'));
    expect(await accounts.changePassword(uuid, LATE, event('password_changed', now + 1), late)).toBe(false);
    expect(await password()).toBe(RESET);
    expect(await opens(personal)).toBe('Robin');
    expect((await profiles.find(uuid))?.wraps.map(({ kind }) => kind)).toEqual(['personal_key']);
    expect(await history()).toBe(0);
  });

  it('a password change of somebody without an identity changes nothing either', async () => {
    const { uuid } = await accounts.create({
      address: `${crypto.randomUUID()}@mailbox.test`,
      emailLocale: 'en',
      rulesAcceptedAt: now,
      origin: 'sandbox',
      now,
    });
    await accounts.changePassword(uuid, 'the first record', event('password_changed'));
    await accounts.changePassword(uuid, RESET, event('password_changed'));
    const late = (from: string) =>
      accounts.changePassword(uuid, LATE, event('password_changed', now + 1), null, from);
    expect(await late('the first record')).toBe(false);
    expect((await accounts.findByUuid(uuid))?.password).toBe(RESET);
    expect((await accounts.history(uuid, { limit: 50 })).filter(({ at }) => at === now + 1)).toEqual([]);
    expect(await late(RESET)).toBe(true);
    expect((await accounts.findByUuid(uuid))?.password).toBe(LATE);
  });

  it('a new personal key is not stored, for nobody would see it', async () => {
    const { uuid, personal, opens, rewrap, history } = await verified();
    const late = await rewrap(aPersonalKey());
    await accounts.changePassword(uuid, RESET, event('password_changed'));
    expect(await profiles.keep(uuid, late, now + 1, event('new_personal_key', now + 1))).toBe(false);
    expect(await opens(personal)).toBe('Robin');
    expect(await history()).toBe(0);
  });

  it('no session begins that holds the identity open, not even by a passkey', async () => {
    const { uuid } = await verified();
    const before = await accounts.findByUuid(uuid);
    if (before === null) throw new Error('no account');
    const listed = async (account: typeof before) => {
      const browser = { cookie: 'c'.repeat(43), name: 'Firefox on Linux', place: '' };
      return (await accounts.recordPassword(account, browser, now, crypto.randomUUID(), 'passkey')).listed;
    };
    expect(await listed(before)).toBe(true);
    await accounts.changePassword(uuid, RESET, event('password_changed'));
    expect(await listed(before)).toBe(false);
    const after = await accounts.findByUuid(uuid);
    expect(after !== null && (await listed(after)), 'who saw that it is locked').toBe(true);
  });

  it('an authenticator opens nothing that is locked', async () => {
    const { uuid, rewrap } = await verified();
    const prf = { kind: 'prf', factor: crypto.randomUUID(), output: random(32) } as const;
    const late = await rewrap(prf);
    await accounts.changePassword(uuid, RESET, event('password_changed'));
    expect(await profiles.keep(uuid, late, now + 1, null)).toBe(false);
    expect((await profiles.find(uuid))?.wraps.map(({ kind }) => kind)).toEqual(['personal_key']);
  });
});

describe('PI-15 a session that holds an identity that was verified anew elsewhere', () => {
  it('changes no password, for the new identity would not open with it', async () => {
    const { uuid, personal, opens, rewrap, verify, password } = await verified();
    const old = await rewrap(aPersonalKey(), aPassword());
    await verify('Robyn');
    expect(await accounts.changePassword(uuid, LATE, event('password_changed'), old)).toBe(false);
    expect(await password()).toBe('the first record');
    expect(await opens(personal)).toBe('Robyn');
  });

  it('a change that fits is stored', async () => {
    const { uuid, opens, rewrap, password } = await verified();
    const [key, next] = [aPersonalKey(), aPassword()];
    const fresh = await rewrap(key, next);
    expect(await accounts.changePassword(uuid, LATE, event('password_changed'), fresh)).toBe(true);
    expect(await password()).toBe(LATE);
    expect([await opens(key), await opens(next)]).toEqual(['Robin', 'Robin']);
    expect(await profiles.keep(uuid, await rewrap(aPersonalKey()), now, event('new_personal_key'))).toBe(
      true,
    );
    expect(await opens(key)).toBe('wrong_key');
  });
});

const keyOn = (browser: Browser): string =>
  /<code>([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})<\/code>/.exec(browser.view.html)?.[1] ?? '';

describe('PK-2 a personal key that waits to be seen', () => {
  it('is not shown once another took its place', async () => {
    const person = await aPerson(worker, { profile: {} });
    const signedIn = async () => {
      const browser = new Browser(worker);
      await browser.open('/');
      await walk(browser, person);
      return browser;
    };
    const [one, other] = [await signedIn(), await signedIn()];
    for (const browser of [one, other]) {
      await browser.open('/account/personal_key');
      await browser.submit();
      expect(keyOn(browser)).not.toBe('');
    }
    const good = keyOn(other);
    await one.open('/manage/personal_key');
    expect(one.view.url.pathname).toBe('/account/personal_key');
    expect(one.view.text).not.toContain(good);
    await other.open('/manage/personal_key');
    expect(keyOn(other)).toBe(good);
  });
});

describe('PW-6 a forced password change of somebody whose data is closed', () => {
  it('asks for the password first, then for the new one', async () => {
    const person = await aPerson(worker, { profile: {}, factors: ['platform_passkey', 'backup_codes'] });
    await env.DB.prepare('UPDATE accounts SET password_change_required = 1 WHERE uuid = ?')
      .bind(person.uuid)
      .run();
    const credentials = asObject(person.made).credentials;
    const authenticator = authenticatorOf(Array.isArray(credentials) ? credentials[0] : null);
    const browser = new Browser(worker);
    await browser.open('/');
    await usePasskey(browser, authenticator);
    expect(browser.view.url.pathname).toBe('/login/password');
    await browser.submit({ 'current-password': person.password });
    expect(browser.view.url.pathname).toBe('/manage/password');
    const next = 'purple-stairs-and-candles';
    await browser.submit({ password: next, password_confirmation: next });
    expect(browser.view.url.pathname).toBe('/manage/personal_key');
    expect(textOf(asObject(person.made), 'uuid')).toBe(person.uuid);
  });
});
