import type { AuthorizationCheck } from './authorization-facts.ts';

/** RED-1 to RED-3, AUT-5: the redirect URI is one, and the app's. Without an app it can be compared with nothing. */
export const checkRedirectUri: AuthorizationCheck = ({ returnTo, app }) => {
  if (returnTo.ok) return null;
  if (returnTo.error.reason === 'invalid') return 'oidc-invalid-redirect';
  return app === null ? null : 'oidc-redirect-match';
};
