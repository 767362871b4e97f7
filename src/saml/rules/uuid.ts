import { toHex } from '../../kernel/bytes.ts';

/** 16 bytes with the version and variant of RFC 9562 section 5.4 put in: what a version 4 UUID spells. */
export function asUuidBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const marked = new Uint8Array(bytes);
  marked[6] = ((marked[6] ?? 0) & 0x0f) | 0x40;
  marked[8] = ((marked[8] ?? 0) & 0x3f) | 0x80;
  return marked;
}

/** The usual spelling of 16 bytes as a UUID. */
export function uuidText(bytes: Uint8Array): string {
  const hex = toHex(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** SAML Core section 1.3.4, M2, P5: an identifier of a message: an underscore and a random version 4 UUID. */
export const messageId = (random: Uint8Array): string => `_${uuidText(asUuidBytes(random))}`;
