import type { RandomBytes } from './ports.ts';

const RANGE = 2 ** 32;

/**
 * A uniform integer from 0 up to, not including, `bound` (1 to 2^32). Draws that would favour small numbers are thrown
 * away and drawn again, so no remainder is more likely than another.
 */
export function uniformInt(random: RandomBytes, bound: number): number {
  if (!Number.isInteger(bound) || bound < 1 || bound > RANGE) throw new RangeError('bound must be 1 to 2^32');
  const fair = RANGE - (RANGE % bound);
  for (;;) {
    const bytes = random(4);
    const drawn = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
    if (drawn < fair) return drawn % bound;
  }
}
