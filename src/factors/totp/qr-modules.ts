import { utf8 } from '../../kernel/bytes.ts';

/**
 * QR codes (ISO/IEC 18004) as far as we need them: bytes, error correction level M, versions 1 to 26, which hold 1059
 * bytes. Written here because a library that also reads, draws and animates weighs four times as much.
 */

/** A square of modules in rows; true is dark. */
export type Modules = readonly (readonly boolean[])[];

/** Table 9, level M: error correction codewords in each block, and the number of blocks, by version from 1. */
const CHECK_WORDS = [
  10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28,
];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23];
const WIDE_COUNT_FROM = 10;
const PADDING = [0xec, 0x11];

const sizeOf = (version: number): number => 4 * version + 17;

/** Annex E: where alignment patterns have their centres, along one side. */
function centresOf(version: number): readonly number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((4 * version + 4) / (2 * count - 2)) * 2;
  const last = sizeOf(version) - 7;
  return [6, ...Array.from({ length: count - 1 }, (_, i) => last - (count - 2 - i) * step)];
}

/** Codewords of a version, data and error correction together: what the fixed patterns leave of the square. */
function codewordsOf(version: number): number {
  const size = sizeOf(version);
  const centres = centresOf(version).length;
  const alignment = centres === 0 ? 0 : (centres * centres - 3) * 25 - (centres - 2) * 10;
  const fixed = 3 * 64 + 2 * (size - 16) + alignment + 31 + (version >= 7 ? 36 : 0);
  return Math.floor((size * size - fixed) / 8);
}

/** Product in GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1. */
function multiply(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    if ((b >> bit) & 1) product ^= a;
  }
  return product;
}

/** Section 7.5.2: the Reed-Solomon remainder of some codewords. */
function checkWords(data: readonly number[], count: number): readonly number[] {
  let generator = [1];
  for (let i = 0, root = 1; i < count; i += 1, root = multiply(root, 2)) {
    const next = [...generator, 0];
    generator.forEach((factor, at) => {
      next[at + 1] = (next[at + 1] ?? 0) ^ multiply(factor, root);
    });
    generator = next;
  }
  let remainder = new Array<number>(count).fill(0);
  for (const word of data) {
    const factor = word ^ (remainder[0] ?? 0);
    remainder = [...remainder.slice(1), 0].map((rest, at) => rest ^ multiply(generator[at + 1] ?? 0, factor));
  }
  return remainder;
}

const bitsOf = (value: number, width: number): readonly boolean[] =>
  Array.from({ length: width }, (_, i) => ((value >> (width - 1 - i)) & 1) === 1);

/** Sections 7.4 to 7.6: mode, length, bytes and padding, checked block by block and interleaved. */
function messageBits(bytes: Uint8Array, version: number): readonly boolean[] {
  const blocks = BLOCKS[version - 1] ?? 1;
  const checks = CHECK_WORDS[version - 1] ?? 0;
  const total = codewordsOf(version);
  const capacity = total - blocks * checks;
  const bits = [
    ...bitsOf(0b0100, 4),
    ...bitsOf(bytes.length, version < WIDE_COUNT_FROM ? 8 : 16),
    ...[...bytes].flatMap((byte) => bitsOf(byte, 8)),
    ...bitsOf(0, 4),
  ];
  const words: number[] = [];
  for (let at = 0; at < capacity; at += 1) {
    const byte = bits.slice(at * 8, at * 8 + 8);
    words.push(
      byte.length === 0
        ? (PADDING[(at - Math.ceil(bits.length / 8)) % 2] ?? 0)
        : byte.reduce((sum, bit, i) => sum | (bit ? 128 >> i : 0), 0),
    );
  }
  const short = Math.floor(capacity / blocks);
  const long = capacity % blocks;
  let from = 0;
  const data = Array.from({ length: blocks }, (_, i) => {
    const block = words.slice(from, from + short + (i >= blocks - long ? 1 : 0));
    from += block.length;
    return block;
  });
  const interleave = (rows: readonly (readonly number[])[]): readonly number[] =>
    Array.from({ length: Math.max(...rows.map((row) => row.length)) }, (_, at) =>
      rows.flatMap((row) => row[at] ?? []),
    ).flat();
  const all = [...interleave(data), ...interleave(data.map((block) => checkWords(block, checks)))];
  return all.flatMap((word) => bitsOf(word, 8));
}

/** Section 7.8.2. */
const MASKS: readonly ((y: number, x: number) => boolean)[] = [
  (y, x) => (y + x) % 2 === 0,
  (y) => y % 2 === 0,
  (_, x) => x % 3 === 0,
  (y, x) => (y + x) % 3 === 0,
  (y, x) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (y, x) => ((y * x) % 2) + ((y * x) % 3) === 0,
  (y, x) => (((y * x) % 2) + ((y * x) % 3)) % 2 === 0,
  (y, x) => (((y + x) % 2) + ((y * x) % 3)) % 2 === 0,
];

