import { MIN_STATE_LENGTH } from '../limits.ts';
import type { AuthorizationCheck } from './authorization-facts.ts';
import type { MessageId } from './messages.ts';

/**
 * CFG-8, AUT-9, AUT-10: both long enough that nobody guesses them. Apps that cannot be changed may be excused;
 * what they send must still be there. Uniqueness is never demanded (AUT-3).
 */
export const checkStateAndNonce: AuthorizationCheck = ({ parameters, app }) => {
  if (app?.allow_short_state) return null;
  const short: MessageId[] = [];
  if ((parameters.get('state')?.length ?? 0) < MIN_STATE_LENGTH) short.push('state-too-short');
  if ((parameters.get('nonce')?.length ?? 0) < MIN_STATE_LENGTH) short.push('nonce-too-short');
  return short;
};
