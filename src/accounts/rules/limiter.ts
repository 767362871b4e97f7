import type { EpochMs } from '../../kernel/time.ts';
import { MINUTE } from '../../kernel/time.ts';

/**
 * A limit on attempts (LI-1 to LI-3). With `check-then-increment` all `max` attempts are usable; with
 * `increment-then-check` the one that reaches `max` is refused already, so `max - 1` are.
 */
export interface Limiter {
  readonly max: number;
  readonly windowMs: number;
  readonly discipline: 'check-then-increment' | 'increment-then-check';
  /** Makes the window grow: it is multiplied by factor^(count-1), floored to whole minutes (LI-3). */
  readonly factor?: number;
  /** Longest window of a growing limiter. */
  readonly capMs?: number;
}

/** A counter and when it ends (LI-1). */
export interface LimiterState {
  readonly count: number;
  readonly expiresAt: EpochMs;
}

export interface LimiterView {
  /** Attempts still usable before the counter ends. */
  readonly remaining: number;
  /** When attempts are possible again; null while some remain. */
  readonly blockedUntil: EpochMs | null;
}

export interface Spent extends LimiterView {
  readonly state: LimiterState;
  /** Whether this attempt may go on. */
  readonly allowed: boolean;
}

/** The counter if it still runs; one that ended counts for nothing. */
const running = (state: LimiterState | null, now: EpochMs): LimiterState | null =>
  state !== null && now < state.expiresAt ? state : null;

/** How long the counter runs on after its `count`-th attempt (LI-1, LI-3). */
export function windowAfter({ windowMs, factor, capMs }: Limiter, count: number): number {
  if (factor === undefined) return windowMs;
  const grown = Math.min(windowMs * factor ** (count - 1), capMs ?? Number.POSITIVE_INFINITY);
  return Math.floor(grown / MINUTE) * MINUTE;
}

const usable = ({ max, discipline }: Limiter): number =>
  discipline === 'check-then-increment' ? max : max - 1;

const view = (state: LimiterState | null, limiter: Limiter): LimiterView => {
  const remaining = Math.max(0, usable(limiter) - (state?.count ?? 0));
  return { remaining, blockedUntil: remaining === 0 && state !== null ? state.expiresAt : null };
};

/** What is left, without counting anything. */
export const peek = (state: LimiterState | null, limiter: Limiter, now: EpochMs): LimiterView =>
  view(running(state, now), limiter);

/**
 * The counter as it stands when something since `clearedAt` made everything counted up to then forgotten: a success that
 * is told by its time instead of a call of its own.
 */
export const clearedBy = (
  state: LimiterState | null,
  limiter: Limiter,
  clearedAt: EpochMs | null,
): LimiterState | null =>
  state !== null && clearedAt !== null && clearedAt >= state.expiresAt - windowAfter(limiter, state.count)
    ? null
    : state;

/**
 * Counts one attempt. Each counted attempt moves the end to now plus the window; at the maximum counting stops, so a
 * block lasts one window from the last counted attempt however hard somebody keeps trying (LI-1).
 */
export function spend(state: LimiterState | null, limiter: Limiter, now: EpochMs): Spent {
  const before = running(state, now);
  const counted = before?.count ?? 0;
  if (before !== null && counted >= limiter.max)
    return { state: before, allowed: false, ...view(before, limiter) };
  const count = counted + 1;
  const after = { count, expiresAt: now + windowAfter(limiter, count) };
  return { state: after, allowed: count <= usable(limiter), ...view(after, limiter) };
}
