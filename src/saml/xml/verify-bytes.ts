import { err, ok, type Result } from '../../kernel/result.ts';
import type { VerificationKey } from './keys.ts';
import type { SignatureRefusal } from './signature-refusal.ts';

const ALGORITHM = 'RSASSA-PKCS1-v1_5';

/**
 * Finds the first candidate whose key verifies an RSA-SHA256 signature over `bytes`, and answers its position. Where
 * the message shows certificates, only candidates whose registered certificate is one of them are tried (saml S6).
 */
export async function firstThatVerifies(
  candidates: readonly VerificationKey[],
  shown: readonly Uint8Array[],
  signature: Uint8Array<ArrayBuffer>,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Result<number, SignatureRefusal>> {
  if (candidates.length === 0) return err({ reason: 'no_registered_certs' });
  let tried = 0;
  for (const [position, { key, certificate }] of candidates.entries()) {
    if (shown.length > 0 && !shown.some((other) => sameBytes(other, certificate))) continue;
    tried += 1;
    if (await verifies(key, signature, bytes)) return ok(position);
  }
  return err({ reason: tried === 0 ? 'request_cert_not_registered' : 'key_validation_error' });
}

/** saml S15: only `true` is success, and whatever goes wrong is failure. */
async function verifies(
  key: CryptoKey,
  signature: Uint8Array<ArrayBuffer>,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  if (key.algorithm.name !== ALGORITHM) return false;
  try {
    return (await crypto.subtle.verify(ALGORITHM, key, signature, bytes)) === true;
  } catch {
    return false;
  }
}

/** Certificates are public, so this may stop early. */
const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
