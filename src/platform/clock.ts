import type { EpochMs } from '../kernel/time.ts';

/**
 * The sandbox's clock may be moved in `local` (so that anyone can test expiry, rotation and waiting days). Worker and
 * Durable Objects share the isolate there, so one module variable serves both; everywhere else it stays zero.
 */
let offsetMs = 0;

/** Now, with the local clock's offset. */
export const now = (): EpochMs => Date.now() + offsetMs;

/** Sets the offset in milliseconds; only the local environment calls this. */
export const setClockOffset = (ms: number): void => {
  offsetMs = ms;
};

/** The offset in force. */
export const clockOffset = (): number => offsetMs;

/** The real instant at which the shifted clock will read `at`: what alarms need. */
export const toRealTime = (at: EpochMs): number => at - offsetMs;
