import { isBlank } from '../wire/read-parameters.ts';
import type { AuthorizationCheck, AuthorizationFacts } from './authorization-facts.ts';
import { readVerifiedWithin } from './read-verified-within.ts';

/** The parameter where it counts: apps that may not use it have it ignored (AUT-15). */
export function verifiedWithin({ parameters, app }: AuthorizationFacts): string | null {
  const value = parameters.get('verified_within');
  return app?.verified_within_allowed && value !== undefined && !isBlank(value) ? value : null;
}

/** AUT-15, CFG-9: the duration is readable and not shorter than a month. */
export const checkVerifiedWithin: AuthorizationCheck = (facts) => {
  const value = verifiedWithin(facts);
  if (value === null) return null;
  const days = readVerifiedWithin(value);
  if (days.ok) return null;
  return days.error.reason === 'unrecognised' ? 'verified-within-format' : 'verified-within-short';
};
