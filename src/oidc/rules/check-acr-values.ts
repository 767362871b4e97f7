import { mayRequest } from '../../assurance/acr.ts';
import type { AuthorizationCheck } from './authorization-facts.ts';

/** AUT-7, ACR-1, ACR-2: at least one value is recognised, and one of them is a service level. */
export const checkAcrValues: AuthorizationCheck = ({ requested }) => {
  if (!requested.recognised) return 'oidc-no-acr-values';
  return requested.identity === null ? 'oidc-missing-ial' : null;
};

/** ACR-6: the app may ask for every one of them. */
export const checkAcrPermitted: AuthorizationCheck = ({ requested, app }) =>
  app === null || mayRequest(app, requested) ? null : 'oidc-missing-acr-values';
