import { hash, timingSafeEqual } from 'node:crypto';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { Digest } from './algorithms.ts';
import { type CanonicalBytes, canonicalBytes } from './canonicalise.ts';
import type { VerificationKey } from './keys.ts';
import type { ReaderRules } from './limits.ts';
import { readXml, type XmlDocument } from './read.ts';
import type { SignatureRefusal } from './signature-refusal.ts';
import { findSignature, readMethod, readReference } from './signature-shape.ts';
import { attributeOf, type XmlElement } from './tree.ts';
import { markVerified, type Verified } from './verified.ts';
import { firstThatVerifies } from './verify-bytes.ts';

/** A document whose signature verified: what was signed, by which of the keys given, and the digest it used. */
export type VerifiedDocument = {
  /** The root of a new tree, read from the bytes that were digested; the signature is no longer in it. */
  readonly root: Verified<XmlElement>;
  /** Position of the matching key among the candidates. */
  readonly matched: number;
  readonly digest: Digest['hash'];
};

/** Choices the caller makes for one app. */
export type VerifyOptions = {
  /** saml S9: accept a SHA-1 DigestValue under an RSA-SHA256 signature. Off unless the app was migrated with it. */
  readonly allowSha1Digest: boolean;
};

/** Escapes make canonical form longer than what was received, at most this many times (`"` becomes `&quot;`). */
const LONGEST_ESCAPE = 6;

/**
 * Verifies the enveloped signature of a document's root (XML Signature section 3.2; saml S6 to S16). SignedInfo is
 * checked first; the Reference is then read again from the bytes that verified, must name the root by its `ID`, and
 * the root's canonical bytes without the signature must have its digest. The answer is a new tree read from exactly
 * those bytes: nothing of the document passed in is to be looked at afterwards.
 */
export const verifyEnvelopedSignature = (
  document: XmlDocument,
  candidates: readonly VerificationKey[],
  options: VerifyOptions = { allowSha1Digest: false },
): Promise<Result<VerifiedDocument, SignatureRefusal>> =>
  // Two steps, so that the tree that was received can be let go before the tree that was signed is read.
  checkSignature(document, candidates, options).then(readSigned);

/** What a signature turned out to cover. */
type Signed = {
  readonly bytes: CanonicalBytes;
  readonly rules: ReaderRules;
  readonly matched: number;
  readonly digest: Digest['hash'];
};

async function checkSignature(
  document: XmlDocument,
  candidates: readonly VerificationKey[],
  options: VerifyOptions,
): Promise<Result<Signed, SignatureRefusal>> {
  const parts = findSignature(document.root);
  if (!parts.ok) return parts;
  const { signature, signedInfo, value, certificates } = parts.value;
  const method = readMethod(signedInfo);
  if (!method.ok) return method;
  // Cheap before dear: a reference that cannot be accepted is refused without asking any key.
  const claimed = readReference(signedInfo);
  if (!claimed.ok) return claimed;
  const signedBytes = canonicalBytes(signedInfo, method.value);
  const matched = await firstThatVerifies(candidates, certificates, value, signedBytes);
  if (!matched.ok) return matched;

  const verifiedInfo = reread(signedBytes, document.rules);
  if (verifiedInfo === null) return err({ reason: 'unreadable_signed_bytes' });
  const reference = readReference(verifiedInfo);
  if (!reference.ok) return reference;
  const { uri, canonicalisation, digest, digestValue } = reference.value;
  const id = attributeOf(document.root, 'ID');
  if (id === undefined || id === '' || uri !== `#${id}`) return err({ reason: 'bad_reference' });
  if (digest.hash === 'sha1' && !options.allowSha1Digest) return err({ reason: 'sha1_digest' });

  const digested = canonicalBytes(document.root, canonicalisation, signature);
  const actual = hash(digest.hash, digested, 'buffer');
  if (actual.length !== digestValue.length || !timingSafeEqual(actual, digestValue)) {
    return err({ reason: 'digest_mismatch' });
  }
  return ok({ bytes: digested, rules: document.rules, matched: matched.value, digest: digest.hash });
}

function readSigned(signed: Result<Signed, SignatureRefusal>): Result<VerifiedDocument, SignatureRefusal> {
  if (!signed.ok) return signed;
  const { bytes, rules, matched, digest } = signed.value;
  const root = reread(bytes, rules);
  return root === null
    ? err({ reason: 'unreadable_signed_bytes' })
    : ok({ root: markVerified(root), matched, digest });
}

/** Reads canonical bytes by the same rules as what they came from, allowing for their escapes. */
function reread(bytes: CanonicalBytes, rules: ReaderRules): XmlElement | null {
  const limits = { ...rules.limits, bytes: rules.limits.bytes * LONGEST_ESCAPE };
  const document = readXml(bytes, { ...rules, limits });
  return document.ok ? document.value.root : null;
}
