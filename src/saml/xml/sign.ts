import { utf8 } from '../../kernel/bytes.ts';
import { DSIG, ENVELOPED, EXC_C14N, RSA_SHA256, SHA256 } from './algorithms.ts';
import { toBase64 } from './base64.ts';
import { canonicalBytes, EXCLUSIVE } from './canonicalise.ts';
import { escapeAttribute } from './escape.ts';
import { messageRules, wideLimits } from './limits.ts';
import { readXml } from './read.ts';
import { asWritten, type WrittenXml } from './write.ts';

/** Makes an RSA-SHA256 signature (RSASSA-PKCS1-v1_5) over bytes, wherever the private key lives. */
export type SignBytes = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array> | Uint8Array;

/** Who signs, and the certificate shown with it, as base64 DER on one line. */
export type Signer = { readonly sign: SignBytes; readonly certificate: string };

/** Signs with a private RSASSA-PKCS1-v1_5/SHA-256 key that WebCrypto holds. */
export const signWith =
  (key: CryptoKey): SignBytes =>
  async (bytes) =>
    new Uint8Array(await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key, bytes));

const BEFORE_URI =
  `<ds:CanonicalizationMethod Algorithm="${EXC_C14N}"></ds:CanonicalizationMethod>` +
  `<ds:SignatureMethod Algorithm="${RSA_SHA256}"></ds:SignatureMethod><ds:Reference URI="#`;
const BEFORE_DIGEST =
  `"><ds:Transforms><ds:Transform Algorithm="${ENVELOPED}"></ds:Transform>` +
  `<ds:Transform Algorithm="${EXC_C14N}"></ds:Transform></ds:Transforms>` +
  `<ds:DigestMethod Algorithm="${SHA256}"></ds:DigestMethod><ds:DigestValue>`;
const AFTER_DIGEST = '</ds:DigestValue></ds:Reference></ds:SignedInfo>';

/**
 * Puts an enveloped RSA-SHA256 signature over the whole element at its `signatureHere` (saml M3, P8): exclusive
 * canonical form, SHA-256, one Reference to `id`, KeyInfo with the signer's certificate. `id` is the value of the
 * root's `ID`. A missing place or a key that cannot sign is a bug and throws.
 */
export async function signEnveloped(xml: WrittenXml, id: string, signer: Signer): Promise<WrittenXml> {
  const { text, signatureAt, canonical, declared } = xml;
  if (signatureAt < 0) throw new Error('no place for the signature');
  const bytes = canonical ? utf8(text) : exclusiveForm(text);
  const digest = toBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
  const info = `${BEFORE_URI}${escapeAttribute(id)}${BEFORE_DIGEST}${digest}${AFTER_DIGEST}`;
  // Alone, SignedInfo declares the prefix itself; inside Signature that declaration is already made.
  const value = toBase64(await signer.sign(utf8(`<ds:SignedInfo xmlns:ds="${DSIG}">${info}`)));
  const signature =
    `<ds:Signature xmlns:ds="${DSIG}"><ds:SignedInfo>${info}<ds:SignatureValue>${value}</ds:SignatureValue>` +
    `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${signer.certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>`;
  return asWritten({
    text: text.slice(0, signatureAt) + signature + text.slice(signatureAt),
    signatureAt: -1,
    canonical,
    declared: [...declared, { prefix: 'ds', uri: DSIG }],
  });
}

/** Signs the octets of redirect-binding parameters (SAML Bindings section 3.4.4.1), already percent-encoded and joined. */
export const signRedirect = async (octets: string, sign: SignBytes): Promise<string> =>
  toBase64(await sign(utf8(octets)));

/** Documents with declarations that canonical form leaves out are read back to find the form that is signed. */
function exclusiveForm(text: string): Uint8Array<ArrayBuffer> {
  const document = readXml(utf8(text), { ...messageRules, limits: wideLimits, xmlAttributes: 'lang' });
  if (!document.ok) throw new Error(`own document is not readable: ${document.error.reason}`);
  return canonicalBytes(document.value.root, EXCLUSIVE);
}
