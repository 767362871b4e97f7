import { createHash } from 'node:crypto';
import { concat, utf8 } from '../../kernel/bytes.ts';
import type { EpochMs } from '../../kernel/time.ts';
import { constructed, primitive, readInside, TAG } from './der.ts';
import { derOf, oidOf, sequenceOf } from './der-writer.ts';

type Der = Uint8Array<ArrayBuffer>;

/** Who signs: the name it signs under, its AlgorithmIdentifier, and the signature over given bytes, in DER. */
export interface Signer {
  readonly name: Uint8Array;
  readonly algorithm: Uint8Array;
  readonly sign: (body: Der) => Promise<Uint8Array>;
}

/** ecdsa-with-SHA256. */
export const ecdsaSha256 = (): Uint8Array => sequenceOf(oidOf('1.2.840.10045.4.3.2'));

export interface ExtensionWish {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

export interface CertificateWish {
  readonly serial: Uint8Array;
  readonly subject: Uint8Array;
  readonly notBefore: EpochMs;
  readonly notAfter: EpochMs;
  readonly spki: Uint8Array;
  readonly extensions: readonly ExtensionWish[];
}

const ATTRIBUTES = { C: '2.5.4.6', O: '2.5.4.10', OU: '2.5.4.11', CN: '2.5.4.3' } as const;
export type NamePart = readonly [keyof typeof ATTRIBUTES, string];

/** A Name of single-valued relative names, the widest first. */
export const nameOf = (...parts: readonly NamePart[]): Der =>
  sequenceOf(
    ...parts.map(([type, value]) =>
      derOf(TAG.set, sequenceOf(oidOf(ATTRIBUTES[type]), derOf(0x0c, utf8(value)))),
    ),
  );

/** RFC 5280 section 4.1.2.5: UTCTime through 2049, GeneralizedTime after. */
export function timeOf(at: EpochMs): Der {
  const digits = `${new Date(at).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
  return digits < '2050'
    ? derOf(TAG.utcTime, utf8(digits.slice(2)))
    : derOf(TAG.generalizedTime, utf8(digits));
}

/** A positive INTEGER from random bytes. */
export function serialOf(bytes: Uint8Array): Der {
  const own = Uint8Array.from(bytes);
  own[0] = ((own[0] ?? 0) & 0x7f) | 0x40;
  return derOf(TAG.integer, own);
}

const bitsOf = (bytes: Uint8Array): Der => derOf(TAG.bitString, Uint8Array.of(0), bytes);

/** `SEQUENCE { body, algorithm, signature }`: the shape of everything authorities sign. */
export async function signedOf(body: Der, { algorithm, sign }: Signer): Promise<Der> {
  return sequenceOf(body, algorithm, bitsOf(await sign(body)));
}

/** A version 3 certificate of test authorities (RFC 5280 section 4.1). */
export function makeCertificate(wish: CertificateWish, issuer: Signer): Promise<Der> {
  const extensions = wish.extensions.map(({ oid, critical, value }) =>
    sequenceOf(
      oidOf(oid),
      ...(critical ? [Uint8Array.of(TAG.boolean, 1, 0xff)] : []),
      derOf(TAG.octetString, value),
    ),
  );
  const body = sequenceOf(
    derOf(constructed(0), derOf(TAG.integer, Uint8Array.of(2))),
    serialOf(wish.serial),
    issuer.algorithm,
    issuer.name,
    sequenceOf(timeOf(wish.notBefore), timeOf(wish.notAfter)),
    wish.subject,
    wish.spki,
    derOf(constructed(3), sequenceOf(...extensions)),
  );
  return signedOf(body, issuer);
}

const keyId = (spki: Uint8Array): Uint8Array => {
  const [, bits] = readInside(spki, TAG.sequence, 2) ?? [];
  return createHash('sha1')
    .update(bits?.content.subarray(1) ?? spki)
    .digest();
};

const extension = (oid: string, critical: boolean, value: Uint8Array): ExtensionWish => ({
  oid,
  critical,
  value,
});
const uri = (url: string): Der => derOf(primitive(6), utf8(url));

/** Extensions by what they say. */
export const EXTENSIONS = {
  subjectKeyId: (spki: Uint8Array) => extension('2.5.29.14', false, derOf(TAG.octetString, keyId(spki))),
  authorityKeyId: (spki: Uint8Array) =>
    extension('2.5.29.35', false, sequenceOf(derOf(primitive(0), keyId(spki)))),
  authority: (pathLength: number | null) =>
    extension(
      '2.5.29.19',
      true,
      sequenceOf(
        Uint8Array.of(TAG.boolean, 1, 0xff),
        ...(pathLength === null ? [] : [derOf(TAG.integer, Uint8Array.of(pathLength))]),
      ),
    ),
  /** Bits from the left: digitalSignature is 0x80, keyCertSign and cRLSign together 0x06. */
  keyUsage: (flags: number) => {
    let unused = 0;
    while (unused < 7 && ((flags >> unused) & 1) === 0) unused += 1;
    return extension('2.5.29.15', true, derOf(TAG.bitString, Uint8Array.of(unused, flags)));
  },
  extendedKeyUsage: (...oids: readonly string[]) =>
    extension('2.5.29.37', false, sequenceOf(...oids.map(oidOf))),
  policies: (...oids: readonly string[]) =>
    extension('2.5.29.32', false, sequenceOf(...oids.map((oid) => sequenceOf(oidOf(oid))))),
  crl: (url: string) =>
    extension(
      '2.5.29.31',
      false,
      sequenceOf(sequenceOf(derOf(constructed(0), derOf(constructed(0), uri(url))))),
    ),
  ocsp: (url: string) =>
    extension('1.3.6.1.5.5.7.1.1', false, sequenceOf(sequenceOf(oidOf('1.3.6.1.5.5.7.48.1'), uri(url)))),
} as const;

export const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

/** What the authentication certificate of a card says besides whose it is. */
export const cardExtensions = (card: {
  readonly spki: Uint8Array;
  readonly issuerSpki: Uint8Array;
  readonly policy: string;
  readonly crlUrl: string | null;
  readonly ocspUrl: string | null;
}): readonly ExtensionWish[] => [
  EXTENSIONS.subjectKeyId(card.spki),
  EXTENSIONS.authorityKeyId(card.issuerSpki),
  EXTENSIONS.keyUsage(0x80),
  EXTENSIONS.extendedKeyUsage(CLIENT_AUTH),
  EXTENSIONS.policies(card.policy),
  ...(card.crlUrl === null ? [] : [EXTENSIONS.crl(card.crlUrl)]),
  ...(card.ocspUrl === null ? [] : [EXTENSIONS.ocsp(card.ocspUrl)]),
];

/** An ECDSA signature in DER from its raw form, r and s side by side. */
export function rawSignatureToDer(raw: Uint8Array): Der {
  const half = raw.length / 2;
  const integer = (bytes: Uint8Array): Der => {
    let start = 0;
    while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
    const digits = bytes.subarray(start);
    return derOf(TAG.integer, (digits[0] ?? 0) > 0x7f ? concat(Uint8Array.of(0), digits) : digits);
  };
  return sequenceOf(integer(raw.subarray(0, half)), integer(raw.subarray(half)));
}

/** RFC 7468: PEM of DER bytes. */
export function pemOf(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
