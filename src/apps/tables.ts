import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { AppSettings } from './model.ts';
import type { KeptAnswer } from './ports.ts';

/** Mirrors migrations/0002. Times are epoch milliseconds. */
export const agencies = sqliteTable('agencies', {
  id: text().primaryKey(),
  name: text().notNull().unique(),
  abbreviation: text().unique(),
  createdAt: integer('created_at').notNull(),
});

/** A row outlives its app: `deleted_at` keeps the issuer reserved and the uuid, hence subjects, for its team (P51). */
export const apps = sqliteTable('apps', {
  uuid: text().primaryKey(),
  issuer: text().notNull().unique(),
  active: integer({ mode: 'boolean' }).notNull(),
  agencyId: text('agency_id').references(() => agencies.id),
  team: text(),
  settings: text({ mode: 'json' }).$type<Partial<AppSettings>>().notNull(),
  etag: text().notNull(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  deletedAt: integer('deleted_at'),
});

/** Origins of redirect URIs, so that one indexed read answers a CORS question (NET-1). */
export const appOrigins = sqliteTable(
  'app_origins',
  { origin: text().notNull(), app: text().notNull() },
  (table) => [primaryKey({ columns: [table.origin, table.app] }), index('app_origins_app').on(table.app)],
);

/** Append-only history of everything people configure (P50). */
export const audit = sqliteTable('audit', {
  id: integer().primaryKey({ autoIncrement: true }),
  time: integer().notNull(),
  actor: text().notNull(),
  action: text().notNull(),
  itemType: text('item_type').notNull(),
  itemId: text('item_id').notNull(),
  before: text({ mode: 'json' }).$type<Readonly<Record<string, unknown>>>(),
  after: text({ mode: 'json' }).$type<Readonly<Record<string, unknown>>>(),
  changes: text({ mode: 'json' }).$type<Readonly<Record<string, readonly [unknown, unknown]>>>().notNull(),
});

/** Answers by Idempotency-Key, for a day (M3). Mirrors migrations/0014. */
export const answeredRequests = sqliteTable(
  'answered_requests',
  {
    key: text().primaryKey(),
    request: text().notNull(),
    startedAt: integer('started_at').notNull(),
    answer: text({ mode: 'json' }).$type<KeptAnswer>(),
  },
  (table) => [index('answered_requests_age').on(table.startedAt)],
);
