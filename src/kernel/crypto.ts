import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { toBase64Url, utf8 } from './bytes.ts';

/** SHA-256, synchronous: a promise per digest would cost more than the digest. */
export const sha256 = (data: Uint8Array | string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(hash('sha256', data, 'buffer'));

/** SHA-256 as unpadded base64url, the form in which secrets are looked up. */
export const sha256Base64Url = (data: Uint8Array | string): string =>
  toBase64Url(hash('sha256', data, 'buffer'));

/** HMAC-SHA-256. */
export const hmacSha256 = (key: Uint8Array, data: Uint8Array | string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHmac('sha256', key).update(data).digest());

/** Compares two secrets without telling by timing where they differ; unequal lengths are simply unequal. */
export function equalSecrets(a: Uint8Array | string, b: Uint8Array | string): boolean {
  const left = typeof a === 'string' ? utf8(a) : a;
  const right = typeof b === 'string' ? utf8(b) : b;
  return left.length === right.length && timingSafeEqual(left, right);
}
