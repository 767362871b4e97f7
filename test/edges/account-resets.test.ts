import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { RESET_WAIT_MS } from '../../src/accounts/rules/account-reset.ts';
import { HOUR, MINUTE } from '../../src/kernel/time.ts';
import { accountResetsIn } from '../../src/platform/d1/account-resets.ts';
import { accountsIn } from '../../src/platform/d1/accounts.ts';
import { oneDatabase } from '../../src/platform/d1/database.ts';
import { testKeys } from '../support/sessions.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const pick = oneDatabase(env.DB);
const resets = accountResetsIn(pick);
const accounts = accountsIn(pick, testKeys());

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

/** An account whose owner asked for its deletion, so that the waiting ends now. */
async function asked(): Promise<string> {
  const address = `${crypto.randomUUID()}@mailbox.test`;
  const { uuid } = await accounts.create({
    address,
    emailLocale: 'en',
    rulesAcceptedAt: NOW,
    origin: 'sign-up',
    now: NOW - 48 * HOUR,
  });
  expect(await resets.requestReset(uuid, NOW - RESET_WAIT_MS)).toBe(true);
  return uuid;
}
const due = async (uuid: string, at: number): Promise<boolean> =>
  (await resets.takeDueResets(at, 100)).includes(uuid);

describe('AR-2 the mail with the link that deletes', () => {
  it('is sent by one run, and not again once it went out', async () => {
    const uuid = await asked();
    expect(await due(uuid, NOW - 1)).toBe(false);
    const [one, other] = await Promise.all([due(uuid, NOW), due(uuid, NOW)]);
    expect([one, other].filter(Boolean)).toHaveLength(1);
    await resets.resetMailed(uuid, NOW);
    expect(await due(uuid, NOW + 24 * HOUR)).toBe(false);
  });

  it('is not lost with a run that was cut off: a later one sends it', async () => {
    const uuid = await asked();
    expect(await due(uuid, NOW)).toBe(true);
    expect(await due(uuid, NOW + MINUTE), 'the first may be at it still').toBe(false);
    expect(await due(uuid, NOW + 15 * MINUTE)).toBe(true);
    await resets.resetMailed(uuid, NOW);
    expect(await due(uuid, NOW + 30 * MINUTE), 'a late word from the first run ends nothing').toBe(true);
    await resets.resetMailed(uuid, NOW + 30 * MINUTE);
    expect(await due(uuid, NOW + 60 * MINUTE)).toBe(false);
  });

  it('is due at once when it could not be sent', async () => {
    const uuid = await asked();
    expect(await due(uuid, NOW)).toBe(true);
    await resets.putBackReset(uuid, NOW);
    expect(await due(uuid, NOW + MINUTE)).toBe(true);
  });

  it('is sent anew for a new request, after the link of the one before it is over', async () => {
    const uuid = await asked();
    await due(uuid, NOW);
    await resets.resetMailed(uuid, NOW);
    expect(await resets.requestReset(uuid, NOW + 24 * HOUR)).toBe(true);
    expect(await due(uuid, NOW + 24 * HOUR + RESET_WAIT_MS)).toBe(true);
  });
});
