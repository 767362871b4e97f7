import { type EpochMs, YEAR } from '../kernel/time.ts';
import type { ConsentReason } from '../signin/model.ts';
import type { AttributeName } from './attributes.ts';
import type { AppLink } from './model.ts';

/**
 * Why consent has to be asked, or null when what was agreed covers the request (oidc CNS-1, CNS-2, accounts CO-1).
 * Reasons are tried in the order of the rule; asking for fewer attributes than were agreed never asks again.
 */
export function consentReason(
  link: AppLink | null,
  wanted: readonly AttributeName[],
  facts: { readonly now: EpochMs; readonly verifiedAt: EpochMs | null },
): ConsentReason | null {
  if (link === null || link.consentedAt === null) return 'first-time';
  if (link.revoked) return 'revoked';
  if (wanted.some((attribute) => !link.agreed.includes(attribute))) return 'new-attributes';
  if (facts.verifiedAt !== null && facts.verifiedAt > link.consentedAt) return 'verified-since';
  if (facts.now - link.consentedAt >= YEAR) return 'expired';
  return null;
}
