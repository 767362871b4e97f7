import type { RedemptionRefusal } from '../../sessions/model.ts';
import { type TokenFault, tokenFault } from './token-faults.ts';
import type { TokenRequest } from './token-request.ts';

/**
 * The sentences for a code that could not be redeemed (TOK-10, COD-4). Unknown, used and burnt codes read alike, so
 * nobody learns which codes exist. A verifier without a code to compare with did not match either.
 *
 * @param expected `client_id` of the app the code belongs to, where the refusal names that app; otherwise null
 * @param claimedIssuer `iss` of the assertion; null when none was sent
 */
export function redemptionFaults(
  refusal: RedemptionRefusal,
  request: TokenRequest,
  expected: string | null,
  claimedIssuer: string | null,
): readonly [TokenFault, ...TokenFault[]] {
  switch (refusal.reason) {
    case 'unknown':
    case 'replayed':
    case 'burnt':
      return request.codeVerifier === null
        ? [tokenFault('invalid-code')]
        : [tokenFault('invalid-code'), tokenFault('invalid-code-verifier')];
    case 'expired':
      return [tokenFault('token-expired')];
    case 'no_proof':
      return [tokenFault('pkce-or-private-key')];
    case 'verifier_mismatch':
      return [tokenFault('invalid-code-verifier')];
    case 'proof_replayed':
      return [tokenFault('assertion-replayed')];
    case 'other_app':
      return claimedIssuer === null || claimedIssuer === expected
        ? [tokenFault('client-mismatch')]
        : [tokenFault('assertion-issuer', expected ?? '', claimedIssuer)];
  }
}
