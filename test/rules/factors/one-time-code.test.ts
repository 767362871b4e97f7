import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  generateOneTimeCode,
  oneTimeCodeDigest,
  readOneTimeCode,
} from '../../../src/factors/one-time-code.ts';
import { toBase64Url } from '../../../src/kernel/bytes.ts';
import { hmacSha256 } from '../../../src/kernel/crypto.ts';
import { uniformInt } from '../../../src/kernel/uniform-int.ts';

const digestUnder = (key: number) => (value: string) =>
  toBase64Url(hmacSha256(new Uint8Array(32).fill(key), value));
const digest = digestUnder(1);
const use = { purpose: 'sign_in', target: 'phone-1' };
const codes = fc.integer({ min: 0, max: 999_999 }).map((n) => String(n).padStart(6, '0'));

/** Hands out the given 32-bit numbers one after another. */
const drawing = (...numbers: number[]) => {
  let at = 0;
  return (length: number) => {
    const bytes = new Uint8Array(length);
    new DataView(bytes.buffer).setUint32(0, numbers[at] ?? 0);
    at += 1;
    return bytes;
  };
};

describe('otp.digits: one-time codes', () => {
  it('are six digits, with leading zeros kept', () => {
    expect(generateOneTimeCode(drawing(42))).toBe('000042');
    expect(generateOneTimeCode(drawing(4_294_000_000 - 1))).toBe('999999');
  });

  it('are not biased: draws past the last whole million are thrown away', () => {
    expect(generateOneTimeCode(drawing(4_294_000_000, 4_294_967_295, 7))).toBe('000007');
  });

  it('follow from uniform integers: within a small range every remainder is equally likely', () => {
    const range = 2 ** 32;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: range }), fc.nat(range - 1), (bound, draw) => {
        const fair = Math.floor(range / bound) * bound;
        expect(uniformInt(drawing(draw, 0), bound)).toBe(draw < fair ? draw % bound : 0);
      }),
    );
  });

  it.each([0, -1, 1.5, 2 ** 32 + 1, Number.NaN])('cannot ask for an integer below %s', (bound) => {
    expect(() => uniformInt(drawing(0), bound)).toThrow(RangeError);
  });
});

describe('PH-3 typing a code', () => {
  it('tolerates a leading # and spaces', () => {
    for (const typed of ['123456', '#123456', ' # 123 456 ', '123456\n'])
      expect(readOneTimeCode(typed)).toBe('123456');
  });

  it.each(['', '12345', '1234567', '##123456', '123456#', '12345a', '１２３４５６', '#'.repeat(100)])(
    'refuses %j',
    (typed) => {
      expect(readOneTimeCode(typed)).toBeNull();
    },
  );
});

describe('PH-7 what is kept of a code', () => {
  const kept = oneTimeCodeDigest('123456', use, digest);

  it('is the same for this code and for no other', () => {
    fc.assert(
      fc.property(codes, codes, (sent, typed) => {
        expect(oneTimeCodeDigest(sent, use, digest) === oneTimeCodeDigest(typed, use, digest)).toBe(
          sent === typed,
        );
      }),
    );
  });

  it('differs for another number, another purpose and under another key', () => {
    expect(oneTimeCodeDigest('123456', { ...use, target: 'phone-2' }, digest)).not.toBe(kept);
    expect(oneTimeCodeDigest('123456', { ...use, purpose: 'confirm_phone' }, digest)).not.toBe(kept);
    expect(oneTimeCodeDigest('123456', use, digestUnder(2))).not.toBe(kept);
  });

  it('keeps purpose and number apart, whatever characters they hold', () => {
    const one = oneTimeCodeDigest('123456', { purpose: 'a","b', target: 'c' }, digest);
    expect(oneTimeCodeDigest('123456', { purpose: 'a', target: 'b","c' }, digest)).not.toBe(one);
  });

  it('does not show the code', () => {
    expect(kept).not.toContain('123456');
  });
});
