import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { FactorKind } from '../factors/model.ts';
import type { Channel, DeliveryFailure } from '../factors/phone/model.ts';
import type { Locale } from '../kernel/locale.ts';

/** Mirrors migrations 0001, 0003, 0007 to 0009 and 0011; a test compares them. Times are epoch milliseconds. */
export const accounts = sqliteTable('accounts', {
  uuid: text().primaryKey(),
  password: text(),
  emailLocale: text('email_locale').$type<Locale>().notNull().default('en'),
  rulesAcceptedAt: integer('rules_accepted_at'),
  createdAt: integer('created_at').notNull(),
  secondFactorSucceededAt: integer('second_factor_succeeded_at'),
  rememberRevokedAt: integer('remember_revoked_at'),
  suspendedAt: integer('suspended_at'),
  bans: text(),
  legacyNameId: integer('legacy_name_id'),
  signIns: integer('sign_ins').notNull().default(0),
  secondMethodDeclinedAt: integer('second_method_declined_at'),
  cardDeclinedAt: integer('card_declined_at'),
  passwordChangeRequired: integer('password_change_required', { mode: 'boolean' }).notNull().default(false),
  identityHeld: text('identity_held').$type<'none' | 'verified' | 'facial'>().notNull().default('none'),
  verifiedAt: integer('verified_at'),
  profile: text(),
  passwordCheckedAt: integer('password_checked_at'),
  origin: text().$type<'sign-up' | 'sandbox'>().notNull().default('sign-up'),
});

export const emails = sqliteTable('emails', {
  id: text().primaryKey(),
  account: text().notNull(),
  address: text().notNull(),
  fingerprint: text().notNull(),
  confirmedAt: integer('confirmed_at'),
  lastSignInAt: integer('last_sign_in_at'),
  createdAt: integer('created_at').notNull(),
});

export const LINK_KINDS = [
  'sign-up',
  'add-email',
  'reset-password',
  'disavow',
  'cancel-reset',
  'delete-account',
] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

export const links = sqliteTable('links', {
  digest: text().primaryKey(),
  kind: text().$type<LinkKind>().notNull(),
  account: text().notNull(),
  email: text(),
  event: integer(),
  request: text(),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  usedAt: integer('used_at'),
});

export const factors = sqliteTable('factors', {
  id: text().primaryKey(),
  account: text().notNull(),
  kind: text().$type<Exclude<FactorKind, 'backup_codes'>>().notNull(),
  name: text().notNull(),
  nameDigest: text('name_digest'),
  secret: text().notNull(),
  lookup: text(),
  lastStep: integer('last_step'),
  createdAt: integer('created_at').notNull(),
  lastUsedAt: integer('last_used_at'),
});

/** Mirrors migration 0004. */
export const phones = sqliteTable('phones', {
  factor: text().primaryKey(),
  account: text().notNull(),
  fingerprint: text().notNull(),
  delivery: text().$type<Channel>().notNull(),
  madeDefaultAt: integer('made_default_at'),
});

export const phoneNews = sqliteTable('phone_news', {
  fingerprint: text().primaryKey(),
  uuid: text().notNull(),
  optedOutAt: integer('opted_out_at'),
  optedInAt: integer('opted_in_at'),
  failure: text().$type<DeliveryFailure>(),
  failedAt: integer('failed_at'),
});

export const backupCodes = sqliteTable(
  'backup_codes',
  {
    account: text().notNull(),
    digest: text().notNull(),
    hash: text().notNull(),
    createdAt: integer('created_at').notNull(),
    usedAt: integer('used_at'),
  },
  (table) => [primaryKey({ columns: [table.account, table.digest] })],
);

export const subjects = sqliteTable(
  'subjects',
  {
    account: text().notNull(),
    agency: text().notNull(),
    subject: text().notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.account, table.agency] })],
);

export const connections = sqliteTable(
  'connections',
  {
    account: text().notNull(),
    app: text().notNull(),
    uuid: text().notNull(),
    email: text(),
    agreed: text().notNull().default('[]'),
    consentedAt: integer('consented_at'),
    revokedAt: integer('revoked_at'),
    createdAt: integer('created_at').notNull(),
    lastUsedAt: integer('last_used_at'),
  },
  (table) => [primaryKey({ columns: [table.account, table.app] })],
);

export const devices = sqliteTable('devices', {
  id: text().primaryKey(),
  account: text().notNull(),
  cookie: text().notNull(),
  browser: text().notNull(),
  lastUsedAt: integer('last_used_at').notNull(),
  lastPlace: text('last_place'),
  createdAt: integer('created_at').notNull(),
});

export const events = sqliteTable('events', {
  id: integer().primaryKey(),
  account: text().notNull(),
  kind: integer().notNull(),
  at: integer().notNull(),
  device: text(),
  app: text(),
  place: text(),
  disavowedAt: integer('disavowed_at'),
});

export const sessions = sqliteTable('sessions', {
  locator: text().primaryKey(),
  account: text().notNull(),
  device: text(),
  startedAt: integer('started_at').notNull(),
});

export const deferredNotices = sqliteTable('deferred_notices', {
  id: text().primaryKey(),
  account: text().notNull(),
  kind: text().notNull(),
  event: integer(),
  dueAt: integer('due_at').notNull(),
});

export const accountResets = sqliteTable('account_resets', {
  account: text().primaryKey(),
  requestedAt: integer('requested_at').notNull(),
  grantedAt: integer('granted_at'),
  mailedAt: integer('mailed_at'),
});

export const blockedAddresses = sqliteTable(
  'blocked_addresses',
  {
    digest: text().notNull(),
    account: text().notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.digest, table.account] })],
);

/** Mirrors migration 0007. */
export const bans = sqliteTable(
  'bans',
  {
    account: text().notNull(),
    app: text().notNull(),
    actor: text().notNull(),
    reason: text().notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.account, table.app] })],
);

export const tombstones = sqliteTable('tombstones', {
  uuid: text().primaryKey(),
  createdAt: integer('created_at').notNull(),
  deletedAt: integer('deleted_at').notNull(),
});
