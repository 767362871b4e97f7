import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { EVENT_KINDS } from '../../src/accounts/model.ts';
import { sha256Base64Url } from '../../src/kernel/crypto.ts';
import { accountsIn } from '../../src/platform/d1/accounts.ts';
import { oneDatabase } from '../../src/platform/d1/database.ts';
import { factorsIn } from '../../src/platform/d1/factors.ts';
import { profilesIn } from '../../src/platform/d1/profiles.ts';
import { sessions } from '../../src/platform/objects/sessions.ts';
import type { UnlockedProfile, VerifiedIdentity } from '../../src/proofing/model.ts';
import { generatePersonalKey } from '../../src/proofing/rules/personal-key.ts';
import { Browser } from '../support/browser.ts';
import { countEnv, noOps } from '../support/counting.ts';
import { servedHere } from '../support/isolate.ts';
import { aPerson } from '../support/people.ts';
import { ORIGIN, type Served } from '../support/served.ts';
import { askForCode, RULES_PUBLISHED_AT, sessionStart, testKeys } from '../support/sessions.ts';

const pick = oneDatabase(env.DB);
const keys = testKeys();
const profiles = profilesIn(pick, keys);
const accounts = accountsIn(pick, keys);
const factors = factorsIn(pick, keys);
const now = Date.now();
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

const IDENTITY: VerifiedIdentity = {
  firstName: 'Robin',
  middleName: null,
  lastName: 'Ferrymaster',
  birthDate: '1971-02-28',
  ssn: '666123489',
  address: null,
  phone: null,
};

const ops = noOps();
const worker = servedHere(Object.assign(countEnv(env, ops), { SCRYPT_LOG2N: '8' }));

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

const event = (
  kind:
    | 'account_verified'
    | 'new_personal_key'
    | 'password_changed'
    | 'personal_key_used'
    | 'webauthn_platform_removed',
) => ({
  kind,
  at: now,
  browser: null,
});

