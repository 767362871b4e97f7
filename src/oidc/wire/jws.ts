import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from '../../kernel/bytes.ts';
import { err, ok, type Result } from '../../kernel/result.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** A signed token taken apart, nothing in it verified yet. */
export interface UnverifiedJws {
  /** Names the key; whether to believe it is the reader's business. */
  readonly kid: string | null;
  readonly claims: JsonObject;
  /** The exact bytes that were signed. */
  readonly signed: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/**
 * Reads a JWS in compact form (RFC 7515 section 7.1). RS256 only, whatever the header would like: `none` and the HMAC
 * family never get as far as a key. Header parameters declared critical are not understood (RFC 7515 section 4.1.11).
 */
export function readJws(
  text: string,
): Result<UnverifiedJws, { readonly reason: 'segments' | 'encoding' | 'algorithm' | 'critical' }> {
  const first = text.indexOf('.');
  const second = text.indexOf('.', first + 1);
  if (first === -1 || second === -1 || text.indexOf('.', second + 1) !== -1)
    return err({ reason: 'segments' });
  const header = readJsonSegment(text.slice(0, first));
  if (header === null) return err({ reason: 'encoding' });
  if (header.alg !== 'RS256') return err({ reason: 'algorithm' });
  if (header.crit !== undefined) return err({ reason: 'critical' });
  const claims = readJsonSegment(text.slice(first + 1, second));
  const signature = fromBase64Url(text.slice(second + 1));
  if (claims === null || signature === null) return err({ reason: 'encoding' });
  const kid = typeof header.kid === 'string' ? header.kid : null;
  return ok({ kid, claims, signed: utf8(text.slice(0, second)), signature });
}

function readJsonSegment(segment: string): JsonObject | null {
  const bytes = fromBase64Url(segment);
  const text = bytes === null ? null : fromUtf8(bytes);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const segment = (value: unknown): string => toBase64Url(utf8(JSON.stringify(value)));

// One key signs for months; its header is encoded once.
let lastHeader = { kid: '', encoded: '' };

/** IDT-1: the text to sign, under a header of exactly `kid` and `alg`. */
export function jwsSigningInput(kid: string, claims: object): string {
  if (lastHeader.kid !== kid || lastHeader.encoded === '') {
    lastHeader = { kid, encoded: segment({ kid, alg: 'RS256' }) };
  }
  return `${lastHeader.encoded}.${segment(claims)}`;
}

/** The finished token. */
export const completeJws = (signingInput: string, signature: Uint8Array): string =>
  `${signingInput}.${toBase64Url(signature)}`;
