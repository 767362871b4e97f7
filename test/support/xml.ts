import { createHash, createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { utf8 } from '../../src/kernel/bytes.ts';
import type { Result } from '../../src/kernel/result.ts';
import { canonicalBytes, canonicalText } from '../../src/saml/xml/canonicalise.ts';
import { type VerificationKey, verificationKey } from '../../src/saml/xml/keys.ts';
import { messageRules, type ReaderRules, wideLimits } from '../../src/saml/xml/limits.ts';
import { readXml, type XmlDocument } from '../../src/saml/xml/read.ts';
import { type Signer, signWith } from '../../src/saml/xml/sign.ts';
import {
  certificatesIn,
  findSignature,
  readMethod,
  readReference,
} from '../../src/saml/xml/signature-shape.ts';
import { descendantsNamed, type XmlElement } from '../../src/saml/xml/tree.ts';

/** A file under test/vectors, as text. */
export const vector = (path: string): string =>
  readFileSync(join(import.meta.dirname, '../vectors', path), 'utf8');

/** Everything that is well-formed: comments and `xml:` attributes in the tree, CDATA as text, no limits to speak of. */
export const laxRules: ReaderRules = {
  limits: wideLimits,
  comments: 'keep',
  cdata: 'text',
  xmlAttributes: 'lang_space_id',
};

/** The value of a result that the test relies on. */
export function unwrap<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

/** The reason of a refusal; `accepted` when there was none. */
export const reasonOf = <T, R extends string>(result: Result<T, { readonly reason: R }>): R | 'accepted' =>
  result.ok ? 'accepted' : result.error.reason;

/** Reads text that has to be readable. */
export const documentOf = (text: string, rules: ReaderRules = messageRules): XmlDocument =>
  unwrap(readXml(utf8(text), rules));

/** Why text is refused by the rules for messages, or by other rules. */
export const refusalOf = (text: string, rules: ReaderRules = messageRules) =>
  reasonOf(readXml(utf8(text), rules));

/** The first element of a local name, wherever it is. */
export function firstNamed(root: XmlElement, local: string): XmlElement {
  const waiting = [root];
  for (let element = waiting.shift(); element !== undefined; element = waiting.shift()) {
    if (element.local === local) return element;
    for (const child of element.children)
      if (typeof child !== 'string' && 'children' in child) waiting.push(child);
  }
  throw new Error(`no element ${local}`);
}

export type TestKey = 'first' | 'second';

const pem = (name: TestKey) => vector(`test-keys/${name}.key.pem`);

/** A test key as a service provider registers it. */
export const registered = async (name: TestKey): Promise<VerificationKey> =>
  unwrap(await verificationKey(vector(`test-keys/${name}.crt.pem`)));

/** The certificate of a test key as KeyInfo shows it. */
export const certificateOf = (name: TestKey): string =>
  vector(`test-keys/${name}.crt.pem`).replace(/-----[^-]+-----|\s/g, '');

/** A test key as a signer on WebCrypto. */
export async function signerOf(name: TestKey): Promise<Signer> {
  const pkcs8 = createPrivateKey(pem(name)).export({ type: 'pkcs8', format: 'der' });
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
  return { sign: signWith(key), certificate: certificateOf(name) };
}

const DS = 'http://www.w3.org/2000/09/xmldsig#';
const EXC = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const ENVELOPED = `<ds:Transform Algorithm="${DS}enveloped-signature"/>`;

/** How a partner's toolkit signs; every field but the document has the usual value. */
export type PartnerSignature = {
  /** The document, `%SIGNATURE%` where the signature goes. */
  readonly text: string;
  readonly uri?: string;
  readonly by?: TestKey;
  readonly canonicalization?: string;
  readonly signatureMethod?: string;
  readonly transforms?: string;
  readonly digestMethod?: string;
  readonly digestHash?: 'sha1' | 'sha256' | 'sha384' | 'sha512';
  readonly keyInfo?: string;
  readonly rules?: ReaderRules;
};

export const method = (name: string, uri: string, content = ''): string =>
  `<ds:${name} Algorithm="${uri}">${content}</ds:${name}>`;

/** KeyInfo with certificates. */
export const keyInfoOf = (...certificates: readonly string[]): string =>
  `<ds:KeyInfo>${certificates.map((text) => `<ds:X509Data><ds:X509Certificate>${text}</ds:X509Certificate></ds:X509Data>`).join('')}</ds:KeyInfo>`;

/**
 * Signs a document as a partner would, with any of the choices a partner has: the digest and the signature are those
 * of the canonical forms that the signature itself names, so that only the choice under test can be what is refused.
 */
export function partnerSigned(choices: PartnerSignature): string {
  const { by = 'first', digestHash = 'sha256', rules = laxRules } = choices;
  const info =
    `<ds:SignedInfo>${choices.canonicalization ?? method('CanonicalizationMethod', EXC)}` +
    (choices.signatureMethod ??
      method('SignatureMethod', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256')) +
    `<ds:Reference URI="${choices.uri ?? '#_r1'}"><ds:Transforms>` +
    `${choices.transforms ?? `${ENVELOPED}${method('Transform', EXC)}`}</ds:Transforms>` +
    `${choices.digestMethod ?? method('DigestMethod', 'http://www.w3.org/2001/04/xmlenc#sha256')}` +
    '<ds:DigestValue>%DIGEST%</ds:DigestValue></ds:Reference></ds:SignedInfo>';
  const signature =
    `<ds:Signature xmlns:ds="${DS}">${info}<ds:SignatureValue>%VALUE%</ds:SignatureValue>` +
    `${choices.keyInfo ?? ''}</ds:Signature>`;
  const unsigned = documentOf(
    choices.text.replace('%SIGNATURE%', () => signature),
    rules,
  ).root;
  const element = descendantsNamed(unsigned, DS, 'Signature')[0];
  if (element === undefined) throw new Error('no place for the signature');
  const digestedForm = transformed(unsigned, element);
  const digest = createHash(digestHash).update(digestedForm).digest('base64');
  const digested = choices.text.replace('%SIGNATURE%', () => signature.replace('%DIGEST%', digest));
  const signedInfo = descendantsNamed(documentOf(digested, rules).root, DS, 'SignedInfo')[0];
  if (signedInfo === undefined) throw new Error('no SignedInfo');
  const how = readMethod(signedInfo);
  const bytes = canonicalBytes(signedInfo, how.ok ? how.value : exclusive);
  return digested.replace('%VALUE%', sign('sha256', bytes, createPrivateKey(pem(by))).toString('base64'));
}

const exclusive = { form: 'exclusive', comments: false, prefixes: new Set<string>() } as const;

function transformed(root: XmlElement, signature: XmlElement): string {
  const signedInfo = descendantsNamed(signature, DS, 'SignedInfo')[0];
  if (signedInfo === undefined) throw new Error('no SignedInfo');
  // A digest value of the right shape, so that the reference can be read for its transforms.
  const text = canonicalText(signedInfo, exclusive);
  for (const length of [32, 48, 64, 20]) {
    const readable = documentOf(
      text.replace('%DIGEST%', Buffer.alloc(length).toString('base64')),
      laxRules,
    ).root;
    const reference = readReference(readable);
    if (reference.ok) return canonicalText(root, reference.value.canonicalisation, signature);
  }
  return canonicalText(root, exclusive, signature);
}

/** A request like those of a service provider, with a place for the signature after its issuer. */
export const request = (content = '', attributes = ''): string =>
  `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r1" Version="2.0"${attributes}>` +
  '<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">urn:example:sp</saml:Issuer>' +
  `%SIGNATURE%${content}</samlp:AuthnRequest>`;

export { certificatesIn, findSignature };
