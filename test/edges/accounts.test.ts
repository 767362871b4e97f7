import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { accountsIn } from '../../src/platform/d1/accounts.ts';
import { connectionsIn } from '../../src/platform/d1/connections.ts';
import { oneDatabase } from '../../src/platform/d1/database.ts';
import { factorsIn } from '../../src/platform/d1/factors.ts';
import { createKeyholder } from '../../src/platform/keys/keyholder.ts';
import { SESSIONS_LISTED } from '../../src/sessions/model.ts';
import { endSessionsOf } from '../../src/signin/endpoints/end-sessions.ts';
import { aWorld } from '../rules/pages/a-hall.ts';
import { testKeys } from '../support/sessions.ts';

const pick = oneDatabase(env.DB);
const accounts = accountsIn(pick, testKeys());
const now = Date.now();
const DAY = 24 * 3600 * 1000;

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

let made = 0;

/** A finished account with one confirmed address. */
async function anAccount(
  password = 'first record',
): Promise<{ uuid: string; emailId: string; address: string }> {
  made += 1;
  const address = `somebody-${made}@mailbox.test`;
  const { uuid, emailId } = await accounts.create({
    address,
    emailLocale: 'en',
    rulesAcceptedAt: now,
    origin: 'sign-up',
    now,
  });
  await accounts.completeSignUp({
    uuid,
    emailId,
    password,
    event: { kind: 'account_created', at: now, browser: null },
  });
  return { uuid, emailId, address };
}

const changed = { kind: 'password_changed', at: now, browser: null } as const;

describe('PW-3 a password that changes while an older one is re-hashed', () => {
  it('stays: the upgrade only replaces the record it was made from', async () => {
    const { uuid } = await anAccount('first record');
    await accounts.rehash(uuid, 'first record', 'first record, dearer');
    expect((await accounts.findByUuid(uuid))?.password).toBe('first record, dearer');
    await accounts.changePassword(uuid, 'second record', changed);
    await accounts.rehash(uuid, 'first record, dearer', 'first record, dearer still');
    expect((await accounts.findByUuid(uuid))?.password).toBe('second record');
  });
});

describe('links that were mailed before something changed', () => {
  const link = async (kind: 'add-email' | 'reset-password', account: string, emailId: string) =>
    (await accounts.createLink({ kind, account, emailId, now, lifetimeMs: DAY }))(emailId);

  it('PW-3 confirm no address that waited while the password was changed', async () => {
    const { uuid } = await anAccount();
    const added = await accounts.addEmail(uuid, `intruder-${uuid}@mailbox.test`, now);
    if (!added.ok) throw new Error(added.error.reason);
    const token = await link('add-email', uuid, added.value.id);
    await accounts.changePassword(uuid, 'another record', changed);
    expect(await accounts.openLink('add-email', token, now + 1)).toMatchObject({
      ok: false,
      error: { reason: 'used' },
    });
    expect(await accounts.useLink('add-email', token, now + 1)).toBe(false);
  });

  it('PI-31 still open after another root secret took over, and not without the one they were made under', async () => {
    const { uuid, emailId } = await anAccount();
    const token = await link('reset-password', uuid, emailId);
    const [first, second] = ['dGVzdC1vbmx5LXRlc3Qtb25seS10ZXN0LW9ubHkhISE', 'c'.repeat(43)];
    const under = (...roots: readonly (readonly [number, string])[]) =>
      accountsIn(pick, createKeyholder(new Map(roots)));
    const both = under([1, first], [2, second]);
    expect(await both.openLink('reset-password', token, now + 1)).toMatchObject({ ok: true });
    expect((await under([2, second]).openLink('reset-password', token, now + 1)).ok).toBe(false);
    expect(await both.useLink('reset-password', token, now + 1)).toBe(true);
    expect((await accounts.openLink('reset-password', token, now + 1)).ok).toBe(false);
  });

  it('EM-3 open nothing once their address was removed', async () => {
    const { uuid, emailId } = await anAccount();
    const added = await accounts.addEmail(uuid, `second-${uuid}@mailbox.test`, now);
    if (!added.ok) throw new Error(added.error.reason);
    await accounts.confirmEmail(uuid, added.value.id, now);
    const lost = await link('reset-password', uuid, added.value.id);
    const kept = await link('reset-password', uuid, emailId);
    await accounts.deleteEmail(uuid, added.value.id, { kind: 'email_deleted', at: now, browser: null });
    expect((await accounts.openLink('reset-password', lost, now + 1)).ok).toBe(false);
    expect((await accounts.openLink('reset-password', kept, now + 1)).ok).toBe(true);
  });
});

