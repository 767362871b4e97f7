import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { EVENT_KINDS } from '../../../src/accounts/model.ts';
import type { NewEvent } from '../../../src/accounts/ports/events.ts';
import type { WebauthnCredential } from '../../../src/factors/webauthn/model.ts';
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
  const address = `key-${made}@example.com`;
  const account = await accounts.create({
    address,
    emailLocale: 'en',
    rulesAcceptedAt: NOW,
    origin: 'sandbox',
    now: NOW,
  });
  return account.uuid;
}
const event: NewEvent = { kind: 'webauthn_key_added', at: NOW, browser: null };
const aCredential = (id: string): WebauthnCredential => ({
  id,
  publicKey: 'cHVibGljIGtleSBvZiBhIGNyZWRlbnRpYWw',
  transports: ['usb'],
  aaguid: 'AAAAAAAAAAAAAAAAAAAAAA',
  userVerified: false,
  backupEligible: false,
  backedUp: false,
  signCount: 1,
  lastChallengeAt: null,
  counterFellAt: null,
});
const add = (account: string, id: string, name = 'Key') =>
  factors.addWebauthn({ account, kind: 'security_key', name, credential: aCredential(id), event });

describe('WA-4 credentials in the database', () => {
  it('come back as they were stored, by account and by id', async () => {
    const account = await anAccount();
    const added = await add(account, 'first-credential');
    if (!added.ok) throw new Error(added.error.reason);
    const [held] = await factors.webauthnCredentials(account);
    expect(held).toMatchObject({ factor: added.value.id, account, kind: 'security_key', name: 'Key' });
    expect(held?.credential).toEqual(aCredential('first-credential'));
    expect(await factors.findByCredential('first-credential')).toMatchObject({
      held,
      account: { uuid: account },
    });
    expect(await factors.findByCredential('no-credential')).toBeNull();
    expect(await factors.kinds(account)).toEqual(['security_key']);
  });

  it('lie there sealed: neither id nor key nor name is readable', async () => {
    const account = await anAccount();
    await add(account, 'c2VjcmV0LWNyZWRlbnRpYWwtaWQ', 'Key of my bicycle');
    const { results } = await env.DB.prepare('SELECT * FROM factors WHERE account = ?').bind(account).all();
    const text = JSON.stringify(results);
    expect(results).toHaveLength(1);
    for (const hidden of ['c2VjcmV0LWNyZWRlbnRpYWwtaWQ', 'cHVibGljIGtleSBvZiBhIGNyZWRlbnRpYWw', 'bicycle']) {
      expect(text).not.toContain(hidden);
    }
  });

  it('do not open under another account', async () => {
    const [first, second] = [await anAccount(), await anAccount()];
    await add(first, 'moved-credential');
    await env.DB.prepare('UPDATE factors SET account = ? WHERE account = ?').bind(second, first).run();
    await expect(factors.webauthnCredentials(second)).rejects.toThrow('does not open');
  });

  it('belong to one account, also when two register the same at once', async () => {
    const owners = await Promise.all(Array.from({ length: 6 }, anAccount));
    const answers = await Promise.all(owners.map((account) => add(account, 'contested-credential')));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.error.reason === 'credential_taken')).toHaveLength(
      5,
    );
  });

  it('of one kind have different names', async () => {
    const account = await anAccount();
    await add(account, 'named-1', 'Same');
    expect(await add(account, 'named-2', 'Same')).toEqual({ ok: false, error: { reason: 'name_taken' } });
  });
});

describe('WA-1 of uses at the same moment exactly one is kept', () => {
  it('BT-1 and lists a session: under a hundred parallel sign-ins', async () => {
    const uuid = await anAccount();
    await add(uuid, 'busy-credential');
    const found = await factors.findByCredential('busy-credential');
    if (found === null) throw new Error('not stored');
    const { held, account } = found;
    const used = { ...held.credential, signCount: 2, lastChallengeAt: NOW };
    const signIn = async (at: number) => {
      const browser = { cookie: `${at}`.padStart(43, 'x'), name: 'Firefox on Linux', place: '' };
      const follow = { use: { kind: 'passkey', held, used }, complete: { disavow: true } } as const;
      return accounts.recordPassword(account, browser, NOW, `busy-${uuid}-${at}`, 'passkey', follow);
    };
    const records = await Promise.all(Array.from({ length: 100 }, (_, at) => signIn(at)));
    expect(records.filter(({ listed }) => listed)).toHaveLength(1);
    expect(await accounts.sessionLocators(uuid)).toHaveLength(1);
    const events = await accounts.history(uuid, { limit: 200 });
    expect(events.filter(({ kind }) => kind === EVENT_KINDS.sign_in_after_2fa)).toHaveLength(1);
    expect(await accounts.devices(uuid, 200), 'what came to nothing makes no browser known').toHaveLength(1);
    const after = await factors.findByCredential('busy-credential');
    expect(after?.held.credential).toEqual(used);
    expect(after?.held.version).not.toBe(held.version);
  });
});

describe('SI-4 a use as second factor, in one write with what it leads to', () => {
  it('is written down once, whoever else was at it', async () => {
    const account = await anAccount();
    const emailId = (await accounts.findByUuid(account))?.emailId ?? '';
    await add(account, 'second-factor');
    const held = (await factors.findByCredential('second-factor'))?.held;
    if (held === undefined) throw new Error('not stored');
    const used = { ...held.credential, signCount: 2, lastChallengeAt: NOW };
    const browser = { cookie: 'w'.repeat(43), name: 'Firefox on Linux', place: 'Helena, US' };
    const success = {
      uuid: account,
      locator: `l-${account}`,
      deviceId: null,
      browser,
      now: NOW,
      disavow: true,
    };
    const records = await Promise.all(
      Array.from({ length: 10 }, () => factors.recordSecondUse(held, used, success)),
    );
    const tokens = records.flatMap((record) => (record === null ? [] : [record.disavowTokens]));
    expect(tokens).toHaveLength(1);
    expect(await accounts.openLink('disavow', tokens[0]?.(emailId) ?? '', NOW + 1)).toMatchObject({
      ok: true,
    });
    const events = await accounts.history(account, { limit: 50 });
    expect(events.filter(({ kind }) => kind === EVENT_KINDS.sign_in_after_2fa)).toHaveLength(1);
    expect(events.find(({ kind }) => kind === EVENT_KINDS.sign_in_after_2fa)?.place).toBe('Helena, US');
    expect(await accounts.sessionLocators(account)).toHaveLength(1);
  });
});

describe('MM-2 removing', () => {
  it('keeps the last method, unless it is taken back right after it was added', async () => {
    const account = await anAccount();
    const added = await add(account, 'last-credential');
    if (!added.ok) throw new Error(added.error.reason);
    expect(await factors.remove(account, added.value.id, event)).toBe(false);
    expect(await factors.remove(account, added.value.id, event, true)).toBe(true);
    expect(await factors.findByCredential('last-credential')).toBeNull();
  });
});
