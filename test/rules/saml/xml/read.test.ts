import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../../src/kernel/bytes.ts';
import {
  messageRules,
  metadataRules,
  type ReaderRules,
  type XmlLimits,
} from '../../../../src/saml/xml/limits.ts';
import { readXml } from '../../../../src/saml/xml/read.ts';
import { attributeOf, childElements, onlyChild, textOf } from '../../../../src/saml/xml/tree.ts';
import { documentOf, laxRules, reasonOf, refusalOf } from '../../../support/xml.ts';

const rootOf = (text: string, rules?: ReaderRules) => documentOf(text, rules).root;

describe('X1 encoding and declaration', () => {
  it('reads UTF-8 with and without a byte order mark', () => {
    expect(textOf(rootOf('<a>é€😀</a>'))).toBe('é€😀');
    expect(rootOf('\uFEFF<a/>').local).toBe('a');
  });
  it.each([
    '<?xml version="1.0"?><a/>',
    "<?xml version='1.0' encoding='utf-8'?>\r\n<a/>",
    '<?xml version="1.0" encoding="UTF-8" standalone="yes" ?><a/>',
    '\uFEFF<?xml version="1.0"?><a/>',
  ])('accepts %s', (text) => expect(refusalOf(text)).toBe('accepted'));
  it.each([
    '<?xml version="1.1"?><a/>',
    '<?xml version="1.0" encoding="ISO-8859-1"?><a/>',
    '<?xml version="1.0" encoding="UTF-16"?><a/>',
    '<?xml encoding="UTF-8"?><a/>',
    '<?xml version="1.0" standalone="maybe"?><a/>',
    '<?xml version="1.0" standalone="yes" encoding="UTF-8"?><a/>',
    '<?xml version="1.0" encoding="UTF-8"><a/>',
    '<?xml?><a/>',
  ])('refuses the declaration of %s', (text) => expect(refusalOf(text)).toBe('bad_xml_declaration'));
  it('refuses a declaration after anything else', () => {
    expect(refusalOf(' <?xml version="1.0"?><a/>')).toBe('processing_instruction');
    expect(refusalOf('<?xml version="1.0"?><?xml version="1.0"?><a/>')).toBe('processing_instruction');
  });
  it.each([
    ['a stray continuation byte', [0x3c, 0x61, 0x3e, 0x80]],
    ['an overlong slash', [0x3c, 0xc0, 0xaf]],
    ['an encoded surrogate', [0xed, 0xa0, 0x80]],
    ['a cut-off sequence', [0x3c, 0x61, 0x3e, 0xe2, 0x82]],
    ['UTF-16 with its mark', [0xff, 0xfe, 0x3c, 0, 0x61, 0, 0x2f, 0, 0x3e, 0]],
  ])('refuses %s', (_, bytes) => {
    expect(reasonOf(readXml(new Uint8Array(bytes), messageRules))).toBe('invalid_utf8');
  });
  it('refuses UTF-16 without its mark and a second byte order mark', () => {
    expect(refusalOf('<\u0000a\u0000/\u0000>\u0000')).toBe('bad_name');
    expect(refusalOf('\uFEFF\uFEFF<a/>')).toBe('text_outside_root');
  });
});

