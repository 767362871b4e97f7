import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attemptsLeft,
  countFailure,
  countSuccess,
  lockedUntil,
  lockNow,
  NO_FAILURES,
  SECOND_FACTOR_LOCK_MS,
  type SecondFactorCounter,
} from '../../../src/factors/second-factor-lock.ts';
import { DAY, MINUTE } from '../../../src/kernel/time.ts';

const now = Date.UTC(2026, 0, 1);
const failing = (times: number, from: SecondFactorCounter = NO_FAILURES) =>
  Array.from({ length: times }).reduce<SecondFactorCounter>((counter) => countFailure(counter, now), from);

describe('FC-1 one counter for all second factors', () => {
  it('locks for ten minutes at the tenth failure, not before', () => {
    expect(lockedUntil(failing(9), now)).toBeNull();
    expect(lockedUntil(failing(10), now)).toBe(now + 10 * MINUTE);
  });

  it('does not forget failures with time', () => {
    expect(lockedUntil(countFailure(failing(9), now + 400 * DAY), now + 400 * DAY)).toBe(
      now + 400 * DAY + SECOND_FACTOR_LOCK_MS,
    );
  });

  it('is zeroed by success', () => {
    expect(attemptsLeft(countSuccess(failing(9), now), now)).toBe(10);
  });

  it('says how many tries are left', () => {
    expect([0, 7, 9, 10].map((times) => attemptsLeft(failing(times), now))).toEqual([10, 3, 1, 0]);
  });

  it('locks at once for too many sends', () => {
    expect(lockedUntil(lockNow(failing(3), now), now)).toBe(now + SECOND_FACTOR_LOCK_MS);
  });
});

describe('FC-2 while locked', () => {
  it('neither success nor more failures nor more sends change when the lock ends', () => {
    const locked = failing(10);
    for (const step of [countSuccess, countFailure, lockNow]) {
      expect(lockedUntil(step(locked, now + MINUTE), now + MINUTE)).toBe(now + 10 * MINUTE);
    }
  });

  it('starts again from zero afterwards', () => {
    const after = now + SECOND_FACTOR_LOCK_MS;
    expect(lockedUntil(failing(10), after)).toBeNull();
    expect(attemptsLeft(failing(10), after)).toBe(10);
    expect(attemptsLeft(countFailure(failing(10), after), after)).toBe(9);
  });

  it('no ten minutes ever see more than ten failures counted', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 * MINUTE }), { maxLength: 80 }), (pauses) => {
        let counter = NO_FAILURES;
        let at = now;
        const counted: number[] = [];
        for (const pause of pauses) {
          at += pause;
          if (lockedUntil(counter, at) === null) counted.push(at);
          counter = countFailure(counter, at);
        }
        for (const [n, time] of counted.entries()) {
          const eleventh = counted[n + 10];
          if (eleventh !== undefined && n % 10 === 0)
            expect(eleventh - time).toBeGreaterThanOrEqual(SECOND_FACTOR_LOCK_MS);
        }
      }),
    );
  });
});
