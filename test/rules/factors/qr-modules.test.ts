import decodeQR from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { type Modules, qrModules } from '../../../src/factors/totp/qr-modules.ts';

const SCALE = 4;
const QUIET = 4;

/** The symbol as a camera would see it. */
function photograph(rows: Modules): { width: number; height: number; data: Uint8Array } {
  const width = (rows.length + 2 * QUIET) * SCALE;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (let y = 0; y < width; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const dark = rows[Math.floor(y / SCALE) - QUIET]?.[Math.floor(x / SCALE) - QUIET];
      if (dark) data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return { width, height: width, data };
}

const textOf = (length: number): string =>
  Array.from({ length }, (_, i) => 'abcdefghijklmnopqrstuvwxyz/?=&%'[(i * 7 + length) % 31]).join('');

/** ISO/IEC 18004 table 7: the most bytes that fit at level M, by version from 1. */
const CAPACITY = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779,
  857, 911, 997, 1059,
];

describe('UX-5 QR codes', () => {
  it.each(CAPACITY.map((bytes, i) => [i + 1, bytes] as const))(
    'fill version %i with %i bytes that read back',
    (version, bytes) => {
      const rows = qrModules(textOf(bytes));
      expect(rows).toHaveLength(4 * version + 17);
      expect(decodeQR(photograph(rows))).toBe(textOf(bytes));
    },
  );

  it.each(CAPACITY.slice(0, -1).map((bytes, i) => [bytes + 1, i + 2] as const))(
    'take the next version for %i bytes',
    (bytes, version) => {
      const rows = qrModules(textOf(bytes));
      expect(rows).toHaveLength(4 * version + 17);
      expect(decodeQR(photograph(rows))).toBe(textOf(bytes));
    },
  );

  it.each(Array.from({ length: 40 }, (_, i) => i))('read back whatever their mask (text %i)', (i) => {
    const text = `otpauth://totp/Gatehouse:${i}?secret=${'ABCDEFGH234567'.repeat(3).slice(i % 14)}`;
    expect(decodeQR(photograph(qrModules(text)))).toBe(text);
  });

  it('can be read with a part of them spoilt', () => {
    const rows = qrModules(textOf(150)).map((row, y) =>
      row.map((dark, x) => (y > 20 && y < 26 && x > 20 && x < 27 ? true : dark)),
    );
    expect(decodeQR(photograph(rows))).toBe(textOf(150));
  });

  it('hold text beyond ASCII as UTF-8', () => {
    expect(decodeQR(photograph(qrModules('Ñandú 中文')))).toBe('Ñandú 中文');
  });

  it('refuse what no version we make holds', () => {
    expect(() => qrModules('x'.repeat(1060))).toThrow(RangeError);
  });
});
