import { concat, fromBase64Url, toBase64Url, xor } from '../../kernel/bytes.ts';
import { equalSecrets } from '../../kernel/crypto.ts';
import type { Derived, Keyholder } from '../keys/keyholder.ts';
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

/** A locator and a secret: what session cookies, codes and access tokens are made of. */
export interface Bearer {
  readonly locator: string;
  readonly secret: Uint8Array<ArrayBuffer>;
}

/** Takes `<locator><secret>` apart; null unless both have their exact length and the locator is ours. */
export function readBearer(text: string, keys: Keyholder): Bearer | null {
  if (text.length !== LOCATOR_LENGTH + SECRET_LENGTH) return null;
  const locator = text.slice(0, LOCATOR_LENGTH);
  const secret = fromBase64Url(text.slice(LOCATOR_LENGTH));
  return secret === null || secret.length !== 32 || !isLocator(locator, keys) ? null : { locator, secret };
}

/** The inverse of `readBearer`. */
export const writeBearer = ({ locator, secret }: Bearer): string => `${locator}${toBase64Url(secret)}`;

/** What apps hold: a code or an access token, and what follows from its secret. */
export interface Grant extends Bearer {
  readonly derived: Derived;
}

const PREFIXES = { code: 'gh_code_', token: 'gh_at_' } as const;

/** An address, hidden or shown again: masking twice is the address itself. Null when it is no base64url of its length. */
function masked(locator: string, mask: Uint8Array): string | null {
  const bytes = fromBase64Url(locator);
  return bytes === null || bytes.length !== mask.length ? null : toBase64Url(xor(bytes, mask));
}

/**
 * Takes a code or an access token apart, `<prefix><masked locator><secret>`; null unless every part has its exact length
 * and the locator is ours.
 */
export function readGrant(text: string, kind: keyof typeof PREFIXES, keys: Keyholder): Grant | null {
  const prefix = PREFIXES[kind];
  if (text.length !== prefix.length + LOCATOR_LENGTH + SECRET_LENGTH || !text.startsWith(prefix)) return null;
  const secret = fromBase64Url(text.slice(prefix.length + LOCATOR_LENGTH));
  if (secret === null || secret.length !== 32) return null;
  const derived = keys.derive(kind, secret);
  const locator = masked(text.slice(prefix.length, prefix.length + LOCATOR_LENGTH), derived.mask);
  return locator === null || !isLocator(locator, keys) ? null : { locator, secret, derived };
}

/**
 * The inverse of `readGrant`. The address is masked by what follows from the secret and our root: codes and tokens of one
 * session have nothing in common, so apps of two agencies cannot compare them (SUB-1), and no app learns the address.
 */
export function writeGrant(kind: keyof typeof PREFIXES, { locator, secret, derived }: Grant): string {
  const hidden = masked(locator, derived.mask);
  if (hidden === null) throw new Error('a session has a malformed address');
  return `${PREFIXES[kind]}${hidden}${toBase64Url(secret)}`;
}
