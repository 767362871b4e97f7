import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase32, toBase32 } from '../../../src/factors/totp/base32.ts';
import { utf8 } from '../../../src/kernel/bytes.ts';
import vectors from '../../vectors/rfc4648/base32.json' with { type: 'json' };

describe('RFC 4648 section 10, base32', () => {
  it.each(vectors.rows)('encodes %j as %s, without padding, and reads it back', (text = '', padded = '') => {
    expect(toBase32(utf8(text))).toBe(padded.replace(/=+$/, ''));
    expect(fromBase32(padded)).toEqual(utf8(text));
  });

  it('reads what it wrote, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(fromBase32(toBase32(bytes))).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it('does not mind lower case and spaces', () => {
    expect(fromBase32('mzxw 6ytb oi')).toEqual(utf8('foobar'));
  });

  it.each(['M', 'MZX', 'MZXW6Y', 'MZ1Q', 'MZ=XQ', 'MZ', 'ÄÄ'])(
    'refuses %j: impossible length, letter or left-over bits',
    (text) => {
      expect(fromBase32(text)).toBeNull();
    },
  );

  it('has one spelling for every byte string', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'), maxLength: 20 }),
        (text) => {
          const bytes = fromBase32(text);
          if (bytes !== null) expect(toBase32(bytes)).toBe(text);
        },
      ),
    );
  });
});
