import { eq, isNull } from 'drizzle-orm';
import { canonicalJson } from '../../apps/canonical.ts';
import { APP_DEFAULTS } from '../../apps/defaults.ts';
import { settingsOf } from '../../apps/document.ts';
import { describeChange } from '../../apps/history.ts';
import type { App, AppSettings } from '../../apps/model.ts';
import { apps } from '../../apps/tables.ts';
import { originOf } from '../../apps/urls.ts';
import { sha256Base64Url } from '../../kernel/crypto.ts';
import type { EpochMs } from '../../kernel/time.ts';
import { queryBuilder } from './database.ts';

export type AppRow = typeof apps.$inferSelect;

/** One app as it should be stored, and the state it was decided from. */
export interface AppWrite {
  readonly uuid: string;
  readonly settings: AppSettings;
  readonly action: 'create' | 'update' | 'delete';
  /** The live app before, null when there is none. */
  readonly before: App | null;
  /** The etag the row must still have; null when there must be no row. */
  readonly expected: string | null;
  readonly createdAt: EpochMs;
}

/** A row as an app; settings added since it was written get their defaults. */
export const toApp = (row: AppRow): App => ({
  ...APP_DEFAULTS,
  ...row.settings,
  issuer: row.issuer,
  uuid: row.uuid,
  agencyId: row.agencyId ?? row.uuid,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
  etag: row.etag,
});

/** The row with this issuer, deleted or not. */
export const rowByIssuer = async (db: D1Database, issuer: string): Promise<AppRow | null> =>
  (await queryBuilder(db).select().from(apps).where(eq(apps.issuer, issuer)).get()) ?? null;

/** The row with this uuid, deleted or not. */
export const rowByUuid = async (db: D1Database, uuid: string): Promise<AppRow | null> =>
  (await queryBuilder(db).select().from(apps).where(eq(apps.uuid, uuid)).get()) ?? null;

/** All rows of living apps in issuer order. */
export const liveRows = (db: D1Database): Promise<AppRow[]> =>
  queryBuilder(db).select().from(apps).where(isNull(apps.deletedAt)).orderBy(apps.issuer).all();

/** All rows, deleted apps included. */
export const allRows = (db: D1Database): Promise<AppRow[]> => queryBuilder(db).select().from(apps).all();

/** The etag of settings written at a time. */
const etagOf = (uuid: string, settings: AppSettings, now: EpochMs): string =>
  sha256Base64Url(`${uuid}\n${now}\n${canonicalJson(settings)}`).slice(0, 22);

const originsOf = (settings: AppSettings): readonly string[] => [
  ...new Set(settings.redirect_uris.map(originOf).filter((origin) => origin !== null)),
];

/** An abbreviation is what people write in capitals: DHS, GSA, VA. */
const abbreviationOf = (agency: string): string | null =>
  /^[A-Z][A-Z0-9&-]{1,9}$/.test(agency) ? agency : null;

function toJson(write: AppWrite, now: EpochMs): Record<string, unknown> {
  const { settings } = write;
  const deleted = write.action === 'delete';
  const change = describeChange(
    write.before === null ? null : settingsOf(write.before),
    deleted ? null : settings,
  );
  return {
    uuid: write.uuid,
    issuer: settings.issuer,
    active: settings.active ? 1 : 0,
    agency: settings.agency,
    abbreviation: settings.agency === null ? null : abbreviationOf(settings.agency),
    agency_id: crypto.randomUUID(),
    team: settings.team,
    settings: JSON.stringify(settings),
    etag: etagOf(write.uuid, settings, now),
    expected: write.expected,
    created_at: write.createdAt,
    deleted_at: deleted ? now : null,
    origins: deleted ? [] : originsOf(settings),
    action: write.action,
    before: change.before === null ? null : JSON.stringify(change.before),
    after: change.after === null ? null : JSON.stringify(change.after),
    changes: JSON.stringify(change.changes),
  };
}

/** Every statement carries this condition: all rows are still what the writes were decided from. */
const UNCHANGED = `NOT EXISTS (
  SELECT 1 FROM json_each(?1) AS w LEFT JOIN apps AS a ON a.issuer = w.value ->> 'issuer'
  WHERE a.etag IS NOT w.value ->> 'expected' OR (a.uuid IS NOT NULL AND a.uuid IS NOT w.value ->> 'uuid'))`;

/** An agency is found by name or abbreviation; an exact name wins over somebody else's abbreviation. */
const AGENCY = `(SELECT id FROM agencies AS g
  WHERE g.name = w.value ->> 'agency' OR g.abbreviation = w.value ->> 'agency'
  ORDER BY g.name = w.value ->> 'agency' DESC LIMIT 1)`;

const STATEMENTS = [
  `INSERT OR IGNORE INTO agencies (id, name, abbreviation, created_at)
   SELECT w.value ->> 'agency_id', w.value ->> 'agency', w.value ->> 'abbreviation', ?2 FROM json_each(?1) AS w
   WHERE w.value ->> 'agency' IS NOT NULL AND ${AGENCY} IS NULL AND ?3 IS NOT NULL AND ${UNCHANGED}`,
  `INSERT INTO audit (time, actor, action, item_type, item_id, before, after, changes)
   SELECT ?2, ?3, w.value ->> 'action', 'app', w.value ->> 'uuid', w.value ->> 'before', w.value ->> 'after',
     w.value ->> 'changes'
   FROM json_each(?1) AS w WHERE ${UNCHANGED}`,
  `DELETE FROM app_origins WHERE app IN (SELECT value ->> 'uuid' FROM json_each(?1))
   AND ?2 IS NOT NULL AND ?3 IS NOT NULL AND ${UNCHANGED}`,
  `INSERT INTO app_origins (origin, app)
   SELECT o.value, w.value ->> 'uuid' FROM json_each(?1) AS w, json_each(w.value, '$.origins') AS o
   WHERE ?2 IS NOT NULL AND ?3 IS NOT NULL AND ${UNCHANGED}`,
  `INSERT INTO apps (uuid, issuer, active, agency_id, team, settings, etag, created_at, updated_at, deleted_at)
   SELECT w.value ->> 'uuid', w.value ->> 'issuer', w.value ->> 'active', ${AGENCY}, w.value ->> 'team',
     w.value ->> 'settings', w.value ->> 'etag', w.value ->> 'created_at', ?2, w.value ->> 'deleted_at'
   FROM json_each(?1) AS w WHERE ?3 IS NOT NULL AND ${UNCHANGED}
   ON CONFLICT (uuid) DO UPDATE SET active = excluded.active, agency_id = excluded.agency_id, team = excluded.team,
     settings = excluded.settings, etag = excluded.etag, created_at = excluded.created_at,
     updated_at = excluded.updated_at, deleted_at = excluded.deleted_at
   RETURNING uuid`,
];

/**
 * Writes apps, their origins, agencies and history in one transaction: all of them, or none when a row changed since
 * it was read. Five statements whatever the number of apps. Returns whether it wrote.
 */
export async function writeApps(
  db: D1Database,
  writes: readonly AppWrite[],
  actor: string,
  now: EpochMs,
): Promise<boolean> {
  const rows = JSON.stringify(writes.map((write) => toJson(write, now)));
  const results = await db.batch(STATEMENTS.map((statement) => db.prepare(statement).bind(rows, now, actor)));
  return results.at(-1)?.results.length === writes.length;
}
