import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { concat, fromUtf8, utf8 } from '../../../src/kernel/bytes.ts';
import type { BlockEncryption } from '../../../src/saml/xml/algorithms.ts';
import { decryptElement } from '../../../src/saml/xml/decrypt.ts';
import { encryptElement } from '../../../src/saml/xml/encrypt.ts';
import { inflateRaw } from '../../../src/saml/xml/inflate.ts';
import { encryptionRecipient, verificationKey } from '../../../src/saml/xml/keys.ts';
import { messageRules } from '../../../src/saml/xml/limits.ts';
import { readXml } from '../../../src/saml/xml/read.ts';
import { signEnveloped, signRedirect, signWith } from '../../../src/saml/xml/sign.ts';
import { childElements } from '../../../src/saml/xml/tree.ts';
import { verifyEnvelopedSignature } from '../../../src/saml/xml/verify.ts';
import { verifyRedirectSignature } from '../../../src/saml/xml/verify-redirect.ts';
import { element, signatureHere, writeXml } from '../../../src/saml/xml/write.ts';
import curve from '../../vectors/test-keys/curve.crt.pem?raw';
import certificate from '../../vectors/test-keys/first.crt.pem?raw';
import privateKey from '../../vectors/test-keys/first.key.pem?raw';
import short from '../../vectors/test-keys/short.crt.pem?raw';

/* The XML core on the runtime's own WebCrypto, certificates and zlib. */

const der = (pem: string) => new Uint8Array(Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64'));
const importPrivate = (name: string, hash: string, usage: 'sign' | 'decrypt') =>
  crypto.subtle.importKey('pkcs8', der(privateKey), { name, hash }, false, [usage]);

const written = (spec: Parameters<typeof writeXml>[0]) => {
  const xml = writeXml(spec);
  if (!xml.ok) throw new Error(xml.error.reason);
  return xml.value;
};
const read = (text: string) => {
  const document = readXml(utf8(text), messageRules);
  if (!document.ok) throw new Error(document.error.reason);
  return document.value;
};
const assertion = written({
  name: 'a:Assertion',
  namespaces: { a: 'urn:a' },
  attributes: { ID: '_1' },
  children: [element('a:Issuer', {}, ['é & co']), signatureHere],
});

describe('the XML core in the Workers runtime', () => {
  it('signs and verifies', async () => {
    const sign = signWith(await importPrivate('RSASSA-PKCS1-v1_5', 'SHA-256', 'sign'));
    const key = await verificationKey(certificate);
    if (!key.ok) throw new Error(key.error.reason);
    const signed = await signEnveloped(assertion, '_1', {
      sign,
      certificate: Buffer.from(key.value.certificate).toString('base64'),
    });
    const verified = await verifyEnvelopedSignature(read(signed.text), [key.value]);
    expect(verified.ok).toBe(true);
    const changed = await verifyEnvelopedSignature(read(signed.text.replace('co<', 'cp<')), [key.value]);
    expect(changed).toEqual({ ok: false, error: { reason: 'digest_mismatch' } });

    const SigAlg = encodeURIComponent('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256');
    const parameters = [
      { name: 'SAMLRequest', value: 'a b', raw: 'a%20b' },
      { name: 'SigAlg', value: decodeURIComponent(SigAlg), raw: SigAlg },
    ];
    const signature = await signRedirect(`SAMLRequest=a%20b&SigAlg=${SigAlg}`, sign);
    expect((await verifyRedirectSignature({ parameters, signature }, [key.value])).ok).toBe(true);
  });

  it('refuses certificates it cannot use', async () => {
    expect(await verificationKey(curve)).toEqual({ ok: false, error: { reason: 'not_rsa' } });
    expect(await verificationKey(short)).toEqual({ ok: false, error: { reason: 'key_too_short' } });
    expect(await verificationKey('nonsense')).toEqual({
      ok: false,
      error: { reason: 'unreadable_certificate' },
    });
  });

  const blocks: readonly BlockEncryption[] = [
    'aes128-cbc',
    'aes256-cbc',
    'aes128-gcm',
    'aes192-gcm',
    'aes256-gcm',
  ];
  it.each(blocks)('encrypts and decrypts with %s', async (block) => {
    const recipient = await encryptionRecipient(certificate);
    if (!recipient.ok) throw new Error(recipient.error.reason);
    const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
    const data = await encryptElement(assertion, recipient.value, block, random);
    const [encrypted] = childElements(
      read(written({ name: 'x:E', namespaces: { x: 'urn:x' }, children: [data] }).text).root,
    );
    if (encrypted === undefined) throw new Error('nothing encrypted');
    const key = {
      key: await importPrivate('RSA-OAEP', 'SHA-1', 'decrypt'),
      transport: 'rsa-oaep-mgf1p',
    } as const;
    const plain = await decryptElement(encrypted, key, { allowCbc: true });
    expect(plain.ok && fromUtf8(plain.value)).toBe(assertion.text);
  });

  it('inflates up to a limit and tells the two failures apart', () => {
    const deflated = new Uint8Array(deflateRawSync(new Uint8Array(1000)));
    expect(inflateRaw(deflated, 1000).ok).toBe(true);
    expect(inflateRaw(deflated, 999)).toEqual({ ok: false, error: { reason: 'too_large' } });
    expect(inflateRaw(utf8('<a/>'), 999)).toEqual({ ok: false, error: { reason: 'not_deflate' } });
    expect(inflateRaw(deflated.subarray(0, 3), 999)).toEqual({ ok: false, error: { reason: 'not_deflate' } });
  });

  it('T3 ignores what follows the stream, and takes no zlib or gzip for it', () => {
    const text = utf8('<a>text</a>');
    const followed = (more: Uint8Array) =>
      inflateRaw(concat(new Uint8Array(deflateRawSync(text)), more), 100);
    for (const more of [
      new Uint8Array([1, 2, 3, 4]),
      new Uint8Array(200),
      new Uint8Array(deflateRawSync(text)),
    ])
      expect(followed(more)).toEqual({ ok: true, value: text });
    for (const other of [deflateSync(text), gzipSync(text)])
      expect(inflateRaw(new Uint8Array(other), 100)).toEqual({ ok: false, error: { reason: 'not_deflate' } });
  });
});
