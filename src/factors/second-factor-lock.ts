import { MINUTE } from '../kernel/time.ts';

/** Wrong answers, over all methods together, that lock an account (`mfa.max_failures`). */
export const MAX_SECOND_FACTOR_FAILURES = 10;
/** How long it stays locked (`mfa.lock_min`). */
export const SECOND_FACTOR_LOCK_MS = 10 * MINUTE;
