import { type EpochMs, MINUTE } from '../kernel/time.ts';

/** Wrong answers, over all methods together, that lock an account (`mfa.max_failures`). */
export const MAX_SECOND_FACTOR_FAILURES = 10;
/** How long it stays locked (`mfa.lock_min`). */
export const SECOND_FACTOR_LOCK_MS = 10 * MINUTE;

/** The one counter of an account (FC-1). Failures do not wear off: only success or a served lock clears them. */
export interface SecondFactorCounter {
  readonly failures: number;
  readonly lockedUntil: EpochMs | null;
}

export const NO_FAILURES: SecondFactorCounter = { failures: 0, lockedUntil: null };

/** The counter as it stands now: a lock that ran out leaves it at zero (FC-2). */
export const settle = (counter: SecondFactorCounter, now: EpochMs): SecondFactorCounter =>
  counter.lockedUntil !== null && now >= counter.lockedUntil ? NO_FAILURES : counter;

/** Until when the account is locked, or null. While locked even a right answer is refused (FC-2). */
export const lockedUntil = (counter: SecondFactorCounter, now: EpochMs): EpochMs | null =>
  settle(counter, now).lockedUntil;

/** Counts a wrong answer; the tenth locks (FC-1). A locked counter does not change, so a lock is never drawn out. */
export function countFailure(counter: SecondFactorCounter, now: EpochMs): SecondFactorCounter {
  const settled = settle(counter, now);
  if (settled.lockedUntil !== null) return settled;
  const failures = settled.failures + 1;
  return failures >= MAX_SECOND_FACTOR_FAILURES ? lockOut(failures, now) : { failures, lockedUntil: null };
}

/** Clears the counter after a right answer (FC-1); a standing lock stays. */
export const countSuccess = (counter: SecondFactorCounter, now: EpochMs): SecondFactorCounter =>
  lockedUntil(counter, now) === null ? NO_FAILURES : counter;

/** Locks at once, as too many sends do (FC-1, `otp_send.max`); a standing lock stays as it is. */
export const lockNow = (counter: SecondFactorCounter, now: EpochMs): SecondFactorCounter =>
  lockedUntil(counter, now) === null ? lockOut(settle(counter, now).failures, now) : counter;

/** Wrong answers left before the lock; pages mention them at three or fewer (`otp.attempts_left_warning`). */
export const attemptsLeft = (counter: SecondFactorCounter, now: EpochMs): number =>
  lockedUntil(counter, now) === null ? MAX_SECOND_FACTOR_FAILURES - settle(counter, now).failures : 0;

const lockOut = (failures: number, now: EpochMs): SecondFactorCounter => ({
  failures,
  lockedUntil: now + SECOND_FACTOR_LOCK_MS,
});
