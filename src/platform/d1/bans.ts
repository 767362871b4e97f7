import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { AccountBans, BansChanged } from '../../accounts/ports/bans.ts';
import type { Intervention } from '../../accounts/ports/suspensions.ts';
import { accounts, bans, sessions } from '../../accounts/tables.ts';
import { audit } from '../../apps/tables.ts';
import { err, ok } from '../../kernel/result.ts';
import { BANS_MAX, type Bans, SESSIONS_KEPT, SESSIONS_LISTED } from '../../sessions/model.ts';
import { type Database, isMissingValue, isUniqueViolation, type PickDatabase } from './database.ts';

/** Bans as an account's row keeps them. Only this file writes them. */
export function readBans(json: string): Bans {
  const bans: Bans = JSON.parse(json);
  return bans;
}

/** Whether an account's bans are still those of `version` (0: none yet), settled by the database. */
export const bansUnchanged = (version: number): SQL =>
  sql`coalesce(json_extract(${accounts.bans}, '$.version'), 0) = ${version}`;

/** Bans in D1; every change, its audit line and the short copy on the account are one transaction. */
export function bansIn(pick: PickDatabase): AccountBans {
  /** The copy on the account's row, and who has to hear of it: whoever is listed later has read the copy. */
  const publish = (db: Database, account: string) =>
    [
      db
        .update(accounts)
        .set({
          bans: sql`json_object('version', coalesce(json_extract(${accounts.bans}, '$.version'), 0) + 1, 'apps', json((SELECT json_group_array(b.app) FROM bans b WHERE b.account = ${account})))`,
        })
        .where(eq(accounts.uuid, account))
        .returning({ bans: accounts.bans }),
      db
        .select({ locator: sessions.locator })
        .from(sessions)
        .where(eq(sessions.account, account))
        .orderBy(desc(sessions.startedAt))
        .limit(SESSIONS_KEPT + SESSIONS_LISTED),
    ] as const;
  const changed = (
    [row]: readonly { readonly bans: string | null }[],
    listed: readonly { readonly locator: string }[],
  ): BansChanged => {
    if (!row?.bans) throw new Error('an account vanished while its bans were written');
    return { bans: readBans(row.bans), sessions: listed.map(({ locator }) => locator) };
  };
  const auditLine = (
    db: Database,
    action: 'ban' | 'unban',
    itemId: string | SQL<string>,
    app: string,
    { actor, reason, now }: Intervention,
  ) => {
    const [before, after] = action === 'ban' ? [null, app] : [app, null];
    return db.insert(audit).values({
      time: now,
      actor,
      action,
      itemType: 'account',
      itemId,
      before: before === null ? null : { ban: before },
      after: after === null ? null : { ban: after },
      changes: { ban: [before, after], reason: [null, reason] },
    });
  };
  const exists = async (db: Database, account: string): Promise<boolean> =>
    (await db.select({ uuid: accounts.uuid }).from(accounts).where(eq(accounts.uuid, account))).length === 1;

  return {
    async ban(account, app, by) {
      const db = pick({ account });
      if (!(await exists(db, account))) return err({ reason: 'gone' });
      try {
        const [, , rows, listed] = await db.batch([
          db.insert(bans).values({
            // Counted by the statement itself: of many at once no more than the maximum succeed.
            account: sql`CASE WHEN (SELECT count(*) FROM bans WHERE account = ${account}) < ${BANS_MAX} THEN ${account} END`,
            app,
            actor: by.actor,
            reason: by.reason,
            createdAt: by.now,
          }),
          auditLine(db, 'ban', account, app, by),
          ...publish(db, account),
        ]);
        return ok(changed(rows, listed));
      } catch (error) {
        if (isMissingValue(error, 'bans.account')) return err({ reason: 'too_many' });
        if (isUniqueViolation(error)) return err({ reason: 'already' });
        throw error;
      }
    },
    async unban(account, app, by) {
      const db = pick({ account });
      if (!(await exists(db, account))) return err({ reason: 'gone' });
      // Without a value for its item the line fails, and the whole batch with it: of two operators one wins.
      const banned = sql<string>`(SELECT account FROM bans WHERE account = ${account} AND app = ${app})`;
      try {
        const [, , rows, listed] = await db.batch([
          auditLine(db, 'unban', banned, app, by),
          db.delete(bans).where(and(eq(bans.account, account), eq(bans.app, app))),
          ...publish(db, account),
        ]);
        return ok(changed(rows, listed));
      } catch (error) {
        if (isMissingValue(error, 'audit.item_id')) return err({ reason: 'already' });
        throw error;
      }
    },
    async standing(account) {
      const rows = await pick({ account })
        .select({ ban: bans })
        .from(accounts)
        .leftJoin(bans, eq(bans.account, accounts.uuid))
        .where(eq(accounts.uuid, account))
        .orderBy(asc(bans.createdAt), asc(bans.app));
      if (rows.length === 0) return null;
      return rows.flatMap(({ ban }) =>
        ban === null ? [] : [{ app: ban.app, actor: ban.actor, reason: ban.reason, since: ban.createdAt }],
      );
    },
  };
}
