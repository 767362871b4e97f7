import { err, ok, type Result } from '../../kernel/result.ts';
import {
  CANONICALISATIONS,
  DEFAULT_CANONICALISATION,
  DIGESTS,
  type Digest,
  DSIG,
  ENVELOPED,
  EXC_C14N,
  RSA_SHA256,
} from './algorithms.ts';
import { fromBase64 } from './base64.ts';
import type { Canonicalisation } from './canonicalisation.ts';
import type { SignatureRefusal } from './signature-refusal.ts';
import {
  attributeOf,
  childElements,
  descendantsNamed,
  isBlank,
  isElement,
  isNamed,
  textOf,
  type XmlElement,
} from './tree.ts';

/** The parts of a `ds:Signature` that has the one shape accepted. */
export type SignatureParts = {
  readonly signature: XmlElement;
  readonly signedInfo: XmlElement;
  readonly value: Uint8Array<ArrayBuffer>;
  /** DER of each `X509Certificate` in KeyInfo; says which registered key to try, and is never trusted. */
  readonly certificates: readonly Uint8Array[];
};

/** What a `SignedInfo` says it covers. */
export type SignedReference = {
  readonly uri: string;
  readonly canonicalisation: Canonicalisation;
  readonly digest: Digest;
  readonly digestValue: Uint8Array<ArrayBuffer>;
};

const refuse = (reason: SignatureRefusal['reason']) => err({ reason });

/**
 * Finds the signature of a document: the only `ds:Signature` anywhere in it, a child of the root (saml S10, X7, V3, V8),
 * holding SignedInfo, SignatureValue and at most one KeyInfo in that order and nothing else (V6).
 */
export function findSignature(root: XmlElement): Result<SignatureParts, SignatureRefusal> {
  const [signature, second] = descendantsNamed(root, DSIG, 'Signature');
  if (signature === undefined) return refuse('unsigned');
  if (second !== undefined) return refuse('several_signatures');
  if (signature.parent !== root) return refuse('misplaced_signature');
  // First, since a signature that nobody filled in has more faults than this one (S7).
  const certificates = certificatesIn(signature);
  if (!certificates.ok) return certificates;
  const parts = partsOf(signature, ['SignedInfo', 'SignatureValue', 'KeyInfo'], 2);
  const [signedInfo, signatureValue] = parts ?? [];
  if (signedInfo === undefined || signatureValue === undefined) return refuse('bad_signature_shape');
  if (!hasOnly(signature, ['Id']) || !hasOnly(signatureValue, ['Id'])) return refuse('bad_signature_shape');
  const value = base64Of(signatureValue);
  if (value === null) return refuse('bad_signature_shape');
  return ok({ signature, signedInfo, value, certificates: certificates.value });
}

/** The certificates a signature shows; an empty one is refused (saml S7). Everything else in KeyInfo is ignored (V14). */
export function certificatesIn(
  signature: XmlElement | undefined,
): Result<readonly Uint8Array[], SignatureRefusal> {
  const found: Uint8Array[] = [];
  for (const element of signature === undefined ? [] : descendantsNamed(signature, DSIG, 'X509Certificate')) {
    const text = textOf(element);
    if (text !== undefined && isBlank(text)) return refuse('blank_certificate');
    const der = text === undefined ? null : fromBase64(text);
    if (der === null) return refuse('bad_signature_shape');
    found.push(der);
  }
  return ok(found);
}

/** How the SignedInfo is to be canonicalised; refuses every signature algorithm but RSA-SHA256 (saml S8, S12). */
export function readMethod(signedInfo: XmlElement): Result<Canonicalisation, SignatureRefusal> {
  const parts = partsOf(signedInfo, ['CanonicalizationMethod', 'SignatureMethod', 'Reference'], 3);
  const [canonicalizationMethod, signatureMethod] = parts ?? [];
  if (canonicalizationMethod === undefined || signatureMethod === undefined)
    return refuse('bad_signature_shape');
  if (!hasOnly(signedInfo, ['Id'])) return refuse('bad_signature_shape');
  if (attributeOf(signatureMethod, 'Algorithm') !== RSA_SHA256) return refuse('wrong_sig_algorithm');
  if (!isBare(signatureMethod)) return refuse('bad_signature_shape');
  return canonicalisationOf(canonicalizationMethod) ?? refuse('bad_canonicalisation');
}

