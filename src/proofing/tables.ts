import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Deactivation, ProfileLevel, WrapKind } from './model.ts';

/** Mirrors migration 0006; a test compares them. Times are epoch milliseconds. */
export const profiles = sqliteTable('profiles', {
  id: text().primaryKey(),
  account: text().notNull(),
  level: text().$type<ProfileLevel>().notNull(),
  sealed: text().notNull(),
  verifiedAt: integer('verified_at').notNull(),
  createdAt: integer('created_at').notNull(),
  deactivatedAt: integer('deactivated_at'),
  deactivation: text().$type<Deactivation>(),
});

export const dataKeys = sqliteTable(
  'data_keys',
  {
    profile: text().notNull(),
    kind: text().$type<WrapKind>().notNull(),
    factor: text().notNull().default(''),
    account: text().notNull(),
    salt: text(),
    wrapped: text().notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.profile, table.kind, table.factor] })],
);
