import type { AuthorizationCheck } from './authorization-facts.ts';

/** AUT-4, REG-1: `client_id` names a registered OpenID Connect app. */
export const checkClient: AuthorizationCheck = ({ app }) => (app === null ? 'bad-client-id' : null);
