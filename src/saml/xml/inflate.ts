import { inflateRawSync } from 'node:zlib';
import { err, ok, type Result } from '../../kernel/result.ts';

/** Why bytes were not inflated: they are no raw deflate stream, or would grow past the limit. */
export type InflateRefusal = { readonly reason: 'not_deflate' | 'too_large' };

/**
 * Inflates a raw deflate stream (RFC 1951) to at most `most` bytes, stopping there (saml T3, T4, V18). Bytes after the
 * end of the stream are ignored; streams with a zlib or gzip header are not deflate.
 */
export function inflateRaw(bytes: Uint8Array, most: number): Result<Uint8Array<ArrayBuffer>, InflateRefusal> {
  try {
    return ok(new Uint8Array(inflateRawSync(bytes, { maxOutputLength: most })));
  } catch (error) {
    return err({ reason: isOverLimit(error) ? 'too_large' : 'not_deflate' });
  }
}

/** Node names the error by a code; the Workers runtime says it in words alone. */
const isOverLimit = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') || /memory limit/i.test(error.message));