describe('SE-6, BT-5 a sign-in that was under way when the account changed', () => {
  const browser = { cookie: 'd'.repeat(43), name: 'Firefox on Linux', place: '' };
  const by = { actor: 'test', reason: 'test', now };

  async function checked() {
    const { uuid } = await anAccount('first record');
    const account = await accounts.findByUuid(uuid);
    if (account === null) throw new Error('no account');
    const listed = async (factor: 'password' | 'passkey') => {
      const locator = `${factor}-${uuid}`;
      const recorded = await accounts.recordPassword(account, browser, now, locator, factor);
      const names = (await accounts.sessionLocators(uuid)).map((one) => one.locator);
      expect(names.includes(locator), 'what is told and what is listed').toBe(recorded.listed);
      return recorded.listed;
    };
    return { uuid, listed };
  }

  it('begins when nothing changed', async () => {
    const { listed } = await checked();
    expect(await listed('password')).toBe(true);
    expect(await listed('passkey')).toBe(true);
  });

  it("does not begin with a password that is no longer the account's; a passkey is another matter", async () => {
    const { uuid, listed } = await checked();
    await accounts.changePassword(uuid, 'second record', changed);
    expect(await listed('password')).toBe(false);
    expect(await listed('passkey')).toBe(true);
  });

  it('does not begin when the account was suspended, or is gone', async () => {
    const suspended = await checked();
    expect((await accounts.suspend(suspended.uuid, [], by)).ok).toBe(true);
    expect(await suspended.listed('password')).toBe(false);
    expect(await suspended.listed('passkey')).toBe(false);
    const gone = await checked();
    await accounts.erase(gone.uuid, now);
    expect(await gone.listed('password')).toBe(false);
  });
});

describe('SE-6, BT-5 more sessions than one listing names', () => {
  it('are all ended; the one that asks may stay', async () => {
    const account = await anAccount();
    const found = await accounts.findByUuid(account.uuid);
    if (found === null) throw new Error('no account');
    const browser = { cookie: 'c'.repeat(43), name: 'Firefox on Linux', place: '' };
    const locators = Array.from({ length: SESSIONS_LISTED + 20 }, (_, index) => `${account.uuid}-${index}`);
    for (const [index, locator] of locators.entries())
      await accounts.recordPassword(found, browser, now + index, locator);
    const ended: string[] = [];
    const { hall } = aWorld();
    const sessions = { ...hall.sessions, endFor: async (locator: string) => ended.push(locator) > 0 };
    const oldest = locators[0] ?? '';
    expect(await endSessionsOf({ ...hall, accounts, sessions }, account.uuid, oldest)).toBe(
      locators.length - 1,
    );
    expect(ended.sort()).toEqual(locators.slice(1).sort());
    expect((await accounts.sessionLocators(account.uuid)).map(({ locator }) => locator)).toEqual([oldest]);
  });
});

