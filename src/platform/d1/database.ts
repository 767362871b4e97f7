import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1';

export type Database = DrizzleD1Database;

/**
 * The database of an account or an app. Everything is in one today; every access names whom it is about, so that
 * accounts can be spread over several databases without touching a query (design section 4).
 */
export type PickDatabase = (
  about: { readonly account: string } | { readonly fingerprint: string } | { readonly shared: string },
) => Database;

/** All data in one database. */
export function oneDatabase(db: D1Database): PickDatabase {
  const only = drizzle(db);
  return () => only;
}

/** Whether a write failed on a unique index: the only guard against races (DM-33). */
export const isUniqueViolation = (error: unknown): boolean => {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (/UNIQUE constraint failed|SQLITE_CONSTRAINT/.test(cause.message)) return true;
  }
  return false;
};