describe('X2 what is refused outright', () => {
  it.each([
    ['doctype', '<!DOCTYPE a><a/>'],
    ['doctype', '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x "y">]><a/>'],
    ['doctype', '<a><!DOCTYPE b></a>'],
    ['doctype', '<!ELEMENT a ANY><a/>'],
    ['doctype', '<!doctype a><a/>'],
    ['comment', '<!-- x --><a/>'],
    ['comment', '<a>x<!-- -->y</a>'],
    ['comment', '<a/><!-- x -->'],
    ['cdata', '<a><![CDATA[x]]></a>'],
    ['processing_instruction', '<a><?x y?></a>'],
    ['processing_instruction', '<?x y?><a/>'],
    ['processing_instruction', '<a/><?x?>'],
    ['unbound_prefix', '<p:a/>'],
    ['unbound_prefix', '<a p:b="1"/>'],
    ['unbound_prefix', '<a><b xmlns:p="urn:x"/><p:c/></a>'],
    ['second_root', '<a/><b/>'],
    ['second_root', '<a></a><a></a>'],
    ['text_outside_root', '<a/>x'],
    ['text_outside_root', 'x<a/>'],
    ['text_outside_root', '<a/>&#32;'],
    ['no_root', ''],
    ['no_root', '  \n'],
    ['mismatched_tag', '<a></b>'],
    ['mismatched_tag', '<a><b></a></b>'],
    ['mismatched_tag', '<p:a xmlns:p="urn:x" xmlns:q="urn:x"></q:a>'],
    ['mismatched_tag', '<a></ab>'],
    ['mismatched_tag', '<ab></a>'],
    ['mismatched_tag', '<a></a b="c">'],
    ['mismatched_tag', '</a>'],
    ['mismatched_tag', '<a/></a>'],
    ['unclosed_element', '<a>'],
    ['unclosed_element', '<a><b/>text'],
    ['malformed_tag', '<a'],
    ['malformed_tag', '<a '],
    ['malformed_tag', '<a b'],
    ['malformed_tag', '<a b=c/>'],
    ['malformed_tag', '<a b="c/>'],
    ['malformed_tag', '<a b="c"d="e"/>'],
    ['malformed_tag', '<a / >'],
    ['malformed_tag', '<a//>'],
    ['malformed_tag', '<a b/>'],
    ['bad_name', '< a/>'],
    ['bad_name', '<1a/>'],
    ['bad_name', '<-a/>'],
    ['bad_name', '<a:/>'],
    ['bad_name', '<:a/>'],
    ['bad_name', '<a:b:c/>'],
    ['bad_name', '<a:1/>'],
    ['malformed_tag', '<a="b"/>'],
    ['bad_name', '<a ="b"/>'],
    ['bad_name', '<a b:c:d="e"/>'],
    ['bad_name', '<a\u00d7/>'],
    ['less_than_in_attribute', '<a b="<"/>'],
    ['duplicate_attribute', '<a b="1" b="1"/>'],
    ['duplicate_attribute', '<a xmlns:p="urn:x" xmlns:q="urn:x" p:b="1" q:b="2"/>'],
    ['duplicate_attribute', '<a xmlns:p="urn:x" xmlns:p="urn:x"/>'],
    ['duplicate_attribute', '<a xmlns="urn:x" xmlns="urn:y"/>'],
    ['xml_attribute', '<a xml:lang="en"/>'],
    ['xml_attribute', '<a xml:space="preserve"/>'],
    ['xml_attribute', '<a xml:base="urn:x"/>'],
    ['cdata_end_in_text', '<a>]]></a>'],
    ['illegal_character', '<a>\u0001</a>'],
    ['illegal_character', '<a b="\u0000"/>'],
    ['illegal_character', '<a>\uFFFE</a>'],
    ['illegal_character', '<a>\uFFFF</a>'],
    ['illegal_character', '<a>\u000B</a>'],
  ])('%s: %s', (reason, text) => expect(refusalOf(text)).toBe(reason));
  it('lets metadata have comments between elements, dropped, and xml:lang', () => {
    const { children, attributes } = rootOf('<a xml:lang="en"> <!-- x --> <b/><!-- y --></a>', metadataRules);
    expect(children).toHaveLength(2);
    expect(children[0]).toBe('  ');
    expect(attributes).toMatchObject([{ local: 'lang', value: 'en' }]);
    expect(refusalOf('<!-- x --><a/><!-- y -->', metadataRules)).toBe('accepted');
  });
  it('refuses comments beside text even in metadata', () => {
    expect(refusalOf('<a>admin<!-- x -->@example</a>', metadataRules)).toBe('comment');
    expect(refusalOf('<a><!-- x -->text</a>', metadataRules)).toBe('comment');
    expect(refusalOf('<a xml:space="preserve"/>', metadataRules)).toBe('xml_attribute');
  });
  it('never takes xml:base or an unknown xml: attribute', () => {
    expect(refusalOf('<a xml:base="urn:x"/>', laxRules)).toBe('xml_attribute');
    expect(refusalOf('<a xml:foo="x"/>', laxRules)).toBe('xml_attribute');
  });
  it.each(['<!-- a -- b --><a/>', '<a><!-- a ---></a>', '<a><!--', '<a><!-- x ></a>'])(
    'refuses the malformed comment in %s',
    (text) => expect(refusalOf(text, laxRules)).toBe('comment'),
  );
  it.each(['<a><![CDATA[x</a>', '<![CDATA[x]]><a/>', '<a/><![CDATA[x]]>'])(
    'refuses the misplaced or open CDATA section in %s',
    (text) => expect(refusalOf(text, laxRules)).toBe('cdata'),
  );
});

