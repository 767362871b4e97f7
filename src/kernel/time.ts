/** Milliseconds since 1970-01-01T00:00:00Z. Rules receive it as an argument and never read a clock. */
export type EpochMs = number;

/** Whole seconds since 1970-01-01T00:00:00Z, the unit of JWT dates. */
export const toEpochSeconds = (now: EpochMs): number => Math.floor(now / 1000);

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A calendar-free year, as consent and device lifetimes use it. */
export const YEAR = 365 * DAY;
