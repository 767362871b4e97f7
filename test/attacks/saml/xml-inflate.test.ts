import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { concat, utf8 } from '../../../src/kernel/bytes.ts';
import { inflateRaw } from '../../../src/saml/xml/inflate.ts';
import { reasonOf, unwrap } from '../../support/xml.ts';

describe('T3, T4, V18 inflation', () => {
  const text = utf8('<a>text</a>');
  it('inflates raw deflate and ignores what follows it', () => {
    const deflated = new Uint8Array(deflateRawSync(text));
    expect(unwrap(inflateRaw(deflated, 100))).toEqual(text);
    expect(unwrap(inflateRaw(concat(deflated, new Uint8Array([1, 2, 3, 4])), 100))).toEqual(text);
  });
  it('stops at the limit, whatever a bomb would become', () => {
    const bomb = new Uint8Array(deflateRawSync(new Uint8Array(64 * 1024 * 1024)));
    expect(bomb.length).toBeLessThan(96 * 1024);
    expect(reasonOf(inflateRaw(bomb, 64 * 1024))).toBe('too_large');
  });
  it('counts to the byte', () => {
    const deflated = new Uint8Array(deflateRawSync(text));
    expect(reasonOf(inflateRaw(deflated, text.length))).toBe('accepted');
    expect(reasonOf(inflateRaw(deflated, text.length - 1))).toBe('too_large');
  });
  it('takes nothing but raw deflate', () => {
    expect(reasonOf(inflateRaw(new Uint8Array(deflateSync(text)), 100))).toBe('not_deflate');
    expect(reasonOf(inflateRaw(new Uint8Array(gzipSync(text)), 100))).toBe('not_deflate');
    expect(reasonOf(inflateRaw(text, 100))).toBe('not_deflate');
    expect(reasonOf(inflateRaw(new Uint8Array(deflateRawSync(text)).subarray(0, 5), 100))).toBe(
      'not_deflate',
    );
    expect(reasonOf(inflateRaw(new Uint8Array(0), 100))).toBe('not_deflate');
  });
});
