import type { RandomBytes } from './ports.ts';

/** Douglas Crockford's base 32: no I, L, O or U, so that a handwritten code can be read back. */
export const CROCKFORD_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const SEPARATORS = /[\s\u2010-\u2015-]/g;
const LETTERS = /^[0-9A-HJKMNP-TV-Z]*$/;

/** A random code of `length` characters, five bits each: 256 is a multiple of 32, so masking a byte is uniform. */
export function randomCrockford(random: RandomBytes, length: number): string {
  let code = '';
  for (const byte of random(length)) code += CROCKFORD_ALPHABET.charAt(byte & 31);
  return code;
}

/**
 * What somebody typed as exactly `length` characters of the alphabet, or null. Case, spaces and dashes do not matter;
 * the letter O reads as zero, I and L as one (accounts BC-1). Input longer than four times the length is refused unread.
 */
export function readCrockford(input: string, length: number): string | null {
  if (input.length > length * 4) return null;
  const code = input.replace(SEPARATORS, '').toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  return code.length === length && LETTERS.test(code) ? code : null;
}

/** Groups of four joined by dashes, the form in which codes are shown. */
export const inGroupsOfFour = (code: string): string => (code.match(/.{1,4}/g) ?? []).join('-');
