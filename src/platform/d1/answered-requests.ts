import { and, eq, isNull, lte, sql } from 'drizzle-orm';
import type { AnsweredRequests } from '../../apps/ports.ts';
import { answeredRequests } from '../../apps/tables.ts';
import { DAY, type EpochMs, MINUTE } from '../../kernel/time.ts';
import type { PickDatabase } from './database.ts';

/** M3: how long an answer is kept. */
const KEPT_MS = DAY;
/** A request that has no answer by then was cut off: its key is free again. */
const LONGEST_RUN_MS = MINUTE;

/** Answers of the machine interface by Idempotency-Key, in D1; which of two requests at once runs, the database settles. */
export function answeredRequestsIn(pick: PickDatabase): AnsweredRequests {
  const db = pick({ shared: 'answered-requests' });
  const running = (key: string) => and(eq(answeredRequests.key, key), isNull(answeredRequests.answer));
  return {
    async begin(key, request, now) {
      const fresh = { request, startedAt: now, answer: null };
      const taken = await db
        .insert(answeredRequests)
        .values({ key, ...fresh })
        .onConflictDoUpdate({
          target: answeredRequests.key,
          set: fresh,
          setWhere: sql`${answeredRequests.startedAt} <= CASE WHEN ${answeredRequests.answer} IS NULL THEN ${now - LONGEST_RUN_MS} ELSE ${now - KEPT_MS} END`,
        })
        .returning({ key: answeredRequests.key });
      if (taken.length > 0) return { kind: 'new' };
      const [row] = await db.select().from(answeredRequests).where(eq(answeredRequests.key, key));
      if (row !== undefined && row.request !== request) return { kind: 'other' };
      return row?.answer ? { kind: 'answered', answer: row.answer } : { kind: 'running' };
    },
    async finish(key, answer) {
      await db.update(answeredRequests).set({ answer }).where(running(key));
    },
    async release(key) {
      await db.delete(answeredRequests).where(running(key));
    },
  };
}

/** Removes answers nobody can ask for any more. */
export async function pruneAnswered(pick: PickDatabase, now: EpochMs): Promise<void> {
  await pick({ shared: 'prune' })
    .delete(answeredRequests)
    .where(lte(answeredRequests.startedAt, now - KEPT_MS));
}
