import { fromBase64Url, toBase64Url, utf8 } from '../../kernel/bytes.ts';
import type { WebauthnKind } from './model.ts';

/**
 * The `prf` extension (WebAuthn Level 3 section 10.1.4) as options ask for it, bytes as base64url. The authenticator
 * answers with 32 bytes that only it can compute, for this credential and this input.
 */
export interface PrfRequest {
  readonly prf: { readonly eval: { readonly first: string } };
}

/**
 * The input is the same for everybody: a passkey that signs in by itself is asked before anybody knows whose it is, and
 * the output differs by credential anyway (docs/decisions/data-key.md).
 */
const INPUT = toBase64Url(utf8('gatehouse data key, first version'));

/** What to ask of authenticators that verify their user: without that, another secret would answer. */
export const PRF_REQUEST: PrfRequest = { prf: { eval: { first: INPUT } } };

/** The kinds that are asked. */
export const answersPrf = (kind: WebauthnKind): boolean => kind === 'platform_passkey';

const OUTPUT_BYTES = 32;

/** The authenticator's 32 bytes from one of our forms; null where it has none, as most have at set-up. */
export function readPrfOutput(form: URLSearchParams): Uint8Array<ArrayBuffer> | null {
  const text = form.get('prf_output') ?? '';
  const bytes = text.length > 64 ? null : fromBase64Url(text);
  return bytes === null || bytes.length !== OUTPUT_BYTES ? null : bytes;
}