describe('X3 references', () => {
  it('resolves each once', () => {
    const root = rootOf('<a b="&lt;&gt;&amp;&quot;&apos;">&lt;&#x41;&#66;&amp;lt;&#x1F600;</a>');
    expect(attributeOf(root, 'b')).toBe(`<>&"'`);
    expect(textOf(root)).toBe('<AB&lt;😀');
  });
  it.each([
    ['unknown_entity', '<a>&nbsp;</a>'],
    ['unknown_entity', '<a>&lt</a>'],
    ['unknown_entity', '<a>a & b</a>'],
    ['unknown_entity', '<a>&;</a>'],
    ['unknown_entity', '<a b="&x;"/>'],
    ['unknown_entity', '<a>&constructor;</a>'],
    ['bad_character_reference', '<a>&#0;</a>'],
    ['bad_character_reference', '<a>&#x1;</a>'],
    ['bad_character_reference', '<a>&#xD800;</a>'],
    ['bad_character_reference', '<a>&#xFFFE;</a>'],
    ['bad_character_reference', '<a>&#x110000;</a>'],
    ['bad_character_reference', '<a>&#X41;</a>'],
    ['bad_character_reference', '<a>&#;</a>'],
    ['bad_character_reference', '<a>&#x;</a>'],
    ['bad_character_reference', '<a>&#-1;</a>'],
    ['bad_character_reference', '<a>&#6 5;</a>'],
    ['bad_character_reference', '<a>&#65</a>'],
  ])('%s: %s', (reason, text) => expect(refusalOf(text)).toBe(reason));
});

describe('X4 white space', () => {
  it('normalises line ends in text', () => {
    expect(textOf(rootOf('<a>1\r\n2\r3\n4\r\r\n5</a>'))).toBe('1\n2\n3\n4\n\n5');
  });
  it('makes literal tab and line ends spaces in attributes and keeps referenced ones', () => {
    expect(attributeOf(rootOf('<a b="1\t2\n3\r\n4\r5"/>'), 'b')).toBe('1 2 3 4 5');
    expect(attributeOf(rootOf('<a b="&#9;&#10;&#13;"/>'), 'b')).toBe('\t\n\r');
    expect(textOf(rootOf('<a>&#13;&#10;</a>'))).toBe('\r\n');
  });
  it('allows white space where XML does', () => {
    const root = rootOf(`\n<a\n b = "1"\t\r\nc='2' ><d /></a >\n`);
    expect([attributeOf(root, 'b'), attributeOf(root, 'c')]).toEqual(['1', '2']);
  });
});

