import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SECOND_FACTOR_LOCK_MS } from '../../../src/factors/second-factor-lock.ts';
import { beginTry, lockedUntil, lockNow, type Tries } from '../../../src/factors/second-factor-tries.ts';
import { DAY, MINUTE } from '../../../src/kernel/time.ts';

const now = Date.UTC(2026, 0, 1);

/** One more try, wherever that is allowed. */
function trying(tries: Tries | null, at: number, succeededAt: number | null = null): Tries | null {
  const begun = beginTry(tries, succeededAt, at);
  return begun.allowed ? begun.tries : tries;
}
const failing = (times: number): Tries | null =>
  Array.from({ length: times }).reduce<Tries | null>((tries) => trying(tries, now), null);
const leftAfter = (times: number): number | null => {
  const begun = beginTry(failing(times), null, now);
  return begun.allowed ? begun.left : null;
};

describe('FC-1 one counter for all second factors', () => {
  it('locks for ten minutes at the tenth failure, not before', () => {
    expect(lockedUntil(failing(9), null, now)).toBeNull();
    expect(lockedUntil(failing(10), null, now)).toBe(now + 10 * MINUTE);
  });

  it('does not forget failures with time', () => {
    const later = now + 400 * DAY;
    expect(lockedUntil(trying(failing(9), later), null, later)).toBe(later + SECOND_FACTOR_LOCK_MS);
  });

  it('is zeroed by success', () => {
    const begun = beginTry(failing(9), now, now + 1);
    expect(begun).toMatchObject({ allowed: true, left: 9 });
  });

  it('says how many tries are left if this one fails', () => {
    expect([0, 6, 8, 9, 10].map(leftAfter)).toEqual([9, 3, 1, 0, null]);
  });

  it('locks at once for too many sends', () => {
    expect(lockedUntil(lockNow(failing(3), null, now), null, now)).toBe(now + SECOND_FACTOR_LOCK_MS);
  });
});

describe('FC-2 while locked', () => {
  it('neither more tries nor more sends change when the lock ends', () => {
    const during = now + MINUTE;
    const locked = failing(10);
    expect(beginTry(locked, null, during)).toEqual({ allowed: false, lockedUntil: now + 10 * MINUTE });
    expect(lockedUntil(lockNow(locked, null, during), null, during)).toBe(now + 10 * MINUTE);
  });

  it('starts again from zero afterwards', () => {
    const after = now + SECOND_FACTOR_LOCK_MS;
    expect(lockedUntil(failing(10), null, after)).toBeNull();
    expect(beginTry(failing(10), null, after)).toMatchObject({ allowed: true, left: 9 });
  });

  it('no ten minutes see more than ten tries, but for those before a lock', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 * MINUTE }), { maxLength: 80 }), (pauses) => {
        let tries: Tries | null = null;
        let at = now;
        const counted: number[] = [];
        for (const pause of pauses) {
          at += pause;
          const begun = beginTry(tries, null, at);
          if (!begun.allowed) continue;
          tries = begun.tries;
          counted.push(at);
        }
        // Every tenth locks, so the one after it comes no sooner than the lock ends.
        for (let tenth = 9; tenth + 1 < counted.length; tenth += 10)
          expect((counted[tenth + 1] ?? 0) - (counted[tenth] ?? 0)).toBeGreaterThanOrEqual(
            SECOND_FACTOR_LOCK_MS,
          );
      }),
    );
  });
});
