import type { Result } from '../../kernel/result.ts';
import {
  MAX_ID_TOKEN_HINT_LENGTH,
  MAX_NONCE_LENGTH,
  MAX_PARAMETER_LENGTH,
  MAX_QUERY_LENGTH,
  MAX_STATE_LENGTH,
} from '../limits.ts';
import {
  type NamesOf,
  type Parameters,
  type ParametersRefusal,
  parameterTable,
  readParameters,
} from './read-parameters.ts';

/** What the authorization endpoint reads (AUT-4 to AUT-16 and the additions of OIDC Core section 3.1.2.1). */
const TABLE = parameterTable([
  ['client_id', MAX_PARAMETER_LENGTH],
  ['redirect_uri', MAX_PARAMETER_LENGTH],
  ['response_type', MAX_PARAMETER_LENGTH],
  ['acr_values', MAX_PARAMETER_LENGTH],
  ['scope', MAX_PARAMETER_LENGTH],
  ['state', MAX_STATE_LENGTH],
  ['nonce', MAX_NONCE_LENGTH],
  ['prompt', MAX_PARAMETER_LENGTH],
  ['code_challenge', MAX_PARAMETER_LENGTH],
  ['code_challenge_method', MAX_PARAMETER_LENGTH],
  ['locale', MAX_PARAMETER_LENGTH],
  ['ui_locales', MAX_PARAMETER_LENGTH],
  ['verified_within', MAX_PARAMETER_LENGTH],
  ['attempts_api_session_id', MAX_PARAMETER_LENGTH],
  ['tid', MAX_PARAMETER_LENGTH],
  ['max_age', MAX_PARAMETER_LENGTH],
  ['login_hint', MAX_PARAMETER_LENGTH],
  ['id_token_hint', MAX_ID_TOKEN_HINT_LENGTH],
]);

export type AuthorizationParameter = NamesOf<typeof TABLE>;
export type AuthorizationParameters = Parameters<AuthorizationParameter>;

/** Reads the query of a GET or the form of a POST to the authorization endpoint. */
export const readAuthorizationParameters = (
  source: string,
): Result<AuthorizationParameters, ParametersRefusal<AuthorizationParameter>> =>
  readParameters(source, TABLE, MAX_QUERY_LENGTH);