/** A value followed by its remainder in a binary code: formats (section 7.9) and versions (7.10). */
function withRemainder(value: number, width: number, generator: number): number {
  let rest = value << width;
  for (let bit = 31 - Math.clz32(rest); rest >= 1 << width; bit = 31 - Math.clz32(rest)) {
    rest ^= generator << (bit - width);
  }
  return (value << width) | rest;
}

/** The fixed patterns of a version with the format of a mask; null where the message goes. */
function frame(version: number, mask: number): (boolean | null)[][] {
  const size = sizeOf(version);
  const square = Array.from({ length: size }, () => new Array<boolean | null>(size).fill(null));
  const put = (y: number, x: number, dark: boolean): void => {
    const row = square[y];
    if (row !== undefined && x >= 0 && x < size) row[x] = dark;
  };
  for (let at = 8; at < size - 8; at += 1) {
    put(6, at, at % 2 === 0);
    put(at, 6, at % 2 === 0);
  }
  const rings = (y: number, x: number, reach: number, light: readonly number[]): void => {
    for (let dy = -reach; dy <= reach; dy += 1)
      for (let dx = -reach; dx <= reach; dx += 1)
        put(y + dy, x + dx, !light.includes(Math.max(Math.abs(dy), Math.abs(dx))));
  };
  const centres = centresOf(version);
  const last = size - 7;
  for (const y of centres)
    for (const x of centres)
      if (!((y === 6 && x === 6) || (y === 6 && x === last) || (y === last && x === 6))) rings(y, x, 2, [1]);
  rings(3, 3, 4, [2, 4]);
  rings(3, size - 4, 4, [2, 4]);
  rings(size - 4, 3, 4, [2, 4]);

  // Level M is 00; the pattern keeps a format from being all light.
  const format = bitsOf(withRemainder(mask, 10, 0x537) ^ 0x5412, 15);
  format.forEach((dark, i) => {
    // Along row 8 from the left and along column 8 from below, then the second halves at the other ends.
    put(8, i < 6 ? i : i === 6 ? 7 : size - 15 + i, dark);
    put(i < 7 ? size - 1 - i : i < 9 ? 15 - i : 14 - i, 8, dark);
  });
  put(size - 8, 8, true);
  if (version >= 7) {
    bitsOf(withRemainder(version, 12, 0x1f25), 18).forEach((dark, i) => {
      const [along, across] = [Math.floor((17 - i) / 3), size - 11 + ((17 - i) % 3)];
      put(along, across, dark);
      put(across, along, dark);
    });
  }
  return square;
}

/** Section 7.7.3: pairs of columns from the right, upwards and downwards in turn, around the fixed patterns. */
function place(square: (boolean | null)[][], bits: readonly boolean[], mask: number): Modules {
  const size = square.length;
  const masked = MASKS[mask] ?? (() => false);
  let next = 0;
  for (let right = size - 1, up = true; right > 0; right -= right === 8 ? 3 : 2, up = !up) {
    for (let step = 0; step < size; step += 1) {
      const y = up ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        const row = square[y];
        if (row === undefined || row[x] !== null) continue;
        row[x] = (bits[next] ?? false) !== masked(y, x);
        next += 1;
      }
    }
  }
  return square.map((row) => row.map((dark) => dark === true));
}

/** Section 7.8.3: how hard a symbol is to read. */
function penalty(rows: Modules): number {
  const size = rows.length;
  let points = 0;
  let dark = 0;
  const columns = rows.map((_, x) => rows.map((row) => row[x] === true));
  for (const line of [...rows, ...columns]) {
    const text = line.map((module) => (module ? '1' : '0')).join('');
    for (const [run] of text.matchAll(/0{5,}|1{5,}/g)) points += run.length - 2;
    for (const _ of text.matchAll(/(?=00001011101|10111010000)/g)) points += 40;
  }
  rows.forEach((row, y) => {
    row.forEach((module, x) => {
      if (module) dark += 1;
      if (y === 0 || x === 0) return;
      const above = rows[y - 1];
      if (row[x - 1] === module && above?.[x] === module && above?.[x - 1] === module) points += 3;
    });
  });
  return points + 10 * Math.floor(Math.abs((dark * 20) / (size * size) - 10));
}

/** The smallest QR code at level M for a text, without its quiet zone. Throws RangeError over 1059 bytes of UTF-8. */
export function qrModules(text: string): Modules {
  const bytes = utf8(text);
  const version =
    1 +
    BLOCKS.findIndex((blocks, i) => {
      const header = i + 1 < WIDE_COUNT_FROM ? 2 : 3;
      return bytes.length + header <= codewordsOf(i + 1) - blocks * (CHECK_WORDS[i] ?? 0);
    });
  if (version === 0) throw new RangeError('text too long for a QR code');
  const bits = messageBits(bytes, version);
  let best: { readonly rows: Modules; readonly points: number } | null = null;
  for (const mask of MASKS.keys()) {
    const rows = place(frame(version, mask), bits, mask);
    const points = penalty(rows);
    if (best === null || points < best.points) best = { rows, points };
  }
  return best?.rows ?? [];
}
