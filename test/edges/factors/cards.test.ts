import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NewEvent } from '../../../src/accounts/ports/events.ts';
import type { Card } from '../../../src/factors/piv/model.ts';
import { accountsIn } from '../../../src/platform/d1/accounts.ts';
import { oneDatabase } from '../../../src/platform/d1/database.ts';
import { factorsIn } from '../../../src/platform/d1/factors.ts';
import { testKeys } from '../../support/sessions.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const keys = testKeys();
const pick = oneDatabase(env.DB);
const factors = factorsIn(pick, keys);
const accounts = accountsIn(pick, keys);

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

let made = 0;
async function anAccount(): Promise<string> {
  made += 1;
  const account = await accounts.create({
    address: `card-${made}@example.com`,
    emailLocale: 'en',
    rulesAcceptedAt: NOW,
    origin: 'sandbox',
    now: NOW,
  });
  return account.uuid;
}
const event: NewEvent = { kind: 'piv_cac_enabled', at: NOW, browser: null };
const aCard = (who: string): Card => ({
  identity: `identity of ${who}`,
  subject: `CN=${who},O=Agency`,
  issuer: 'CN=Authority',
  keyId: 'ab',
});
const add = (account: string, who: string, name = 'Card', replaces: string | null = null) =>
  factors.addCard({ account, name, card: aCard(who), replaces, event });

