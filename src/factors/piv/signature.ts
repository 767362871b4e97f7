import { derSignatureToRaw } from '../webauthn/der-signature.ts';
import { readBits, readElements, readInside, readOid, readOnly, TAG } from './der.ts';

/** What certificates, lists and OCSP answers have in common: a body, an algorithm, a signature over the body. */
export interface Signed {
  readonly body: Uint8Array;
  /** AlgorithmIdentifier, with its header. */
  readonly algorithm: Uint8Array;
  readonly signature: Uint8Array;
}

/** Takes `SEQUENCE { body, algorithm, BIT STRING }` apart; null for any other shape. */
export function readSigned(der: Uint8Array): Signed | null {
  const outer = readOnly(der, TAG.sequence);
  const [body, algorithm, bits, ...more] = outer === null ? [] : (readElements(outer.content, 4) ?? []);
  if (body === undefined || algorithm === undefined || bits === undefined || more.length > 0) return null;
  const signature = readBits(bits);
  return signature === null ? null : { body: body.whole, algorithm: algorithm.whole, signature };
}

/** SHA-256 and better only; SHA-1 and MD5 are not in the list (SP 800-78). */
const ALGORITHMS: Readonly<Record<string, { readonly family: 'rsa' | 'ec'; readonly hash: string }>> = {
  '1.2.840.113549.1.1.11': { family: 'rsa', hash: 'SHA-256' },
  '1.2.840.113549.1.1.12': { family: 'rsa', hash: 'SHA-384' },
  '1.2.840.113549.1.1.13': { family: 'rsa', hash: 'SHA-512' },
  '1.2.840.10045.4.3.2': { family: 'ec', hash: 'SHA-256' },
  '1.2.840.10045.4.3.3': { family: 'ec', hash: 'SHA-384' },
  '1.2.840.10045.4.3.4': { family: 'ec', hash: 'SHA-512' },
};
const RSA_KEY = '1.2.840.113549.1.1.1';
const EC_KEY = '1.2.840.10045.2.1';
const CURVES: Readonly<Record<string, { readonly name: string; readonly size: number }>> = {
  '1.2.840.10045.3.1.7': { name: 'P-256', size: 32 },
  '1.3.132.0.34': { name: 'P-384', size: 48 },
};
const LEAST_RSA_BYTES = 256;
const MOST_RSA_BYTES = 1024;

type PublicKey =
  | { readonly family: 'rsa'; readonly bytes: number }
  | { readonly family: 'ec'; readonly curve: string; readonly size: number };

/** What kind of key a SubjectPublicKeyInfo holds; null for one that is too small or of a kind not accepted. */
export function readPublicKey(spki: Uint8Array): PublicKey | null {
  const [algorithm, bits] = readInside(spki, TAG.sequence, 2) ?? [];
  const [type, parameters] = algorithm === undefined ? [] : (readElements(algorithm.content, 3) ?? []);
  if (type === undefined || bits === undefined) return null;
  const oid = readOid(type.content);
  if (oid === EC_KEY) {
    const curve = CURVES[(parameters?.tag === TAG.oid && readOid(parameters.content)) || ''];
    return curve === undefined ? null : { family: 'ec', curve: curve.name, size: curve.size };
  }
  const key = oid === RSA_KEY ? readBits(bits) : null;
  const [modulus] = key === null ? [] : (readInside(key, TAG.sequence, 2) ?? []);
  if (modulus?.tag !== TAG.integer) return null;
  const bytes = modulus.content[0] === 0 ? modulus.content.length - 1 : modulus.content.length;
  return bytes < LEAST_RSA_BYTES || bytes > MOST_RSA_BYTES ? null : { family: 'rsa', bytes };
}

/** A copy that WebCrypto takes: its own buffer, nothing around it. */
const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

/**
 * Whether this key made this signature: RSA of 2048 bits and more (PKCS #1 v1.5) or ECDSA over P-256 or P-384, with
 * SHA-256 or better. False for every other algorithm and for keys that cannot be read.
 */
export async function isSignedBy({ body, algorithm, signature }: Signed, spki: Uint8Array): Promise<boolean> {
  const [type] = readInside(algorithm, TAG.sequence, 2) ?? [];
  const method = ALGORITHMS[(type?.tag === TAG.oid && readOid(type.content)) || ''];
  const key = readPublicKey(spki);
  if (method === undefined || key === null || method.family !== key.family) return false;
  const raw = key.family === 'ec' ? derSignatureToRaw(signature, key.size) : own(signature);
  if (raw === null) return false;
  try {
    const parameters =
      key.family === 'ec'
        ? { name: 'ECDSA', namedCurve: key.curve }
        : { name: 'RSASSA-PKCS1-v1_5', hash: method.hash };
    const imported = await crypto.subtle.importKey('spki', own(spki), parameters, false, ['verify']);
    const how = key.family === 'ec' ? { name: 'ECDSA', hash: method.hash } : { name: 'RSASSA-PKCS1-v1_5' };
    return await crypto.subtle.verify(how, imported, raw, own(body));
  } catch {
    // A point off its curve or an exponent nobody uses: not a signature of this key.
    return false;
  }
}
