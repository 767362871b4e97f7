import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { beforeAll, describe, expect, it } from 'vitest';
import * as accounts from '../../src/accounts/tables.ts';
import * as apps from '../../src/apps/tables.ts';
import * as notices from '../../src/notices/tables.ts';
import * as keys from '../../src/platform/keys/tables.ts';
import * as proofing from '../../src/proofing/tables.ts';

const TABLES = Object.values({ ...accounts, ...apps, ...notices, ...keys, ...proofing }).filter((value) =>
  is(value, SQLiteTable),
);

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

describe('TC-8 the tables of the code and of the migrations', () => {
  it.each(TABLES.map((table) => [getTableName(table), table] as const))(
    'agree on %s',
    async (name, table) => {
      const { results } = await env.DB.prepare(`PRAGMA table_info(${name})`).all<{
        name: string;
        type: string;
        notnull: number;
        pk: number;
      }>();
      const inDatabase = results.map((column) => ({
        name: column.name,
        integer: column.type === 'INTEGER',
        required: column.notnull === 1 || column.pk > 0,
      }));
      const inCode = Object.values(getTableColumns(table)).map((column) => ({
        name: column.name,
        integer: column.getSQLType() === 'integer',
        required: column.notNull || column.primary,
      }));
      const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
      expect(inCode.sort(byName)).toEqual(inDatabase.sort(byName));
    },
  );

  it('are all STRICT, so that a wrong type is refused', async () => {
    const { results } = await env.DB.prepare(
      "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%' AND name <> 'd1_migrations'",
    ).all<{
      name: string;
      strict: number;
    }>();
    expect(results.filter(({ strict }) => strict !== 1)).toEqual([]);
    expect(results.length).toBeGreaterThanOrEqual(TABLES.length);
  });
});
