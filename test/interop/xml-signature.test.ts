import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromUtf8, utf8 } from '../../src/kernel/bytes.ts';
import type { BlockEncryption } from '../../src/saml/xml/algorithms.ts';
import { canonicalText, EXCLUSIVE } from '../../src/saml/xml/canonicalise.ts';
import { decryptElement } from '../../src/saml/xml/decrypt.ts';
import { encryptElement } from '../../src/saml/xml/encrypt.ts';
import { encryptionRecipient } from '../../src/saml/xml/keys.ts';
import { readXml } from '../../src/saml/xml/read.ts';
import { signEnveloped } from '../../src/saml/xml/sign.ts';
import { childElements } from '../../src/saml/xml/tree.ts';
import { verifyEnvelopedSignature } from '../../src/saml/xml/verify.ts';
import { element, signatureHere, type WrittenXml, writeXml } from '../../src/saml/xml/write.ts';
import { tempFolder } from '../support/temp-folder.ts';
import {
  documentOf,
  laxRules,
  method,
  partnerSigned,
  registered,
  signerOf,
  unwrap,
  vector,
} from '../support/xml.ts';
import { messages } from '../support/xml-documents.ts';

/* Signatures and encryption beside xmlsec1 (Debian package of that name), in both directions. */

const folder = tempFolder('xml-signature-');
const keys = join(import.meta.dirname, '../vectors/test-keys');
const DS = 'http://www.w3.org/2000/09/xmldsig#';
const EXC = 'http://www.w3.org/2001/10/xml-exc-c14n#';

function xmlsec(args: readonly string[], document: string): { readonly ok: boolean; readonly out: string } {
  const file = join(folder, 'document.xml');
  writeFileSync(file, document);
  const run = spawnSync('xmlsec1', [...args, file], { encoding: 'utf8' });
  if (run.error !== undefined) throw run.error;
  return { ok: run.status === 0, out: run.stdout };
}
const idAttribute = (name: string) => ['--id-attr:ID', name];
const verifiedByXmlsec = (document: string, root: string) =>
  xmlsec(
    [
      '--verify',
      '--pubkey-cert-pem',
      join(keys, 'first.crt.pem'),
      '--enabled-key-data',
      'key-name',
      ...idAttribute(root),
    ],
    document,
  ).ok;

const ASSERTION = 'urn:oasis:names:tc:SAML:2.0:assertion';
const assertionRoot = `${ASSERTION}:Assertion`;
const assertion = (text: string): WrittenXml =>
  unwrap(
    writeXml({
      name: 'Assertion',
      namespaces: { '': ASSERTION },
      attributes: { ID: '_a1', Version: '2.0' },
      children: [
        element('Issuer', {}, ['urn:example:idp']),
        signatureHere,
        element('Subject', { Note: text }, [text]),
      ],
    }),
  );