describe('EM-1, TO-4 as many as one account may have', () => {
  it('addresses, however many are added at once', async () => {
    const { uuid } = await anAccount();
    const added = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        accounts.addEmail(uuid, `n${index}-${uuid}@mailbox.test`, now),
      ),
    );
    expect(added.filter(({ ok }) => ok)).toHaveLength(11);
    expect((await accounts.findByUuid(uuid))?.emails).toHaveLength(12);
  });

  it('one address once, however often it is sent at once', async () => {
    const { uuid } = await anAccount();
    const address = `twice-${uuid}@mailbox.test`;
    const added = await Promise.all(Array.from({ length: 5 }, () => accounts.addEmail(uuid, address, now)));
    expect(new Set(added.map((one) => (one.ok ? one.value.id : one.error.reason))).size).toBe(1);
    expect(added.every(({ ok }) => ok)).toBe(true);
    expect((await accounts.findByUuid(uuid))?.emails).toHaveLength(2);
  });

  it('authentication apps, and what came too late leaves no trace', async () => {
    const { uuid } = await anAccount();
    const factors = factorsIn(pick, testKeys());
    const event = { kind: 'authenticator_enabled', at: now, browser: null } as const;
    const before = (await accounts.history(uuid, { limit: 100 })).length;
    const added = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        factors.addTotp({ account: uuid, name: `App ${index}`, secret: new Uint8Array(20), step: 1, event }),
      ),
    );
    expect(added.filter(({ ok }) => ok)).toHaveLength(2);
    expect(added.find(({ ok }) => !ok)).toMatchObject({ error: { reason: 'limit' } });
    expect(await factors.totps(uuid)).toHaveLength(2);
    expect((await accounts.history(uuid, { limit: 100 })).length - before).toBe(2);
  });

  it('TO-1 a step is accepted once, and a repetition leaves no trace', async () => {
    const { uuid, emailId } = await anAccount();
    const factors = factorsIn(pick, testKeys());
    const event = { kind: 'authenticator_enabled', at: now, browser: null } as const;
    const added = await factors.addTotp({
      account: uuid,
      name: 'App',
      secret: new Uint8Array(20),
      step: 1,
      event,
    });
    if (!added.ok) throw new Error(added.error.reason);
    const browser = { cookie: 'e'.repeat(43), name: 'Firefox on Linux', place: '' };
    const success = { uuid, locator: `locator-${uuid}`, deviceId: null, browser, disavow: true };
    const step = (value: number, at: number) =>
      factors.acceptTotpStep(added.value.id, value, { ...success, now: at });
    const first = await step(7, now + 1);
    expect(await accounts.openLink('disavow', first?.disavowTokens?.(emailId) ?? '', now + 2)).toMatchObject({
      ok: true,
    });
    const seen = await accounts.history(uuid, { limit: 100 });
    expect(await step(7, now + 2)).toBeNull();
    expect(await step(6, now + 3)).toBeNull();
    expect(await accounts.history(uuid, { limit: 100 })).toEqual(seen);
    expect((await accounts.findByUuid(uuid))?.facts.secondFactorSucceededAt).toBe(now + 1);
    const stranger = await factors.acceptTotpStep(added.value.id, 9, {
      ...success,
      uuid: (await anAccount()).uuid,
      now,
    });
    expect(stranger, "another account's app").toBeNull();
  });
});

describe('AR-2 the link that deletes', () => {
  it('is used up by the deletion, works once, and not after it was cancelled', async () => {
    const { uuid, emailId } = await anAccount();
    const link = async () =>
      (await accounts.createLink({ kind: 'delete-account', account: uuid, now, lifetimeMs: DAY }))(emailId);
    const token = await link();
    const erase = (with_: string) => accounts.erase(uuid, now, { kind: 'delete-account', token: with_ });
    expect(await erase('another')).toBe(false);
    expect(await accounts.findByUuid(uuid)).not.toBeNull();
    expect(await accounts.useLink('delete-account', token, now)).toBe(true);
    expect(await erase(token), 'used or cancelled').toBe(false);
    expect(await accounts.findByUuid(uuid)).not.toBeNull();
    const second = await link();
    expect((await Promise.all([erase(second), erase(second)])).filter(Boolean)).toHaveLength(1);
    expect(await accounts.findByUuid(uuid)).toBeNull();
  });
});

