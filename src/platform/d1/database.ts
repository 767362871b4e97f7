import { DrizzleD1Database, SQLiteD1Session } from 'drizzle-orm/d1';
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core';

export type Database = DrizzleD1Database;

/**
 * The database of an account or an app. Everything is in one today; every access names whom it is about, so that
 * accounts can be spread over several databases without touching a query (design section 4).
 */
export type PickDatabase = (
  about: { readonly account: string } | { readonly fingerprint: string } | { readonly shared: string },
) => Database;

/**
 * The query builder on a D1 database: what the library's own `drizzle(db)` makes when it is given neither relations, a
 * cache nor a log. Without that function the code for relations stays out of the Worker.
 */
export function queryBuilder(db: D1Database): Database {
  const dialect = new SQLiteAsyncDialect();
  return new DrizzleD1Database('async', dialect, new SQLiteD1Session(db, dialect, undefined), undefined);
}

/** All data in one database. */
export function oneDatabase(db: D1Database): PickDatabase {
  const only = queryBuilder(db);
  return () => only;
}

/**
 * Whether a write failed because this column (`table.column`) got no value. Statements whose condition must be settled by
 * the database itself leave a value out when it does not hold, so that the whole batch is undone.
 */
export const isMissingValue = (error: unknown, column: string): boolean => {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause.message.includes(`NOT NULL constraint failed: ${column}`)) return true;
  }
  return false;
};

/** Whether a write failed on a unique index: the only guard against races (DM-33). */
export const isUniqueViolation = (error: unknown): boolean => {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (/UNIQUE constraint failed|SQLITE_CONSTRAINT/.test(cause.message)) return true;
  }
  return false;
};
