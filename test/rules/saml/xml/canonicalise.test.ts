import { describe, expect, it } from 'vitest';
import type { Canonicalisation } from '../../../../src/saml/xml/canonicalisation.ts';
import {
  canonicalBytes,
  canonicalDocument,
  canonicalText,
  EXCLUSIVE,
} from '../../../../src/saml/xml/canonicalise.ts';
import { documentOf, firstNamed, laxRules, vector } from '../../../support/xml.ts';

const INCLUSIVE: Canonicalisation = { form: '1.0', comments: false, prefixes: new Set() };
const withPrefixes = (...prefixes: string[]): Canonicalisation => ({
  ...EXCLUSIVE,
  prefixes: new Set(prefixes),
});
const canonical = (text: string, method: Canonicalisation = EXCLUSIVE, apex?: string): string => {
  const { root } = documentOf(text, laxRules);
  return canonicalText(apex === undefined ? root : firstNamed(root, apex), method);
};

describe('Exclusive XML Canonicalization, worked examples', () => {
  it.each([
    ['2.1-a', 'elem1'],
    ['2.1-b', 'elem1'],
    ['2.2-a', 'elem2'],
    ['2.2-b', 'elem2'],
  ])('section %s', (name, apex) => {
    const text = vector(`w3c-exc-c14n/${name}.xml`);
    expect(canonical(text, EXCLUSIVE, apex)).toBe(vector(`w3c-exc-c14n/${name}.exclusive.c14n`));
    expect(canonical(text, INCLUSIVE, apex)).toBe(vector(`w3c-exc-c14n/${name}.inclusive.c14n`));
  });
});

describe('Canonical XML, worked examples', () => {
  it.each(['3.2', '3.3', '3.4'])('section %s', (name) => {
    expect(canonical(vector(`w3c-c14n/${name}.xml`), INCLUSIVE)).toBe(vector(`w3c-c14n/${name}.c14n`));
  });
});

describe('S14 canonical form', () => {
  it('writes empty elements as two tags and drops white space inside tags', () => {
    expect(canonical(`<a  b = '1'\n c="2" ><d/></a >`)).toBe('<a b="1" c="2"><d></d></a>');
  });
  it('sorts attributes by namespace name, then local name, those without namespace first', () => {
    expect(canonical('<a xmlns:z="urn:1" xmlns:b="urn:2" b:x="1" z:y="2" z:x="3" c="4" a="5"/>')).toBe(
      '<a xmlns:b="urn:2" xmlns:z="urn:1" a="5" c="4" z:x="3" z:y="2" b:x="1"></a>',
    );
  });
  it('sorts by code point, not by UTF-16 unit', () => {
    expect(canonical('<a 𐀀="1" \uF900="2"/>')).toBe('<a \uF900="2" 𐀀="1"></a>');
  });
  it('puts the default declaration first, then prefixes in order', () => {
    expect(canonical('<b:a xmlns:c="urn:c" xmlns:b="urn:b" c:x="1"><d xmlns="urn:d" b:y="2"/></b:a>')).toBe(
      '<b:a xmlns:b="urn:b" xmlns:c="urn:c" c:x="1"><d xmlns="urn:d" b:y="2"></d></b:a>',
    );
  });
  it('escapes what must be escaped, and nothing else', () => {
    expect(canonical(`<a b="&amp;&lt;>&quot;'&#9;&#10;&#13;">&amp;&lt;&gt;"'&#9;&#10;&#13;</a>`)).toBe(
      `<a b="&amp;&lt;>&quot;'&#x9;&#xA;&#xD;">&amp;&lt;&gt;"'\t\n&#xD;</a>`,
    );
  });
  it('turns CDATA sections into text', () => {
    expect(canonical('<a>1<![CDATA[<&]]>2</a>')).toBe('<a>1&lt;&amp;2</a>');
  });
  it('drops comments or keeps them, also around the root', () => {
    const document = documentOf('<!-- 1 -->\n<a>2<!-- 3 -->4</a>\n<!--5-->', laxRules);
    expect(canonicalDocument(document, EXCLUSIVE)).toBe('<a>24</a>');
    expect(canonicalDocument(document, { ...EXCLUSIVE, comments: true })).toBe(
      '<!-- 1 -->\n<a>2<!-- 3 -->4</a>\n<!--5-->',
    );
  });
  it('gives the same bytes as text, across pieces of any size', () => {
    const text = `<a>${'<b c="é€😀">é€😀</b>'.repeat(2000)}</a>`;
    const { root } = documentOf(text, laxRules);
    expect(new TextDecoder().decode(canonicalBytes(root, EXCLUSIVE))).toBe(text);
  });
});

