const STANDARD = /^[A-Za-z0-9+/]*={0,2}$/;
const WHITE_SPACE = /[ \t\r\n]+/g;

/**
 * Bytes of padded standard base64 (RFC 4648 section 4), XML white space between characters allowed; null when
 * anything else is in it, when it is empty, or when bits are left over that the encoder did not need.
 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const packed = text.replace(WHITE_SPACE, '');
  if (packed.length === 0 || packed.length % 4 !== 0 || !STANDARD.test(packed)) return null;
  const bytes = decodeBase64(packed);
  // The last group decides: other spellings of the same bytes are not accepted.
  const tail = bytes.length % 3 === 0 ? 3 : bytes.length % 3;
  return toBase64(bytes.subarray(bytes.length - tail)) === packed.slice(-4) ? bytes : null;
}

/** Base64 of the engine itself (ECMAScript 2026), which the Workers runtime has and this project's Node has not yet. */
interface EngineBase64 {
  fromBase64(text: string): Uint8Array<ArrayBuffer>;
}
const makesEngineBase64 = (type: object): type is EngineBase64 => 'fromBase64' in type;
const hasEngineBase64 = (bytes: Uint8Array): bytes is Uint8Array & { toBase64(): string } =>
  'toBase64' in bytes;

const decodeWhole: (text: string) => Uint8Array<ArrayBuffer> = ((type: object) =>
  makesEngineBase64(type)
    ? (text: string) => type.fromBase64(text)
    : (text: string) => new Uint8Array(Buffer.from(text, 'base64')))(Uint8Array);

/**
 * Bytes of characters of the standard alphabet, whose padding may be missing. The caller has looked at the characters
 * and the length: anything else is a bug, and what comes out then depends on the runtime.
 */
export const decodeBase64 = (text: string): Uint8Array<ArrayBuffer> => decodeWhole(text.replace(/=+$/, ''));

/** Padded standard base64 on one line. */
export const toBase64 = (bytes: Uint8Array): string =>
  hasEngineBase64(bytes)
    ? bytes.toBase64()
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