describe('what we sign', () => {
  it('verifies there', async () => {
    const signer = await signerOf('first');
    const legible = fc.string({
      unit: fc.constantFrom('a', ' ', '&', '<', '>', '"', "'", '\n', '\t', '\r', 'é', '€', '😀'),
    });
    await fc.assert(
      fc.asyncProperty(legible, async (text) => {
        const { text: signed } = await signEnveloped(assertion(text), '_a1', signer);
        expect(verifiedByXmlsec(signed, assertionRoot)).toBe(true);
        expect(verifiedByXmlsec(signed.replace('urn:example:idp', 'urn:example:other'), assertionRoot)).toBe(
          false,
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe('what others sign', () => {
  const key = registered('first');
  const algorithms = [
    EXC,
    `${EXC}WithComments`,
    'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
    'http://www.w3.org/2006/12/xml-c14n11',
  ];
  const list = `<ec:InclusiveNamespaces xmlns:ec="${EXC}" PrefixList="#default a b xs m"/>`;
  const methods = [...algorithms.map((uri) => [uri, ''] as const), [EXC, list] as const];
  const digests = [
    'http://www.w3.org/2001/04/xmlenc#sha256',
    'http://www.w3.org/2001/04/xmldsig-more#sha384',
    'http://www.w3.org/2001/04/xmlenc#sha512',
    `${DS}sha1`,
  ];

  /** A document with an empty signature for xmlsec1 to fill in. */
  const template = (
    message: string,
    info: readonly [string, string],
    data: readonly [string, string],
    digest: string,
  ) => {
    const signature =
      `<ds:Signature xmlns:ds="${DS}"><ds:SignedInfo>${method('CanonicalizationMethod', info[0], info[1])}` +
      `${method('SignatureMethod', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256')}<ds:Reference URI="#_r1"><ds:Transforms>` +
      `${method('Transform', `${DS}enveloped-signature`)}${method('Transform', data[0], data[1])}</ds:Transforms>` +
      `${method('DigestMethod', digest)}<ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/>` +
      '<ds:KeyInfo><ds:X509Data/></ds:KeyInfo></ds:Signature>';
    return message.replace('%SIGNATURE%', () => signature);
  };

  it('verifies here, and reads as the same document', async () => {
    await fc.assert(
      fc.asyncProperty(
        messages,
        fc.constantFrom(...methods),
        fc.constantFrom(...methods),
        fc.constantFrom(...digests),
        async (message, info, data, digest) => {
          const signed = xmlsec(
            [
              '--sign',
              '--privkey-pem',
              `${join(keys, 'first.key.pem')},${join(keys, 'first.crt.pem')}`,
              ...idAttribute('urn:example:message:Message'),
            ],
            template(message, info, data, digest),
          );
          expect(signed.ok).toBe(true);
          const document = unwrap(readXml(utf8(signed.out), laxRules));
          const { root } = unwrap(
            await verifyEnvelopedSignature(document, [await key], { allowSha1Digest: true }),
          );
          const unsigned = documentOf(message.replace('%SIGNATURE%', ''), laxRules).root;
          expect(canonicalText(root, EXCLUSIVE)).toBe(canonicalText(unsigned, EXCLUSIVE));
        },
      ),
      { numRuns: 120 },
    );
  });

  it("is judged alike when it was signed by a partner's toolkit", () => {
    fc.assert(
      fc.property(messages, fc.constantFrom(...methods), fc.constantFrom(...methods), (text, info, data) => {
        const signed = partnerSigned({
          text,
          canonicalization: method('CanonicalizationMethod', info[0], info[1]),
          transforms: method('Transform', `${DS}enveloped-signature`) + method('Transform', data[0], data[1]),
        });
        expect(verifiedByXmlsec(signed, 'urn:example:message:Message')).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what we encrypt', () => {
  const blocks: readonly BlockEncryption[] = [
    'aes128-cbc',
    'aes256-cbc',
    'aes128-gcm',
    'aes192-gcm',
    'aes256-gcm',
  ];
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  it.each(blocks)('%s opens there', async (block) => {
    const recipient = unwrap(await encryptionRecipient(vector('test-keys/first.crt.pem')));
    const plain = assertion('é & co');
    const data = await encryptElement(plain, recipient, block, random);
    const text = unwrap(
      writeXml({ name: 'EncryptedAssertion', namespaces: { '': ASSERTION }, children: [data] }),
    ).text;
    const opened = xmlsec(['--decrypt', '--privkey-pem', join(keys, 'first.key.pem')], text);
    expect(opened.ok).toBe(true);
    const [inside] = childElements(documentOf(opened.out).root);
    expect(inside && canonicalText(inside, EXCLUSIVE)).toBe(plain.text);
  });
});

describe('what others encrypt', () => {
  it.each(['xmlenc#aes128-cbc', 'xmlenc#aes256-cbc'])('%s opens here', async (cipher) => {
    const XENC = 'http://www.w3.org/2001/04/xmlenc#';
    const plain = '<a xmlns="urn:a">é &amp; co</a>';
    writeFileSync(join(folder, 'plain.xml'), plain);
    const empty = '<CipherData><CipherValue/></CipherData>';
    const form =
      `<EncryptedData xmlns="${XENC}" Type="${XENC}Element"><EncryptionMethod Algorithm="http://www.w3.org/2001/04/${cipher}"/>` +
      `<KeyInfo xmlns="${DS}"><EncryptedKey xmlns="${XENC}"><EncryptionMethod Algorithm="${XENC}rsa-oaep-mgf1p"/>${empty}</EncryptedKey></KeyInfo>${empty}</EncryptedData>`;
    const session = `aes-${/\d+/.exec(cipher)?.[0]}`;
    const made = xmlsec(
      [
        '--encrypt',
        '--pubkey-cert-pem',
        join(keys, 'first.crt.pem'),
        '--session-key',
        session,
        '--xml-data',
        join(folder, 'plain.xml'),
      ],
      form,
    );
    expect(made.ok).toBe(true);
    const { createPrivateKey } = await import('node:crypto');
    const pkcs8 = createPrivateKey(vector('test-keys/first.key.pem')).export({
      type: 'pkcs8',
      format: 'der',
    });
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'RSA-OAEP', hash: 'SHA-1' }, false, [
      'decrypt',
    ]);
    const opened = await decryptElement(
      documentOf(made.out, laxRules).root,
      { key, transport: 'rsa-oaep-mgf1p' },
      { allowCbc: true },
    );
    expect(fromUtf8(unwrap(opened))).toBe(plain);
  });
});
