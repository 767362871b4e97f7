import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../../src/kernel/bytes.ts';
import { canonicalText, EXCLUSIVE } from '../../../../src/saml/xml/canonicalise.ts';
import { readXml } from '../../../../src/saml/xml/read.ts';
import { childElements, onlyChild, textOf } from '../../../../src/saml/xml/tree.ts';
import { verifyEnvelopedSignature } from '../../../../src/saml/xml/verify.ts';
import {
  certificateOf,
  documentOf,
  keyInfoOf,
  laxRules,
  method,
  type PartnerSignature,
  partnerSigned,
  reasonOf,
  registered,
  request,
  type TestKey,
  unwrap,
} from '../../../support/xml.ts';

const EXC = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const C14N_10 = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const C14N_11 = 'http://www.w3.org/2006/12/xml-c14n11';
const DS = 'http://www.w3.org/2000/09/xmldsig#';
const ASSERTION = 'urn:oasis:names:tc:SAML:2.0:assertion';
const enveloped = method('Transform', `${DS}enveloped-signature`);

const verify = async (text: string, keys: readonly TestKey[] = ['first'], allowSha1Digest = false) =>
  verifyEnvelopedSignature(documentOf(text), await Promise.all(keys.map(registered)), { allowSha1Digest });
const verdict = async (
  choices: Partial<PartnerSignature>,
  keys?: readonly TestKey[],
  allowSha1Digest?: boolean,
) => reasonOf(await verify(partnerSigned({ text: request(), ...choices }), keys, allowSha1Digest));

describe('S16 what verification returns', () => {
  it('is a new tree of the signed bytes, without the signature', async () => {
    const document = documentOf(partnerSigned({ text: request('<samlp:Extensions/>') }));
    const { root, matched, digest } = unwrap(
      await verifyEnvelopedSignature(document, [await registered('first')]),
    );
    expect(root).not.toBe(document.root);
    expect(childElements(root).map(({ local }) => local)).toEqual(['Issuer', 'Extensions']);
    expect(canonicalText(root, EXCLUSIVE)).toBe(
      request('<samlp:Extensions></samlp:Extensions>').replace('%SIGNATURE%', ''),
    );
    expect([matched, digest]).toEqual([0, 'sha256']);
  });
  it('holds no node of the document that came in', async () => {
    const document = documentOf(partnerSigned({ text: request() }));
    const { root } = unwrap(await verifyEnvelopedSignature(document, [await registered('first')]));
    expect(childElements(document.root)).not.toContain(onlyChild(root, ASSERTION, 'Issuer'));
    expect(root.parent).toBeNull();
  });
  it('keeps values exactly as signed', async () => {
    const text = request('<a xmlns="urn:x" b="&quot;&#10;&lt;">&amp;&#13;é&gt;</a>');
    const { root } = unwrap(await verify(partnerSigned({ text })));
    const element = onlyChild(root, 'urn:x', 'a');
    expect(element?.attributes[0]?.value).toBe('"\n<');
    expect(element && textOf(element)).toBe('&\ré>');
  });
  it('reads canonical bytes that are longer than the document was allowed to be', async () => {
    const text = partnerSigned({ text: request(`<a xmlns="urn:x">${'>'.repeat(30_000)}</a>`) });
    expect(reasonOf(await verify(text))).toBe('accepted');
  });
});

