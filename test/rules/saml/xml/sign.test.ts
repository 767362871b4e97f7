import { describe, expect, it } from 'vitest';
import { canonicalText, EXCLUSIVE } from '../../../../src/saml/xml/canonicalise.ts';
import { signEnveloped } from '../../../../src/saml/xml/sign.ts';
import { attributeOf, childElements } from '../../../../src/saml/xml/tree.ts';
import { verifyEnvelopedSignature } from '../../../../src/saml/xml/verify.ts';
import { type ElementToWrite, element, signatureHere, writeXml } from '../../../../src/saml/xml/write.ts';
import { certificateOf, documentOf, firstNamed, registered, signerOf, unwrap } from '../../../support/xml.ts';

const A = 'urn:oasis:names:tc:SAML:2.0:assertion';
const assertion = (extra: Partial<ElementToWrite> = {}): ElementToWrite => ({
  name: 'Assertion',
  namespaces: { '': A },
  attributes: { ID: '_a1', Version: '2.0' },
  children: [
    element('Issuer', {}, ['https://idp.example/api/saml']),
    signatureHere,
    element('Subject', {}, ['é & co']),
  ],
  ...extra,
});
const signed = async (spec: ElementToWrite, id = '_a1') =>
  signEnveloped(unwrap(writeXml(spec)), id, await signerOf('first'));

describe('P8 the signature block', () => {
  it('stands where it was asked for and has the shape service providers know', async () => {
    const { text } = await signed(assertion());
    const { root } = documentOf(text);
    expect(childElements(root).map(({ local }) => local)).toEqual(['Issuer', 'Signature', 'Subject']);
    const names = (local: string) => childElements(firstNamed(root, local)).map((child) => child.local);
    expect(names('Signature')).toEqual(['SignedInfo', 'SignatureValue', 'KeyInfo']);
    expect(names('SignedInfo')).toEqual(['CanonicalizationMethod', 'SignatureMethod', 'Reference']);
    expect(names('Reference')).toEqual(['Transforms', 'DigestMethod', 'DigestValue']);
    expect(
      childElements(firstNamed(root, 'Transforms')).map((transform) => attributeOf(transform, 'Algorithm')),
    ).toEqual([
      'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
      'http://www.w3.org/2001/10/xml-exc-c14n#',
    ]);
    expect(attributeOf(firstNamed(root, 'Reference'), 'URI')).toBe('#_a1');
    expect(firstNamed(root, 'X509Certificate').children).toEqual([certificateOf('first')]);
    expect(childElements(firstNamed(root, 'CanonicalizationMethod'))).toEqual([]);
  });
  it('leaves the document in canonical form', async () => {
    const { text, canonical } = await signed(assertion());
    expect(canonicalText(documentOf(text).root, EXCLUSIVE)).toBe(text);
    expect(canonical).toBe(true);
  });
  it('verifies', async () => {
    const { text } = await signed(assertion());
    const verified = await verifyEnvelopedSignature(documentOf(text), [await registered('first')]);
    expect(canonicalText(unwrap(verified).root, EXCLUSIVE)).toBe(unwrap(writeXml(assertion())).text);
  });
});

describe('P7 a signed element inside a signed message', () => {
  it('verifies once it is taken out of the message', async () => {
    const inner = await signed(assertion());
    const outer = await signed(
      {
        name: 'samlp:Response',
        namespaces: { samlp: 'urn:oasis:names:tc:SAML:2.0:protocol' },
        attributes: { ID: '_r1' },
        children: [{ ...element('Issuer', {}, ['x']), namespaces: { '': A } }, signatureHere, inner],
      },
      '_r1',
    );
    const document = documentOf(outer.text);
    expect(canonicalText(document.root, EXCLUSIVE)).toBe(outer.text);
    expect(canonicalText(firstNamed(document.root, 'Assertion'), EXCLUSIVE)).toBe(inner.text);
    const again = await verifyEnvelopedSignature(documentOf(inner.text), [await registered('first')]);
    expect(again.ok).toBe(true);
  });
});

describe('M3 a document that is not in canonical form', () => {
  it('is signed by its canonical form', async () => {
    const { text } = await signed(assertion({ namespaces: { '': A, xs: 'urn:xs' }, declareAll: true }));
    expect(text).toContain(' xmlns:xs="urn:xs"');
    expect((await verifyEnvelopedSignature(documentOf(text), [await registered('first')])).ok).toBe(true);
  });
});

describe('mistakes of the caller', () => {
  it('throws without a place for the signature', async () => {
    await expect(signed(assertion({ children: [] }))).rejects.toThrow('no place');
  });
});
