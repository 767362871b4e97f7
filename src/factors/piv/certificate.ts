import { toHex } from '../../kernel/bytes.ts';
import type { EpochMs } from '../../kernel/time.ts';
import {
  constructed,
  type DerElement,
  primitive,
  readBits,
  readElements,
  readInside,
  readOnly,
  readSmallInteger,
  readTime,
  sameBytes,
  TAG,
} from './der.ts';
import { type DistinguishedName, readName } from './distinguished-name.ts';
import { type Extensions, readExtensionList, readExtensions } from './extensions.ts';
import { readSigned, type Signed } from './signature.ts';

/** An X.509 certificate, read but not believed. */
export interface Certificate {
  readonly der: Uint8Array;
  readonly signed: Signed;
  /** Hexadecimal of the serial number's bytes. */
  readonly serial: string;
  readonly serialBytes: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly notBefore: EpochMs;
  readonly notAfter: EpochMs;
  /** SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  readonly extensions: Extensions;
}

/** Longest certificate that is read; cards hold less than 2 kB. */
const MAX_CERTIFICATE = 16 * 1024;
const VERSION_3 = 2;

/** RFC 5280 section 4.1: a version 3 certificate from its DER; null for anything else. */
export function readCertificate(der: Uint8Array): Certificate | null {
  if (der.length > MAX_CERTIFICATE) return null;
  const signed = readSigned(der);
  const fields = signed === null ? null : readInside(signed.body, TAG.sequence, 10);
  if (signed === null || fields === null) return null;
  const [version, serial, algorithm, issuerField, validity, subjectField, spki, ...rest] = fields;
  if (!isVersion3(version) || !isSerial(serial)) return null;
  if (algorithm === undefined || !sameBytes(algorithm.whole, signed.algorithm)) return null;
  const issuer = issuerField === undefined ? null : readName(issuerField.whole);
  const subject = subjectField === undefined ? null : readName(subjectField.whole);
  const [from, until, ...more] = (validity?.tag === TAG.sequence && readElements(validity.content, 3)) || [];
  if (from === undefined || until === undefined || more.length > 0 || spki?.tag !== TAG.sequence) return null;
  const notBefore = readTime(from);
  const notAfter = readTime(until);
  const extensions = extensionsIn(rest);
  if (issuer === null || subject === null || notBefore === null || notAfter === null || extensions === null)
    return null;
  return {
    der,
    signed,
    serial: toHex(serial.content),
    serialBytes: serial.content,
    issuer,
    subject,
    notBefore,
    notAfter,
    spki: spki.whole,
    extensions,
  };
}

function isVersion3(element: DerElement | undefined): boolean {
  const number = element?.tag === constructed(0) ? readOnly(element.content, TAG.integer) : null;
  return number !== null && readSmallInteger(number) === VERSION_3;
}

const isSerial = (element: DerElement | undefined): element is DerElement =>
  element?.tag === TAG.integer && element.content.length > 0 && element.content.length <= 21;

/** The last field; the two unique identifiers before it are of no use to anybody and passed over. */
function extensionsIn(rest: readonly DerElement[]): Extensions | null {
  const unique = [primitive(1), primitive(2)];
  const [last, ...more] = rest.filter(({ tag }) => !unique.includes(tag));
  if (more.length > 0) return null;
  if (last === undefined) return readExtensions([]);
  const list = last.tag === constructed(3) ? readExtensionList(last.content) : null;
  return list === null ? null : readExtensions(list);
}

/** Whether issuer and subject are the same name. */
export const isSelfIssued = ({ issuer, subject }: Certificate): boolean => sameBytes(issuer.der, subject.der);

/** Whether `now` lies in the validity (RFC 5280 section 4.1.2.5: both ends belong to it). */
export const isInForce = ({ notBefore, notAfter }: Certificate, now: EpochMs): boolean =>
  now >= notBefore && now <= notAfter;

/** The bits of the public key, of which key identifiers are made. */
export function publicKeyBits({ spki }: Pick<Certificate, 'spki'>): Uint8Array | null {
  const [, bits] = readInside(spki, TAG.sequence, 2) ?? [];
  return bits === undefined ? null : readBits(bits);
}
