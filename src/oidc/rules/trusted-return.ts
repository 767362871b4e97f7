import type { App } from '../../apps/model.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { matchRedirectUri } from './match-redirect-uri.ts';

declare const checked: unique symbol;

/**
 * Where an answer may be sent. Only `checkReturn` makes one, so nothing can redirect to a URI that was not found
 * among the app's own.
 */
export interface TrustedReturn {
  readonly [checked]: true;
  /** As requested, byte for byte. */
  readonly redirectUri: string;
  /** As received; empty when it was missing (ERR-2). */
  readonly state: string;
  /** RFC 9207: the answer names its issuer. */
  readonly iss: boolean;
}

/**
 * OIDC Core section 3.1.2.1, RED-1 to RED-3: the redirect URI must be one of the app's. `invalid` also stands for a
 * missing one. Repeat it when an answer leaves later than its question came: registrations change.
 */
export function checkReturn(
  app: Pick<App, 'redirect_uris' | 'authorization_response_iss'>,
  redirectUri: string | undefined,
  state: string | undefined,
): Result<TrustedReturn, { readonly reason: 'invalid' | 'no_match' }> {
  if (redirectUri === undefined) return err({ reason: 'invalid' });
  const match = matchRedirectUri(redirectUri, app.redirect_uris);
  if (!match.ok) return match;
  // The brand's maker: the one place where a return becomes trusted.
  return ok({ redirectUri, state: state ?? '', iss: app.authorization_response_iss } as TrustedReturn);
}
