import type { App } from '../../apps/model.ts';
import { sha256Base64Url } from '../../kernel/crypto.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { MAX_CLIENT_ASSERTION_LENGTH, MAX_PARAMETER_LENGTH, MAX_TOKEN_BODY_LENGTH } from '../limits.ts';
import {
  isBlank,
  type NamesOf,
  type Parameters,
  type ParametersRefusal,
  parameterTable,
  readParameters,
} from '../wire/read-parameters.ts';
import { type TokenFault, tokenFault } from './token-faults.ts';

/** TOK-1. `redirect_uri` and everything else is ignored (FLR-6). */
const TABLE = parameterTable([
  ['grant_type', MAX_PARAMETER_LENGTH],
  ['code', MAX_PARAMETER_LENGTH],
  ['code_verifier', MAX_PARAMETER_LENGTH],
  ['client_assertion', MAX_CLIENT_ASSERTION_LENGTH],
  ['client_assertion_type', MAX_PARAMETER_LENGTH],
  ['client_id', MAX_PARAMETER_LENGTH],
]);

type TokenParameter = NamesOf<typeof TABLE>;

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** A token request taken apart; null where nothing, or nothing but blanks, was sent. */
export interface TokenRequest {
  readonly grantType: string | null;
  readonly code: string | null;
  readonly codeVerifier: string | null;
  readonly clientAssertion: string | null;
  readonly clientAssertionType: string | null;
  readonly clientId: string | null;
}

/**
 * Reads the body of a token request: form-encoded, or JSON with string members (TOK-1). A body without a content type
 * is taken for a form. What cannot be read in `code` is just no code of ours.
 */
export function readTokenRequest(body: string, contentType: string | null): Result<TokenRequest, TokenFault> {
  const type = mediaType(contentType);
  if (type === 'application/json') return readJson(body);
  if (type !== null && type !== 'application/x-www-form-urlencoded')
    return err(tokenFault('request-content-type'));
  const read = readParameters(body, TABLE, MAX_TOKEN_BODY_LENGTH);
  return read.ok ? ok(toTokenRequest(read.value)) : err(toFault(read.error));
}

/** The media type without its parameters, in lower case; null when there is none. */
function mediaType(contentType: string | null): string | null {
  if (contentType === null || contentType === 'application/x-www-form-urlencoded') return contentType;
  const end = contentType.indexOf(';');
  return (end === -1 ? contentType : contentType.slice(0, end)).trim().toLowerCase() || null;
}

const toFault = ({ reason, name }: ParametersRefusal<TokenParameter>): TokenFault => {
  if (name === 'code') return tokenFault('invalid-code');
  return tokenFault(reason === 'malformed' ? 'request-malformed' : 'request-too-long');
};

function readJson(body: string): Result<TokenRequest, TokenFault> {
  if (body.length > MAX_TOKEN_BODY_LENGTH) return err(tokenFault('request-too-long'));
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return err(tokenFault('request-malformed'));
  }
  if (typeof parsed !== 'object' || parsed === null) return err(tokenFault('request-malformed'));
  const values = new Map<TokenParameter, string>();
  for (const [key, value] of Object.entries(parsed)) {
    const known = TABLE.get(key);
    // A member that is no string counts as missing, like `code[]=` in a form (AUT-2).
    if (known === undefined || typeof value !== 'string') continue;
    if (value.includes('\0')) return err(toFault({ reason: 'malformed', name: known.name }));
    if (value.length > known.maxLength) return err(toFault({ reason: 'too_long', name: known.name }));
    values.set(known.name, value);
  }
  return ok(toTokenRequest(values));
}

const toTokenRequest = (values: Parameters<TokenParameter>): TokenRequest => ({
  grantType: present(values.get('grant_type')),
  code: present(values.get('code')),
  codeVerifier: present(values.get('code_verifier')),
  clientAssertion: present(values.get('client_assertion')),
  clientAssertionType: present(values.get('client_assertion_type')),
  clientId: present(values.get('client_id')),
});

const present = (value: string | undefined): string | null =>
  value === undefined || isBlank(value) ? null : value;

/**
 * What is wrong with the request before any code is looked up, in the order of TOK-10: grant type (RFC 6749 section
 * 4.1.3), assertion type (TOK-4), then an absent code and absent client authentication, which no lookup could heal.
 * Empty when the request may go on. `app` is the one the request names, if any: it may not use assertions at all.
 */
export function tokenRequestFaults(
  request: TokenRequest,
  app: Pick<App, 'pkce'> | null,
): readonly TokenFault[] {
  const faults: TokenFault[] = [];
  const assertion = usesAssertion(request, app);
  if (request.grantType !== 'authorization_code') faults.push(tokenFault('grant-type'));
  if (assertion && request.clientAssertionType !== ASSERTION_TYPE)
    faults.push(tokenFault('client-assertion-type'));
  if (request.code === null) faults.push(tokenFault('invalid-code'));
  if (request.codeVerifier === null && !assertion) faults.push(tokenFault('pkce-or-private-key'));
  if (assertion && request.clientAssertion === null) faults.push(tokenFault('assertion-missing'));
  return faults;
}

/** TOK-2: an assertion or its type announces private_key_jwt, unless the app is set to PKCE only. */
export const usesAssertion = (request: TokenRequest, app: Pick<App, 'pkce'> | null): boolean =>
  app?.pkce !== true && (request.clientAssertion !== null || request.clientAssertionType !== null);

/** How a code may be redeemed (TOK-2, REG-4), fixed when it is issued. */
export interface RedemptionConditions {
  /** S256 challenge without padding; null when there is none or the app's setting has it ignored. */
  readonly challenge: string | null;
  readonly verifierSuffices: boolean;
  readonly appProofSuffices: boolean;
}

/**
 * TOK-2: `pkce` true takes a verifier only, false a key proof only, null either; what is sent has to be right. A
 * challenge stays bound to the code even where a key proof is demanded: apps set to `false` need not send a verifier,
 * but one that is sent is verified (RFC 9700 section 2.1.1).
 */
export const redemptionConditions = (
  app: Pick<App, 'pkce'>,
  codeChallenge: string | null,
): RedemptionConditions => ({
  challenge: codeChallenge === null ? null : stripPadding(codeChallenge),
  verifierSuffices: app.pkce !== false,
  appProofSuffices: app.pkce !== true,
});

/** RFC 7636 section 4.6: what the verifier's challenge must have been. Short verifiers are in use (TOK-3, FLR-4). */
export const challengeOf = (verifier: string): string => sha256Base64Url(verifier);

/** TOK-3: padded and unpadded challenges are the same. */
export function stripPadding(challenge: string): string {
  let end = challenge.length;
  while (end > 0 && challenge.charCodeAt(end - 1) === 61) end -= 1;
  return challenge.slice(0, end);
}
