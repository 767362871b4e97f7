import { utf8 } from '../../kernel/bytes.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { RSA_SHA256 } from './algorithms.ts';
import { fromBase64 } from './base64.ts';
import type { VerificationKey } from './keys.ts';
import type { SignatureRefusal } from './signature-refusal.ts';
import { markVerified, type Verified } from './verified.ts';
import { firstThatVerifies } from './verify-bytes.ts';

/** One signed parameter: its name, its value, and the percent-encoded spelling if it came in a query string. */
export type SignedParameter = { readonly name: string; readonly value: string; readonly raw?: string };

/** A detached signature over parameters (SAML Bindings section 3.4.4.1). */
export type RedirectSignature = {
  /** In the order in which they are signed; the last one names the algorithm. */
  readonly parameters: readonly SignedParameter[];
  /** Base64, line breaks tolerated. */
  readonly signature: string;
};

/** What the signature covered, by name, and which candidate's key it was. */
export type VerifiedParameters = {
  readonly values: Verified<ReadonlyMap<string, string>>;
  readonly matched: number;
};

/**
 * Verifies an RSA-SHA256 signature over `name=value&...` (saml S5, S8, S16). Tried first is each parameter exactly as
 * it was received, then the form encoding of the decoded values; no third spelling. The values returned are decoded
 * from the very octets that verified.
 */
export async function verifyRedirectSignature(
  signed: RedirectSignature,
  candidates: readonly VerificationKey[],
  certificates: readonly Uint8Array[] = [],
): Promise<Result<VerifiedParameters, SignatureRefusal>> {
  const algorithm = signed.parameters.at(-1);
  const names = new Set(signed.parameters.map(({ name }) => name));
  if (algorithm === undefined || names.size < signed.parameters.length)
    return err({ reason: 'bad_signature_shape' });
  const signature = fromBase64(signed.signature);
  if (signature === null) return err({ reason: 'bad_signature_shape' });
  let refusal: SignatureRefusal = { reason: 'key_validation_error' };
  for (const octets of spellings(signed.parameters)) {
    const values = decode(octets);
    if (values === null || values.size !== names.size) continue;
    if (values.get(algorithm.name) !== RSA_SHA256) return err({ reason: 'wrong_sig_algorithm' });
    const matched = await firstThatVerifies(candidates, certificates, signature, utf8(octets));
    if (matched.ok) return ok({ values: markVerified(values), matched: matched.value });
    refusal = matched.error;
  }
  return err(refusal);
}

/** The octets as received when every parameter has them, then as a form would encode them. */
function* spellings(parameters: readonly SignedParameter[]): Generator<string> {
  const received = parameters.map(({ name, raw }) => `${name}=${raw ?? ''}`).join('&');
  if (parameters.every(({ raw }) => raw !== undefined)) yield received;
  // Made only when the first spelling did not verify.
  const asForm = parameters.map(({ name, value }) => `${name}=${formEncode(value)}`).join('&');
  if (received !== asForm) yield asForm;
}

/** Upper-case hex and `+` for a space; letters, digits and `_.-~` stay. A lone surrogate becomes U+FFFD. */
const formEncode = (value: string): string =>
  encodeURIComponent(value.toWellFormed())
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');

/** Takes `name=value&...` apart again, each value decoded once; null when a percent escape is broken. */
function decode(octets: string): ReadonlyMap<string, string> | null {
  const values = new Map<string, string>();
  for (const pair of octets.split('&')) {
    const equals = pair.indexOf('=');
    const name = pair.slice(0, equals);
    if (equals < 0 || values.has(name)) return null;
    try {
      values.set(name, decodeURIComponent(pair.slice(equals + 1).replaceAll('+', ' ')));
    } catch {
      return null;
    }
  }
  return values;
}
