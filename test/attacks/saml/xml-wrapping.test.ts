import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/kernel/bytes.ts';
import { canonicalText, EXCLUSIVE } from '../../../src/saml/xml/canonicalise.ts';
import { messageRules } from '../../../src/saml/xml/limits.ts';
import { readXml } from '../../../src/saml/xml/read.ts';
import { descendantsNamed, onlyChild, textOf } from '../../../src/saml/xml/tree.ts';
import { verifyEnvelopedSignature } from '../../../src/saml/xml/verify.ts';
import { partnerSigned, registered, unwrap } from '../../support/xml.ts';

/*
 * Signature wrapping (saml V3; Somorovsky et al., "On Breaking SAML", 2012): the attacker holds one genuine signed
 * message and rearranges it so that the signature still verifies while another element is believed. An attack has
 * failed when the document is refused, or when what comes back is the genuine message and nothing of the forgery.
 */

const P = 'urn:oasis:names:tc:SAML:2.0:protocol';
const A = 'urn:oasis:names:tc:SAML:2.0:assertion';
const DS = 'http://www.w3.org/2000/09/xmldsig#';

const message = (id: string, name: string, place: string) =>
  `<samlp:LogoutRequest xmlns:samlp="${P}" ID="${id}" Version="2.0"><saml:Issuer xmlns:saml="${A}">urn:example:sp</saml:Issuer>` +
  `${place}<saml:NameID xmlns:saml="${A}">${name}</saml:NameID></samlp:LogoutRequest>`;
const genuine = partnerSigned({ text: message('_r1', 'victim', '%SIGNATURE%') });
const signature = /<ds:Signature .*<\/ds:Signature>/s.exec(genuine)?.[0] ?? '';
const unsigned = genuine.replace(signature, '');
const evil = (id: string, inside = '') => message(id, 'attacker', inside);
const signatureHolding = (content: string) =>
  signature.replace('</ds:Signature>', `${content}</ds:Signature>`);
const object = (content: string) => `<ds:Object>${content}</ds:Object>`;
const extensions = (content: string) => `<samlp:Extensions>${content}</samlp:Extensions>`;

/** What a caller gets to see: the name in the verified message, or why there is none. */
async function outcome(text: string): Promise<string> {
  const document = readXml(utf8(text), messageRules);
  if (!document.ok) return `refused: ${document.error.reason}`;
  const verified = await verifyEnvelopedSignature(document.value, [await registered('first')]);
  if (!verified.ok) return `refused: ${verified.error.reason}`;
  const name = onlyChild(verified.value.root, A, 'NameID');
  return name === undefined ? 'no name' : `name: ${textOf(name)}`;
}

describe('V3 signature wrapping', () => {
  it('the genuine message verifies', async () => expect(await outcome(genuine)).toBe('name: victim'));

  const permutations: readonly [string, string][] = [
    ['XSW1: forged root, genuine message inside its signature', evil('_r2', signatureHolding(unsigned))],
    ['XSW1 with the genuine ID on both', evil('_r1', signatureHolding(unsigned))],
    ['XSW1 with the genuine message in an Object', evil('_r2', signatureHolding(object(unsigned)))],
    ['XSW2: forged root, signature and genuine message side by side', evil('_r2', signature + unsigned)],
    ['XSW2 with the genuine message first', evil('_r2', unsigned + signature)],
    [
      'XSW3: a forged sibling before the genuine one',
      `<Batch xmlns="urn:x" ID="_b">${evil('_r2')}${genuine}</Batch>`,
    ],
    ['XSW4: the genuine one inside the forged one', evil('_r2', genuine)],
    ['XSW4 with the genuine ID on both', evil('_r1', genuine)],
    ['XSW4 without an ID on the forged root', evil('_r2', genuine).replace(' ID="_r2"', '')],
    [
      'XSW5: the signature stays, its message moves to the end',
      `<Batch xmlns="urn:x" ID="_b">${evil('_r2', signature)}${unsigned}</Batch>`,
    ],
    [
      'XSW6: the signature holds the message, inside the forged one',
      `<Batch xmlns="urn:x" ID="_b">${evil('_r2', signatureHolding(unsigned))}</Batch>`,
    ],
    ['XSW7: a forged copy in Extensions', evil('_r2', extensions(genuine))],
    ['XSW7 the other way round', genuine.replace(signature, signature + extensions(evil('_r2')))],
    ['XSW7 with the signature outside', evil('_r2', signature + extensions(unsigned))],
    [
      'XSW8: the genuine message in an Object of the signature',
      evil('_r2', signatureHolding(object(unsigned))),
    ],
    ['XSW8 with a forgery in the Object', genuine.replace(signature, signatureHolding(object(evil('_r2'))))],
    [
      'a forgery in KeyInfo',
      genuine
        .replace(signature, signatureHolding(`<ds:KeyInfo>${evil('_r2')}</ds:KeyInfo>`))
        .replace('attacker', 'attacker'),
    ],
    [
      'a forgery in KeyInfo with the genuine ID',
      genuine.replace(signature, signatureHolding(`<ds:KeyInfo>${evil('_r1')}</ds:KeyInfo>`)),
    ],
    ['the genuine message in KeyInfo', evil('_r2', signatureHolding(`<ds:KeyInfo>${unsigned}</ds:KeyInfo>`))],
    [
      'the genuine message in KeyInfo, same ID',
      evil('_r1', signatureHolding(`<ds:KeyInfo>${unsigned}</ds:KeyInfo>`)),
    ],
    ['the genuine ID spelled with a reference', evil('&#95;r1', signatureHolding(object(unsigned)))],
    ['the genuine ID under another name', evil('_r2', signature + unsigned.replace(' ID=', ' Id='))],
    ['two roots', genuine + evil('_r2')],
    ['two roots, forged first', evil('_r2') + genuine],
    ['the signature at both levels', evil('_r2', signature + genuine)],
    ['the signature twice', genuine.replace(signature, signature + signature)],
    [
      'a second signature with forged content',
      genuine.replace(signature, signature + signatureHolding(object(evil('_r2')))),
    ],
    [
      'a forged name beside the genuine one',
      genuine.replace(
        '</samlp:LogoutRequest>',
        `<saml:NameID xmlns:saml="${A}">attacker</saml:NameID></samlp:LogoutRequest>`,
      ),
    ],
    [
      'a forged attribute',
      genuine.replace(' Version="2.0"', ' Version="2.0" NotOnOrAfter="2999-01-01T00:00:00Z"'),
    ],
    ['a forged prefix', genuine.replace(`xmlns:saml="${A}">urn:example`, `xmlns:saml="urn:x">urn:example`)],
  ];
  it.each(permutations)('%s', async (_, text) => {
    expect(text).toContain('victim');
    const seen = await outcome(text);
    expect(seen.startsWith('refused') || seen === 'name: victim').toBe(true);
  });

  it('returns nothing that stood inside the signature element', async () => {
    const inKeyInfo = genuine.replace(signature, signatureHolding(`<ds:KeyInfo>${evil('_r2')}</ds:KeyInfo>`));
    const verified = unwrap(
      await verifyEnvelopedSignature(unwrap(readXml(utf8(inKeyInfo), messageRules)), [
        await registered('first'),
      ]),
    );
    expect(canonicalText(verified.root, EXCLUSIVE)).not.toContain('attacker');
    expect(descendantsNamed(verified.root, DS, 'Signature')).toEqual([]);
  });
});
