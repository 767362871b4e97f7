/*
 * The XML core as a measuring harness for XML signature libraries loads it: each entry takes the text of a document and
 * PEM keys, prepares what a server would have ready, and returns the operation to be timed.
 */
import { createPrivateKey, randomBytes, sign as rsaSign } from 'node:crypto';
import { utf8 } from '../../src/kernel/bytes.ts';
import { canonicalBytes, EXCLUSIVE } from '../../src/saml/xml/canonicalise.ts';
import { encryptElement } from '../../src/saml/xml/encrypt.ts';
import { encryptionRecipient, verificationKey } from '../../src/saml/xml/keys.ts';
import { messageRules, type ReaderRules, wideLimits } from '../../src/saml/xml/limits.ts';
import { readXml, type XmlDocument } from '../../src/saml/xml/read.ts';
import { type Signer, signEnveloped, signWith } from '../../src/saml/xml/sign.ts';
import { isElement, type XmlElement } from '../../src/saml/xml/tree.ts';
import { verifyEnvelopedSignature } from '../../src/saml/xml/verify.ts';
import {
  type ElementToWrite,
  signatureHere,
  type WrittenXml,
  writeXml,
  type XmlContent,
} from '../../src/saml/xml/write.ts';

/** Keys and certificates of an identity provider and a service provider, PEM. */
type Keys = {
  readonly idpKey: string;
  readonly idpCert: string;
  readonly spKey: string;
  readonly spCert: string;
};

const rules: ReaderRules = { ...messageRules, limits: wideLimits };

function read(bytes: Uint8Array): XmlDocument {
  const document = readXml(bytes, rules);
  if (!document.ok) throw new Error(`${document.error.reason} at ${document.error.at}`);
  return document.value;
}

/** The same element as something to write, with the signature's place after its first child element. */
function toWrite(element: XmlElement, isRoot: boolean): ElementToWrite {
  const name = (node: { prefix: string; local: string }) =>
    node.prefix === '' ? node.local : `${node.prefix}:${node.local}`;
  const children: XmlContent[] = [];
  let marked = !isRoot;
  for (const child of element.children) {
    if (typeof child === 'string') children.push(child);
    else if (isElement(child)) {
      children.push(toWrite(child, false));
      if (!marked) children.push(signatureHere);
      marked = true;
    }
  }
  return {
    name: name(element),
    namespaces: Object.fromEntries(element.declarations.map(({ prefix, uri }) => [prefix, uri])),
    attributes: Object.fromEntries(element.attributes.map((attribute) => [name(attribute), attribute.value])),
    children,
  };
}

function written(spec: ElementToWrite): WrittenXml {
  const xml = writeXml(spec);
  if (!xml.ok) throw new Error(xml.error.reason);
  return xml.value;
}

/**
 * Signs through OpenSSL directly, as the other signers in the table do. Node's WebCrypto gives every signature to
 * another thread, which costs more than all the XML; the Workers runtime does not, so `signWebCrypto` is timed apart.
 */
function signer({ idpKey, idpCert }: Keys): Signer {
  const key = createPrivateKey(idpKey);
  const certificate = idpCert.replace(/-----[^-]+-----|\s/g, '');
  return { sign: (bytes) => rsaSign('sha256', bytes, key), certificate };
}

async function webCryptoSigner(keys: Keys): Promise<Signer> {
  const pkcs8 = createPrivateKey(keys.idpKey).export({ type: 'pkcs8', format: 'der' });
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
  return { ...signer(keys), sign: signWith(key) };
}

const parse = (text: string) => {
  const bytes = utf8(text);
  return () => read(bytes);
};

const c14n = (text: string) => {
  const bytes = utf8(text);
  return () => canonicalBytes(read(bytes).root, EXCLUSIVE);
};

/** Reads, canonicalises, checks signature and digest, and reads the signed bytes again. */
const verify = async (text: string, keys: Keys) => {
  const bytes = utf8(text);
  const key = await verificationKey(keys.spCert);
  if (!key.ok) throw new Error(key.error.reason);
  return async () => {
    const verified = await verifyEnvelopedSignature(read(bytes), [key.value]);
    if (!verified.ok) throw new Error(verified.error.reason);
    return verified.value.root;
  };
};

/** Signs finished text, as the others do. */
const sign = (text: string, keys: Keys, by: Signer = signer(keys)) => {
  const xml = written(toWrite(read(utf8(text)).root, true));
  if (xml.text !== text) throw new Error('the document is not in canonical form');
  return async () => (await signEnveloped(xml, '_a1', by)).text;
};

const signWebCrypto = async (text: string, keys: Keys) => sign(text, keys, await webCryptoSigner(keys));

/** Writes the document from its values as well. */
const writeAndSign = (text: string, keys: Keys) => {
  const spec = toWrite(read(utf8(text)).root, true);
  const by = signer(keys);
  return async () => (await signEnveloped(written(spec), '_a1', by)).text;
};

const encrypt = async (text: string, keys: Keys) => {
  const xml = written(toWrite(read(utf8(text)).root, false));
  const recipient = await encryptionRecipient(keys.spCert);
  if (!recipient.ok) throw new Error(recipient.error.reason);
  const random = (length: number) => new Uint8Array(randomBytes(length));
  return async () => written(await encryptElement(xml, recipient.value, 'aes256-gcm', random)).text;
};

export default { name: 'gatehouse', parse, c14n, verify, sign, signWebCrypto, writeAndSign, encrypt };
