import { X509Certificate } from 'node:crypto';
import { err, ok, type Result } from '../../kernel/result.ts';
import { KEY_TRANSPORTS, type KeyTransport } from './algorithms.ts';
import { toBase64 } from './base64.ts';

const SIGNATURE = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
/** NIST SP 800-131A: RSA keys shorter than this no longer protect signatures. */
const SHORTEST_RSA_BITS = 2048;

/** A key somebody registered, with the certificate it came in; never one taken from a message (saml S6, V14). */
export type VerificationKey = { readonly key: CryptoKey; readonly certificate: Uint8Array };

/** Whom to encrypt to: the key that wraps the content key, and the certificate shown beside it as base64 DER. */
export type EncryptionRecipient = {
  readonly key: CryptoKey;
  readonly transport: KeyTransport;
  readonly certificate: string;
};

/** Why a certificate cannot be used. */
export type CertificateRefusal = { readonly reason: 'unreadable_certificate' | 'not_rsa' | 'key_too_short' };

/** The key of a certificate (PEM or DER) for checking RSA-SHA256 signatures. Dates are not looked at (saml section 2). */
export async function verificationKey(
  certificate: string | Uint8Array,
): Promise<Result<VerificationKey, CertificateRefusal>> {
  const opened = await open(certificate, SIGNATURE, 'verify');
  return opened.ok ? ok({ key: opened.value.key, certificate: opened.value.der }) : opened;
}

/** The key of a certificate (PEM or DER) for encrypting to its owner. */
export async function encryptionRecipient(
  certificate: string | Uint8Array,
  transport: KeyTransport = 'rsa-oaep-mgf1p',
): Promise<Result<EncryptionRecipient, CertificateRefusal>> {
  const { hash } = KEY_TRANSPORTS[transport];
  const opened = await open(certificate, { name: 'RSA-OAEP', hash }, 'encrypt');
  return opened.ok
    ? ok({ key: opened.value.key, transport, certificate: toBase64(opened.value.der) })
    : opened;
}

type Opened = { readonly der: Uint8Array<ArrayBuffer>; readonly key: CryptoKey };

async function open(
  certificate: string | Uint8Array,
  algorithm: { readonly name: string; readonly hash: string },
  usage: 'verify' | 'encrypt',
): Promise<Result<Opened, CertificateRefusal>> {
  let parsed: X509Certificate;
  try {
    parsed = new X509Certificate(certificate);
  } catch {
    return err({ reason: 'unreadable_certificate' });
  }
  const { publicKey } = parsed;
  if (publicKey.asymmetricKeyType !== 'rsa') return err({ reason: 'not_rsa' });
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  const key = await crypto.subtle.importKey('spki', spki, algorithm, false, [usage]);
  const algorithmOfKey: object = key.algorithm;
  const bits =
    'modulusLength' in algorithmOfKey && typeof algorithmOfKey.modulusLength === 'number'
      ? algorithmOfKey.modulusLength
      : 0;
  return bits < SHORTEST_RSA_BITS
    ? err({ reason: 'key_too_short' })
    : ok({ der: new Uint8Array(parsed.raw), key });
}
