import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/kernel/bytes.ts';
import { readXml } from '../../../src/saml/xml/read.ts';
import { verifyEnvelopedSignature } from '../../../src/saml/xml/verify.ts';
import { laxRules, partnerSigned, reasonOf, registered, request } from '../../support/xml.ts';

/** saml V5 to V10: signatures whose inside is not the one shape accepted. Read laxly, so that shape alone decides. */
const genuine = partnerSigned({ text: request() });
const part = (name: string) => new RegExp(`<ds:${name}[ >].*</ds:${name}>`, 's').exec(genuine)?.[0] ?? '';
const DS = 'http://www.w3.org/2000/09/xmldsig#';

async function outcome(text: string): Promise<string> {
  const document = readXml(utf8(text), laxRules);
  if (!document.ok) return document.error.reason;
  return reasonOf(await verifyEnvelopedSignature(document.value, [await registered('first')]));
}
const plusAfter = (name: string, more: string) => genuine.replace(part(name), part(name) + more);
const plusBefore = (name: string, more: string) => genuine.replace(part(name), more + part(name));
const without = (name: string) => genuine.replace(part(name), '');

describe('V6 the shape of a signature', () => {
  it('the genuine one verifies', async () => expect(await outcome(genuine)).toBe('accepted'));

  it.each([
    ['two SignedInfo', plusAfter('SignedInfo', part('SignedInfo'))],
    [
      'a forged SignedInfo before the genuine one',
      plusBefore('SignedInfo', part('SignedInfo').replace('_r1', '_r2')),
    ],
    ['a SignedInfo after the value', plusAfter('SignatureValue', part('SignedInfo'))],
    ['two SignatureValue', plusAfter('SignatureValue', part('SignatureValue'))],
    ['two KeyInfo', plusAfter('SignatureValue', '<ds:KeyInfo/><ds:KeyInfo/>')],
    ['KeyInfo first', plusBefore('SignedInfo', '<ds:KeyInfo/>')],
    ['an Object', plusAfter('SignatureValue', '<ds:Object/>')],
    ['a Manifest', plusAfter('SignatureValue', '<ds:Object><ds:Manifest/></ds:Object>')],
    ['an unknown child', plusAfter('SignatureValue', '<x xmlns="urn:x"/>')],
    ['no SignedInfo', without('SignedInfo')],
    ['no SignatureValue', without('SignatureValue')],
    ['text between the parts', plusAfter('SignedInfo', 'text')],
    ['a comment between the parts', plusAfter('SignedInfo', '<!-- x -->')],
    [
      'a SignedInfo of another namespace',
      genuine.replace('<ds:SignedInfo>', '<ds:SignedInfo xmlns:ds="urn:x">'),
    ],
    ['a Signature of another namespace', genuine.replace(`xmlns:ds="${DS}"`, 'xmlns:ds="urn:x"')],
    [
      'an output length for HMAC',
      genuine.replace(
        'rsa-sha256"></ds:SignatureMethod>',
        'rsa-sha256"><ds:HMACOutputLength>0</ds:HMACOutputLength></ds:SignatureMethod>',
      ),
    ],
    ['two References', plusAfter('Reference', part('Reference'))],
    ['two DigestValue', plusAfter('DigestValue', part('DigestValue'))],
    ['no DigestValue', without('DigestValue')],
    ['no Transforms', without('Transforms')],
    ['a Reference Type', genuine.replace('<ds:Reference URI', `<ds:Reference Type="${DS}Manifest" URI`)],
    [
      'a second URI of another namespace',
      genuine.replace('<ds:Reference URI="#_r1"', '<ds:Reference xmlns:x="urn:x" x:URI="#_r1" URI="#_r2"'),
    ],
  ])('refuses %s', async (_, text) => {
    expect(text).not.toBe(genuine);
    expect(await outcome(text)).not.toBe('accepted');
  });

  it.each([
    ['a comment in DigestValue', part('DigestValue'), part('DigestValue').replace(/>(.)/, '><!-- x -->$1')],
    [
      'an element in DigestValue',
      part('DigestValue'),
      part('DigestValue').replace('</', '<x xmlns="urn:x"/></'),
    ],
    [
      'a comment in SignatureValue',
      part('SignatureValue'),
      part('SignatureValue').replace(/>(.)/, '>$1<!-- x -->'),
    ],
    ['a comment in DigestMethod', part('DigestMethod'), part('DigestMethod').replace('></', '><!-- x --></')],
  ])('refuses %s', async (_, from, to) => {
    expect(to).not.toBe(from);
    expect(await outcome(genuine.replace(from, to))).not.toBe('accepted');
  });

  it('refuses a digest that was changed to fit a forgery, wherever the genuine one is kept', async () => {
    const digest = part('DigestValue');
    const forged = digest.replace(/>[^<]*</, `>${Buffer.alloc(32, 7).toString('base64')}<`);
    expect(await outcome(genuine.replace(digest, forged))).toBe('key_validation_error');
    expect(await outcome(genuine.replace(digest, forged + digest))).not.toBe('accepted');
    expect(await outcome(genuine.replace(digest, forged.replace('<ds', `<!--${digest}--><ds`)))).not.toBe(
      'accepted',
    );
  });
});

describe('V7 several references', () => {
  it('refuses a second reference even when it was signed', async () => {
    const reference = `<ds:Reference URI="#_r2">${part('Transforms')}${part('DigestMethod')}${part('DigestValue')}</ds:Reference>`;
    const transforms = `<ds:Transform Algorithm="${DS}enveloped-signature"/><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>`;
    const digestMethod = `${part('DigestMethod')}`;
    const signed = partnerSigned({
      text: request(),
      transforms: `${transforms}</ds:Transforms>${digestMethod}${part('DigestValue')}</ds:Reference>${reference}<ds:Reference URI="#_r1"><ds:Transforms>${transforms}`,
    });
    expect(await outcome(signed)).not.toBe('accepted');
  });
});

describe('V9 canonicalisation', () => {
  it('never digests nothing: an empty digest proves nothing', async () => {
    const ofNothing = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
    const digest = part('DigestValue');
    expect(await outcome(genuine.replace(digest, `<ds:DigestValue>${ofNothing}</ds:DigestValue>`))).toBe(
      'key_validation_error',
    );
  });
  it('refuses relative namespace names, which canonical form leaves undefined', async () => {
    expect(await outcome(genuine.replace('<saml:Issuer', '<saml:Issuer xmlns:x="relative"'))).toBe(
      'bad_namespace',
    );
  });
  it('refuses a prefix bound to another namespace around the signature', async () => {
    const moved = genuine
      .replace(`<ds:Signature xmlns:ds="${DS}">`, '<ds:Signature>')
      .replace(' Version', ' xmlns:ds="urn:x" Version');
    expect(await outcome(moved)).toBe('unsigned');
  });
});

describe('V10 transforms', () => {
  it('are part of what is signed: another one breaks the signature', async () => {
    const exclusive = /(<ds:Transform Algorithm=")http:\/\/www\.w3\.org\/2001\/10\/xml-exc-c14n#/;
    const inclusive = '$1http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
    expect(await outcome(genuine.replace(exclusive, inclusive))).toBe('key_validation_error');
  });
});
