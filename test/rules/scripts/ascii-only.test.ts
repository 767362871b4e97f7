import { SourceMap } from 'node:module';
import { describe, expect, it } from 'vitest';
import { asciiOnly } from '../../../scripts/support/ascii-only.ts';

/** `é` and `f` stand at columns 4 and 6 of the first line, `g` at 2 of the second; the source has them at 14, 16 and 2. */
const CODE = '// "é" f\n  g "中"';
const MAPPINGS = 'IAAc,GAAE;EACd';

const where = (mappings: string, line: number, column: number) => {
  const map = new SourceMap({
    version: 3,
    file: 'worker.js',
    sources: ['a.ts'],
    sourcesContent: [],
    names: [],
    mappings,
    sourceRoot: '',
  });
  return map.findEntry(line, column);
};

describe('a bundle in ASCII', () => {
  it('says the same', () => {
    const { code } = asciiOnly('x = `中文 ’ \u{1f600}`', '');
    expect(code).toBe('x = `\\u4e2d\\u6587 \\u2019 \\ud83d\\ude00`');
    expect(new Function(`let x; ${code}; return x;`)()).toBe('中文 ’ \u{1f600}');
  });

  it('keeps its source map true', () => {
    const { code, mappings } = asciiOnly(CODE, MAPPINGS);
    expect(where(MAPPINGS, 0, 7)).toMatchObject({ originalLine: 0, originalColumn: 16 });
    const f = code.indexOf('f');
    expect(f).toBe(12);
    expect(where(mappings, 0, f)).toMatchObject({ originalLine: 0, originalColumn: 16 });
    expect(where(mappings, 0, f - 2)).toMatchObject({ originalLine: 0, originalColumn: 14 });
    expect(where(mappings, 1, 2)).toEqual(where(MAPPINGS, 1, 2));
  });
});