describe('S6 candidate keys', () => {
  it('tries every key when the message shows no certificate', async () => {
    const result = await verify(partnerSigned({ text: request(), by: 'second' }), ['first', 'second']);
    expect(unwrap(result).matched).toBe(1);
  });
  it('takes the first key that verifies', async () => {
    expect(unwrap(await verify(partnerSigned({ text: request() }), ['first', 'first'])).matched).toBe(0);
  });
  it('tries only registered keys whose certificate is shown', async () => {
    const keyInfo = keyInfoOf(certificateOf('second'));
    expect(await verdict({ by: 'second', keyInfo }, ['first', 'second'])).toBe('accepted');
    expect(await verdict({ by: 'first', keyInfo }, ['first', 'second'])).toBe('key_validation_error');
    expect(await verdict({ by: 'second', keyInfo }, ['first'])).toBe('request_cert_not_registered');
  });
  it('accepts a certificate in lines', async () => {
    const lines = certificateOf('first').replace(/.{64}/g, '$&\n');
    expect(await verdict({ keyInfo: keyInfoOf(`\n${lines}\n`) })).toBe('accepted');
  });
  it('refuses another key, and any key when none is registered', async () => {
    expect(await verdict({ by: 'second' }, ['first'])).toBe('key_validation_error');
    expect(await verdict({}, [])).toBe('no_registered_certs');
  });
  it('ignores KeyName and KeyValue', async () => {
    const keyInfo =
      '<ds:KeyInfo><ds:KeyName>x</ds:KeyName><ds:KeyValue><ds:RSAKeyValue/></ds:KeyValue></ds:KeyInfo>';
    expect(await verdict({ keyInfo })).toBe('accepted');
  });
});

describe('S7 certificate elements', () => {
  it.each(['', ' \n '])('refuses a blank one (%j)', async (blank) => {
    expect(await verdict({ keyInfo: keyInfoOf(blank) })).toBe('blank_certificate');
    expect(await verdict({ keyInfo: keyInfoOf(certificateOf('first'), blank) })).toBe('blank_certificate');
  });
  it.each(['<ds:SignatureValue></ds:SignatureValue>', ''])(
    'tells a blank one in a signature that nobody filled in (%j)',
    async (value) => {
      const signed = partnerSigned({ text: request(), keyInfo: keyInfoOf('') });
      const text = signed.replace(/<ds:SignatureValue>.*<\/ds:SignatureValue>/s, value);
      expect(reasonOf(await verifyEnvelopedSignature(documentOf(text), [await registered('first')]))).toBe(
        'blank_certificate',
      );
    },
  );
  it('refuses one that is not base64', async () => {
    expect(await verdict({ keyInfo: keyInfoOf('not base64!') })).toBe('bad_signature_shape');
  });
});

describe('S8 signature algorithm', () => {
  it.each([
    'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
    'http://www.w3.org/2001/04/xmldsig-more#rsa-sha384',
    'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
    'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256',
    'http://www.w3.org/2000/09/xmldsig#hmac-sha1',
    'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
    'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
    'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256 ',
    'rsa-sha256',
    '',
  ])('refuses %j', async (uri) => {
    expect(await verdict({ signatureMethod: method('SignatureMethod', uri) })).toBe('wrong_sig_algorithm');
  });
});

describe('S9 digest algorithm', () => {
  const digests = {
    sha1: `${DS}sha1`,
    sha384: 'http://www.w3.org/2001/04/xmldsig-more#sha384',
    sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
  } as const;
  const withDigest = (digestHash: keyof typeof digests) => ({
    digestHash,
    digestMethod: method('DigestMethod', digests[digestHash]),
  });
  it('accepts SHA-384 and SHA-512 and says so', async () => {
    for (const digestHash of ['sha384', 'sha512'] as const) {
      const result = await verify(partnerSigned({ text: request(), ...withDigest(digestHash) }));
      expect(unwrap(result).digest).toBe(digestHash);
    }
  });
  it('accepts SHA-1 only where it is allowed, and says so', async () => {
    expect(await verdict(withDigest('sha1'))).toBe('sha1_digest');
    const allowed = await verify(partnerSigned({ text: request(), ...withDigest('sha1') }), ['first'], true);
    expect(unwrap(allowed).digest).toBe('sha1');
  });
  it('refuses any other', async () => {
    const digestMethod = method('DigestMethod', 'http://www.w3.org/2001/04/xmldsig-more#md5');
    expect(await verdict({ digestMethod })).toBe('wrong_digest_algorithm');
  });
  it('refuses a digest of the wrong length for its algorithm', async () => {
    const digestMethod = method('DigestMethod', 'http://www.w3.org/2001/04/xmlenc#sha512');
    expect(await verdict({ digestMethod, digestHash: 'sha256' })).toBe('bad_reference');
  });
});

