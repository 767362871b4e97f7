import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export type KeyState = 'pending' | 'active' | 'retiring' | 'retired';

export const signingKeys = sqliteTable('signing_keys', {
  kid: text().primaryKey(),
  use: text().$type<'oidc' | 'saml'>().notNull(),
  year: integer(),
  alg: text().notNull(),
  publicJwk: text('public_jwk').notNull(),
  certificate: text(),
  sealed: text().notNull(),
  state: text().$type<KeyState>().notNull(),
  createdAt: integer('created_at').notNull(),
  activatedAt: integer('activated_at'),
  retiringAt: integer('retiring_at'),
  retiredAt: integer('retired_at'),
  createdBy: text('created_by').notNull(),
});

export const meta = sqliteTable('meta', { name: text().primaryKey(), value: text().notNull() });

/** Assertions and sign-ins by day since 1970 (saml V23). Mirrors migrations/0013. */
export const assertionCounts = sqliteTable('assertion_counts', {
  day: integer().primaryKey(),
  assertions: integer().notNull(),
  signIns: integer('sign_ins').notNull(),
  compared: integer({ mode: 'boolean' }).notNull(),
});
