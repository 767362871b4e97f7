import {
  type TokenErrorCode,
  type TokenFault,
  tokenErrorCode,
  tokenFaultText,
} from '../rules/token-faults.ts';

/** A ready answer. */
export interface WireError {
  readonly status: 400 | 401;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body: string;
}

const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  pragma: 'no-cache',
} as const;

/** RFC 9110 section 11.6.1 asks for a challenge with every 401; the method's registered name serves as scheme. */
const CHALLENGE = { ...HEADERS, 'www-authenticate': 'private_key_jwt realm="token"' } as const;

const NOT_IN_DESCRIPTION = /[^\x20-\x21\x23-\x5b\x5d-\x7e]/g;

/** RFC 6749 section 5.2 allows printable ASCII without quote and backslash. */
const toDescription = (text: string): string =>
  text.replaceAll('’', "'").replaceAll('"', "'").replace(NOT_IN_DESCRIPTION, '?');

/**
 * RFC 6749 section 5.2. The code is that of the first fault; the description holds every sentence. With `legacy`
 * the answer has the shape old relying parties were built for: always 400, the sentences in `error` (TOK-10).
 */
export function encodeTokenError(
  faults: readonly [TokenFault, ...TokenFault[]],
  { legacy, docsUrl }: { readonly legacy: boolean; readonly docsUrl: string },
): WireError {
  const text = faults.map((fault) => tokenFaultText(fault, docsUrl)).join(' ');
  if (legacy) return { status: 400, headers: HEADERS, body: JSON.stringify({ error: text }) };
  const error: TokenErrorCode = tokenErrorCode(faults[0]);
  const body = JSON.stringify({ error, error_description: toDescription(text) });
  return error === 'invalid_client'
    ? { status: 401, headers: CHALLENGE, body }
    : { status: 400, headers: HEADERS, body };
}