/** The database of a Worker that ends after its first batch. */
function cutOffAfterOneBatch(database: D1Database): D1Database {
  let batches = 0;
  return new Proxy(database, {
    get(target, name) {
      if (name === 'batch')
        return (statements: D1PreparedStatement[]) => {
          batches += 1;
          return batches === 1 ? target.batch(statements) : Promise.reject(new Error('cut off'));
        };
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** An account with a verified identity that a password's key and a personal key open. */
async function verified() {
  const { uuid } = await accounts.create({
    address: `${crypto.randomUUID()}@mailbox.test`,
    emailLocale: 'en',
    rulesAcceptedAt: now,
    origin: 'sandbox',
    now,
  });
  await accounts.changePassword(uuid, 'record of the password', event('password_changed'));
  const password = { kind: 'password', key: random(32) } as const;
  const personal = { kind: 'personal_key', key: generatePersonalKey(random) } as const;
  const unlocked = await profiles.create({
    account: uuid,
    identity: IDENTITY,
    level: 'verified',
    verifiedAt: now - 86_400_000,
    openers: [password, personal],
    event: event('account_verified'),
  });
  const opens = async (opener: Parameters<typeof profiles.open>[2]) => {
    const held = await profiles.find(uuid);
    if (held === null) return 'gone';
    const opened = await profiles.open(uuid, held, opener);
    return opened.ok ? opened.value.identity.firstName : opened.error.reason;
  };
  return { uuid, password, personal, unlocked, opens };
}

describe('PI-15 the wraps of a data key', () => {
  it('open with what they were made for, and with nothing else', async () => {
    const { password, personal, opens } = await verified();
    expect(await opens(password)).toBe('Robin');
    expect(await opens(personal)).toBe('Robin');
    expect(await opens({ kind: 'password', key: random(32) })).toBe('wrong_key');
    expect(await opens({ kind: 'personal_key', key: generatePersonalKey(random) })).toBe('wrong_key');
    expect(await opens({ kind: 'prf', factor: 'none', output: password.key })).toBe('no_wrap');
  });

  it('PW-5: a new password takes them along; the data itself is not written', async () => {
    const { uuid, password, unlocked, opens } = await verified();
    const before = (await profiles.find(uuid))?.sealed;
    const next = { kind: 'password', key: random(32) } as const;
    const wraps = [await profiles.wrap(uuid, unlocked, next)];
    await accounts.changePassword(uuid, 'the next record', event('password_changed'), {
      profile: unlocked.id,
      wraps,
    });
    expect(await opens(password)).toBe('wrong_key');
    expect(await opens(next)).toBe('Robin');
    expect((await profiles.find(uuid))?.sealed).toBe(before);
  });

  it('PW-4: a password nobody wrapped for locks, and leaves the personal key alone', async () => {
    const { uuid, unlocked, personal, opens } = await verified();
    const prf = { kind: 'prf', factor: crypto.randomUUID(), output: random(32) } as const;
    const wraps = [await profiles.wrap(uuid, unlocked, prf)];
    await profiles.keep(uuid, { profile: unlocked.id, wraps }, now, null);
    expect(await opens(prf)).toBe('Robin');
    await accounts.changePassword(uuid, 'after a reset', event('password_changed'));
    const held = await profiles.find(uuid);
    expect(held?.deactivation).toBe('password_reset');
    expect(held?.wraps.map(({ kind }) => kind)).toEqual(['personal_key']);
    expect(await opens(personal)).toBe('Robin');
  });

  it('PW-7: come back with the date of verification, once, and only for the password they were made for', async () => {
    const { uuid, unlocked, opens } = await verified();
    await accounts.changePassword(uuid, 'after a reset', event('password_changed'));
    const next = { kind: 'password', key: random(32) } as const;
    const rewrap = { profile: unlocked.id, wraps: [await profiles.wrap(uuid, unlocked, next)] };
    const events = [event('new_personal_key')];
    expect(await profiles.reactivate(uuid, rewrap, 'a password changed meanwhile', events)).toBe(false);
    expect(await opens(next)).toBe('no_wrap');
    const tries = await Promise.all(
      [1, 2, 3].map(() => profiles.reactivate(uuid, rewrap, 'after a reset', events)),
    );
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect(await opens(next)).toBe('Robin');
    expect(await profiles.find(uuid)).toMatchObject({ deactivation: null, verifiedAt: now - 86_400_000 });
  });

  it('PW-7: and never without the line in the history that says so', async () => {
    const { uuid, unlocked } = await verified();
    await accounts.changePassword(uuid, 'after a reset', event('password_changed'));
    const next = { kind: 'password', key: random(32) } as const;
    const rewrap = { profile: unlocked.id, wraps: [await profiles.wrap(uuid, unlocked, next)] };
    const told = async () =>
      (await accounts.history(uuid, { limit: 20 })).filter(
        ({ kind }) => kind === EVENT_KINDS.personal_key_used,
      );
    const crashed = profilesIn(oneDatabase(cutOffAfterOneBatch(env.DB)), keys);
    const events = [event('personal_key_used'), event('new_personal_key')];
    await crashed.reactivate(uuid, rewrap, 'after a reset', events).catch(() => null);
    const active = (await profiles.find(uuid))?.deactivation === null;
    expect(await told()).toHaveLength(active ? 1 : 0);
    await Promise.all([1, 2, 3].map(() => profiles.reactivate(uuid, rewrap, 'after a reset', events)));
    expect(await told()).toHaveLength(1);
  });

  it('BT-2: go with their passkey', async () => {
    const { uuid, unlocked, opens } = await verified();
    const added = await factors.addTotp({
      account: uuid,
      name: 'App',
      secret: random(20),
      step: 1,
      event: event('account_verified'),
    });
    if (!added.ok) throw new Error(added.error.reason);
    const prf = { kind: 'prf', factor: added.value.id, output: random(32) } as const;
    await profiles.keep(
      uuid,
      { profile: unlocked.id, wraps: [await profiles.wrap(uuid, unlocked, prf)] },
      now,
      null,
    );
    expect(await opens(prf)).toBe('Robin');
    expect(await factors.remove(uuid, added.value.id, event('webauthn_platform_removed'), true)).toBe(true);
    expect(await opens(prf)).toBe('no_wrap');
  });

  it('are no use with somebody else’s account, even at the same profile', async () => {
    const [ann, ben] = [await verified(), await verified()];
    const held = await profiles.find(ann.uuid);
    if (held === null) throw new Error('no profile');
    expect(await profiles.open(ben.uuid, held, ann.password)).toEqual({
      ok: false,
      error: { reason: 'damaged' },
    });
    const rewrap = {
      profile: ann.unlocked.id,
      wraps: [await profiles.wrap(ben.uuid, ann.unlocked, ben.password)],
    };
    await profiles.keep(ben.uuid, rewrap, now, null);
    expect(await ann.opens(ann.password), 'nobody writes into another person’s profile').toBe('Robin');
  });

  it('PI-20: a deletion leaves neither data nor wraps, and a new verification replaces both', async () => {
    const { uuid, password, opens } = await verified();
    const openers = [{ kind: 'password', key: random(32) } as const];
    const again = {
      account: uuid,
      level: 'facial',
      verifiedAt: now,
      openers,
      event: event('account_verified'),
    } as const;
    await profiles.create({ ...again, identity: { ...IDENTITY, firstName: 'Robyn' } });
    expect(await opens(password)).toBe('wrong_key');
    expect(await opens(openers[0] ?? password)).toBe('Robyn');
    const count = () =>
      env.DB.prepare(
        'SELECT (SELECT count(*) FROM profiles WHERE account = ?1) + (SELECT count(*) FROM data_keys WHERE account = ?1) AS n',
      )
        .bind(uuid)
        .first<number>('n');
    expect(await count()).toBe(2);
    await accounts.erase(uuid, now);
    expect(await count()).toBe(0);
  });
});

describe('PI-12 an open identity in a session', () => {
  const store = sessions(env.SESSIONS, keys, { secureCookies: true, rulesPublishedAt: RULES_PUBLISHED_AT });
  const unlocked: UnlockedProfile = {
    id: crypto.randomUUID(),
    dataKey: 'A'.repeat(43),
    identity: IDENTITY,
    verifiedAt: now,
    prfFactors: [],
  };
  const VERIFIER = 'a verifier that nobody guesses, of good length';
  const proof = {
    challengeAnswer: sha256Base64Url(VERIFIER),
    provenApp: null,
    proofId: null,
    claimedApp: null,
  };
  const begin = () => {
    const start = sessionStart(now);
    return store.begin({ ...start, profile: { ...start.profile, unlocked } }, now);
  };
  const stateOf = async (handle: Awaited<ReturnType<typeof begin>>) => {
    const state = await store.view(handle, now);
    if (state === null) throw new Error('no session');
    return state;
  };

  it('reaches what answers apps, without the key it rests under', async () => {
    const handle = await begin();
    await store.change(handle, now, [{ kind: 'continued', app: askForCode(now, null).request?.app ?? '' }]);
    let asked = await store.ask(handle, askForCode(now, sha256Base64Url(VERIFIER)));
    if (asked.kind === 'step') {
      await store.change(handle, now, [{ kind: 'continued', app: askForCode(now, null).request?.app ?? '' }]);
      asked = await store.ask(handle, askForCode(now, sha256Base64Url(VERIFIER)));
    }
    if (asked.kind !== 'granted' || asked.code === null) throw new Error('no code');
    const redeemed = await store.redeem(asked.code, proof, now);
    if (!redeemed.ok) throw new Error(redeemed.error.reason);
    expect(redeemed.value.identity).toEqual(IDENTITY);
    expect(JSON.stringify(redeemed.value)).not.toContain(unlocked.dataKey);
    const told = await store.userinfo(redeemed.value.accessToken, now);
    expect(told?.identity).toEqual(IDENTITY);
    expect(told?.profile?.emails).toHaveLength(1);
    await store.refreshFor(handle.locator, sessionStart(now).account, [], now);
    const stale = await store.userinfo(redeemed.value.accessToken, now);
    expect(stale?.profile, 'addresses are read anew').toBeNull();
    expect(stale?.identity, 'what only its owner can open stays').toEqual(IDENTITY);
    const locked = { level: 'verified', verifiedAt: now, deactivation: 'encryption_error' } as const;
    const hear = [{ kind: 'facts', facts: { profile: locked } }] as const;
    await store.refreshFor(handle.locator, sessionStart(now).account, hear, now);
    const after = await store.userinfo(redeemed.value.accessToken, now);
    expect(after?.identity, 'PI-7 out of use, so its copy is too').toBeNull();
  });

  it('opens for the cookie alone, stays when addresses change, and closes when told', async () => {
    const handle = await begin();
    const state = await stateOf(handle);
    expect(await store.unlocked(handle, state)).toEqual(unlocked);
    expect(await store.unlocked({ ...handle, secret: random(32) }, state)).toBeNull();
    const keep = async (profile: Parameters<typeof store.sealProfile>[2]) => {
      const sealed = await store.sealProfile(handle, await stateOf(handle), profile);
      await store.change(handle, now, [{ kind: 'sealed', sealed: sealed ?? '' }]);
      return store.unlocked(handle, await stateOf(handle));
    };
    expect(await keep({ emails: [], x509: null })).toEqual(unlocked);
    expect(await keep({ emails: [], x509: null, unlocked: null })).toBeNull();
  });
});

describe('PE-2 a verified person', () => {
  it('costs a sign-in no call more: two to the database', async () => {
    const asked: { readonly what: string; readonly d1: number; readonly objects: number }[] = [];
    const counted: Served = {
      ...worker,
      async fetch(path, init = {}) {
        const before = { ...ops };
        const response = await worker.fetch(path, init);
        await new Promise((done) => setTimeout(done, 100));
        const what = `${init.method ?? 'GET'} ${new URL(path, ORIGIN).pathname}`;
        asked.push({ what, d1: ops.d1 - before.d1, objects: ops.objects - before.objects });
        return response;
      },
    };
    const person = await aPerson(worker, { profile: {} });
    const browser = new Browser(counted);
    await browser.open('/');
    await browser.submit({ username: person.email, 'current-password': person.password });
    const post = asked.find(({ what }) => what === 'POST /');
    expect(post?.d1).toBeLessThanOrEqual(2);
    expect(post?.objects).toBeLessThanOrEqual(3);
  });
});
