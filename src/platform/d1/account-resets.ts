import { and, eq, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import type { AccountResets } from '../../accounts/ports/account-resets.ts';
import { RESET_LINK_MS, RESET_WAIT_MS } from '../../accounts/rules/account-reset.ts';
import { accountResets, links } from '../../accounts/tables.ts';
import { MINUTE } from '../../kernel/time.ts';
import type { PickDatabase } from './database.ts';

/** Longer than a run of the calendar can take: what is not mailed by then was taken by one that was cut off. */
const MAILED_WITHIN_MS = 15 * MINUTE;

/** Requests to delete an account its owner is locked out of, one a person, in D1. */
export function accountResetsIn(pick: PickDatabase): AccountResets {
  return {
    async requestReset(account, now) {
      const over = and(isNotNull(accountResets.grantedAt), lte(accountResets.grantedAt, now - RESET_LINK_MS));
      const rows = await pick({ account })
        .insert(accountResets)
        .values({ account, requestedAt: now })
        .onConflictDoUpdate({
          target: accountResets.account,
          set: { requestedAt: now, grantedAt: null, mailedAt: null },
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
        .where(
          and(
            isNull(accountResets.mailedAt),
            lte(accountResets.requestedAt, now - RESET_WAIT_MS),
            or(isNull(accountResets.grantedAt), lte(accountResets.grantedAt, now - MAILED_WITHIN_MS)),
          ),
        )
        .orderBy(accountResets.requestedAt)
        .limit(limit);
      const taken = await db
        .update(accountResets)
        .set({ grantedAt: now })
        .where(inArray(accountResets.account, due))
        .returning({ account: accountResets.account });
      return taken.map(({ account }) => account);
    },
    async resetMailed(account, grantedAt) {
      await pick({ account })
        .update(accountResets)
        .set({ mailedAt: grantedAt })
        .where(and(eq(accountResets.account, account), eq(accountResets.grantedAt, grantedAt)));
    },
    async putBackReset(account, grantedAt) {
      await pick({ account })
        .update(accountResets)
        .set({ grantedAt: null })
        .where(and(eq(accountResets.account, account), eq(accountResets.grantedAt, grantedAt)));
    },
  };
}
