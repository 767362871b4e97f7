import { settingsOf } from '../../apps/document.ts';
import type { App, AppSettings } from '../../apps/model.ts';
import type { AppRegistry } from '../../apps/ports.ts';
import { err, ok } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import { forgetApps } from './app-cache.ts';
import {
  type AppRow,
  type AppWrite,
  allRows,
  liveRows,
  rowByIssuer,
  rowByUuid,
  toApp,
  writeApps,
} from './app-rows.ts';

export { appLookup, forgetApps } from './app-cache.ts';

/** Two writers at once are rare; three lost races in a row mean something else is wrong. */
const ATTEMPTS = 3;

/** The same team, or nobody's, may take a deleted issuer up again, with its uuid and so its people's subjects. */
const mayRevive = (row: AppRow, settings: AppSettings): boolean => row.team === settings.team;

function updateOf(row: AppRow, settings: AppSettings): AppWrite {
  const before = toApp(row);
  return {
    uuid: row.uuid,
    settings: { ...settings, issuer: row.issuer },
    action: 'update',
    before,
    expected: row.etag,
    createdAt: row.createdAt,
  };
}

const createOf = (row: AppRow | null, settings: AppSettings, now: EpochMs): AppWrite => ({
  uuid: row?.uuid ?? crypto.randomUUID(),
  settings,
  action: 'create',
  before: null,
  expected: row?.etag ?? null,
  createdAt: now,
});

async function written(db: D1Database, uuid: string): Promise<App> {
  const row = await rowByUuid(db, uuid);
  if (row === null) throw new Error('an app vanished right after it was written');
  return toApp(row);
}

const lostRace = (): Error => new Error('apps changed too often while they were written');

/** The registry on D1. Every write forgets this isolate's cache at once; other isolates follow within 30 s. */
export function appRegistry(db: D1Database): AppRegistry {
  const live = (row: AppRow | null): AppRow | null => (row === null || row.deletedAt !== null ? null : row);
  const write = async (writes: readonly AppWrite[], actor: string, now: EpochMs): Promise<boolean> => {
    const done = await writeApps(db, writes, actor, now);
    forgetApps();
    return done;
  };

  return {
    list: async () => (await liveRows(db)).map(toApp),

    byUuid: async (uuid) => {
      const row = live(await rowByUuid(db, uuid));
      return row === null ? null : toApp(row);
    },

    byIssuer: async (issuer) => {
      const row = live(await rowByIssuer(db, issuer));
      return row === null ? null : toApp(row);
    },

    create: async (settings, actor, now) => {
      const row = await rowByIssuer(db, settings.issuer);
      if (row !== null && (row.deletedAt === null || !mayRevive(row, settings)))
        return err({ reason: 'issuer_taken' });
      const app = createOf(row, settings, now);
      const done = await write([app], actor, now);
      return done ? ok(await written(db, app.uuid)) : err({ reason: 'issuer_taken' });
    },

    replace: async (uuid, settings, actor, now, etag) => {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const row = live(await rowByUuid(db, uuid));
        if (row === null) return err({ reason: 'not_found' });
        if (etag !== null && row.etag !== etag) return err({ reason: 'stale' });
        if (await write([updateOf(row, settings)], actor, now)) return ok(await written(db, uuid));
      }
      throw lostRace();
    },

    remove: async (uuid, actor, now, etag) => {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const row = live(await rowByUuid(db, uuid));
        if (row === null) return err({ reason: 'not_found' });
        if (etag !== null && row.etag !== etag) return err({ reason: 'stale' });
        const gone: AppWrite = { ...updateOf(row, settingsOf(toApp(row))), action: 'delete' };
        if (await write([gone], actor, now)) return ok(null);
      }
      throw lostRace();
    },

    importAll: async (all, actor, now) => {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        // One read for all of them: a bundle may hold more apps than a request may ask questions.
        const rows = new Map((await allRows(db)).map((row) => [row.issuer, row]));
        const writes = all.map((settings): AppWrite => {
          const row = rows.get(settings.issuer) ?? null;
          return live(row) === null || row === null ? createOf(row, settings, now) : updateOf(row, settings);
        });
        if (writes.length === 0 || (await write(writes, actor, now))) {
          const named = (action: AppWrite['action']): string[] =>
            writes.filter((one) => one.action === action).map((one) => one.settings.issuer);
          return { created: named('create'), updated: named('update') };
        }
      }
      throw lostRace();
    },
  };
}
