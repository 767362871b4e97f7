import { and, eq, lt, sql } from 'drizzle-orm';
import { DAY, type EpochMs, HOUR } from '../../kernel/time.ts';
import type { DayCount } from '../../saml/ports.ts';
import type { PickDatabase } from '../d1/database.ts';
import { assertionCounts } from './tables.ts';

const dayOf = (at: EpochMs): number => Math.floor(at / DAY);
/** What isolates still hold of a day when it ends arrives within this long. */
const SLACK_MS = HOUR;

/** Assertions that were signed and sign-ins that were completed, counted apart and compared day by day (saml V23). */
export interface AssertionCounts {
  readonly issued: () => void;
  readonly signedIn: () => void;
  /** Adds what this isolate counted to the day of `now`, both numbers in one statement. */
  readonly flush: (now: EpochMs) => Promise<void>;
  /** Days that are over and were not looked at yet; each is told once. */
  readonly compare: (now: EpochMs) => Promise<readonly DayCount[]>;
}

/**
 * Counts in memory, kept in D1. An isolate that goes without warning takes both its numbers with it, so what is kept
 * stays comparable (docs/decisions/saml-assertion-counts.md).
 */
export function assertionCountsIn(pick: PickDatabase): AssertionCounts {
  const db = () => pick({ shared: 'keys' });
  let assertions = 0;
  let signIns = 0;
  const flush: AssertionCounts['flush'] = async (now) => {
    const held = { assertions, signIns };
    if (assertions === 0 && signIns === 0) return;
    assertions = 0;
    signIns = 0;
    try {
      await db()
        .insert(assertionCounts)
        .values({ day: dayOf(now), ...held, compared: false })
        .onConflictDoUpdate({
          target: assertionCounts.day,
          set: {
            assertions: sql`assertions + ${held.assertions}`,
            signIns: sql`sign_ins + ${held.signIns}`,
          },
        });
    } catch (error) {
      assertions += held.assertions;
      signIns += held.signIns;
      throw error;
    }
  };
  return {
    issued() {
      assertions += 1;
    },
    signedIn() {
      signIns += 1;
    },
    flush,
    async compare(now) {
      await flush(now);
      const days = await db()
        .update(assertionCounts)
        .set({ compared: true })
        .where(and(eq(assertionCounts.compared, false), lt(assertionCounts.day, dayOf(now - SLACK_MS))))
        .returning();
      return days.map(({ day, assertions, signIns }) => ({ start: day * DAY, assertions, signIns }));
    },
  };
}
