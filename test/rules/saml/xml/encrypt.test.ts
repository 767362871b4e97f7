import { createPrivateKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromUtf8 } from '../../../../src/kernel/bytes.ts';
import type { BlockEncryption, KeyTransport } from '../../../../src/saml/xml/algorithms.ts';
import { fromBase64, toBase64 } from '../../../../src/saml/xml/base64.ts';
import { canonicalText, EXCLUSIVE } from '../../../../src/saml/xml/canonicalise.ts';
import { type DecryptionKey, decryptElement } from '../../../../src/saml/xml/decrypt.ts';
import { encryptElement } from '../../../../src/saml/xml/encrypt.ts';
import { encryptionRecipient } from '../../../../src/saml/xml/keys.ts';
import { attributeOf, childElements, textOf } from '../../../../src/saml/xml/tree.ts';
import { element, type WrittenXml, writeXml } from '../../../../src/saml/xml/write.ts';
import { certificateOf, documentOf, firstNamed, reasonOf, unwrap, vector } from '../../../support/xml.ts';

const A = 'urn:oasis:names:tc:SAML:2.0:assertion';
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const secret = (text: string): WrittenXml =>
  unwrap(writeXml({ name: 'Assertion', namespaces: { '': A }, children: [element('Subject', {}, [text])] }));

async function encrypted(block: BlockEncryption, transport?: KeyTransport, text = 'pat@example.com é') {
  const recipient = unwrap(await encryptionRecipient(vector('test-keys/first.crt.pem'), transport));
  const data = await encryptElement(secret(text), recipient, block, random);
  return unwrap(writeXml({ name: 'EncryptedAssertion', namespaces: { '': A }, children: [data] })).text;
}

async function privateKey(
  transport: KeyTransport = 'rsa-oaep-mgf1p',
  name = 'first',
): Promise<DecryptionKey> {
  const pkcs8 = createPrivateKey(vector(`test-keys/${name}.key.pem`)).export({
    type: 'pkcs8',
    format: 'der',
  });
  const hash = transport === 'rsa-oaep-mgf1p' ? 'SHA-1' : 'SHA-256';
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'RSA-OAEP', hash }, false, ['decrypt']);
  return { key, transport };
}
const dataIn = (text: string) => firstNamed(documentOf(text).root, 'EncryptedData');
const allowCbc = { allowCbc: true };

/** Flips one bit of the last CipherValue, `back` bytes before its end. */
function spoiled(text: string, back: number): string {
  const at = text.lastIndexOf('<CipherValue>') + '<CipherValue>'.length;
  const value = text.slice(at, text.indexOf('<', at));
  const bytes = fromBase64(value) ?? new Uint8Array();
  bytes[bytes.length - back] = (bytes[bytes.length - back] ?? 0) ^ 1;
  return text.replace(value, toBase64(bytes));
}

const blocks: readonly BlockEncryption[] = [
  'aes128-cbc',
  'aes256-cbc',
  'aes128-gcm',
  'aes192-gcm',
  'aes256-gcm',
];

describe('C3 structure', () => {
  it('nests the key in the data, in the order service providers know', async () => {
    const text = await encrypted('aes256-cbc');
    const { root } = documentOf(text);
    const names = (local: string) => childElements(firstNamed(root, local)).map((child) => child.local);
    expect(names('EncryptedData')).toEqual(['EncryptionMethod', 'KeyInfo', 'CipherData']);
    expect(names('EncryptedKey')).toEqual(['EncryptionMethod', 'KeyInfo', 'CipherData', 'ReferenceList']);
    const data = firstNamed(root, 'EncryptedData');
    expect([attributeOf(data, 'Id'), attributeOf(data, 'Type')]).toEqual([
      'ED',
      'http://www.w3.org/2001/04/xmlenc#Element',
    ]);
    expect(attributeOf(firstNamed(root, 'EncryptedKey'), 'Id')).toBe('EK');
    expect(textOf(firstNamed(root, 'X509Certificate'))).toBe(certificateOf('first'));
  });
  it('C4 addresses the data without a number sign', async () => {
    expect(
      attributeOf(firstNamed(documentOf(await encrypted('aes256-cbc')).root, 'DataReference'), 'URI'),
    ).toBe('ED');
  });
  it('C5 names no digest for rsa-oaep-mgf1p', async () => {
    const key = firstNamed(documentOf(await encrypted('aes256-cbc')).root, 'EncryptedKey');
    const [method] = childElements(key);
    expect(method && attributeOf(method, 'Algorithm')).toBe(
      'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
    );
    expect(method?.children).toEqual([]);
  });
  it('P4 stays in canonical form', async () => {
    for (const transport of ['rsa-oaep-mgf1p', 'rsa-oaep-sha256'] as const) {
      const text = await encrypted('aes256-gcm', transport);
      expect(canonicalText(documentOf(text).root, EXCLUSIVE)).toBe(text);
    }
  });
});

