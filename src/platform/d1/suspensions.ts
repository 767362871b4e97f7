import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Intervention, Suspensions } from '../../accounts/ports/suspensions.ts';
import { accounts, blockedAddresses } from '../../accounts/tables.ts';
import { audit } from '../../apps/tables.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { type Database, isMissingValue, isUniqueViolation, type PickDatabase } from './database.ts';
import { writeEvent } from './write-event.ts';

/** Suspended accounts in D1; every step and its audit line are one transaction. */
export function suspensionsIn(pick: PickDatabase, keys: Keyholder): Suspensions {
  const auditLine = (
    db: Database,
    account: string,
    action: string,
    { actor, reason, now }: Intervention,
    suspended: readonly [boolean, boolean] | null,
  ) =>
    db.insert(audit).values({
      time: now,
      actor,
      action,
      itemType: 'account',
      itemId: account,
      before: suspended === null ? null : { suspended: suspended[0] },
      after: suspended === null ? null : { suspended: suspended[1] },
      changes: { ...(suspended === null ? {} : { suspended }), reason: [null, reason] },
    });
  /** Fails the whole batch when the account is not in the state that was just read: of two operators one wins. */
  const guard = (db: Database, account: string, suspended: boolean) =>
    db
      .update(accounts)
      .set({
        uuid: sql`CASE WHEN ${accounts.suspendedAt} IS ${suspended ? sql`NOT NULL` : sql`NULL`} THEN uuid ELSE NULL END`,
      })
      .where(eq(accounts.uuid, account));
  /** Runs the batch; its guard refusing means that somebody was faster. */
  const settle = async (work: Promise<unknown>): Promise<Result<null, { reason: 'already' }>> => {
    try {
      await work;
      return ok(null);
    } catch (error) {
      if (isUniqueViolation(error)) return err({ reason: 'already' });
      throw error;
    }
  };
  const standing = async (db: Database, account: string): Promise<boolean | null> => {
    const [row] = await db
      .select({ at: accounts.suspendedAt })
      .from(accounts)
      .where(eq(accounts.uuid, account));
    return row === undefined ? null : row.at !== null;
  };

  return {
    async suspend(account, baseAddresses, by) {
      const db = pick({ account });
      const suspended = await standing(db, account);
      if (suspended === null) return err({ reason: 'gone' });
      if (suspended) return err({ reason: 'already' });
      const digests = [...new Set(baseAddresses.map((base) => keys.fingerprint('base-address', base)))];
      return settle(
        db.batch([
          guard(db, account, false),
          db
            .update(accounts)
            .set({ suspendedAt: by.now })
            .where(and(eq(accounts.uuid, account), isNull(accounts.suspendedAt))),
          ...digests.map((digest) =>
            db.insert(blockedAddresses).values({ digest, account, createdAt: by.now }).onConflictDoNothing(),
          ),
          auditLine(db, account, 'suspend', by, [false, true]),
        ]),
      );
    },
    async reinstate(account, by) {
      const db = pick({ account });
      const suspended = await standing(db, account);
      if (suspended === null) return err({ reason: 'gone' });
      if (!suspended) return err({ reason: 'already' });
      return settle(
        db.batch([
          guard(db, account, true),
          db
            .update(accounts)
            .set({ suspendedAt: null })
            .where(and(eq(accounts.uuid, account), isNotNull(accounts.suspendedAt))),
          db.delete(blockedAddresses).where(eq(blockedAddresses.account, account)),
          auditLine(db, account, 'reinstate', by, [true, false]),
        ]),
      );
    },
    async recordSessionsEnded(account, by) {
      const db = pick({ account });
      if ((await standing(db, account)) === null) return false;
      await auditLine(db, account, 'revoke-sessions', by, null);
      return true;
    },
    async requirePasswordChange(account, by) {
      const db = pick({ account });
      // Without a value for its account the event fails, and the whole batch with it.
      const owner = sql<string>`(SELECT uuid FROM accounts WHERE uuid = ${account} AND password IS NOT NULL)`;
      try {
        await db.batch([
          writeEvent(db, account, { kind: 'password_invalidated', at: by.now, browser: null }, null, owner),
          db
            .update(accounts)
            .set({ passwordChangeRequired: true, rememberRevokedAt: by.now })
            .where(eq(accounts.uuid, account)),
          auditLine(db, account, 'require-password-change', by, null),
        ]);
        return true;
      } catch (error) {
        if (isMissingValue(error, 'events.account')) return false;
        throw error;
      }
    },
    async isBlocked(baseAddress) {
      const digests = [
        keys.fingerprint('base-address', baseAddress),
        ...keys.previousFingerprints('base-address', baseAddress),
      ];
      const [row] = await pick({ shared: 'blocked' })
        .select({ digest: blockedAddresses.digest })
        .from(blockedAddresses)
        .where(inArray(blockedAddresses.digest, digests))
        .limit(1);
      return row !== undefined;
    },
  };
}
