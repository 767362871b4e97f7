import { type App, isOidc } from '../../apps/model.ts';
import { type RequestedAssurance, requestedAssurance } from '../../assurance/acr.ts';
import type { Result } from '../../kernel/result.ts';
import type { AuthorizationParameters } from '../wire/authorization-parameters.ts';
import { isBlank } from '../wire/read-parameters.ts';
import type { MessageId } from './messages.ts';
import { type NarrowedScopes, narrowScopes } from './scopes.ts';
import { checkReturn, type TrustedReturn } from './trusted-return.ts';

/** What the checks look at: the request, taken apart once. */
export interface AuthorizationFacts {
  readonly parameters: AuthorizationParameters;
  /** Null when `client_id` names no OpenID Connect app. */
  readonly app: App | null;
  /** Nothing matches without an app. */
  readonly returnTo: Result<TrustedReturn, { readonly reason: 'invalid' | 'no_match' }>;
  readonly requested: RequestedAssurance;
  readonly narrowed: NarrowedScopes;
  readonly options: AuthorizationOptions;
}

/** Deployment settings the checks depend on. */
export interface AuthorizationOptions {
  /** SCP-2: refuse scopes above the level instead of dropping them. */
  readonly strictScopes: boolean;
  /** The documentation page that explains error ids, without a fragment. */
  readonly docsUrl: string;
}

/** One rule: the ids of what is wrong, or null. */
export type AuthorizationCheck = (facts: AuthorizationFacts) => MessageId | readonly MessageId[] | null;

const NOBODY = { redirect_uris: [], authorization_response_iss: false } as const;

/** Takes a request apart. An app of the other protocol is no app here: its URIs were registered for something else. */
export function gatherFacts(
  parameters: AuthorizationParameters,
  found: App | null,
  options: AuthorizationOptions,
): AuthorizationFacts {
  const app = found !== null && isOidc(found) ? found : null;
  const redirectUri = parameters.get('redirect_uri');
  const requested = requestedAssurance((parameters.get('acr_values') ?? '').split(' '));
  return {
    parameters,
    app,
    returnTo: checkReturn(
      app ?? NOBODY,
      isBlank(redirectUri) ? undefined : redirectUri,
      parameters.get('state'),
    ),
    requested,
    narrowed: narrowScopes(parameters.get('scope') ?? '', requested.identity ?? 'none'),
    options,
  };
}
