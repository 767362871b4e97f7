import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { oneDatabase } from '../../../src/platform/d1/database.ts';
import { keyRing } from '../../../src/platform/keys/signing-keys.ts';
import { testKeys } from '../../support/sessions.ts';

const NOW = Date.UTC(2026, 5, 1);
const by = { actor: 'test', reason: 'a test', now: NOW };
const ring = keyRing(oneDatabase(env.DB), testKeys(), env.PUBLIC, () => NOW);

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

const states = async (): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries((await ring.list()).map(({ kid, state }) => [kid, state]));
const written = async (): Promise<number> =>
  (await env.DB.prepare("SELECT id FROM audit WHERE item_type = 'signing_key'").all()).results.length;

describe('O8 a successor that does not work', () => {
  it('never takes over: the key that signs goes on, and nothing is written down', async () => {
    const { kid: signing } = await ring.signing();
    const { kid: successor } = await ring.rotate({ by, force: false });
    const lines = await written();
    await env.DB.prepare('UPDATE signing_keys SET sealed = (SELECT sealed FROM signing_keys WHERE kid = ?)')
      .bind(signing)
      .run();
    await expect(ring.activate(successor, by)).rejects.toThrow();
    expect(await states()).toEqual({ [signing]: 'active', [successor]: 'pending' });
    expect((await ring.signing()).kid).toBe(signing);
    expect(await written()).toBe(lines);
  });
});

describe('O14 the history of keys', () => {
  it('tells of no move that was not made', async () => {
    const { kid: signing } = await ring.signing();
    const [before, lines] = [await states(), await written()];
    for (const kid of ['nobody', signing]) {
      expect(await ring.activate(kid, by)).toBe(false);
      expect(await ring.retire(kid, by)).toBe(false);
    }
    expect(await states()).toEqual(before);
    expect(await written()).toBe(lines);
  });

  it('tells of every move that was, once', async () => {
    const { kid } = await ring.rotate({ by, force: false });
    const lines = await written();
    const [one, two] = await Promise.all([ring.activate(kid, by), ring.activate(kid, by)]);
    expect([one, two].sort()).toEqual([false, true]);
    expect(await written()).toBe(lines + 1);
    expect((await ring.signing()).kid).toBe(kid);
  });
});
