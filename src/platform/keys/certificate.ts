import { createHash } from 'node:crypto';
import { concat, utf8 } from '../../kernel/bytes.ts';
import type { EpochMs } from '../../kernel/time.ts';

/** What a certificate says; the key in it is given as SPKI. */
export interface CertificateContent {
  readonly commonName: string;
  readonly organization: string;
  /** At least 16 random bytes; made positive (RFC 5280 section 4.1.2.2). */
  readonly serial: Uint8Array;
  readonly notBefore: EpochMs;
  readonly notAfter: EpochMs;
  readonly spki: Uint8Array;
}

/** Signs with RSASSA-PKCS1-v1_5 and SHA-256. */
export type SignCertificate = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;

type Der = Uint8Array<ArrayBuffer>;

function der(tag: number, ...parts: readonly Uint8Array[]): Der {
  const content = concat(...parts);
  const size = content.length;
  if (size > 0xffff) throw new Error('a certificate is never that long');
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return concat(Uint8Array.from([tag, ...length]), content);
}
const sequence = (...parts: readonly Uint8Array[]): Der => der(0x30, ...parts);
const oid = (hex: string): Der => der(0x06, Buffer.from(hex, 'hex'));
const octets = (bytes: Uint8Array): Der => der(0x04, bytes);
const bits = (bytes: Uint8Array): Der => der(0x03, Uint8Array.of(0), bytes);
const TRUE = Uint8Array.of(0x01, 0x01, 0xff);

const sha256WithRsa = (): Der => sequence(oid('2a864886f70d01010b'), Uint8Array.of(0x05, 0x00));
const ORGANIZATION = '55040a';
const COMMON_NAME = '550403';

/** RFC 5280 section 4.1.2.5: UTCTime through 2049, GeneralizedTime after. */
function time(at: EpochMs): Der {
  const digits = `${new Date(at).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
  return digits < '2050' ? der(0x17, utf8(digits.slice(2))) : der(0x18, utf8(digits));
}

const attribute = (type: string, value: string): Der =>
  der(0x31, sequence(oid(type), der(0x0c, utf8(value))));
const nameOf = ({ organization, commonName }: CertificateContent): Der =>
  sequence(attribute(ORGANIZATION, organization), attribute(COMMON_NAME, commonName));

function positive(serial: Uint8Array): Der {
  const bytes = Uint8Array.from(serial);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return der(0x02, bytes);
}

/**
 * RFC 5280, Y2: a self-signed X.509 v3 certificate in DER with key identifiers and a critical BasicConstraints that
 * says CA, since some validators accept a self-signed anchor only so; no KeyUsage.
 */
export async function makeCertificate(content: CertificateContent, sign: SignCertificate): Promise<Der> {
  const name = nameOf(content);
  const keyId = createHash('sha1').update(publicKeyBits(content.spki)).digest();
  const extensions = sequence(
    sequence(oid('551d0e'), octets(octets(keyId))),
    sequence(oid('551d23'), octets(sequence(der(0x80, keyId)))),
    sequence(oid('551d13'), TRUE, octets(sequence(TRUE))),
  );
  const body = sequence(
    der(0xa0, der(0x02, Uint8Array.of(2))),
    positive(content.serial),
    sha256WithRsa(),
    name,
    sequence(time(content.notBefore), time(content.notAfter)),
    name,
    content.spki,
    der(0xa3, extensions),
  );
  return sequence(body, sha256WithRsa(), bits(await sign(body)));
}

/** RFC 5280 section 4.2.1.2: key identifiers are the SHA-1 of the key's bits alone. An RSA-2048 SPKI ends with them. */
function publicKeyBits(spki: Uint8Array): Uint8Array {
  // SEQUENCE { AlgorithmIdentifier, BIT STRING }: skip the outer header and the algorithm, then the string's own header.
  const outer = headerLength(spki, 0);
  const algorithm = outer + headerLength(spki, outer) + contentLength(spki, outer);
  return spki.subarray(algorithm + headerLength(spki, algorithm) + 1);
}

const headerLength = (bytes: Uint8Array, at: number): number => {
  const first = bytes[at + 1] ?? 0;
  return first < 0x80 ? 2 : 2 + (first & 0x7f);
};
function contentLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1] ?? 0;
  if (first < 0x80) return first;
  let length = 0;
  for (let i = 0; i < (first & 0x7f); i += 1) length = length * 256 + (bytes[at + 2 + i] ?? 0);
  return length;
}

/** RFC 7468 section 5: PEM of a certificate. */
export function certificatePem(certificate: Uint8Array): string {
  const lines =
    Buffer.from(certificate)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
