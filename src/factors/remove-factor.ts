import { err, ok, type Result } from '../kernel/result.ts';
import type { FactorSummary } from './model.ts';
import { isOnlyPlatform } from './set-up-progress.ts';

export type RemovalRefusal = {
  readonly reason: /** The account has no factor with this id. */
    | 'unknown_factor'
    /** The last method stays (MM-2). */
    | 'last_factor'
    /** Face or touch unlock would be left alone (MM-2, MC-2). */
    | 'only_platform_left';
};

/** Decides a removal and gives what would be left (MM-2). */
export function checkRemoval(
  held: readonly FactorSummary[],
  id: string,
): Result<{ readonly removed: FactorSummary; readonly left: readonly FactorSummary[] }, RemovalRefusal> {
  const removed = held.find((factor) => factor.id === id);
  if (removed === undefined) return err({ reason: 'unknown_factor' });
  const left = held.filter((factor) => factor.id !== id);
  if (left.length === 0) return err({ reason: 'last_factor' });
  return isOnlyPlatform(left) ? err({ reason: 'only_platform_left' }) : ok({ removed, left });
}
