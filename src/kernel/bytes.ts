const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const BASE64URL = /^[A-Za-z0-9_-]*$/;

const isUnshared = (bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> =>
  bytes.buffer instanceof ArrayBuffer;

/** UTF-8 bytes of a string. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = encoder.encode(text);
  return isUnshared(bytes) ? bytes : new Uint8Array(bytes);
}

/** Text of UTF-8 bytes, or null when they are not valid UTF-8. */
export function fromUtf8(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** Base64 of the engine itself (ECMAScript 2026), which the Workers runtime has and this project's Node has not yet. */
interface EngineBytes {
  toBase64(options: { readonly alphabet: 'base64url'; readonly omitPadding: true }): string;
}
interface EngineBase64 {
  fromBase64(text: string, options: { readonly alphabet: 'base64url' }): Uint8Array<ArrayBuffer>;
}
const hasEngineBase64 = (bytes: Uint8Array): bytes is Uint8Array & EngineBytes => 'toBase64' in bytes;
const hasEngineHex = (bytes: Uint8Array): bytes is Uint8Array & { toHex(): string } => 'toHex' in bytes;
const makesEngineBase64 = (type: object): type is EngineBase64 => 'fromBase64' in type;

const TO_BASE64URL = { alphabet: 'base64url', omitPadding: true } as const;

/** Unpadded base64url (RFC 4648 section 5). */
export const toBase64Url = (bytes: Uint8Array): string =>
  hasEngineBase64(bytes)
    ? bytes.toBase64(TO_BASE64URL)
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');

const decodeBase64Url: (text: string) => Uint8Array<ArrayBuffer> = ((type: object) =>
  makesEngineBase64(type)
    ? (text: string) => type.fromBase64(text, TO_BASE64URL)
    : (text: string) => new Uint8Array(Buffer.from(text, 'base64url')))(Uint8Array);

/** Bytes of unpadded base64url, or null when a character or the length does not fit. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  return text.length % 4 === 1 || !BASE64URL.test(text) ? null : decodeBase64Url(text);
}

/** Lower-case hexadecimal. */
export const toHex = (bytes: Uint8Array): string =>
  hasEngineHex(bytes)
    ? bytes.toHex()
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');

/** One array holding all parts in order. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Bytewise exclusive or of two arrays of one length; a length mismatch is a bug and throws. */
export function xor(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  if (a.length !== b.length) throw new Error('xor needs arrays of one length');
  const out = new Uint8Array(a.length);
  for (let i = 0; i < a.length; i += 1) out[i] = (a[i] ?? 0) ^ (b[i] ?? 0);
  return out;
}
