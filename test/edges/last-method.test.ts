import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EventKind } from '../../src/accounts/model.ts';
import type { FactorKind } from '../../src/factors/model.ts';
import { accountsIn } from '../../src/platform/d1/accounts.ts';
import { oneDatabase } from '../../src/platform/d1/database.ts';
import { factorsIn } from '../../src/platform/d1/factors.ts';
import { servedHere } from '../support/isolate.ts';
import { aPerson } from '../support/people.ts';
import { testKeys } from '../support/sessions.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const pick = oneDatabase(env.DB);
const factors = factorsIn(pick, testKeys());
const accounts = accountsIn(pick, testKeys());
const worker = servedHere(Object.assign({}, env, { SCRYPT_LOG2N: '8' }));
const event = (kind: EventKind) => ({ kind, at: NOW, browser: null }) as const;

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

const holding = async (...kinds: readonly FactorKind[]): Promise<string> =>
  (await aPerson(worker, { factors: kinds })).uuid;
const historyOf = async (account: string) =>
  (await accounts.history(account, { limit: 20 })).map(({ kind }) => kind);
const CODES_REMOVED = 27;

describe('MM-2 the last method stays, whatever is removed in the same moment', () => {
  it('the codes, when the app went a moment before', async () => {
    const account = await holding('totp', 'backup_codes');
    const [app] = await factors.totps(account);
    expect(await factors.remove(account, app?.id ?? '', event('authenticator_disabled'))).toBe(true);
    expect(await factors.deleteBackupCodes(account, event('backup_codes_removed'))).toBe(false);
    expect(await factors.kinds(account)).toEqual(['backup_codes']);
    expect(await historyOf(account)).not.toContain(CODES_REMOVED);
  });

  it('one of the two, when both are asked for at once', async () => {
    const account = await holding('totp', 'backup_codes');
    const [app] = await factors.totps(account);
    const removed = await Promise.all([
      factors.remove(account, app?.id ?? '', event('authenticator_disabled')),
      factors.deleteBackupCodes(account, event('backup_codes_removed')),
    ]);
    expect(removed.filter(Boolean)).toHaveLength(1);
    expect(await factors.kinds(account)).toHaveLength(1);
  });

  it('the codes beside face or touch unlock alone (MC-2)', async () => {
    const account = await holding('platform_passkey', 'backup_codes');
    expect(await factors.deleteBackupCodes(account, event('backup_codes_removed'))).toBe(false);
    expect(await factors.kinds(account)).toEqual(['backup_codes', 'platform_passkey']);
  });

  it('the codes go when another method is left, and when what made them is taken back', async () => {
    const account = await holding('totp', 'backup_codes');
    expect(await factors.deleteBackupCodes(account, event('backup_codes_removed'))).toBe(true);
    expect(await factors.kinds(account)).toEqual(['totp']);
    expect(await historyOf(account)).toContain(CODES_REMOVED);
    const fresh = await holding('backup_codes');
    expect(await factors.deleteBackupCodes(fresh, event('backup_codes_removed'), true)).toBe(true);
    expect(await factors.kinds(fresh)).toEqual([]);
  });
});