describe('S10 the reference', () => {
  it.each([
    '',
    '#',
    '#_r2',
    '_r1',
    '#xpointer(/)',
    "#xpointer(id('_r1'))",
    'http://sp.example/#_r1',
    '#_R1',
    '#_r1 ',
    'cid:x',
  ])('refuses URI %j', async (uri) => expect(await verdict({ uri })).toBe('bad_reference'));
  it('refuses a missing URI', async () => {
    const signed = partnerSigned({ text: request() }).replace(' URI="#_r1"', '');
    expect(reasonOf(await verify(signed))).not.toBe('accepted');
  });
  it('refuses a document whose root has no ID', async () => {
    const text = request('<a xmlns="urn:x" ID="_r2"/>').replace(' ID="_r1"', '');
    expect(await verdict({ text, uri: '#_r2' })).toBe('bad_reference');
    expect(await verdict({ text, uri: '#' })).toBe('bad_reference');
  });
  it('refuses a signature that is not a child of the root', async () => {
    const text = request('<samlp:Extensions>%HERE%</samlp:Extensions>')
      .replace('%SIGNATURE%', '')
      .replace('%HERE%', '%SIGNATURE%');
    expect(await verdict({ text })).toBe('misplaced_signature');
  });
  it('refuses a root that is itself a signature', async () => {
    expect(reasonOf(await verify(`<Signature xmlns="${DS}" ID="_r1"/>`))).toBe('misplaced_signature');
  });
  it('says when there is no signature', async () => {
    expect(reasonOf(await verify(request().replace('%SIGNATURE%', '')))).toBe('unsigned');
  });
});

describe('S11 transforms', () => {
  it.each([
    ['exclusive', method('Transform', EXC)],
    ['exclusive with comments', method('Transform', `${EXC}WithComments`)],
    ['canonical XML 1.0', method('Transform', C14N_10)],
    ['canonical XML 1.1', method('Transform', C14N_11)],
    ['canonical XML 1.1 with comments', method('Transform', `${C14N_11}#WithComments`)],
    ['none, which means canonical XML 1.0', ''],
  ])('accepts enveloped, then %s', async (_, canonicalisation) => {
    const text = request('<a xmlns="urn:x" xmlns:unused="urn:y"/>');
    expect(await verdict({ text, transforms: enveloped + canonicalisation })).toBe('accepted');
  });
  it.each([
    ['nothing', ''],
    ['no enveloped', method('Transform', EXC)],
    ['the other order', method('Transform', EXC) + enveloped],
    ['enveloped twice', enveloped + enveloped],
    ['three', enveloped + method('Transform', EXC) + method('Transform', EXC)],
    ['XSLT', enveloped + method('Transform', 'http://www.w3.org/TR/1999/REC-xslt-19991116')],
    [
      'XPath',
      enveloped +
        method('Transform', 'http://www.w3.org/TR/1999/REC-xpath-19991116', '<ds:XPath>1</ds:XPath>'),
    ],
    ['base64', enveloped + method('Transform', `${DS}base64`)],
    [
      'content in enveloped',
      method('Transform', `${DS}enveloped-signature`, '<ds:XPath>1</ds:XPath>') + method('Transform', EXC),
    ],
    [
      'content in canonical XML',
      enveloped + method('Transform', C14N_10, `<i:InclusiveNamespaces xmlns:i="${EXC}" PrefixList="x"/>`),
    ],
    [
      'two prefix lists',
      enveloped +
        method('Transform', EXC, `<i:InclusiveNamespaces xmlns:i="${EXC}" PrefixList="x"/>`.repeat(2)),
    ],
    [
      'a prefix list of another namespace',
      enveloped + method('Transform', EXC, '<i:InclusiveNamespaces xmlns:i="urn:x" PrefixList="x"/>'),
    ],
  ])('refuses %s', async (_, transforms) => {
    expect(['bad_transform', 'bad_reference']).toContain(await verdict({ transforms }));
  });
});

