import { createHash, X509Certificate } from 'node:crypto';
import { err, ok, type Result } from '../kernel/result.ts';

/** Why a certificate is refused (portal-and-operations 1.7; saml section 2). */
export type CertRefusal =
  | 'certs.private_key'
  | 'certs.not_pem'
  | 'certs.invalid'
  | 'certs.key_type'
  | 'certs.weak_key'
  | 'certs.own_key';

/** What people need to recognise a certificate (P38). Dates are ISO 8601 and never enforced (P39). */
export interface CertDetails {
  readonly sha256: string;
  readonly subject: string;
  readonly issuer: string;
  readonly serial_hex: string;
  readonly serial_decimal: string;
  readonly not_before: string;
  readonly not_after: string;
  readonly key_type: string;
  readonly key_bits: number;
  readonly pem: string;
}

/** A checked certificate: PEM written our way, its fingerprint, and how many blocks the text held. */
export interface CheckedCert {
  readonly pem: string;
  readonly sha256: string;
  readonly blocks: number;
}

const MAX_PEM = 16_384;
const MIN_BITS = 2048;
const BEGIN = '-----BEGIN CERTIFICATE-----';
const BLOCK = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/;

/** DER, written as PEM with lines of 64 characters (RFC 7468 section 3). */
function toPem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `${BEGIN}\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function parse(der: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(der);
  } catch {
    return null;
  }
}

const sha256Hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** SHA-256 (hex) of a certificate's public key in SPKI form: the same key is the same, whoever certified it. */
function keyFingerprint(cert: X509Certificate): string {
  return sha256Hex(cert.publicKey.export({ type: 'spki', format: 'der' }));
}

/**
 * Checks one uploaded certificate. A text with several blocks counts for its first: the rest is usually a chain, and
 * an authority's key must not become the app's (P36). `ownKeys` holds `keyFingerprint`s of the provider itself (P37).
 */
export function checkCert(
  text: string,
  ownKeys: ReadonlySet<string> = new Set(),
): Result<CheckedCert, CertRefusal> {
  if (text.includes('PRIVATE')) return err('certs.private_key');
  if (!text.includes(BEGIN)) return err('certs.not_pem');
  const body = text.length > MAX_PEM * 8 ? undefined : BLOCK.exec(text)?.[1];
  if (body === undefined || body.length > MAX_PEM) return err('certs.invalid');
  const cert = parse(Buffer.from(body, 'base64'));
  if (cert === null) return err('certs.invalid');
  const key = publicKey(cert);
  if (key === null) return err('certs.invalid');
  if (key.type !== 'rsa') return err('certs.key_type');
  if (key.bits < MIN_BITS) return err('certs.weak_key');
  if (ownKeys.size > 0 && ownKeys.has(keyFingerprint(cert))) return err('certs.own_key');
  const der = cert.raw;
  return ok({ pem: toPem(der), sha256: sha256Hex(der), blocks: text.split(BEGIN).length - 1 });
}

function publicKey(cert: X509Certificate): { type: string; bits: number } | null {
  try {
    const key = cert.publicKey;
    return { type: key.asymmetricKeyType ?? 'unknown', bits: key.asymmetricKeyDetails?.modulusLength ?? 0 };
  } catch {
    return null;
  }
}

const isoDate = (text: string): string => {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
};

/** Reads a stored certificate for display; null when it cannot be read ("Invalid" in lists). */
export function certDetails(pem: string): CertDetails | null {
  const body = BLOCK.exec(pem)?.[1];
  const cert = body === undefined ? null : parse(Buffer.from(body, 'base64'));
  const key = cert === null ? null : publicKey(cert);
  if (cert === null || key === null) return null;
  return {
    sha256: sha256Hex(cert.raw),
    subject: cert.subject ?? '',
    issuer: cert.issuer ?? '',
    serial_hex: cert.serialNumber.toLowerCase(),
    serial_decimal: BigInt(`0x${cert.serialNumber}`).toString(),
    not_before: isoDate(cert.validFrom),
    not_after: isoDate(cert.validTo),
    key_type: key.type,
    key_bits: key.bits,
    pem,
  };
}

/** SHA-256 fingerprint (hex) of a stored PEM; null when it cannot be read. Needs no parsing of the certificate. */
export function certFingerprint(pem: string): string | null {
  const body = BLOCK.exec(pem)?.[1];
  return body === undefined ? null : sha256Hex(Buffer.from(body, 'base64'));
}
