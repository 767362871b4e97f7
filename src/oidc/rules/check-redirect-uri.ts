import type { AuthorizationCheck } from './authorization-facts.ts';

/** RED-1 to RED-3, AUT-5: the redirect URI is one of the app's. Without an app nothing can be compared. */
export const checkRedirectUri: AuthorizationCheck = ({ returnTo }) => {
  if (returnTo === null || returnTo.ok) return null;
  return returnTo.error.reason === 'no_match' ? 'oidc-redirect-match' : 'oidc-invalid-redirect';
};
