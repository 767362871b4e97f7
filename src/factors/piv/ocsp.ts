import { createHash } from 'node:crypto';
import { concat } from '../../kernel/bytes.ts';
import type { EpochMs } from '../../kernel/time.ts';
import { type Certificate, isInForce, publicKeyBits, readCertificate } from './certificate.ts';
import {
  constructed,
  primitive,
  readElement,
  readElements,
  readInside,
  readOid,
  readTime,
  sameBytes,
  TAG,
} from './der.ts';
import { derOf, sequenceOf } from './der-writer.ts';
import { readExtensionList } from './extensions.ts';
import { CLOCK_SKEW_MS, type Standing, UNUSABLE } from './revocation-list.ts';
import { isSignedBy, readSigned } from './signature.ts';

const BASIC_RESPONSE = '1.3.6.1.5.5.7.48.1.1';
const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';
/** SHA-1, which every responder knows; it names the issuer here and vouches for nothing (RFC 5019 section 2.1.1). */
const SHA1 = Uint8Array.of(0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00);
/** An answer without an end is believed for so long. */
const UNDATED_MS = 24 * 3_600_000;

const sha1 = (bytes: Uint8Array): Uint8Array => createHash('sha1').update(bytes).digest();

/** RFC 6960 section 4.1.1: how a certificate is named to a responder; null for an issuer whose key cannot be read. */
export function certificateId(certificate: Certificate, issuer: Certificate): Uint8Array<ArrayBuffer> | null {
  const bits = publicKeyBits(issuer);
  if (bits === null) return null;
  return sequenceOf(
    SHA1,
    derOf(TAG.octetString, sha1(issuer.subject.der)),
    derOf(TAG.octetString, sha1(bits)),
    derOf(TAG.integer, certificate.serialBytes),
  );
}

/** A request about one certificate, without a nonce, so that responders may answer from stock (RFC 5019). */
export function ocspRequest(certificate: Certificate, issuer: Certificate): Uint8Array<ArrayBuffer> | null {
  const id = certificateId(certificate, issuer);
  return id === null ? null : sequenceOf(sequenceOf(sequenceOf(sequenceOf(id))));
}

/**
 * RFC 6960 section 3.2: what an answer says of the certificate, if the issuer signed it, or somebody the issuer made
 * its responder, and if it is in force now. "Unknown" proves nothing.
 */
export async function standingInAnswer(
  answer: Uint8Array,
  certificate: Certificate,
  issuer: Certificate,
  now: EpochMs,
): Promise<Standing> {
  const basic = basicResponse(answer);
  const signed = basic === null ? null : readSigned(concat(derOf(TAG.sequence, basic.signed)));
  const id = certificateId(certificate, issuer);
  if (basic === null || signed === null || id === null) return UNUSABLE;
  const signer = await signerOf(basic.certificates, issuer, now);
  if (!(await isSignedBy(signed, signer.spki))) return UNUSABLE;
  const fields = readInside(signed.body, TAG.sequence, 6) ?? [];
  // Before the answers stands who gives them, which may bear the tag that their extensions have behind them.
  const at = fields.findIndex(({ tag }) => tag === TAG.sequence);
  const responses = fields[at];
  const extensions = fields[at + 1];
  if (
    extensions !== undefined &&
    readExtensionList(extensions.content)?.some(({ critical }) => critical) !== false
  )
    return UNUSABLE;
  for (const single of readElements(responses?.content ?? new Uint8Array(), 16) ?? []) {
    const [named, status, thisUpdate, next] = readElements(single.content, 5) ?? [];
    if (named === undefined || status === undefined || thisUpdate === undefined) continue;
    if (!sameBytes(named.whole, id)) continue;
    const from = readTime(thisUpdate);
    const inside = next?.tag === constructed(0) ? readElement(next.content) : null;
    const until = inside === null ? (from ?? 0) + UNDATED_MS : readTime(inside);
    if (from === null || until === null || now + CLOCK_SKEW_MS < from || now >= until) return UNUSABLE;
    if (status.tag === primitive(0)) return { kind: 'good', until };
    if (status.tag === constructed(1)) return { kind: 'revoked', until };
    return UNUSABLE;
  }
  return UNUSABLE;
}

interface Basic {
  /** The three elements that make up what was signed, side by side. */
  readonly signed: Uint8Array;
  readonly certificates: readonly Uint8Array[];
}

/** Takes a successful OCSPResponse with a BasicOCSPResponse apart; null for anything else. */
function basicResponse(answer: Uint8Array): Basic | null {
  const [status, wrapped] = readInside(answer, TAG.sequence, 2) ?? [];
  if (status?.tag !== TAG.enumerated || status.content[0] !== 0 || wrapped?.tag !== constructed(0))
    return null;
  const [type, body] = readInside(wrapped.content, TAG.sequence, 2) ?? [];
  if (type === undefined || body?.tag !== TAG.octetString || readOid(type.content) !== BASIC_RESPONSE)
    return null;
  const [data, algorithm, signature, certificates] = readInside(body.content, TAG.sequence, 4) ?? [];
  if (data === undefined || algorithm === undefined || signature === undefined) return null;
  const list = certificates?.tag === constructed(0) ? readElement(certificates.content) : null;
  return {
    signed: concat(data.whole, algorithm.whole, signature.whole),
    certificates: (list === null ? [] : (readElements(list.content, 8) ?? [])).map(({ whole }) => whole),
  };
}

/** Section 4.2.2.2: the issuer itself, or the first certificate in the answer that it issued for signing answers. */
async function signerOf(
  certificates: readonly Uint8Array[],
  issuer: Certificate,
  now: EpochMs,
): Promise<Certificate> {
  for (const der of certificates.slice(0, 4)) {
    const candidate = readCertificate(der);
    if (candidate === null || !sameBytes(candidate.issuer.der, issuer.subject.der)) continue;
    const { extendedKeyUsage, unknownCritical } = candidate.extensions;
    if (extendedKeyUsage?.includes(OCSP_SIGNING) !== true || unknownCritical || !isInForce(candidate, now))
      continue;
    if (await isSignedBy(candidate.signed, issuer.spki)) return candidate;
  }
  return issuer;
}
