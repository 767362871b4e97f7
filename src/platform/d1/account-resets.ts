import { and, eq, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm';
import type { Accounts } from '../../accounts/ports.ts';
import { RESET_LINK_MS, RESET_WAIT_MS } from '../../accounts/rules/account-reset.ts';
import { accountResets, links } from '../../accounts/tables.ts';
import type { PickDatabase } from './database.ts';

type Resets = Pick<Accounts, 'requestReset' | 'cancelReset' | 'takeDueResets' | 'putBackReset'>;

/** Requests to delete an account its owner is locked out of, one a person, in D1. */
export function accountResetsIn(pick: PickDatabase): Resets {
  return {
    async requestReset(account, now) {
      const over = and(isNotNull(accountResets.grantedAt), lte(accountResets.grantedAt, now - RESET_LINK_MS));
      const rows = await pick({ account })
        .insert(accountResets)
        .values({ account, requestedAt: now })
        .onConflictDoUpdate({
          target: accountResets.account,
          set: { requestedAt: now, grantedAt: null },
          ...(over === undefined ? {} : { setWhere: over }),
        })
        .returning({ account: accountResets.account });
      return rows.length === 1;
    },
    async cancelReset(account, now) {
      const db = pick({ account });
      const live = sql`(${accountResets.grantedAt} IS NULL OR ${accountResets.grantedAt} > ${now - RESET_LINK_MS})`;
      const [gone] = await db.batch([
        db
          .delete(accountResets)
          .where(and(eq(accountResets.account, account), live))
          .returning({ account: accountResets.account }),
        db
          .update(links)
          .set({ usedAt: now })
          .where(
            and(
              eq(links.account, account),
              inArray(links.kind, ['cancel-reset', 'delete-account']),
              isNull(links.usedAt),
            ),
          ),
      ]);
      return gone.length === 1;
    },
    async takeDueResets(now, limit) {
      const db = pick({ shared: 'resets' });
      const due = db
        .select({ account: accountResets.account })
        .from(accountResets)
        .where(and(isNull(accountResets.grantedAt), lte(accountResets.requestedAt, now - RESET_WAIT_MS)))
        .orderBy(accountResets.requestedAt)
        .limit(limit);
      const taken = await db
        .update(accountResets)
        .set({ grantedAt: now })
        .where(inArray(accountResets.account, due))
        .returning({ account: accountResets.account });
      return taken.map(({ account }) => account);
    },
    async putBackReset(account, grantedAt) {
      await pick({ account })
        .update(accountResets)
        .set({ grantedAt: null })
        .where(and(eq(accountResets.account, account), eq(accountResets.grantedAt, grantedAt)));
    },
  };
}