describe('X5 limits', () => {
  const limits: XmlLimits = {
    bytes: 200,
    depth: 3,
    elements: 5,
    attributesPerElement: 2,
    namespaceDeclarations: 3,
    nameLength: 8,
    attributeValueLength: 10,
    textLength: 12,
  };
  const rules = { ...laxRules, limits };
  it.each([
    ['too_large', `<a>${' '.repeat(194)}</a>`, `<a>${'<b/>'.repeat(4)}</a>${' '.repeat(177)}`],
    ['too_deep', '<a><a><a><a/></a></a></a>', '<a><a><a/></a></a>'],
    ['too_many_elements', `<a>${'<b/>'.repeat(5)}</a>`, `<a>${'<b/>'.repeat(4)}</a>`],
    ['too_many_attributes', '<a b="" c="" d=""/>', '<a b="" c=""/>'],
    ['too_many_attributes', '<a b="" c="" xmlns:p="urn:x"/>', '<a b="" xmlns:p="urn:x"/>'],
    [
      'too_many_namespaces',
      '<a xmlns:a="urn:x"><b xmlns:a="urn:x"/><b xmlns:a="urn:x"/><b xmlns:a="urn:x"/></a>',
      '<a xmlns:a="urn:x"><b xmlns:a="urn:x"/><b xmlns:a="urn:x"/></a>',
    ],
    ['name_too_long', '<abcdefghi/>', '<abcdefgh/>'],
    ['name_too_long', '<a abcdefghi=""/>', '<a abcdefgh=""/>'],
    ['attribute_value_too_long', '<a b="12345678901"/>', '<a b="&#49;234567890"/>'],
    ['text_too_long', '<a>1234567890123</a>', '<a>&#49;23456789012</a>'],
    ['text_too_long', '<a>1234567<![CDATA[890123]]></a>', '<a>1234567<![CDATA[89012]]></a>'],
  ])('%s', (reason, over, within) => {
    expect(refusalOf(over, rules)).toBe(reason);
    expect(refusalOf(within, rules)).toBe('accepted');
  });
  it('counts bytes, not characters', () => {
    expect(utf8(`<a>${'€'.repeat(10)}</a>`).length).toBe(37);
    expect(refusalOf(`<a>${'€'.repeat(10)}</a>`, { ...rules, limits: { ...limits, bytes: 36 } })).toBe(
      'too_large',
    );
  });
  it('holds messages to 64 KiB, 32 deep, 2000 elements, 64 attributes', () => {
    const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    expect([refusalOf(nested(32)), refusalOf(nested(33))]).toEqual(['accepted', 'too_deep']);
    const many = (count: number) => `<a>${'<b/>'.repeat(count - 1)}</a>`;
    expect([refusalOf(many(2000)), refusalOf(many(2001))]).toEqual(['accepted', 'too_many_elements']);
    const wide = (count: number) => `<a ${Array.from({ length: count }, (_, i) => `a${i}=""`).join(' ')}/>`;
    expect([refusalOf(wide(64)), refusalOf(wide(65))]).toEqual(['accepted', 'too_many_attributes']);
    const long = (bytes: number) =>
      `<a b="${'x'.repeat(8192)}">${`<b>${'x'.repeat(8000)}</b>`.repeat(6)}</a>`.padEnd(bytes);
    expect([refusalOf(long(65_536)), refusalOf(long(65_537))]).toEqual(['accepted', 'too_large']);
  });
  it('reads any depth that the limits allow', () => {
    const depth = 200_000;
    let element = rootOf('<a>'.repeat(depth) + '</a>'.repeat(depth), laxRules);
    let found = 1;
    for (let child = childElements(element)[0]; child !== undefined; child = childElements(element)[0]) {
      element = child;
      found += 1;
    }
    expect(found).toBe(depth);
  });
});

describe('Namespaces in XML', () => {
  it('resolves prefixes by scope', () => {
    const root = rootOf(
      '<a xmlns="urn:1" xmlns:p="urn:2" p:x="1" x="2"><p:b xmlns:p="urn:3"/><p:c xmlns=""><d/></p:c></a>',
    );
    const [b, c] = childElements(root);
    expect([root.namespace, b?.namespace, c?.namespace]).toEqual(['urn:1', 'urn:3', 'urn:2']);
    expect(c && childElements(c)[0]?.namespace).toBe('');
    expect([attributeOf(root, 'x'), attributeOf(root, 'x', 'urn:2')]).toEqual(['2', '1']);
  });
  it('gives attributes without prefix no namespace', () => {
    expect(refusalOf('<a xmlns="urn:x" xmlns:p="urn:x" b="1" p:b="2"/>')).toBe('accepted');
  });
  it('gives back the outer meaning of a prefix after the element', () => {
    const root = rootOf('<p:a xmlns:p="urn:1"><p:b xmlns:p="urn:2"><p:c/></p:b><p:d/></p:a>');
    expect(childElements(root).map(({ namespace }) => namespace)).toEqual(['urn:2', 'urn:1']);
  });
  it.each([
    '<a xmlns:p=""/>',
    '<a xmlns:xml="http://www.w3.org/XML/1998/namespace"/>',
    '<a xmlns:xml="urn:x"/>',
    '<a xmlns:xmlns="urn:x"/>',
    '<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>',
    '<a xmlns="http://www.w3.org/XML/1998/namespace"/>',
    '<a xmlns:p="http://www.w3.org/2000/xmlns/"/>',
    '<a xmlns="relative"/>',
    '<a xmlns:p="../relative"/>',
    '<a xmlns="urn:with space"/>',
    '<a xmlns="urn:é"/>',
    '<a xmlns="urn:%zz"/>',
    '<a xmlns="urn:a&amp;b"/>',
    '<a xmlns="urn:a#b#c"/>',
    '<a xmlns="http://host:port/"/>',
    '<a xmlns="http:///path"/>',
    '<a xmlns="http://"/>',
    '<a xmlns="1urn:x"/>',
    '<a xmlns="urn:"/>',
  ])('refuses the declaration in %s', (text) => expect(refusalOf(text)).toBe('bad_namespace'));
  it.each([
    'urn:oasis:names:tc:SAML:2.0:protocol',
    'http://www.w3.org/2001/04/xmlenc#',
    'http://example.org:8080/a/b?c=d%20#e',
    'https://example.org',
    'foo:/bar',
    'uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
  ])('knows %s for a namespace name', (uri) => expect(refusalOf(`<a xmlns="${uri}"/>`)).toBe('accepted'));
  it('refuses elements of reserved prefixes', () => {
    expect(refusalOf('<xml:a/>')).toBe('unbound_prefix');
    expect(refusalOf('<xmlns:a/>')).toBe('unbound_prefix');
  });
  it('finds duplicates among many attributes too', () => {
    const many = Array.from({ length: 40 }, (_, i) => `a${i}=""`).join(' ');
    expect(refusalOf(`<a ${many} a7=""/>`)).toBe('duplicate_attribute');
    const prefixed = Array.from({ length: 20 }, (_, i) => `p:a${i}=""`).join(' ');
    expect(refusalOf(`<a xmlns:p="urn:x" xmlns:q="urn:x" ${prefixed} q:a7=""/>`)).toBe('duplicate_attribute');
  });
});

