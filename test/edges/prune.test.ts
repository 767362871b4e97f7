import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR, YEAR } from '../../src/kernel/time.ts';
import { oneDatabase } from '../../src/platform/d1/database.ts';
import { EVENTS_KEPT, prune } from '../../src/platform/d1/prune.ts';

const NOW = Date.UTC(2026, 5, 1);
const pick = oneDatabase(env.DB);

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

/** Writes events of an account at these times, oldest first. */
async function write(account: string, times: readonly number[]): Promise<void> {
  const insert = 'INSERT INTO events (account, kind, at) SELECT ?, 1, value FROM json_each(?)';
  await env.DB.prepare(insert).bind(account, JSON.stringify(times)).run();
}

async function timesOf(account: string): Promise<readonly number[]> {
  const { results } = await env.DB.prepare('SELECT at FROM events WHERE account = ? ORDER BY at')
    .bind(account)
    .all<{ at: number }>();
  return results.map(({ at }) => at);
}

describe('what is kept of history', () => {
  it('three years, and what is older goes a share at a time', async () => {
    const old = [3 * YEAR + 3, 3 * YEAR + 2, 3 * YEAR + 1].map((ago) => NOW - ago);
    await write('old', [...old, NOW - 3 * YEAR + DAY, NOW - DAY]);
    await prune(pick, NOW, 2);
    expect(await timesOf('old')).toHaveLength(3);
    await prune(pick, NOW, 2);
    expect(await timesOf('old')).toEqual([NOW - 3 * YEAR + DAY, NOW - DAY]);
  });

  it('the newest two thousand of one account, whatever the others have', async () => {
    const many = Array.from({ length: EVENTS_KEPT + 30 }, (_, index) => NOW - HOUR + index);
    await write('busy', many);
    await write('quiet', [NOW - 2 * HOUR]);
    await prune(pick, NOW, 20);
    await prune(pick, NOW, 20);
    expect(await timesOf('busy')).toEqual(many.slice(30));
    expect(await timesOf('quiet')).toHaveLength(1);
  });
});

describe('sessions that are over', () => {
  it('leave the list, a share at a time', async () => {
    const count = async () => (await env.DB.prepare('SELECT locator FROM sessions').all()).results.length;
    for (let index = 0; index < 5; index += 1)
      await env.DB.prepare('INSERT INTO sessions (locator, account, started_at) VALUES (?, ?, ?)')
        .bind(`over-${index}`, 'somebody', NOW - 3 * DAY)
        .run();
    await env.DB.prepare("INSERT INTO sessions (locator, account, started_at) VALUES ('live', 'somebody', ?)")
      .bind(NOW - HOUR)
      .run();
    await prune(pick, NOW, 3);
    expect(await count()).toBe(3);
    await prune(pick, NOW, 3);
    expect(await count()).toBe(1);
  });
});

describe('sign-ups nobody finished', () => {
  it('are found by an index: the accounts of everybody else are not read', async () => {
    const statements: string[] = [];
    const watched = new Proxy(env.DB, {
      get(database, name) {
        if (name === 'prepare')
          return (text: string) => {
            statements.push(text);
            return database.prepare(text);
          };
        const value: unknown = Reflect.get(database, name);
        return typeof value === 'function' ? value.bind(database) : value;
      },
    });
    await prune(oneDatabase(watched), NOW);
    const removal = statements.find((text) => /^delete from "accounts"/.test(text)) ?? '';
    const values = [...removal.matchAll(/\?/g)].map(() => 1);
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${removal}`)
      .bind(...values)
      .all<{ detail: string }>();
    const plan = results.map(({ detail }) => detail).filter((detail) => /accounts\b/.test(detail));
    expect(plan).toContainEqual(expect.stringContaining('accounts_unfinished'));
    expect(plan.filter((detail) => detail.startsWith('SCAN accounts'))).toEqual([]);
  });
});
