import type { App } from '../../apps/model.ts';
import type { FindApp, FindAppByIssuer, IsRegisteredOrigin } from '../../apps/ports.ts';
import type { Clock } from '../../kernel/ports.ts';
import { type EpochMs, MINUTE, SECOND } from '../../kernel/time.ts';
import { type AppRow, rowByIssuer, rowByUuid, toApp } from './app-rows.ts';

/** P24: a change, above all a disable, reaches every isolate within this time. */
const APP_LIFETIME = 30 * SECOND;
/** An unknown issuer may be registered any moment; this only blunts repeated wrong guesses. */
const ABSENT_LIFETIME = 5 * SECOND;
/** NET-1. */
const ORIGIN_LIFETIME = 2 * MINUTE;
const MAX_ENTRIES = 2000;

interface Entry<T> {
  readonly value: T;
  readonly from: EpochMs;
  readonly until: EpochMs;
}

/*
 * One cache per isolate, outside any request. It holds values, never promises: a promise of one request's I/O must not
 * be awaited by another request.
 */
const byKey = new Map<string, Entry<App | null>>();
const origins = new Map<string, Entry<boolean>>();
/** Counts forgettings, so that an answer read before a write is not kept after it. */
let generation = 0;

/** Empties the isolate's cache; every write through the registry does. */
export function forgetApps(): void {
  byKey.clear();
  origins.clear();
  generation += 1;
}

/** A clock set back (sandbox) makes an entry useless rather than eternal. */
const isFresh = <T>(entry: Entry<T> | undefined, now: EpochMs): entry is Entry<T> =>
  entry !== undefined && now < entry.until && now >= entry.from;

function keep<T>(cache: Map<string, Entry<T>>, key: string, value: T, now: EpochMs, lifetime: number): void {
  cache.delete(key);
  if (cache.size >= MAX_ENTRIES) {
    const oldest = cache.keys().next();
    if (oldest.done !== true) cache.delete(oldest.value);
  }
  cache.set(key, { value, from: now, until: now + lifetime });
}

/**
 * Reads for the sign-in paths: at most 30 s old, a Map lookup when warm. An app that did not change keeps its identity
 * across refreshes, so anything derived from it (parsed keys) may hang on a WeakMap.
 */
export function appLookup(
  db: D1Database,
  now: Clock,
): { findApp: FindApp; findAppByIssuer: FindAppByIssuer; isRegisteredOrigin: IsRegisteredOrigin } {
  const load = async (key: string, read: () => Promise<AppRow | null>): Promise<App | null> => {
    const at = now();
    const started = generation;
    const row = await read();
    if (row === null || row.deletedAt !== null) {
      if (started === generation) keep(byKey, key, null, at, ABSENT_LIFETIME);
      return null;
    }
    const known = byKey.get(key)?.value;
    const app = known?.etag === row.etag ? known : toApp(row);
    if (started === generation) {
      keep(byKey, `uuid ${app.uuid}`, app, at, APP_LIFETIME);
      keep(byKey, `issuer ${app.issuer}`, app, at, APP_LIFETIME);
    }
    return app;
  };

  return {
    findApp: async (uuid) => {
      const key = `uuid ${uuid}`;
      const entry = byKey.get(key);
      return isFresh(entry, now()) ? entry.value : load(key, () => rowByUuid(db, uuid));
    },

    findAppByIssuer: async (issuer) => {
      const key = `issuer ${issuer}`;
      const entry = byKey.get(key);
      if (isFresh(entry, now())) return entry.value;
      // Longer than any issuer can be: not worth a key in memory.
      return issuer.length > 255 ? null : load(key, () => rowByIssuer(db, issuer));
    },

    isRegisteredOrigin: async (origin) => {
      const at = now();
      const entry = origins.get(origin);
      if (isFresh(entry, at)) return entry.value;
      if (origin.length > 300) return false;
      const started = generation;
      const found = await db
        .prepare(
          `SELECT 1 AS found FROM app_origins JOIN apps ON apps.uuid = app_origins.app
           WHERE app_origins.origin = ? AND apps.active = 1 AND apps.deleted_at IS NULL LIMIT 1`,
        )
        .bind(origin)
        .first();
      if (started === generation) keep(origins, origin, found !== null, at, ORIGIN_LIFETIME);
      return found !== null;
    },
  };
}
