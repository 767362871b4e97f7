import { documentationSentence } from './messages.ts';

/** RFC 6749 section 5.2. */
export type TokenErrorCode =
  | 'invalid_request'
  | 'unsupported_grant_type'
  | 'invalid_grant'
  | 'invalid_client';

/** One thing wrong with a token request. `values` fill the sentence's places, in order. */
export interface TokenFault {
  readonly id: TokenFaultId;
  readonly values: readonly string[];
}

interface Template {
  readonly code: TokenErrorCode;
  /** `%s` marks a place. */
  readonly text: string;
  readonly anchor: string | null;
}

const template = (code: TokenErrorCode, text: string, anchor: string | null = null): Template => ({
  code,
  text,
  anchor,
});

/** The sentences of TOK-10, each with the RFC 6749 code it stands for. */
const TEMPLATES = {
  'grant-type': template('unsupported_grant_type', 'Grant type is not included in the list'),
  'client-assertion-type': template('invalid_client', 'Client assertion type is not included in the list'),
  'token-expired': template('invalid_grant', 'Code is expired.', 'token-expired'),
  'invalid-code': template(
    'invalid_grant',
    'Code is invalid because doesn’t match any user.',
    'invalid-code',
  ),
  'pkce-or-private-key': template(
    'invalid_client',
    'Code Client must authenticate via PKCE or private_key_jwt, missing either code_challenge or client_assertion.',
    'pkce-or-private-key',
  ),
  'invalid-code-verifier': template(
    'invalid_grant',
    'Code verifier code_verifier did not match code_challenge.',
    'invalid-code-verifier',
  ),
  'invalid-token-signature': template(
    'invalid_client',
    'Client assertion Could not validate assertion against any registered public keys.',
    'invalid-token-signature',
  ),
  'assertion-signature': template('invalid_client', 'Client assertion Signature verification failed'),
  'assertion-algorithm': template('invalid_client', 'Client assertion Expected a different algorithm'),
  'assertion-segments': template('invalid_client', 'Client assertion Not enough or too many segments'),
  'assertion-missing': template('invalid_client', 'Client assertion Nil JSON web token'),
  'assertion-encoding': template('invalid_client', 'Client assertion Invalid segment encoding'),
  'assertion-critical': template('invalid_client', 'Client assertion Unsupported critical header parameter'),
  'assertion-issuer': template(
    'invalid_client',
    'Client assertion Invalid issuer. Expected ["%s"], received %s',
  ),
  'assertion-subject': template(
    'invalid_client',
    'Client assertion Invalid subject. Expected %s, received %s',
  ),
  'assertion-no-exp': template('invalid_client', 'Client assertion Missing required claim exp'),
  'assertion-expired': template('invalid_client', 'Client assertion Signature has expired'),
  'assertion-nbf': template('invalid_client', 'Client assertion Signature nbf has not been reached'),
  'invalid-aud-claim': template(
    'invalid_client',
    'Client assertion Invalid audience claim, expected %s.',
    'invalid-aud-claim',
  ),
  'invalid-iat': template(
    'invalid_client',
    'Client assertion iat must be an integer or floating point Unix timestamp representing a time in the past.',
    'invalid-iat',
  ),
  'assertion-jti': template(
    'invalid_client',
    'Client assertion jti must be a string of 1 to 512 characters for this application',
  ),
  'assertion-replayed': template('invalid_client', 'Client assertion jti has been used before'),
  'client-mismatch': template('invalid_grant', 'Client client_id is not the one the code was issued to'),
  'request-content-type': template(
    'invalid_request',
    'Request must be application/x-www-form-urlencoded or application/json',
  ),
  'request-malformed': template('invalid_request', 'Request holds a parameter that cannot be read'),
  'request-too-long': template('invalid_request', 'Request or one of its parameters is too long'),
} as const satisfies Record<string, Template>;

export type TokenFaultId = keyof typeof TEMPLATES;

/** Builds a fault. */
export const tokenFault = (id: TokenFaultId, ...values: string[]): TokenFault => ({ id, values });

/** The RFC 6749 code of a fault. */
export const tokenErrorCode = ({ id }: TokenFault): TokenErrorCode => TEMPLATES[id].code;

/** The sentence of a fault, ending with its documentation link where there is one. */
export function tokenFaultText({ id, values }: TokenFault, docsUrl: string): string {
  const { text, anchor } = TEMPLATES[id];
  let next = 0;
  // Not a replacement string: values may hold `$`.
  const filled = text.replaceAll('%s', () => values[next++] ?? '');
  return anchor === null ? filled : `${filled} ${documentationSentence(docsUrl, anchor)}`;
}
