import { X509Certificate } from 'node:crypto';

const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
/** Fewer bits are not accepted, whatever was registered (REG-3). */
const MIN_MODULUS_BITS = 2048;
/** Far more certificates than apps have at one time; beyond it the cache starts over. */
const MAX_CACHED = 5000;

// Values, never promises: what one request waits for must not be awaited by another.
const cache = new Map<string, CryptoKey | null>();

/**
 * The RS256 verification key of a PEM certificate; null when the text is no certificate, or its key not RSA of 2048
 * bits or more. Validity dates are not looked at: certificates carry keys here, nothing else (REG-3). Each
 * certificate is read once.
 */
export async function importCertificateKey(pem: string): Promise<CryptoKey | null> {
  const known = cache.get(pem);
  if (known !== undefined) return known;
  const key = await readKey(pem);
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(pem, key);
  return key;
}

async function readKey(pem: string): Promise<CryptoKey | null> {
  try {
    const { publicKey } = new X509Certificate(pem);
    if (publicKey.asymmetricKeyType !== 'rsa') return null;
    const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
    const key = await crypto.subtle.importKey('spki', spki, ALGORITHM, false, ['verify']);
    return modulusBits(key.algorithm) >= MIN_MODULUS_BITS ? key : null;
  } catch {
    return null;
  }
}

const modulusBits = (algorithm: object): number =>
  'modulusLength' in algorithm && typeof algorithm.modulusLength === 'number' ? algorithm.modulusLength : 0;

/** The keys of an app's certificates in registration order, unusable ones left out. */
export async function importCertificateKeys(pems: readonly string[]): Promise<readonly CryptoKey[]> {
  const keys = await Promise.all(pems.map(importCertificateKey));
  return keys.filter((key) => key !== null);
}

/** RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 section 3.3). */
export const verifyRs256 = (
  key: CryptoKey,
  signed: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
): Promise<boolean> => crypto.subtle.verify(ALGORITHM.name, key, signature, signed);
