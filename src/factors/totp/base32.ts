const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Unpadded upper-case base32 (RFC 4648 section 6), the form authentication apps accept. */
export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET.charAt((held >>> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET.charAt((held << (5 - bits)) & 31) : text;
}

/**
 * Bytes of base32, or null. Case, spaces and trailing padding do not matter, since people copy secrets by hand;
 * an impossible length or left-over bits that are not zero are refused, so every secret has one spelling.
 */
export function fromBase32(text: string): Uint8Array<ArrayBuffer> | null {
  const letters = text.replace(/\s/g, '').replace(/=+$/, '').toUpperCase();
  const out = new Uint8Array(Math.floor((letters.length * 5) / 8));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const letter of letters) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out[at] = held >>> bits;
      at += 1;
      held &= (1 << bits) - 1;
    }
  }
  return bits < 5 && held === 0 ? out : null;
}
