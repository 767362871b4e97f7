import { eq, type SQL, sql } from 'drizzle-orm';
import { DAY, type EpochMs } from '../../kernel/time.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { meta } from '../keys/tables.ts';
import type { Database, PickDatabase } from './database.ts';
import { SEALED_COLUMNS, type SealedColumn, type SealedRow } from './sealed-columns.ts';

/** Rows looked at in one statement, and statements of one run. */
const SLICE = 100;
const SLICES = 8;
/** Where the job stands, in `meta`. */
const NAME = 'reseal';
/** A pass that found nothing is repeated once, for what an isolate of the deployment before may have written meanwhile. */
const AGAIN_AFTER_MS = DAY;

/** Where the job stands: the root it moves to, the column, the last key seen; `cleanAt` after a pass that left nothing. */
interface Progress {
  readonly version: number;
  readonly column: number;
  readonly after: readonly (string | number)[];
  readonly failed: number;
  readonly moved: number;
  readonly cleanAt: EpochMs | null;
  readonly done: boolean;
}

/** What one run did: values moved to the newest root, values that do not open, and whether nothing is left to do. */
export interface Resealed {
  readonly moved: number;
  readonly failed: number;
  readonly done: boolean;
}

/**
 * PI-31: moves sealed values to the newest root, a bounded slice each run, so that an old root can be taken away. Runs
 * beside everything else: a value somebody changes in the same moment stays as they wrote it. With one root there is
 * nothing to do, and no call is made.
 */
export async function reseal(pick: PickDatabase, keys: Keyholder, now: EpochMs): Promise<Resealed> {
  if (keys.previousFingerprints('email', '').length === 0) return { moved: 0, failed: 0, done: true };
  const db = pick({ shared: 'reseal' });
  let at = await readProgress(db, keys.currentVersion);
  if (at.done) return { moved: 0, failed: 0, done: true };
  if (at.column === 0 && at.after.length === 0 && at.cleanAt !== null && now < at.cleanAt + AGAIN_AFTER_MS)
    return { moved: 0, failed: 0, done: false };
  let [moved, failed] = [0, 0];
  for (let slice = 0; slice < SLICES; slice += 1) {
    const column = SEALED_COLUMNS[at.column];
    if (column === undefined) break;
    const result = await moveSlice(db, keys, column, at.after);
    moved += result.moved;
    failed += result.failed;
    const totals = { moved: at.moved + result.moved, failed: at.failed + result.failed };
    at =
      result.last === null
        ? { ...at, ...totals, column: at.column + 1, after: [] }
        : { ...at, ...totals, after: result.last };
  }
  if (at.column >= SEALED_COLUMNS.length) at = afterPass(at, now);
  await keepProgress(db, at);
  return { moved, failed, done: at.done };
}

/** A pass is over: the job is done after two with a day between them, the second of which found nothing old. */
const afterPass = (at: Progress, now: EpochMs): Progress => ({
  ...at,
  column: 0,
  after: [],
  moved: 0,
  failed: 0,
  cleanAt: now,
  done: at.cleanAt !== null && at.moved === 0,
});

async function moveSlice(
  db: Database,
  keys: Keyholder,
  column: SealedColumn,
  after: readonly (string | number)[],
): Promise<{ readonly moved: number; readonly failed: number; readonly last: Progress['after'] | null }> {
  const name = (column: string): SQL => sql.raw(`"${column}"`);
  const list = (columns: readonly string[]): SQL => sql.join(columns.map(name), sql`, `);
  const key = list(column.key);
  const from = sql.raw(`"${column.table}"`);
  const later =
    after.length === 0
      ? sql`1`
      : sql`(${key}) > (${sql.join(
          after.map((value) => sql`${value}`),
          sql`, `,
        )})`;
  const columns = list([...new Set([...column.key, ...column.also, column.column])]);
  const rows = await db.all<SealedRow>(
    sql`SELECT ${columns} FROM ${from} WHERE ${later} ORDER BY ${key} LIMIT ${SLICE}`,
  );
  let [moved, failed] = [0, 0];
  const updates: SQL[] = [];
  for (const row of rows) {
    const value = row[column.column];
    if (typeof value !== 'string' || !isOld(value, keys.currentVersion)) continue;
    const fresh = await column.reseal(keys, row);
    if (fresh === null) {
      failed += 1;
      continue;
    }
    const set = sql.join(
      Object.entries(fresh).map(([one, text]) => sql`${name(one)} = ${text}`),
      sql`, `,
    );
    const mine = sql.join(
      column.key.map((one) => sql`${name(one)} = ${row[one] ?? null}`),
      sql` AND `,
    );
    // What was read is part of the condition: whoever wrote meanwhile wrote under the newest root already.
    updates.push(sql`UPDATE ${from} SET ${set} WHERE ${mine} AND ${name(column.column)} = ${value}`);
    moved += 1;
  }
  await Promise.all(updates.map((update) => db.run(update)));
  const lastRow = rows.length < SLICE ? undefined : rows.at(-1);
  const last = lastRow === undefined ? null : column.key.map((one) => lastRow[one] ?? '');
  return { moved, failed, last };
}

/** Whether a stored text is sealed under another root than the newest; a password record carries its sealed verifier. */
const isOld = (value: string, version: number): boolean => {
  if (value.startsWith('$scrypt$')) {
    const hash = Buffer.from(value.slice(value.lastIndexOf('$') + 1), 'base64').toString();
    return isOld(hash.replace(/^p\d+\./, ''), version);
  }
  const sealedUnder = /^g1\.(\d+)\./.exec(value)?.[1];
  return sealedUnder !== undefined && Number(sealedUnder) !== version;
};

async function readProgress(db: Database, version: number): Promise<Progress> {
  const [row] = await db.select().from(meta).where(eq(meta.name, NAME));
  // Only this job writes the row.
  const kept: Progress | null = row === undefined ? null : JSON.parse(row.value);
  if (kept !== null && kept.version === version) return kept;
  return { version, column: 0, after: [], moved: 0, failed: 0, cleanAt: null, done: false };
}

const keepProgress = async (db: Database, progress: Progress): Promise<void> => {
  const value = JSON.stringify(progress);
  await db
    .insert(meta)
    .values({ name: NAME, value })
    .onConflictDoUpdate({ target: meta.name, set: { value } });
};
