import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeMessage } from '../../../../src/saml/wire/decode-message.ts';
import { attributeOf } from '../../../../src/saml/xml/tree.ts';
import { reasonOf, unwrap } from '../../../support/xml.ts';
import { authnRequest, base64, deflated } from '../a-request.ts';

const TEXT = authnRequest();
const idOf = (encoded: string) => attributeOf(unwrap(decodeMessage(encoded)).root, 'ID');

describe('T1 to T3 the encodings of a message', () => {
  it.each([
    ['plain', base64(TEXT)],
    ['deflated', deflated(TEXT)],
    ['without padding', base64(`${TEXT} `).replace(/=+$/, '')],
    ['in lines of 76', base64(TEXT).replace(/(.{76})/g, '$1\r\n')],
    ['with tabs and spaces', ` ${base64(TEXT).replace(/(.{10})/g, '$1 \t')}`],
    ['with line ends spelled out', base64(TEXT).replace(/(.{60})/g, '$1\\r\\n')],
    [
      'deflated with bytes after the end',
      Buffer.concat([deflateRawSync(TEXT), Buffer.from([1, 2, 3, 4])]).toString('base64'),
    ],
    ['with a byte order mark', base64(`\uFEFF${TEXT}`)],
  ])('reads one %s', (_, encoded) => {
    expect(idOf(encoded)).toBe('_r1');
  });

  it.each([
    ['zlib', deflateSync(TEXT).toString('base64')],
    ['gzip', gzipSync(TEXT).toString('base64')],
  ])('does not read %s', (_, encoded) => {
    expect(decodeMessage(encoded).ok).toBe(false);
  });

  it.each([
    ['', 'not_base64'],
    ['%%%', 'not_base64'],
    ['abcde', 'not_base64'],
    ['ab=cd', 'not_base64'],
    ['PGEv-_', 'not_base64'],
    ['äöü', 'not_base64'],
    ['YWJj', 'text_outside_root'],
  ])('refuses %s', (encoded, reason) => {
    expect(reasonOf(decodeMessage(encoded))).toBe(reason);
  });
});

describe('T4 limits', () => {
  it('refuses before base64 is undone, and before inflating past 64 KiB', () => {
    expect(reasonOf(decodeMessage('A'.repeat(96 * 1024 + 1)))).toBe('message_too_long');
    const bomb = deflateRawSync(Buffer.alloc(16 * 1024 * 1024, 0x20)).toString('base64');
    expect(bomb.length).toBeLessThan(96 * 1024);
    expect(reasonOf(decodeMessage(bomb))).toBe('too_large');
    expect(reasonOf(decodeMessage(base64(authnRequest(' '.repeat(66_000)))))).toBe('too_large');
  });

  it('reads what is just within them', () => {
    expect(idOf(deflated(authnRequest(' '.repeat(32_000))))).toBe('_r1');
  });
});
