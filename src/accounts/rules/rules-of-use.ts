import { type EpochMs, YEAR } from '../../kernel/time.ts';

/** How long an acceptance lasts (`rules_of_use.max_age_y`). */
export const RULES_OF_USE_MAX_AGE_MS = 5 * YEAR;

/**
 * Whether somebody must accept the rules of use again: never accepted, accepted five years ago or longer, or a newer
 * version has been published since. A version announced for the future does not count yet.
 */
export function mustAcceptRules(acceptedAt: EpochMs | null, publishedAt: EpochMs, now: EpochMs): boolean {
  if (acceptedAt === null) return true;
  return now - acceptedAt >= RULES_OF_USE_MAX_AGE_MS || (publishedAt > acceptedAt && publishedAt <= now);
}