describe('C6 block ciphers', () => {
  it.each(blocks)('%s comes back as it was', async (block) => {
    const opened = await decryptElement(dataIn(await encrypted(block)), await privateKey(), allowCbc);
    expect(fromUtf8(unwrap(opened))).toBe(secret('pat@example.com é').text);
  });
  it.each(['', 'x', 'x'.repeat(15), 'x'.repeat(16), 'x'.repeat(17)])('pads %j rightly', async (text) => {
    const opened = await decryptElement(
      dataIn(await encrypted('aes128-cbc', undefined, text)),
      await privateKey(),
      allowCbc,
    );
    expect(fromUtf8(unwrap(opened))).toBe(secret(text).text);
  });
  it('uses a fresh key and IV each time', async () => {
    const values = (text: string) => [...text.matchAll(/<CipherValue>([^<]*)</g)].map((match) => match[1]);
    const [first, second] = [values(await encrypted('aes256-gcm')), values(await encrypted('aes256-gcm'))];
    expect(first).toHaveLength(2);
    for (const value of first) expect(second).not.toContain(value);
  });
  it('wraps with SHA-256 where the app asks for it', async () => {
    const data = dataIn(await encrypted('aes256-gcm', 'rsa-oaep-sha256'));
    expect(reasonOf(await decryptElement(data, await privateKey('rsa-oaep-sha256')))).toBe('accepted');
    expect(reasonOf(await decryptElement(data, await privateKey()))).toBe('bad_encrypted_data');
  });
});

describe('V17 decryption gives nothing away', () => {
  it('opens CBC only where the caller says it was signed', async () => {
    expect(reasonOf(await decryptElement(dataIn(await encrypted('aes256-cbc')), await privateKey()))).toBe(
      'cbc_not_allowed',
    );
  });
  it('has one answer for every failure', async () => {
    const gcm = await encrypted('aes256-gcm');
    const cbc = await encrypted('aes256-cbc');
    const key = await privateKey();
    const outcomes = [
      await decryptElement(dataIn(spoiled(gcm, 1)), key),
      await decryptElement(dataIn(spoiled(gcm, 40)), key),
      await decryptElement(dataIn(gcm), await privateKey('rsa-oaep-mgf1p', 'second')),
      await decryptElement(dataIn(gcm.replace('aes256-gcm', 'aes128-gcm')), key),
      await decryptElement(
        dataIn(
          cbc.replace(/(<CipherValue>)[^<]{8}([^<]*<\/CipherValue><\/CipherData><\/EncryptedData>)/, '$1$2'),
        ),
        key,
        allowCbc,
      ),
    ];
    expect(outcomes.map(reasonOf)).toEqual(outcomes.map(() => 'decryption_failed'));
  });
  it('refuses a shortened GCM tag and a message of nothing but an IV', async () => {
    const key = await privateKey();
    const text = await encrypted('aes256-gcm');
    for (const keep of [0, 12, 13, 24, 27]) {
      const at = text.lastIndexOf('<CipherValue>') + '<CipherValue>'.length;
      const value = text.slice(at, text.indexOf('<', at));
      const cut = toBase64((fromBase64(value) ?? new Uint8Array()).subarray(0, keep));
      expect(['decryption_failed', 'bad_encrypted_data']).toContain(
        reasonOf(await decryptElement(dataIn(text.replace(value, cut)), key)),
      );
    }
  });
  it.each([
    ['an unknown block cipher', 'xmlenc11#aes256-gcm', 'xmlenc#tripledes-cbc'],
    ['RSA 1.5 key transport', 'xmlenc#rsa-oaep-mgf1p', 'xmlenc#rsa-1_5'],
    ['no key', '<EncryptedKey Id="EK">', '<AgreementMethod Id="EK">'],
  ])('refuses %s', async (_, from, to) => {
    const text = (await encrypted('aes256-gcm'))
      .replace(from, to)
      .replace(
        from === '<EncryptedKey Id="EK">' ? '</EncryptedKey>' : from,
        from === '<EncryptedKey Id="EK">' ? '</AgreementMethod>' : to,
      );
    expect(reasonOf(await decryptElement(dataIn(text), await privateKey()))).toBe('bad_encrypted_data');
  });
});
