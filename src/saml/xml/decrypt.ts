import { createDecipheriv } from 'node:crypto';
import { err, ok, type Result } from '../../kernel/result.ts';
import {
  BLOCK_CIPHERS,
  type BlockCipher,
  DSIG,
  KEY_TRANSPORTS,
  type KeyTransport,
  MGF1_SHA256,
  SHA256,
  XENC,
  XENC11,
} from './algorithms.ts';
import { fromBase64 } from './base64.ts';
import { attributeOf, childElements, onlyChild, textOf, type XmlElement } from './tree.ts';

/** The private half of a key transport: imported for `RSA-OAEP` with that transport's hash. */
export type DecryptionKey = { readonly key: CryptoKey; readonly transport: KeyTransport };

/**
 * Everything that can go wrong after the shape was understood is one reason, so that an answer tells nothing about
 * padding or key (saml V17).
 */
export type DecryptRefusal = {
  readonly reason: 'bad_encrypted_data' | 'cbc_not_allowed' | 'decryption_failed';
};

/** Choices the caller makes. */
export type DecryptOptions = {
  /** CBC is malleable: allow it only where the ciphertext was covered by a signature that verified before. */
  readonly allowCbc: boolean;
};

/**
 * Decrypts an `EncryptedData` with its `EncryptedKey` inside (XML Encryption 1.1). Returns the plain bytes, which are
 * as untrusted as any others. The sign-in service receives nothing encrypted; this is for checking what it sends.
 */
export async function decryptElement(
  data: XmlElement,
  recipient: DecryptionKey,
  options: DecryptOptions = { allowCbc: false },
): Promise<Result<Uint8Array<ArrayBuffer>, DecryptRefusal>> {
  const cipher = blockCipherOf(data);
  const keyInfo = onlyChild(data, DSIG, 'KeyInfo');
  const encryptedKey = keyInfo === undefined ? undefined : onlyChild(keyInfo, XENC, 'EncryptedKey');
  const wrapped = encryptedKey === undefined ? null : cipherValueOf(encryptedKey);
  const body = cipherValueOf(data);
  if (cipher === undefined || encryptedKey === undefined || wrapped === null || body === null) {
    return err({ reason: 'bad_encrypted_data' });
  }
  if (!isTransport(encryptedKey, recipient.transport)) return err({ reason: 'bad_encrypted_data' });
  if (cipher.mode === 'AES-CBC' && !options.allowCbc) return err({ reason: 'cbc_not_allowed' });
  try {
    const contentKey = new Uint8Array(await crypto.subtle.decrypt('RSA-OAEP', recipient.key, wrapped));
    if (contentKey.length !== cipher.keyBytes) return err({ reason: 'decryption_failed' });
    const plain =
      cipher.mode === 'AES-GCM' ? await openGcm(cipher, contentKey, body) : openCbc(cipher, contentKey, body);
    return plain === null ? err({ reason: 'decryption_failed' }) : ok(plain);
  } catch {
    return err({ reason: 'decryption_failed' });
  }
}

/** The tag is always the full 128 bits: it is what is left after IV and text (CVE-2026-32313 was a shorter one). */
async function openGcm(
  cipher: BlockCipher,
  contentKey: Uint8Array<ArrayBuffer>,
  body: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey('raw', contentKey, 'AES-GCM', false, ['decrypt']);
  const iv = body.subarray(0, cipher.ivBytes);
  const sealed = body.subarray(cipher.ivBytes);
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, tagLength: 128 }, key, sealed));
}

/** XML Encryption pads so that only the last byte is defined; WebCrypto would insist on PKCS #7. */
function openCbc(
  cipher: BlockCipher,
  contentKey: Uint8Array,
  body: Uint8Array,
): Uint8Array<ArrayBuffer> | null {
  const sealed = body.subarray(cipher.ivBytes);
  if (sealed.length === 0 || sealed.length % 16 !== 0) return null;
  const decipher = createDecipheriv(
    `aes-${cipher.keyBytes * 8}-cbc`,
    contentKey,
    body.subarray(0, cipher.ivBytes),
  );
  decipher.setAutoPadding(false);
  const padded = new Uint8Array(Buffer.concat([decipher.update(sealed), decipher.final()]));
  const padding = padded.at(-1) ?? 0;
  return padding < 1 || padding > 16 ? null : padded.subarray(0, padded.length - padding);
}

function blockCipherOf(data: XmlElement): BlockCipher | undefined {
  const method = onlyChild(data, XENC, 'EncryptionMethod');
  const uri = method === undefined ? undefined : attributeOf(method, 'Algorithm');
  return Object.values(BLOCK_CIPHERS).find((cipher) => cipher.uri === uri);
}

/** Whether the key was wrapped the way our key unwraps, hashes included. */
function isTransport(encryptedKey: XmlElement, transport: KeyTransport): boolean {
  const method = onlyChild(encryptedKey, XENC, 'EncryptionMethod');
  if (method === undefined || attributeOf(method, 'Algorithm') !== KEY_TRANSPORTS[transport].uri)
    return false;
  const digest = onlyChild(method, DSIG, 'DigestMethod');
  const digestUri = digest === undefined ? undefined : attributeOf(digest, 'Algorithm');
  if (transport === 'rsa-oaep-mgf1p') {
    return (
      childElements(method).every((child) => child === digest) &&
      (digestUri ?? `${DSIG}sha1`) === `${DSIG}sha1`
    );
  }
  const mask = onlyChild(method, XENC11, 'MGF');
  return digestUri === SHA256 && mask !== undefined && attributeOf(mask, 'Algorithm') === MGF1_SHA256;
}

function cipherValueOf(element: XmlElement): Uint8Array<ArrayBuffer> | null {
  const data = onlyChild(element, XENC, 'CipherData');
  const value = data === undefined ? undefined : onlyChild(data, XENC, 'CipherValue');
  const text = value === undefined ? undefined : textOf(value);
  return text === undefined ? null : fromBase64(text);
}
