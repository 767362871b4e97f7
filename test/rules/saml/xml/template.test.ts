import { describe, expect, it } from 'vitest';
import { templateWriter } from '../../../../src/saml/xml/template.ts';
import { type ElementToWrite, element, signatureHere, writeXml } from '../../../../src/saml/xml/write.ts';

const build = ([id = '', first = '', second = '']: readonly string[]): ElementToWrite => ({
  name: 'Root',
  namespaces: { '': 'urn:test', x: 'urn:x' },
  attributes: { Z: first, ID: id },
  children: [
    element('Who', {}, [first]),
    signatureHere,
    element('x:What', { 'x:b': id, a: second }, [second, element('Empty', {}, [])]),
  ],
});

describe('S14 elements written from a template', () => {
  it.each([
    ['plain values', ['_1', 'one', 'two']],
    ['characters that have to be escaped, each its own way', ['_"2', '<a> & "b"\t', '\r\n]]>']],
    ['empty values', ['', '', '']],
    ['what looks like a place', ['{{2}}', '{{0}}', '{{1}}']],
    ['text beyond ASCII', ['_é', '漢', '😀']],
  ])('are the same as any other: %s', (_, values) => {
    const write = templateWriter(build);
    write(['first', 'of', 'all']);
    expect(write(values)).toEqual(writeXml(build(values)));
  });

  it('are refused with the same words where XML cannot hold a value (V21)', () => {
    const write = templateWriter(build);
    for (const bad of ['\u0000', '\uffff', '\ud800']) {
      expect(write(['_1', bad, 'x'])).toEqual(writeXml(build(['_1', bad, 'x'])));
      expect(write(['_1', bad, 'x']).ok).toBe(false);
    }
    expect(write(['_1', 'good', 'again']).ok).toBe(true);
  });
});
