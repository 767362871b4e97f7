import type { EpochMs } from '../kernel/time.ts';
import { MAX_SECOND_FACTOR_FAILURES, SECOND_FACTOR_LOCK_MS } from './second-factor-lock.ts';

/**
 * Tries at an account's second factor (FC-1), counted before they are made: however many run at once, no more than
 * ten reach a verifier. A success is told by its time instead of a call of its own; what was counted before it is
 * forgotten at the next try.
 */
export interface Tries {
  readonly count: number;
  readonly lastAt: EpochMs;
}

const standing = (tries: Tries | null, succeededAt: EpochMs | null, now: EpochMs): Tries | null => {
  if (tries === null || (succeededAt !== null && succeededAt >= tries.lastAt)) return null;
  return tries.count >= MAX_SECOND_FACTOR_FAILURES && now >= tries.lastAt + SECOND_FACTOR_LOCK_MS
    ? null
    : tries;
};

/** Until when the account is locked (FC-2), or null. */
export function lockedUntil(tries: Tries | null, succeededAt: EpochMs | null, now: EpochMs): EpochMs | null {
  const current = standing(tries, succeededAt, now);
  return current !== null && current.count >= MAX_SECOND_FACTOR_FAILURES
    ? current.lastAt + SECOND_FACTOR_LOCK_MS
    : null;
}

/** Counts one try; refused while locked, without drawing the lock out. `left` is how many remain if this one fails. */
export function beginTry(
  tries: Tries | null,
  succeededAt: EpochMs | null,
  now: EpochMs,
):
  | { readonly allowed: true; readonly tries: Tries; readonly left: number }
  | { readonly allowed: false; readonly lockedUntil: EpochMs } {
  const until = lockedUntil(tries, succeededAt, now);
  if (until !== null) return { allowed: false, lockedUntil: until };
  const count = (standing(tries, succeededAt, now)?.count ?? 0) + 1;
  return { allowed: true, tries: { count, lastAt: now }, left: MAX_SECOND_FACTOR_FAILURES - count };
}

/** Locks at once, as one send too many does (FC-1, `otp_send.max`); a standing lock is not drawn out. */
export const lockNow = (tries: Tries | null, succeededAt: EpochMs | null, now: EpochMs): Tries => {
  const until = lockedUntil(tries, succeededAt, now);
  return { count: MAX_SECOND_FACTOR_FAILURES, lastAt: until === null ? now : until - SECOND_FACTOR_LOCK_MS };
};
