import { concat, fromBase64Url, toBase64Url } from '../../kernel/bytes.ts';
import { equalSecrets } from '../../kernel/crypto.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { randomBytes } from '../random.ts';

const ID_LENGTH = 16;
const TAG_LENGTH = 8;
/** Length of a locator in base64url: 24 bytes. */
export const LOCATOR_LENGTH = 32;
/** Length of a 32-byte secret in base64url. */
export const SECRET_LENGTH = 43;

/**
 * Names of Durable Objects that a browser or an app carries. The tag proves that we made it: merely calling an object
 * that never existed would create it (platform SN-1).
 */
export function newLocator(keys: Keyholder): string {
  const id = randomBytes(ID_LENGTH);
  return toBase64Url(concat(id, keys.pad('locator', id).subarray(0, TAG_LENGTH)));
}

/** The same browser comes back many times: locators found genuine are remembered, up to this many. */
const MAX_REMEMBERED = 10_000;
const genuine = new WeakMap<Keyholder, Set<string>>();

/** Whether a locator is one of ours. */
export function isLocator(text: string, keys: Keyholder): boolean {
  const known = genuine.get(keys);
  if (known?.has(text)) return true;
  if (!hasTag(text, keys)) return false;
  if (known === undefined || known.size >= MAX_REMEMBERED) genuine.set(keys, new Set([text]));
  else known.add(text);
  return true;
}

function hasTag(text: string, keys: Keyholder): boolean {
  if (text.length !== LOCATOR_LENGTH) return false;
  const bytes = fromBase64Url(text);
  if (bytes === null) return false;
  return equalSecrets(
    keys.pad('locator', bytes.subarray(0, ID_LENGTH)).subarray(0, TAG_LENGTH),
    bytes.subarray(ID_LENGTH),
  );
}

/** A locator and a secret behind a fixed prefix: the shape of session cookies, codes and access tokens. */
export interface Bearer {
  readonly locator: string;
  readonly secret: Uint8Array<ArrayBuffer>;
}

/** Takes `<prefix><locator><secret>` apart; null unless every part has its exact length and the locator is ours. */
export function readBearer(text: string, prefix: string, keys: Keyholder): Bearer | null {
  if (text.length !== prefix.length + LOCATOR_LENGTH + SECRET_LENGTH || !text.startsWith(prefix)) return null;
  const locator = text.slice(prefix.length, prefix.length + LOCATOR_LENGTH);
  const secret = fromBase64Url(text.slice(prefix.length + LOCATOR_LENGTH));
  return secret === null || secret.length !== 32 || !isLocator(locator, keys) ? null : { locator, secret };
}

/** The inverse of `readBearer`. */
export const writeBearer = (prefix: string, bearer: Bearer): string =>
  `${prefix}${bearer.locator}${toBase64Url(bearer.secret)}`;
