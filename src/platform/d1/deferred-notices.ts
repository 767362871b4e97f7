import { and, eq, inArray, lte, type SQL, sql } from 'drizzle-orm';
import { EVENT_KINDS } from '../../accounts/model.ts';
import type { DeferredNotices } from '../../accounts/ports/deferred-notices.ts';
import type { NewEvent } from '../../accounts/ports/events.ts';
import { accounts, deferredNotices } from '../../accounts/tables.ts';
import type { Database, PickDatabase } from './database.ts';
import { eventAt } from './second-factor-record.ts';

/** SI-5: a notice waits, if `when` holds by its turn in the batch that writes its event. */
export const defer = (
  db: Database,
  account: string,
  notice: { readonly kind: string; readonly dueAt: number },
  event: NewEvent,
  when: SQL | undefined,
) =>
  db.insert(deferredNotices).select(
    db
      .select({
        id: sql<string>`${crypto.randomUUID()}`.as('id'),
        account: accounts.uuid,
        kind: sql<string>`${notice.kind}`.as('kind'),
        event: sql<number | null>`${eventAt(account, EVENT_KINDS[event.kind], event.at)}`.as('event'),
        dueAt: sql<number>`${notice.dueAt}`.as('due_at'),
      })
      .from(accounts)
      .where(and(eq(accounts.uuid, account), when)),
  );

/** Notices that wait for their time, in D1. */
export function deferredNoticesIn(pick: PickDatabase): DeferredNotices {
  return {
    async takeDueNotices(now, limit) {
      const db = pick({ shared: 'notices' });
      const due = await db
        .select()
        .from(deferredNotices)
        .where(lte(deferredNotices.dueAt, now))
        .orderBy(deferredNotices.dueAt)
        .limit(limit);
      if (due.length === 0) return [];
      const taken = await db
        .delete(deferredNotices)
        .where(
          inArray(
            deferredNotices.id,
            due.map((row) => row.id),
          ),
        )
        .returning({
          account: deferredNotices.account,
          kind: deferredNotices.kind,
          eventId: deferredNotices.event,
        });
      return taken;
    },
  };
}
