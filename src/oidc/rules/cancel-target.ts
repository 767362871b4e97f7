import type { App } from '../../apps/model.ts';
import { parseUri } from '../wire/uri.ts';
import { checkReturn, type TrustedReturn } from './trusted-return.ts';

/** Where "back to the app" leads. */
export type CancelTarget =
  /** Answer the pending request with `access_denied` (ERR-3). */
  | { readonly kind: 'return'; readonly to: TrustedReturn }
  /** Just leave. */
  | { readonly kind: 'url'; readonly url: string };

/**
 * FLO-9, AP-4, P30: a pending request is answered if its redirect URI is still one of the app's and it has a state;
 * otherwise `return_to_sp_url`; otherwise the root of the first registered URI. Null when the app has none of these.
 */
export function cancelTarget(
  pending: { readonly redirectUri: string; readonly state: string } | null,
  app: Pick<App, 'redirect_uris' | 'authorization_response_iss' | 'return_to_sp_url'>,
): CancelTarget | null {
  if (pending !== null && pending.state !== '') {
    const to = checkReturn(app, pending.redirectUri, pending.state);
    if (to.ok) return { kind: 'return', to: to.value };
  }
  if (app.return_to_sp_url !== null && parseUri(app.return_to_sp_url) !== null) {
    return { kind: 'url', url: app.return_to_sp_url };
  }
  for (const uri of app.redirect_uris) {
    const url = rootOf(uri);
    if (url !== null) return { kind: 'url', url };
  }
  return null;
}

/** Scheme, host and port of a URI with `/` as its path. */
function rootOf(uri: string): string | null {
  const parts = parseUri(uri);
  if (parts === null) return null;
  if (parts.authority === null) return `${parts.scheme}:/`;
  const port = parts.authority.port === null ? '' : `:${parts.authority.port}`;
  return `${parts.scheme}://${parts.authority.host}${port}/`;
}
