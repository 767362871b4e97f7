import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { checkLogo, checkLogoDataUrl, isLogoPath } from '../../../src/apps/logo.ts';
import { concat, fromUtf8, utf8 } from '../../../src/kernel/bytes.ts';

const SIGNATURE = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Uint8Array, checksum?: number): Uint8Array {
  const body = concat(utf8(type), data);
  const out = new Uint8Array(12 + data.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  out.set(body, 4);
  view.setUint32(8 + data.length, checksum ?? crc32(body));
  return out;
}

function header(width: number, height: number): Uint8Array {
  const data = new Uint8Array(13);
  new DataView(data.buffer).setUint32(0, width);
  new DataView(data.buffer).setUint32(4, height);
  data.set([8, 0, 0, 0, 0], 8);
  return chunk('IHDR', data);
}

const DATA = chunk('IDAT', deflateSync(new Uint8Array([0, 0])));
const END = chunk('IEND', new Uint8Array());
const PNG = concat(SIGNATURE, header(1, 1), DATA, END);

const svg = (inside: string, root = 'viewBox="0 0 10 10"'): Uint8Array =>
  utf8(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${root}>${inside}</svg>`,
  );

const refusal = (bytes: Uint8Array, claimed: 'png' | 'svg' | null = null): string | null => {
  const checked = checkLogo(bytes, claimed);
  return checked.ok ? null : checked.error;
};

function rebuilt(bytes: Uint8Array): string {
  const checked = checkLogo(bytes, null);
  if (!checked.ok) throw new Error(checked.error);
  return fromUtf8(checked.value.bytes) ?? '';
}

describe('P31 logo type and size', () => {
  it('sniffs the type and compares it with the claim', () => {
    expect(refusal(PNG, 'png')).toBeNull();
    expect(refusal(PNG, 'svg')).toBe('logo.type');
    expect(refusal(svg('<g/>'), 'png')).toBe('logo.type');
  });

  it('takes at most 51,200 bytes', () => {
    expect(refusal(new Uint8Array(51_201))).toBe('logo.size');
  });

  it.each([['GIF89a'], ['<html xmlns="http://www.w3.org/1999/xhtml"/>'], ['<svg viewBox="0 0 1 1"/>']])(
    'refuses %s',
    (text) => {
      expect(['logo.type', 'logo.invalid']).toContain(refusal(utf8(text)));
    },
  );

  it('is addressed by its content', () => {
    const checked = checkLogo(PNG, 'png');
    expect(checked.ok && isLogoPath(checked.value.path)).toBe(true);
    expect(isLogoPath('/logos/../x.png')).toBe(false);
  });

  it('arrives in a document as a data URL', () => {
    const text = `data:image/png;base64,${Buffer.from(PNG).toString('base64')}`;
    expect(checkLogoDataUrl(text).ok).toBe(true);
    expect(checkLogoDataUrl(text.replace('png', 'svg+xml'))).toEqual({ ok: false, error: 'logo.type' });
    expect(checkLogoDataUrl('data:text/html;base64,AAAA')).toEqual({ ok: false, error: 'logo.type' });
  });
});

describe('P34 PNG', () => {
  it('loses texts, metadata and what follows the end', () => {
    const noisy = concat(
      SIGNATURE,
      header(1, 1),
      chunk('tEXt', utf8('Author\0Ann')),
      chunk('eXIf', new Uint8Array(20)),
      DATA,
      END,
      utf8('<script>'),
    );
    const checked = checkLogo(noisy, 'png');
    expect(checked.ok && checked.value.bytes).toEqual(PNG);
  });

  it.each([
    [
      'a wrong checksum',
      concat(SIGNATURE, header(1, 1), chunk('IDAT', new Uint8Array(3), 7), END),
      'logo.invalid',
    ],
    ['no end', concat(SIGNATURE, header(1, 1), DATA), 'logo.invalid'],
    ['no data', concat(SIGNATURE, header(1, 1), END), 'logo.invalid'],
    ['no header', concat(SIGNATURE, DATA, END), 'logo.invalid'],
    ['two headers', concat(SIGNATURE, header(1, 1), header(1, 1), DATA, END), 'logo.invalid'],
    [
      'an unknown critical chunk',
      concat(SIGNATURE, header(1, 1), chunk('XXXX', DATA), DATA, END),
      'logo.invalid',
    ],
    [
      'a chunk longer than the file',
      concat(SIGNATURE, header(1, 1), new Uint8Array([255, 255, 255, 255, 73, 68, 65, 84, 0, 0, 0, 0])),
      'logo.invalid',
    ],
    ['4,001 pixels', concat(SIGNATURE, header(4001, 1), DATA, END), 'logo.dimensions'],
    ['no width', concat(SIGNATURE, header(0, 1), DATA, END), 'logo.dimensions'],
    ['nothing but the signature', SIGNATURE, 'logo.invalid'],
  ])('with %s is refused', (_name, bytes, code) => {
    expect(refusal(bytes)).toBe(code);
  });
});

describe('P32, P33 SVG', () => {
  it('needs a viewBox', () => {
    expect(refusal(svg('<g/>', ''))).toBe('logo.no_viewbox');
  });

  it.each([
    ['<script>alert(1)</script>', 'logo.script'],
    ['<SCRIPT/>', 'logo.script'],
    ['<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>', 'logo.script'],
    ['<foreignObject/>', 'logo.forbidden'],
    ['<h:iframe xmlns:h="http://www.w3.org/1999/xhtml"/>', 'logo.forbidden'],
    ['<animate attributeName="href"/>', 'logo.forbidden'],
    ['<set attributeName="href" to="javascript:x"/>', 'logo.forbidden'],
    ['<handler/>', 'logo.forbidden'],
    ['<rect onclick="x()"/>', 'logo.forbidden'],
    ['<rect ONLOAD="x()"/>', 'logo.forbidden'],
    ['<use href="https://evil.example/#x"/>', 'logo.forbidden'],
    ['<use xlink:href="data:image/svg+xml;base64,AAAA"/>', 'logo.forbidden'],
    ['<image href="javascript:x"/>', 'logo.forbidden'],
    ['<rect fill="url(https://evil.example/)"/>', 'logo.forbidden'],
    ['<rect style="background:url( //evil.example )"/>', 'logo.forbidden'],
    ['<rect style="width:expression(1)"/>', 'logo.forbidden'],
    ['<rect style="fill:u\\72l(x)"/>', 'logo.forbidden'],
    ['<style>@import "x"</style>', 'logo.forbidden'],
    ['<style>@im<![CDATA[port "x"]]></style>', 'logo.forbidden'],
    ['<style>@im<g/>port "x"</style>', 'logo.forbidden'],
    ['<style>a{b:url(x)}</style>', 'logo.forbidden'],
    ['<style>a{b:url(#x)/* */}</style>', 'logo.forbidden'],
    ['<style>a{b:image("//evil.example")}</style>', 'logo.forbidden'],
    ['<style>a{b:-webkit-image-set("//evil.example" 1x)}</style>', 'logo.forbidden'],
    ['<style>a{b:-webkit-cross-fade(url(#x),"//evil.example",1%)}</style>', 'logo.forbidden'],
    ['<?xml-stylesheet href="x"?>', 'logo.forbidden'],
    ['&custom;', 'logo.invalid'],
    ['<g>', 'logo.invalid'],
    ['<rect a="1" a="2"/>', 'logo.invalid'],
    ['<x:rect/>', 'logo.invalid'],
  ])('refuses %s', (inside, code) => {
    expect(refusal(svg(inside))).toBe(code);
  });

  it('refuses a DOCTYPE, entities or not', () => {
    expect(refusal(concat(utf8('<!DOCTYPE svg [<!ENTITY a "b">]>'), svg('&a;')))).toBe('logo.forbidden');
  });

  it('refuses more than 2,000 elements or 64 levels', () => {
    expect(refusal(svg('<g/>'.repeat(2000)))).toBe('logo.too_complex');
    expect(refusal(svg('<g>'.repeat(64) + '</g>'.repeat(64)))).toBe('logo.too_complex');
    expect(refusal(svg('<g>'.repeat(63) + '</g>'.repeat(63)))).toBeNull();
  });

  it('writes what is allowed anew', () => {
    expect(
      rebuilt(
        svg(
          '<!-- c --><defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient></defs>' +
            '<use xlink:href="#a"/><rect fill="url(#a)" width="10"/><text>A &amp; B</text>',
        ),
      ),
    ).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><defs><linearGradient id="a"><stop offset="0" ' +
        'stop-color="#fff"></stop></linearGradient></defs><use href="#a"></use><rect fill="url(#a)" width="10">' +
        '</rect><text>A &amp; B</text></svg>',
    );
  });

  it('leaves out what editors add', () => {
    const text = rebuilt(
      svg(
        '<metadata><x>secret</x></metadata><i:view xmlns:i="urn:i" id="v">secret</i:view><rect i:x="1" xmlns:i="urn:i" data-x="1"/>',
      ),
    );
    expect(text).toBe('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect></rect></svg>');
  });

  it('keeps one of two references, and stays well-formed', () => {
    const text = rebuilt(svg('<use href="#a" xlink:href="#b"/>'));
    expect(text).toContain('<use href="#a"></use>');
  });

  it('changes nothing the second time', () => {
    const once = rebuilt(
      svg('<style>.a{fill:url(#b)}</style><path class="a" d="M0 0L1 1"/><text>\u00e9 &lt; \u{1f600}</text>'),
    );
    expect(rebuilt(utf8(once))).toBe(once);
  });
});