describe('DM-6, PV-2 cards in the database', () => {
  it('come back as they were stored, by account and by subject', async () => {
    const account = await anAccount();
    const added = await add(account, 'Ana');
    if (!added.ok) throw new Error(added.error.reason);
    const [held] = await factors.cards(account);
    expect(held).toEqual({
      factor: added.value.id,
      account,
      name: 'Card',
      subject: 'CN=Ana,O=Agency',
      issuer: 'CN=Authority',
      createdAt: NOW,
    });
    expect(await factors.findByCard('identity of Ana')).toMatchObject({ held, account: { uuid: account } });
    expect(await factors.findByCard('identity of nobody')).toBeNull();
    expect(await factors.kinds(account)).toEqual(['piv']);
  });

  it('PI-31 open no account to which only their digest was moved', async () => {
    const [theirs, own] = [await anAccount(), await anAccount()];
    await add(theirs, 'Vera');
    await add(own, 'Mallory');
    const digest = await env.DB.prepare("SELECT lookup FROM factors WHERE account = ? AND kind = 'piv'")
      .bind(own)
      .first<string>('lookup');
    await env.DB.batch([
      env.DB.prepare("DELETE FROM factors WHERE account = ? AND kind = 'piv'").bind(own),
      env.DB.prepare("UPDATE factors SET lookup = ? WHERE account = ? AND kind = 'piv'").bind(digest, theirs),
    ]);
    expect(await factors.findByCard('identity of Mallory')).toBeNull();
    expect(await factors.findByCard('identity of Vera')).toBeNull();
  });

  it('are opened once to be found', async () => {
    const account = await anAccount();
    await add(account, 'Once');
    const opened: string[] = [];
    const counting = factorsIn(pick, {
      ...keys,
      open: (purpose, context, sealed) => {
        opened.push(sealed);
        return keys.open(purpose, context, sealed);
      },
    });
    expect((await counting.findByCard('identity of Once'))?.held.subject).toBe('CN=Once,O=Agency');
    expect(opened).toHaveLength(new Set(opened).size);
  });

  it('hold nothing that a copy of the database could be searched for', async () => {
    const account = await anAccount();
    await add(account, 'Unmistakable', 'Very own name');
    const { results } = await env.DB.prepare('SELECT * FROM factors WHERE account = ?').bind(account).all();
    const dump = JSON.stringify(results);
    for (const secret of ['Unmistakable', 'Authority', 'Very own name']) expect(dump).not.toContain(secret);
  });

  it('do not open under another account', async () => {
    const [one, other] = [await anAccount(), await anAccount()];
    await add(one, 'Moved');
    await env.DB.prepare("UPDATE factors SET account = ? WHERE account = ? AND kind = 'piv'")
      .bind(other, one)
      .run();
    await expect(factors.cards(other)).rejects.toThrow(/does not open/);
    await env.DB.prepare('DELETE FROM factors WHERE account = ?').bind(other).run();
  });

  it('belong to one account, also when several ask at once', async () => {
    const [one, other] = [await anAccount(), await anAccount()];
    const outcomes = await Promise.all([one, other, one, other].map((account) => add(account, 'Wanted')));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    for (const outcome of outcomes)
      if (!outcome.ok) expect(['card_taken', 'name_taken']).toContain(outcome.error.reason);
  });

  it('are two at most (piv.max), and one may take the place, and the name, of another', async () => {
    const account = await anAccount();
    const first = await add(account, 'First', 'One');
    expect((await add(account, 'Second', 'One')).ok, 'the name is taken').toBe(false);
    expect((await add(account, 'Second', 'Two')).ok).toBe(true);
    expect(await add(account, 'Third', 'Three')).toEqual({ ok: false, error: { reason: 'limit' } });
    const replaced = await add(account, 'Third', 'One', first.ok ? first.value.id : '');
    expect(replaced.ok).toBe(true);
    expect((await factors.cards(account)).map(({ subject }) => subject).sort()).toEqual([
      'CN=Second,O=Agency',
      'CN=Third,O=Agency',
    ]);
    expect(await factors.findByCard('identity of First')).toBeNull();
    const kinds = (await accounts.history(account, { limit: 10 })).map(({ kind }) => kind);
    expect(kinds, 'MM-3: event 11').toContain(11);
  });

  it('are two at most also when many are added at once, or in the place of another', async () => {
    const account = await anAccount();
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, at) => add(account, `Crowd ${at}`, `Card ${at}`)),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(2);
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome.error).toEqual({ reason: 'limit' });
    const [first] = await factors.cards(account);
    await Promise.all(
      [1, 2, 3, 4].map((at) => add(account, `Later ${at}`, `Later ${at}`, first?.factor ?? '')),
    );
    expect(await factors.cards(account)).toHaveLength(2);
    const { results } = await env.DB.prepare('SELECT kind FROM events WHERE account = ? AND kind = 10')
      .bind(account)
      .all();
    expect(results.length, 'what was refused is not in the history').toBe(3);
  });

  it('are written down with the sign-in they complete, and leave no trace once gone', async () => {
    const account = await anAccount();
    await add(account, 'Finisher');
    const [held] = await factors.cards(account);
    if (held === undefined) throw new Error('no card');
    const success = {
      uuid: account,
      locator: 'a-session',
      deviceId: null,
      browser: { cookie: 'none', name: 'Browser', place: '' },
      now: NOW + 5000,
    };
    const signIns = async () => {
      const history = await accounts.history(account, { limit: 10 });
      return history.filter(({ kind }) => kind === 19).length;
    };
    expect(await factors.recordSecondCardUse(held, aCard('Finisher'), success)).toEqual({
      disavowTokens: null,
    });
    expect(await signIns()).toBe(1);
    await factors.remove(account, held.factor, { ...event, kind: 'piv_cac_disabled' }, true);
    expect(
      await factors.recordSecondCardUse(held, aCard('Finisher'), { ...success, now: NOW + 6000 }),
    ).toBeNull();
    expect(await signIns()).toBe(1);
  });

  it('do not take the place of a card of somebody else', async () => {
    const [one, other] = [await anAccount(), await anAccount()];
    const added = await add(one, 'Stays');
    await add(other, 'Comes', 'Card', added.ok ? added.value.id : '');
    expect(await factors.cards(one)).toHaveLength(1);
  });

  it('tell a session without the names which card was used last (PV-5)', async () => {
    const account = await anAccount();
    expect((await accounts.profile(account)).x509).toBeNull();
    await add(account, 'Earlier', 'One');
    await add(account, 'Later', 'Two');
    const [earlier] = await factors.cards(account);
    if (earlier === undefined) throw new Error('no card');
    const renewed = { subject: 'CN=Earlier,O=Agency', issuer: 'CN=New Authority' };
    const owner = await accounts.findByUuid(account);
    if (owner === null) throw new Error('no account');
    const signIn = async (at: number): Promise<boolean> => {
      const browser = { cookie: 'c'.repeat(43), name: 'Firefox on Linux', place: '' };
      const use = { kind: 'card', held: earlier, card: { ...aCard('Earlier'), ...renewed } } as const;
      const locator = `card-${account}-${at}`;
      return (await accounts.recordPassword(owner, browser, NOW + at, locator, 'passkey', { use })).listed;
    };
    expect(await signIn(1000)).toBe(true);
    expect((await accounts.profile(account)).x509).toEqual(renewed);
    await factors.remove(account, earlier.factor, { ...event, kind: 'piv_cac_disabled' });
    expect(await signIn(2000), 'it is gone').toBe(false);
  });
});
