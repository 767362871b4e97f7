const STANDARD = /^[A-Za-z0-9+/]*={0,2}$/;
const WHITE_SPACE = /[ \t\r\n]+/g;

/**
 * Bytes of padded standard base64 (RFC 4648 section 4), XML white space between characters allowed; null when
 * anything else is in it, when it is empty, or when bits are left over that the encoder did not need.
 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const packed = text.replace(WHITE_SPACE, '');
  if (packed.length === 0 || packed.length % 4 !== 0 || !STANDARD.test(packed)) return null;
  const bytes = Buffer.from(packed, 'base64');
  // The last group decides: other spellings of the same bytes are not accepted.
  const tail = bytes.length % 3 === 0 ? 3 : bytes.length % 3;
  if (bytes.subarray(bytes.length - tail).toString('base64') !== packed.slice(-4)) return null;
  return new Uint8Array(bytes);
}

/** Padded standard base64 on one line. */
export const toBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