describe('exclusive form', () => {
  it('declares a prefix where it is used, and again after a sibling', () => {
    expect(canonical('<a xmlns:p="urn:p" xmlns:q="urn:q"><p:b><p:c/></p:b><p:d/></a>')).toBe(
      '<a><p:b xmlns:p="urn:p"><p:c></p:c></p:b><p:d xmlns:p="urn:p"></p:d></a>',
    );
  });
  it('declares a prefix again when its meaning changes', () => {
    expect(
      canonical('<p:a xmlns:p="urn:1"><p:b xmlns:p="urn:2"><p:c xmlns:p="urn:1"/></p:b><p:d/></p:a>'),
    ).toBe('<p:a xmlns:p="urn:1"><p:b xmlns:p="urn:2"><p:c xmlns:p="urn:1"></p:c></p:b><p:d></p:d></p:a>');
  });
  it('undeclares the default namespace only where it had been declared', () => {
    expect(canonical('<a xmlns=""><b xmlns="urn:b"><c xmlns=""/></b></a>')).toBe(
      '<a><b xmlns="urn:b"><c xmlns=""></c></b></a>',
    );
  });
  it('leaves out the declarations and xml: attributes of ancestors', () => {
    const text = '<r xmlns:p="urn:p" xmlns="urn:d" xml:lang="en"><p:a><b/></p:a></r>';
    expect(canonical(text, EXCLUSIVE, 'a')).toBe('<p:a xmlns:p="urn:p"><b xmlns="urn:d"></b></p:a>');
  });
});

describe('S13 InclusiveNamespaces PrefixList', () => {
  const text =
    '<r xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q"><q:a xmlns:s="urn:s"><b xmlns:p="urn:2"/></q:a></r>';
  it('renders listed prefixes wherever they are in scope', () => {
    expect(canonical(text, withPrefixes('p', 's', 'absent'), 'a')).toBe(
      '<q:a xmlns:p="urn:p" xmlns:q="urn:q" xmlns:s="urn:s"><b xmlns="urn:d" xmlns:p="urn:2"></b></q:a>',
    );
  });
  it('takes #default as the default namespace', () => {
    expect(canonical(text, withPrefixes(''), 'a')).toBe('<q:a xmlns="urn:d" xmlns:q="urn:q"><b></b></q:a>');
    const none = '<a xmlns="urn:d"><p:b xmlns="" xmlns:p="urn:p"/></a>';
    expect(canonical(none, withPrefixes(''))).toBe(
      '<a xmlns="urn:d"><p:b xmlns="" xmlns:p="urn:p"></p:b></a>',
    );
    expect(canonical(none)).toBe('<a xmlns="urn:d"><p:b xmlns:p="urn:p"></p:b></a>');
  });
});

describe('S12 inclusive form', () => {
  const text =
    '<r xmlns="urn:d" xmlns:p="urn:p" xml:lang="en" xml:id="i"><a xml:space="default"><b xmlns:p="urn:p"/></a></r>';
  it('gives the apex everything that is in scope', () => {
    expect(canonical(text, INCLUSIVE, 'a')).toBe(
      '<a xmlns="urn:d" xmlns:p="urn:p" xml:id="i" xml:lang="en" xml:space="default"><b></b></a>',
    );
  });
  it('leaves xml:id behind in version 1.1', () => {
    expect(canonical(text, { ...INCLUSIVE, form: '1.1' }, 'a')).toBe(
      '<a xmlns="urn:d" xmlns:p="urn:p" xml:lang="en" xml:space="default"><b></b></a>',
    );
  });
  it('lets the nearest ancestor decide', () => {
    const nested = '<r xmlns:p="urn:1" xml:lang="en"><s xmlns:p="urn:2" xml:lang="fr"><a/></s></r>';
    expect(canonical(nested, INCLUSIVE, 'a')).toBe('<a xmlns:p="urn:2" xml:lang="fr"></a>');
  });
});

describe('the enveloped-signature transform', () => {
  it('leaves out one element by identity, not by its looks', () => {
    const { root } = documentOf('<a>1<s>x</s>2<s>x</s>3</a>', laxRules);
    const second = root.children[3];
    if (second === undefined || typeof second === 'string' || !('children' in second))
      throw new Error('not an element');
    expect(canonicalText(root, EXCLUSIVE, second)).toBe('<a>1<s>x</s>23</a>');
  });
});

describe('depth', () => {
  it('costs no stack', () => {
    const text = '<a>'.repeat(200_000) + '</a>'.repeat(200_000);
    expect(canonical(text)).toBe(text);
  });
});
