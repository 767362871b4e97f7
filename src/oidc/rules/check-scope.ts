import type { AuthorizationCheck } from './authorization-facts.ts';
import type { MessageId } from './messages.ts';

/** AUT-8, SCP-2: something usable is left, and in a strict deployment nothing was above the level. */
export const checkScope: AuthorizationCheck = ({ narrowed, options }) => {
  const wrong: MessageId[] = [];
  const refused = options.strictScopes && narrowed.aboveLevel;
  if (narrowed.scopes.length === 0 && !refused) wrong.push('oidc-no-scope');
  if (refused) wrong.push('oidc-unauthotized-scope');
  return wrong;
};