describe('SUB-1, SUB-2 subjects', () => {
  const APP = '11111111-7c34-4e21-8a6d-5e4f3a2b1c0d';
  const SIBLING = '22222222-7c34-4e21-8a6d-5e4f3a2b1c0d';
  let agencies = new Map<string, string>();
  const connections = connectionsIn(pick, async (app) => agencies.get(app) ?? null, testKeys());
  const agree = (account: string, app: string) =>
    connections.agree({
      account,
      app,
      agency: agencies.get(app) ?? app,
      attributes: ['email'],
      emailId: null,
      now,
    });

  it('are one for all apps of an agency, also when they meet the person at the same moment', async () => {
    agencies = new Map([
      [APP, 'parks'],
      [SIBLING, 'parks'],
    ]);
    const { uuid } = await anAccount();
    const [one, other] = await Promise.all([agree(uuid, APP), agree(uuid, SIBLING)]);
    expect(other.link.subject).toBe(one.link.subject);
  });

  it('are minted anew when the app moved to another agency, and the old agency keeps its own', async () => {
    agencies = new Map([
      [APP, 'parks'],
      [SIBLING, 'parks'],
    ]);
    const { uuid } = await anAccount();
    const before = await agree(uuid, APP);
    agencies.set(APP, 'forests');
    expect(await connections.find(uuid, APP), 'nobody the new agency knows').toBeNull();
    const after = await agree(uuid, APP);
    expect(after.link.subject).not.toBe(before.link.subject);
    expect((await agree(uuid, SIBLING)).link.subject).toBe(before.link.subject);
    expect((await connections.find(uuid, APP))?.subject).toBe(after.link.subject);
  });

  it('AT-6 stay what they are through a change of address, disconnect and reconnect', async () => {
    agencies = new Map([
      [APP, 'parks'],
      [SIBLING, 'parks'],
    ]);
    const { uuid, emailId } = await anAccount();
    const { subject } = (await agree(uuid, APP)).link;
    const added = await accounts.addEmail(uuid, `new-${uuid}@mailbox.test`, now);
    if (!added.ok) throw new Error(added.error.reason);
    expect((await accounts.confirmEmail(uuid, added.value.id, now)).ok).toBe(true);
    await accounts.deleteEmail(uuid, emailId, { kind: 'email_deleted', at: now, browser: null });
    expect((await connections.find(uuid, APP))?.subject).toBe(subject);
    await connections.revoke(uuid, APP, { kind: 'sp_user_consent_revoked', at: now, browser: null });
    expect((await agree(uuid, APP)).link.subject, 'connected again').toBe(subject);
    expect((await agree(uuid, SIBLING)).link.subject, 'by the agency, not by the app').toBe(subject);
  });

  it('AT-6 are nobody else’s, and are never given out again, not after the account is deleted either', async () => {
    agencies = new Map([[APP, 'parks']]);
    const { uuid, address } = await anAccount();
    const other = await anAccount();
    const { subject } = (await agree(uuid, APP)).link;
    expect((await agree(other.uuid, APP)).link.subject).not.toBe(subject);
    const clash = env.DB.prepare('UPDATE subjects SET subject = ? WHERE account = ?').bind(
      subject,
      other.uuid,
    );
    await expect(clash.run(), 'the database would not take it').rejects.toThrow(/UNIQUE/);
    expect(await accounts.erase(uuid, now)).toBe(true);
    await expect(clash.run(), 'nor after its owner left').rejects.toThrow(/UNIQUE/);
    const anew = await accounts.create({
      address,
      emailLocale: 'en',
      rulesAcceptedAt: now,
      origin: 'sign-up',
      now,
    });
    expect((await agree(anew.uuid, APP)).link.subject).not.toBe(subject);
  });
});
