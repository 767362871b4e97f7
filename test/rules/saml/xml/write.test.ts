import { describe, expect, it } from 'vitest';
import { canonicalText, EXCLUSIVE } from '../../../../src/saml/xml/canonicalise.ts';
import { type ElementToWrite, element, signatureHere, writeXml } from '../../../../src/saml/xml/write.ts';
import { documentOf, laxRules, reasonOf, unwrap } from '../../../support/xml.ts';

const P = 'urn:oasis:names:tc:SAML:2.0:protocol';
const A = 'urn:oasis:names:tc:SAML:2.0:assertion';
const textOf = (spec: ElementToWrite) => unwrap(writeXml(spec)).text;
const root = (...children: ElementToWrite['children'] & object): ElementToWrite => ({
  name: 'samlp:Response',
  namespaces: { samlp: P },
  children,
});

describe('P4 the writer emits canonical form', () => {
  it('sorts attributes, leaves undefined ones out and never closes a tag in itself', () => {
    const spec = {
      ...root(),
      attributes: { Version: '2.0', ID: '_1', InResponseTo: undefined, Consent: '' },
    };
    expect(textOf(spec)).toBe(
      `<samlp:Response xmlns:samlp="${P}" Consent="" ID="_1" Version="2.0"></samlp:Response>`,
    );
  });
  it('declares each prefix where it is first used', () => {
    const issuer: ElementToWrite = { name: 'Issuer', namespaces: { '': A }, children: ['x'] };
    expect(textOf({ ...root(issuer, issuer), namespaces: { samlp: P, xs: 'urn:unused' } })).toBe(
      `<samlp:Response xmlns:samlp="${P}"><Issuer xmlns="${A}">x</Issuer><Issuer xmlns="${A}">x</Issuer></samlp:Response>`,
    );
  });
  it('escapes every value once', () => {
    const spec = root(element('samlp:Status', { Value: `&<>"'\t\n\r` }, [`&<>"'\t\n\r]]>`]));
    const { text } = unwrap(writeXml(spec));
    expect(text).toContain(`Value="&amp;&lt;>&quot;'&#x9;&#xA;&#xD;">&amp;&lt;&gt;"'\t\n&#xD;]]&gt;</`);
    expect(canonicalText(documentOf(text).root, EXCLUSIVE)).toBe(text);
  });
  it('orders prefixed attributes by namespace name', () => {
    const spec = {
      ...root(),
      namespaces: { samlp: P, z: 'urn:a', y: 'urn:b' },
      attributes: { 'y:q': '1', 'z:q': '2', q: '3' },
    };
    const { text } = unwrap(writeXml(spec));
    expect(text).toContain('q="3" z:q="2" y:q="1"');
    expect(canonicalText(documentOf(text).root, EXCLUSIVE)).toBe(text);
  });
  it('writes xml:lang, which needs no declaration', () => {
    const { text } = unwrap(writeXml({ ...root(), attributes: { 'xml:lang': 'en', ID: '_1' } }));
    expect(text).toBe(`<samlp:Response xmlns:samlp="${P}" ID="_1" xml:lang="en"></samlp:Response>`);
    expect(canonicalText(documentOf(text, laxRules).root, EXCLUSIVE)).toBe(text);
  });
  it('marks the place of the signature', () => {
    const { text, signatureAt } = unwrap(
      writeXml(root(element('samlp:a'), signatureHere, element('samlp:b'))),
    );
    expect(text.slice(signatureAt)).toBe('<samlp:b></samlp:b></samlp:Response>');
    expect(unwrap(writeXml(root())).signatureAt).toBe(-1);
  });
});

describe('finished XML inside other XML', () => {
  const assertion = unwrap(
    writeXml({ name: 'Assertion', namespaces: { '': A }, children: [element('Subject')] }),
  );
  it('stays as it is', () => {
    const { text, canonical } = unwrap(writeXml(root(assertion)));
    expect(text).toBe(
      `<samlp:Response xmlns:samlp="${P}"><Assertion xmlns="${A}"><Subject></Subject></Assertion></samlp:Response>`,
    );
    expect(canonical).toBe(true);
    expect(canonicalText(documentOf(text).root, EXCLUSIVE)).toBe(text);
  });
  it('is a bug where it would declare again what is declared around it', () => {
    const around = { name: 'Advice', namespaces: { '': A }, children: [assertion] };
    expect(() => writeXml(around)).toThrow('declared twice');
    expect(() => writeXml(root(unwrap(writeXml({ ...around, children: [] }))))).not.toThrow();
  });
});

describe('V21 what XML cannot hold', () => {
  it.each(['\u0000', '\u000B', '\uFFFE', '\uD800', 'a\uDC00'])('refuses %j in text and attributes', (bad) => {
    expect(writeXml(root(element('samlp:Status', {}, [bad])))).toEqual({
      ok: false,
      error: { reason: 'illegal_character', name: 'samlp:Status' },
    });
    expect(reasonOf(writeXml({ ...root(), attributes: { ID: bad } }))).toBe('illegal_character');
  });
});

describe('mistakes of the caller', () => {
  it.each([
    ['an undeclared prefix', { name: 'p:a' }],
    ['no default namespace', { name: 'a' }],
    ['an undeclared attribute prefix', { ...root(), attributes: { 'p:a': '' } }],
    ['a name that is none', root(element('samlp:a b'))],
    ['an attribute name that is none', { ...root(), attributes: { 'a="b': '' } }],
    ['an xml: attribute other than xml:lang', { ...root(), attributes: { 'xml:space': 'preserve' } }],
    ['two places for one signature', root(signatureHere, signatureHere)],
  ])('%s throws', (_, spec) => expect(() => writeXml(spec)).toThrow());
});

describe('M2 declareAll', () => {
  it('writes every declaration given and says that the text is not canonical', () => {
    const spec = { name: 'EntityDescriptor', namespaces: { '': 'urn:md', saml: A }, declareAll: true };
    const { text, canonical } = unwrap(writeXml(spec));
    expect(text).toBe(`<EntityDescriptor xmlns="urn:md" xmlns:saml="${A}"></EntityDescriptor>`);
    expect(canonical).toBe(false);
    expect(documentOf(text, laxRules).root.declarations).toHaveLength(2);
  });
});
