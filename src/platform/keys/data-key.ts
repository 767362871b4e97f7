import { hkdfSync } from 'node:crypto';
import { concat, fromBase64Url, fromUtf8, toBase64Url, utf8 } from '../../kernel/bytes.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { randomBytes } from '../random.ts';
import type { Keyholder, SealContext, SealPurpose } from './keyholder.ts';

const NONCE = 12;
const TAG = 16;
const NO_SALT = new Uint8Array(0);

/** 32 bytes for one purpose out of a secret its owner brought (RFC 5869). */
export const ownersKey = (secret: Uint8Array, info: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(hkdfSync('sha256', secret, NO_SALT, utf8(info), 32));

/** Why a value in two layers does not open: the outer layer is the service's, the inner one its owner's. */
export type ClosedReason = { readonly reason: 'damaged' | 'wrong_key' };

const inner = (purpose: SealPurpose, { owner, record }: SealContext) =>
  utf8(JSON.stringify([purpose, owner, record, 'owner']));
const aesKey = (key: Uint8Array, usage: 'encrypt' | 'decrypt') =>
  crypto.subtle.importKey('raw', new Uint8Array(key), 'AES-GCM', false, [usage]);

/**
 * PI-15: AES-256-GCM under a key the service does not hold, and the result sealed again under the service key. Purpose,
 * account and record are associated data of both layers, the root's version of the outer one.
 */
export async function sealTwice(
  keys: Keyholder,
  purpose: SealPurpose,
  context: SealContext,
  key: Uint8Array,
  plain: Uint8Array | string,
): Promise<string> {
  const iv = randomBytes(NONCE);
  const data = typeof plain === 'string' ? utf8(plain) : new Uint8Array(plain);
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: inner(purpose, context) },
    await aesKey(key, 'encrypt'),
    data,
  );
  return keys.seal(purpose, context, concat(iv, new Uint8Array(sealed)));
}

/** Opens both layers. `damaged`: the outer one does not open here; `wrong_key`: the inner one does not open with this key. */
export async function openTwice(
  keys: Keyholder,
  purpose: SealPurpose,
  context: SealContext,
  key: Uint8Array,
  sealed: string,
): Promise<Result<Uint8Array<ArrayBuffer>, ClosedReason>> {
  const bytes = await keys.open(purpose, context, sealed);
  if (bytes === null || bytes.length < NONCE + TAG) return err({ reason: 'damaged' });
  try {
    const iv = bytes.subarray(0, NONCE);
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData: inner(purpose, context) },
      await aesKey(key, 'decrypt'),
      bytes.subarray(NONCE),
    );
    return ok(new Uint8Array(plain));
  } catch {
    return err({ reason: 'wrong_key' });
  }
}

/** A data key as sessions carry it. */
export const dataKeyText = (key: Uint8Array): string => toBase64Url(key);
export const dataKeyBytes = (text: string): Uint8Array<ArrayBuffer> => {
  const bytes = fromBase64Url(text);
  if (bytes === null || bytes.length !== 32) throw new Error('a data key has 32 bytes');
  return bytes;
};

/** Text of an opened value; it was text when it was sealed. */
export const textOf = (bytes: Uint8Array): string => {
  const text = fromUtf8(bytes);
  if (text === null) throw new Error('a sealed text is not UTF-8');
  return text;
};
