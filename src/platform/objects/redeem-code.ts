import { err, ok, type Result } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type {
  Grant,
  NotReady,
  RedemptionAttempt,
  RedemptionRefusal,
  Release,
  SessionState,
} from '../../sessions/model.ts';
import { checkRedemption, releaseOf } from '../../sessions/rules.ts';
import { type GrantRows, NONE } from './grant-rows.ts';

/**
 * Redeems a code of a live session: exactly one of any number of concurrent attempts wins (COD-2). A replay revokes what
 * was issued (COD-4). With personal data out of date nothing is spent, unless the caller has its own.
 */
export function redeemCode(
  grants: GrantRows,
  state: SessionState,
  attempt: RedemptionAttempt,
  now: EpochMs,
  withoutProfile: boolean,
): Result<Release, RedemptionRefusal | NotReady> {
  const row = grants.find((grant) => grant.codeDigest === attempt.codeDigest);
  const checked = checkRedemption(grants.at(row), attempt, now);
  if (!checked.ok) {
    if (checked.error.reason === 'replayed')
      grants.revoke((grant) => grant.codeDigest === attempt.codeDigest);
    else if (checked.error.reason !== 'unknown') grants.countFailure(row);
    return checked;
  }
  const proofId = attempt.proofId?.value ?? null;
  if (proofId !== null && grants.find((grant) => grant.proofId === proofId) !== NONE) {
    grants.countFailure(row);
    return err({ reason: 'proof_replayed', app: checked.value.app });
  }
  if (state.stale && !withoutProfile) return err({ reason: 'stale', account: state.account });
  const redeemed: Grant = { ...checked.value, tokenDigest: attempt.tokenDigest, redeemedAt: now, proofId };
  grants.replace(row, redeemed);
  return ok(releaseOf(redeemed, state));
}
