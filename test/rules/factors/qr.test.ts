import decodeQR from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { qrSvg } from '../../../src/factors/totp/qr.ts';
import { otpauthUri } from '../../../src/factors/totp/totp.ts';

const words = { title: 'QR code', description: 'Scan this with your authentication app' };
const uri = otpauthUri({
  issuer: 'Gatehouse',
  account: 'someone.with.a.long.name@agency.example.gov',
  secret: new Uint8Array(20).fill(9),
});
const SCALE = 4;

/** Paints the dark path of the SVG into pixels, the way a browser would. */
function paint(svg: string): { width: number; height: number; data: Uint8Array } {
  const size = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
  const width = size * SCALE;
  const data = new Uint8Array(width * width * 4).fill(255);
  const dark = /fill="#000" d="([^"]*)"/.exec(svg)?.[1] ?? '';
  for (const [, x, y, run] of dark.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * SCALE; row < (Number(y) + 1) * SCALE; row += 1) {
      for (let column = Number(x) * SCALE; column < (Number(x) + Number(run)) * SCALE; column += 1) {
        data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
      }
    }
  }
  return { width, height: width, data };
}

describe('TO-1 the QR code of an authentication app secret', () => {
  it('reads back as the address it was made from', () => {
    expect(decodeQR(paint(qrSvg(uri, words)))).toBe(uri);
  });

  it('is named and described for screen readers, by ids of its own', () => {
    const svg = qrSvg(uri, words, 'totp-qr');
    expect(svg).toContain('role="img" aria-labelledby="totp-qr-title" aria-describedby="totp-qr-desc"');
    expect(svg).toContain('<title id="totp-qr-title">QR code</title>');
    expect(svg).toContain('<desc id="totp-qr-desc">Scan this with your authentication app</desc>');
  });

  it('needs no inline style or script and stays small', () => {
    const svg = qrSvg(uri, words);
    expect(svg).not.toMatch(/style|<script|on\w+=/);
    expect(svg.length).toBeLessThan(24_000);
  });

  it('escapes its words', () => {
    expect(qrSvg('x', { title: '<b>&', description: '</desc><script>' })).toContain('&lt;b&gt;&amp;');
    expect(qrSvg('x', { title: 't', description: '</desc><script>' })).not.toContain('<script>');
  });

  it('refuses text that no address of ours could be', () => {
    expect(() => qrSvg('x'.repeat(1025), words)).toThrow(RangeError);
  });
});