describe('S12 canonicalization of SignedInfo', () => {
  it.each([
    EXC,
    `${EXC}WithComments`,
    C14N_10,
    `${C14N_10}#WithComments`,
    C14N_11,
    `${C14N_11}#WithComments`,
  ])('accepts %s', async (uri) => {
    const text = request('', ' xmlns:saml2="urn:x" xmlns="urn:y"');
    expect(await verdict({ text, canonicalization: method('CanonicalizationMethod', uri) })).toBe('accepted');
  });
  it.each(['http://www.w3.org/2010/xml-c14n2', `${EXC}withcomments`, ''])('refuses %j', async (uri) => {
    expect(await verdict({ canonicalization: method('CanonicalizationMethod', uri) })).toBe(
      'bad_canonicalisation',
    );
  });
});

describe('S13 PrefixList', () => {
  const list = (prefixes: string) => `<ec:InclusiveNamespaces xmlns:ec="${EXC}" PrefixList="${prefixes}"/>`;
  it('is honoured in both places', async () => {
    const prefixes = list('#default samlp saml ds xs xsi md');
    const text = request(
      '',
      ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:md="urn:md" xmlns="urn:default"',
    );
    expect(
      await verdict({
        text,
        canonicalization: method('CanonicalizationMethod', EXC, prefixes),
        transforms: enveloped + method('Transform', EXC, prefixes),
      }),
    ).toBe('accepted');
  });
  it('changes what is signed', async () => {
    const text = request('', ' xmlns:xs="http://www.w3.org/2001/XMLSchema"');
    const signed = partnerSigned({ text, transforms: enveloped + method('Transform', EXC, list('xs')) });
    expect(reasonOf(await verify(signed))).toBe('accepted');
    expect(reasonOf(await verify(signed.replace(' xmlns:xs="http://www.w3.org/2001/XMLSchema"', '')))).toBe(
      'digest_mismatch',
    );
  });
});

describe('S15 values', () => {
  const signed = partnerSigned({ text: request() });
  const value = /<ds:SignatureValue>([^<]*)</.exec(signed)?.[1] ?? '';
  const digest = /<ds:DigestValue>([^<]*)</.exec(signed)?.[1] ?? '';
  it('accepts a signature value in lines', async () => {
    expect(reasonOf(await verify(signed.replace(value, value.replace(/.{76}/g, '$&\n'))))).toBe('accepted');
  });
  it.each([
    ['nothing', ''],
    ['another alphabet', value.replaceAll('+', '-').replaceAll('/', '_').replace('A', '-')],
    ['no padding', value.replace(/=+$/, '')],
    ['a child element', `${value}<x xmlns="urn:x"/>`],
  ])('refuses a signature value with %s', async (_, changed) => {
    expect(reasonOf(await verify(signed.replace(value, changed)))).toBe('bad_signature_shape');
  });
  it('refuses a signature value of another length', async () => {
    expect(reasonOf(await verify(signed.replace(value, value.slice(4))))).toBe('key_validation_error');
  });
  it('refuses a changed document and a changed digest', async () => {
    expect(reasonOf(await verify(signed.replace('urn:example:sp', 'urn:example:sq')))).toBe(
      'digest_mismatch',
    );
    expect(reasonOf(await verify(signed.replace(digest, Buffer.alloc(32).toString('base64'))))).toBe(
      'key_validation_error',
    );
  });
  it('accepts white space around the signed element outside the root', async () => {
    expect(reasonOf(await verify(`<?xml version="1.0"?>\n${signed}\n`))).toBe('accepted');
  });
});

describe('the key', () => {
  it('is no use when it is of another kind', async () => {
    const { certificate } = await registered('first');
    const key = await crypto.subtle.importKey(
      'raw',
      utf8('public key used as secret'),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['verify'],
    );
    const document = unwrap(readXml(utf8(partnerSigned({ text: request() })), laxRules));
    expect(reasonOf(await verifyEnvelopedSignature(document, [{ key, certificate }]))).toBe(
      'key_validation_error',
    );
  });
});