describe('X8 identifiers', () => {
  it.each([
    '<a ID="x"><b ID="x"/></a>',
    '<a ID="x"><b Id="x"/></a>',
    '<a ID="x"><b id="x"/></a>',
    '<a ID="x"><b AssertionID="x"/></a>',
    '<a ID="x" Id="x"/>',
    '<a><b ID="x"/><b><c ID="&#120;"/></b></a>',
  ])('refuses one value used twice: %s', (text) => expect(refusalOf(text)).toBe('duplicate_id'));
  it('leaves other attributes alone', () => {
    expect(refusalOf('<a ID="x" InResponseTo="x"><b Name="x" iD="x"/></a>')).toBe('accepted');
  });
});

describe('the tree', () => {
  it('keeps text whole and in order', () => {
    const root = rootOf('<a>1<b/>2&amp;3<![CDATA[<4>]]>5</a>', laxRules);
    expect(root.children.map((child) => (typeof child === 'string' ? child : '-'))).toEqual([
      '1',
      '-',
      '2&3<4>5',
    ]);
  });
  it('answers text only for elements that hold nothing else', () => {
    expect(textOf(rootOf('<a/>'))).toBe('');
    expect(textOf(rootOf('<a>x<b/></a>'))).toBeUndefined();
    expect(textOf(rootOf('<a>x<!-- -->y</a>', laxRules))).toBeUndefined();
  });
  it('answers an only child only when it is the only one of its name', () => {
    const root = rootOf('<a xmlns="urn:x"><b/><b xmlns="urn:y"/><c/><c/></a>');
    expect(onlyChild(root, 'urn:x', 'b')?.namespace).toBe('urn:x');
    expect(onlyChild(root, 'urn:x', 'c')).toBeUndefined();
    expect(onlyChild(root, 'urn:x', 'd')).toBeUndefined();
  });
  it('treats names that mean something to JavaScript as names', () => {
    const root = rootOf('<__proto__ constructor="1" __proto__="2"><toString/></__proto__>');
    expect([root.local, attributeOf(root, '__proto__'), attributeOf(root, 'toString')]).toEqual([
      '__proto__',
      '2',
      undefined,
    ]);
  });
  it('knows letters beyond ASCII', () => {
    expect(rootOf('<é:ñ xmlns:é="urn:x" 名="1" 𐀀="2"/>').attributes.map(({ local }) => local)).toEqual([
      '名',
      '𐀀',
    ]);
  });
  it('says where reading stopped', () => {
    expect(readXml(utf8('<a><b></a>'), messageRules)).toEqual({
      ok: false,
      error: { reason: 'mismatched_tag', at: 6 },
    });
  });
});