/** Reads the one Reference of a SignedInfo (saml S9 to S11, S13, S15). */
export function readReference(signedInfo: XmlElement): Result<SignedReference, SignatureRefusal> {
  const reference = partsOf(signedInfo, ['CanonicalizationMethod', 'SignatureMethod', 'Reference'], 3)?.[2];
  if (reference === undefined || !hasOnly(reference, ['URI', 'Id'])) return refuse('bad_reference');
  const uri = attributeOf(reference, 'URI');
  const parts = partsOf(reference, ['Transforms', 'DigestMethod', 'DigestValue'], 3);
  const [transforms, method, value] = parts ?? [];
  if (uri === undefined || transforms === undefined || method === undefined || value === undefined) {
    return refuse('bad_reference');
  }
  const digest = DIGESTS.get(attributeOf(method, 'Algorithm') ?? '');
  if (digest === undefined || !isBare(method)) return refuse('wrong_digest_algorithm');
  const digestValue = hasOnly(value, []) ? base64Of(value) : null;
  if (digestValue === null || digestValue.length !== digest.bytes) return refuse('bad_reference');
  const canonicalisation = transformsOf(transforms);
  return canonicalisation.ok
    ? ok({ uri, canonicalisation: canonicalisation.value, digest, digestValue })
    : canonicalisation;
}

/** First the enveloped-signature transform, then at most one canonicalisation (saml S11, V10). */
function transformsOf(transforms: XmlElement): Result<Canonicalisation, SignatureRefusal> {
  const parts = partsOf(transforms, ['Transform', 'Transform'], 1);
  const [enveloped, canonicalisation] = parts ?? [];
  if (enveloped === undefined || attributeOf(enveloped, 'Algorithm') !== ENVELOPED || !isBare(enveloped)) {
    return refuse('bad_transform');
  }
  if (canonicalisation !== undefined) return canonicalisationOf(canonicalisation) ?? refuse('bad_transform');
  const byDefault = CANONICALISATIONS.get(DEFAULT_CANONICALISATION);
  return byDefault === undefined ? refuse('bad_transform') : ok({ ...byDefault, prefixes: new Set() });
}

/** The algorithm an element names, with its PrefixList where it may have one; null for any other. */
function canonicalisationOf(
  element: XmlElement,
): { readonly ok: true; readonly value: Canonicalisation } | null {
  const known = CANONICALISATIONS.get(attributeOf(element, 'Algorithm') ?? '');
  if (known === undefined || !hasOnly(element, ['Algorithm'])) return null;
  if (isBare(element)) return ok({ ...known, prefixes: new Set() });
  const [inclusive, ...others] = childElements(element);
  if (known.form !== 'exclusive' || inclusive === undefined || others.length > 0 || holdsText(element))
    return null;
  const list = attributeOf(inclusive, 'PrefixList');
  const isList = isNamed(inclusive, EXC_C14N, 'InclusiveNamespaces') && inclusive.children.length === 0;
  if (!isList || list === undefined || inclusive.attributes.length > 1) return null;
  const prefixes = list.split(/[ \t\r\n]+/).filter((prefix) => prefix !== '');
  return ok({ ...known, prefixes: new Set(prefixes.map((prefix) => (prefix === '#default' ? '' : prefix))) });
}

/**
 * The children of an element when they are `ds:` elements of exactly these names in this order, of which the first
 * `least` must be there, and no text but white space stands between them; null otherwise.
 */
function partsOf(element: XmlElement, names: readonly string[], least: number): XmlElement[] | null {
  const children = childElements(element);
  if (children.length < least || children.length > names.length || holdsText(element)) return null;
  return children.every((child, i) => isNamed(child, DSIG, names[i] ?? '')) ? children : null;
}

const holdsText = (element: XmlElement): boolean =>
  element.children.some((child) => (typeof child === 'string' ? !isBlank(child) : !isElement(child)));

/** Nothing inside but white space, and no attribute but Algorithm. */
const isBare = (element: XmlElement): boolean =>
  isBlank(textOf(element) ?? '?') && hasOnly(element, ['Algorithm']);

const hasOnly = (element: XmlElement, names: readonly string[]): boolean =>
  element.attributes.every(({ namespace, local }) => namespace === '' && names.includes(local));

/** saml S15: one text node of base64, no child element or comment. */
function base64Of(element: XmlElement): Uint8Array<ArrayBuffer> | null {
  const text = textOf(element);
  return text === undefined ? null : fromBase64(text);
}
