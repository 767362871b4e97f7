import { type App, isOidc } from '../../apps/model.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import {
  MAX_ID_TOKEN_HINT_LENGTH,
  MAX_PARAMETER_LENGTH,
  MAX_QUERY_LENGTH,
  MAX_STATE_LENGTH,
  MIN_STATE_LENGTH,
} from '../limits.ts';
import { addQuery } from '../wire/add-query.ts';
import {
  isBlank,
  type NamesOf,
  type Parameters,
  type ParametersRefusal,
  parameterTable,
  readParameters,
} from '../wire/read-parameters.ts';
import type { IdTokenHint } from './id-token-hint.ts';
import { matchRedirectUri } from './match-redirect-uri.ts';
import { type Message, type MessageId, message } from './messages.ts';

/** LGO-1. `logout_hint`, `ui_locales` and everything else may be sent and is ignored. */
const TABLE = parameterTable([
  ['client_id', MAX_PARAMETER_LENGTH],
  ['id_token_hint', MAX_ID_TOKEN_HINT_LENGTH],
  ['post_logout_redirect_uri', MAX_PARAMETER_LENGTH],
  ['state', MAX_STATE_LENGTH],
]);

export type LogoutParameters = Parameters<NamesOf<typeof TABLE>>;

/** Reads the query of a GET or the form of a POST to the logout endpoint. */
export const readLogoutParameters = (
  source: string,
): Result<LogoutParameters, ParametersRefusal<NamesOf<typeof TABLE>>> =>
  readParameters(source, TABLE, MAX_QUERY_LENGTH);

/** LGO-6: a deployment takes hints, or tells apps not to send them. */
export type HintPolicy = 'accepting' | 'rejecting';

/** What came of `id_token_hint`: nothing sent, not one of ours, or verified. */
export type ReceivedHint =
  | { readonly kind: 'none' | 'invalid' }
  | { readonly kind: 'verified'; readonly claims: IdTokenHint };

/** The issuer of the app this request is about: a verified hint wins over `client_id` (LGO-6). Null when none is named. */
export function logoutIssuer(
  parameters: LogoutParameters,
  hint: ReceivedHint,
  policy: HintPolicy,
): string | null {
  if (policy === 'accepting' && hint.kind === 'verified') return hint.claims.aud;
  const clientId = parameters.get('client_id');
  return clientId === undefined || isBlank(clientId) ? null : clientId;
}

/** A logout that may go ahead once the person agrees. */
export interface ValidLogoutRequest {
  readonly app: App;
  /** Where to go afterwards: one of the app's own URIs, with `state` if it was sent (LGO-5). */
  readonly target: string;
  /** The subject a verified hint names. */
  readonly subject: string | null;
}

/**
 * RP-Initiated Logout 1.0 section 2, LGO-1 to LGO-8. `found` is what the registry knows under `logoutIssuer`. Any
 * message means a page and no redirect; without an app there is always one, so an unknown client can never choose a
 * target (LGO-8).
 */
export function checkLogoutRequest(
  parameters: LogoutParameters,
  hint: ReceivedHint,
  found: App | null,
  { policy, docsUrl }: { readonly policy: HintPolicy; readonly docsUrl: string },
): Result<ValidLogoutRequest, readonly Message[]> {
  const app = found !== null && isOidc(found) ? found : null;
  const state = parameters.get('state');
  const sent = parameters.get('post_logout_redirect_uri');
  const uri = sent === undefined || isBlank(sent) ? null : sent;
  const ids = [
    ...redirectFaults(uri, app),
    ...stateFaults(state, app),
    ...(policy === 'accepting'
      ? acceptingFaults(parameters, hint, app)
      : rejectingFaults(parameters, hint, app)),
  ];
  if (ids.length > 0 || app === null || uri === null) {
    return err(ids.map((id) => message(id, docsUrl)));
  }
  return ok({
    app,
    target: state === undefined ? uri : addQuery(uri, [['state', state]]),
    subject: policy === 'accepting' && hint.kind === 'verified' ? hint.claims.sub : null,
  });
}

/** LGO-5: one of the post-logout URIs; apps that list none use their redirect URIs for both (REG-2). */
function redirectFaults(uri: string | null, app: App | null): readonly MessageId[] {
  if (uri === null) {
    return app === null
      ? ['post-logout-redirect-uri-blank']
      : ['oidc-invalid-redirect', 'post-logout-redirect-uri-blank'];
  }
  if (app === null) return [];
  const registered =
    app.post_logout_redirect_uris.length > 0 ? app.post_logout_redirect_uris : app.redirect_uris;
  const match = matchRedirectUri(uri, registered);
  if (match.ok) return [];
  return [match.error.reason === 'no_match' ? 'oidc-redirect-match' : 'oidc-invalid-redirect'];
}

/** LGO-1: optional, but a sent one is long enough; a blank one is always an error. */
function stateFaults(state: string | undefined, app: App | null): readonly MessageId[] {
  if (state === undefined) return [];
  const least = app?.allow_short_state ? 1 : MIN_STATE_LENGTH;
  return isBlank(state) || state.length < least ? ['state-too-short'] : [];
}

/** LGO-6, LGO-7, LGO-8: a known `client_id` carries a hint that does not verify; two names must agree. */
function acceptingFaults(
  parameters: LogoutParameters,
  hint: ReceivedHint,
  app: App | null,
): readonly MessageId[] {
  const clientId = parameters.get('client_id');
  const named = clientId !== undefined && !isBlank(clientId);
  if (hint.kind === 'verified') {
    if (named && clientId !== hint.claims.aud) return ['id-token-hint-mismatch'];
    return app === null ? ['id-token-hint-not-recognized'] : [];
  }
  if (!named) return [hint.kind === 'none' ? 'logout-misconfigured' : 'id-token-hint-not-recognized'];
  if (app !== null) return [];
  return hint.kind === 'none'
    ? ['client-id-not-recognized']
    : ['client-id-not-recognized', 'id-token-hint-not-recognized'];
}

/** LGO-6, LGO-7: `client_id` and nothing else. */
function rejectingFaults(
  parameters: LogoutParameters,
  hint: ReceivedHint,
  app: App | null,
): readonly MessageId[] {
  const ids: MessageId[] = [];
  if (isBlank(parameters.get('client_id'))) ids.push('client-id-missing');
  else if (app === null) ids.push('client-id-not-recognized');
  if (hint.kind !== 'none') ids.push('id-token-hint');
  return ids;
}
