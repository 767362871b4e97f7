import { concat } from '../../kernel/bytes.ts';
import { TAG } from './der.ts';

/** One element of DER from its parts; at most 64 KiB, which no certificate or request reaches. */
export function derOf(tag: number, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const content = concat(...parts);
  const size = content.length;
  if (size > 0xffff) throw new Error('nothing made here is that long');
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return concat(Uint8Array.of(tag, ...length), content);
}

/** A SEQUENCE of elements. */
export const sequenceOf = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  derOf(TAG.sequence, ...parts);

/** An OBJECT IDENTIFIER from its dotted form. */
export function oidOf(dotted: string): Uint8Array<ArrayBuffer> {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const out = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      out.unshift((left % 128) | 0x80);
    return out;
  });
  return derOf(TAG.oid, Uint8Array.from(bytes));
}
