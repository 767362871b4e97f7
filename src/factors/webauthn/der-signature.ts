/**
 * An ECDSA signature as WebCrypto wants it, r and s side by side, from the DER form authenticators send (WebAuthn
 * section 6.5.5). `size` is the length of each in bytes. Null for anything but the one DER encoding of two positive
 * numbers that fit.
 */
export function derSignatureToRaw(der: Uint8Array, size: number): Uint8Array<ArrayBuffer> | null {
  if (der[0] !== 0x30) return null;
  const long = der[1] === 0x81;
  const start = long ? 3 : 2;
  const length = long ? der[2] : der[1];
  // The long form is for lengths from 128 on; two numbers of any curve here stay below 256.
  if (length === undefined || (long ? length < 0x80 : length > 0x7f)) return null;
  if (start + length !== der.length) return null;
  const r = readInteger(der, start, size);
  const s = r === null ? null : readInteger(der, r.end, size);
  if (r === null || s === null || s.end !== der.length) return null;
  const raw = new Uint8Array(2 * size);
  raw.set(r.digits, size - r.digits.length);
  raw.set(s.digits, 2 * size - s.digits.length);
  return raw;
}

function readInteger(
  der: Uint8Array,
  at: number,
  size: number,
): { readonly digits: Uint8Array; readonly end: number } | null {
  const length = der[at + 1];
  if (der[at] !== 0x02 || length === undefined || length === 0 || length > 0x7f) return null;
  const end = at + 2 + length;
  const digits = der.subarray(at + 2, end);
  const [first = 0, second = 0] = digits;
  if (digits.length !== length || first > 0x7f) return null;
  if (first !== 0) return length <= size ? { digits, end } : null;
  // A leading zero is there only to keep the number positive.
  if (length === 1 || second < 0x80) return null;
  return length - 1 <= size ? { digits: digits.subarray(1), end } : null;
}
