import { concat, utf8 } from '../../kernel/bytes.ts';
import type { RandomBytes } from '../../kernel/ports.ts';
import {
  BLOCK_CIPHERS,
  type BlockEncryption,
  DSIG,
  KEY_TRANSPORTS,
  MGF1_SHA256,
  SHA256,
  XENC,
  XENC11,
} from './algorithms.ts';
import { toBase64 } from './base64.ts';
import type { EncryptionRecipient } from './keys.ts';
import { type ElementToWrite, element, type WrittenXml } from './write.ts';

/**
 * Encrypts an element for one recipient and returns its `EncryptedData` (XML Encryption 1.1; saml C3 to C6): a fresh
 * content key and IV from `random`, the key wrapped by RSA-OAEP and nested inside. Default namespace is XML Encryption.
 */
export async function encryptElement(
  plain: WrittenXml,
  recipient: EncryptionRecipient,
  block: BlockEncryption,
  random: RandomBytes,
): Promise<ElementToWrite> {
  const cipher = BLOCK_CIPHERS[block];
  const contentKey = random(cipher.keyBytes);
  const iv = random(cipher.ivBytes);
  const key = await crypto.subtle.importKey('raw', contentKey, cipher.mode, false, ['encrypt']);
  const [wrapped, body] = await Promise.all([
    crypto.subtle.encrypt('RSA-OAEP', recipient.key, contentKey),
    crypto.subtle.encrypt({ name: cipher.mode, iv }, key, utf8(plain.text)),
  ]);
  return {
    name: 'EncryptedData',
    namespaces: { '': XENC, ds: DSIG },
    attributes: { Id: 'ED', Type: `${XENC}Element` },
    children: [
      element('EncryptionMethod', { Algorithm: cipher.uri }),
      element('ds:KeyInfo', {}, [encryptedKey(recipient, new Uint8Array(wrapped))]),
      cipherData(concat(iv, new Uint8Array(body))),
    ],
  };
}

function encryptedKey(recipient: EncryptionRecipient, wrapped: Uint8Array): ElementToWrite {
  const certificate = element('ds:X509Certificate', {}, [recipient.certificate]);
  return element('EncryptedKey', { Id: 'EK' }, [
    keyTransportMethod(recipient),
    element('ds:KeyInfo', {}, [element('ds:X509Data', {}, [certificate])]),
    cipherData(wrapped),
    // No `#` in the address: that is what service providers have always been sent (saml C4).
    element('ReferenceList', {}, [element('DataReference', { URI: 'ED' })]),
  ]);
}

/** `rsa-oaep-mgf1p` stands for SHA-1 without being told (saml C5); the newer identifier names both of its hashes. */
function keyTransportMethod({ transport }: EncryptionRecipient): ElementToWrite {
  const Algorithm = KEY_TRANSPORTS[transport].uri;
  if (transport === 'rsa-oaep-mgf1p') return element('EncryptionMethod', { Algorithm });
  return element('EncryptionMethod', { Algorithm }, [
    element('ds:DigestMethod', { Algorithm: SHA256 }),
    { ...element('xenc11:MGF', { Algorithm: MGF1_SHA256 }), namespaces: { xenc11: XENC11 } },
  ]);
}

const cipherData = (bytes: Uint8Array): ElementToWrite =>
  element('CipherData', {}, [element('CipherValue', {}, [toBase64(bytes)])]);
