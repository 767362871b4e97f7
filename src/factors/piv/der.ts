/** One element of a DER encoding (X.690): its tag, what is in it, and the element with its own header. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly whole: Uint8Array;
}

/** Universal and context tags that certificates, revocation lists and OCSP answers are made of. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  enumerated: 0x0a,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Context tags: `[n]` around other elements, and `[n]` in the place of a primitive one. */
export const constructed = (n: number): number => 0xa0 | n;
export const primitive = (n: number): number => 0x80 | n;

/**
 * The element that begins at `at`; null for anything but DER with a one-byte tag: an indefinite or needlessly long
 * length, more than fits, or fewer bytes than announced.
 */
export function readElement(bytes: Uint8Array, at = 0): DerElement | null {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return null;
  let length = first;
  let start = at + 2;
  if (first > 0x7f) {
    const count = first & 0x7f;
    if (count === 0 || count > 3) return null;
    length = 0;
    for (let i = 0; i < count; i += 1) length = length * 256 + (bytes[start + i] ?? 0);
    start += count;
    if (length < 0x80 || (count > 1 && length < 256 ** (count - 1))) return null;
  }
  const end = start + length;
  if (end > bytes.length) return null;
  return { tag, content: bytes.subarray(start, end), whole: bytes.subarray(at, end) };
}

/** All elements of a content, one after the other; null when something is left over or malformed, or they are too many. */
export function readElements(content: Uint8Array, most = 64): readonly DerElement[] | null {
  const found: DerElement[] = [];
  for (let at = 0; at < content.length; ) {
    const element = readElement(content, at);
    if (element === null || found.length >= most) return null;
    found.push(element);
    at += element.whole.length;
  }
  return found;
}

/** The elements inside the one element these bytes are, if it has this tag and nothing follows it. */
export function readInside(bytes: Uint8Array, tag: number, most = 64): readonly DerElement[] | null {
  const element = readOnly(bytes, tag);
  return element === null ? null : readElements(element.content, most);
}

/** The one element these bytes are, if it has this tag and nothing follows it. */
export function readOnly(bytes: Uint8Array, tag: number): DerElement | null {
  const element = readElement(bytes);
  return element?.tag === tag && element.whole.length === bytes.length ? element : null;
}

/** Dotted decimal form of an object identifier's content; null when malformed. */
export function readOid(content: Uint8Array): string | null {
  if (content.length === 0 || content.length > 40) return null;
  const arcs: number[] = [];
  let value = 0;
  let fresh = true;
  for (const byte of content) {
    if (fresh && byte === 0x80) return null;
    value = value * 128 + (byte & 0x7f);
    if (value > Number.MAX_SAFE_INTEGER) return null;
    fresh = byte < 0x80;
    if (!fresh) continue;
    if (arcs.length === 0) {
      const root = Math.min(Math.floor(value / 40), 2);
      arcs.push(root, value - root * 40);
    } else arcs.push(value);
    value = 0;
  }
  return fresh ? arcs.join('.') : null;
}

/** A small number that is not negative; null for anything else. */
export function readSmallInteger({ tag, content }: DerElement): number | null {
  const [first = 0xff, second = 0] = content;
  if (tag !== TAG.integer || content.length === 0 || content.length > 4 || first > 0x7f) return null;
  if (first === 0 && content.length > 1 && second < 0x80) return null;
  return content.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** A BOOLEAN as X.690 section 11.1 writes it; null for anything else. */
export const readBoolean = ({ tag, content: [flag], content: { length } }: DerElement): boolean | null =>
  tag === TAG.boolean && length === 1 && (flag === 0xff || flag === 0) ? flag === 0xff : null;

/** Whole bytes of a bit string; null when it has unused bits or another tag. */
export const readBits = ({ tag, content }: DerElement): Uint8Array | null =>
  tag === TAG.bitString && content[0] === 0 ? content.subarray(1) : null;

/** Milliseconds since 1970 of a UTCTime or GeneralizedTime in the form RFC 5280 section 4.1.2.5 asks for. */
export function readTime({ tag, content }: DerElement): number | null {
  const text = String.fromCharCode(...content.subarray(0, 16));
  const digits = tag === TAG.utcTime ? (text.slice(0, 2) < '50' ? '20' : '19') + text : text;
  if (tag !== TAG.utcTime && tag !== TAG.generalizedTime) return null;
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(digits);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at) ? null : at;
}

/** Whether two byte strings are the same; for public values only. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
