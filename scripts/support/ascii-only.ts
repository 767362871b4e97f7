import { readFileSync, writeFileSync } from 'node:fs';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BEYOND_ASCII = /[^\0-\x7f]/g;

/** The first number of a source map's segment and what is left of it (ECMA-426: base64 VLQ, least digits first). */
function readFirst(segment: string): readonly [number, string] {
  let value = 0;
  for (let at = 0; at < segment.length; at += 1) {
    const digit = DIGITS.indexOf(segment.charAt(at));
    value |= (digit & 31) << (5 * at);
    if ((digit & 32) === 0) return [value & 1 ? -(value >> 1) : value >> 1, segment.slice(at + 1)];
  }
  return [0, segment];
}

function writeNumber(value: number): string {
  let left = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = '';
  do {
    const more = left >> 5;
    text += DIGITS.charAt((left & 31) | (more > 0 ? 32 : 0));
    left = more;
  } while (left > 0);
  return text;
}

/** One line's mappings after every character at `wide` became five columns wider; columns are told as differences. */
function shiftLine(line: string, wide: readonly number[]): string {
  if (line === '' || wide.length === 0) return line;
  let column = 0;
  let told = 0;
  return line
    .split(',')
    .map((segment) => {
      const [step, others] = readFirst(segment);
      column += step;
      const shifted = column + 5 * wide.filter((at) => at < column).length;
      const text = writeNumber(shifted - told) + others;
      told = shifted;
      return text;
    })
    .join(',');
}

/**
 * Writes what is not ASCII as `\uXXXX`, which strings, templates and regular expressions take alike: an engine keeps a
 * text with a single wide character at two bytes for each, and reads all of it so.
 */
export function asciiOnly(
  code: string,
  mappings: string,
): { readonly code: string; readonly mappings: string } {
  const lines = code.split('\n');
  return {
    code: code.replace(BEYOND_ASCII, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
    mappings: mappings
      .split(';')
      .map((line, index) =>
        shiftLine(
          line,
          [...(lines[index] ?? '').matchAll(BEYOND_ASCII)].map((match) => match.index),
        ),
      )
      .join(';'),
  };
}

/** Rewrites a module in ASCII with its source map beside it. */
export function rewriteInAscii(file: string): void {
  const map: { mappings: string } = JSON.parse(readFileSync(`${file}.map`, 'utf8'));
  const { code, mappings } = asciiOnly(readFileSync(file, 'utf8'), map.mappings);
  writeFileSync(file, code);
  writeFileSync(`${file}.map`, JSON.stringify({ ...map, mappings }));
}
