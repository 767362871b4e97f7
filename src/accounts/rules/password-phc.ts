import type { PasswordCost, PasswordRecord } from './password-record.ts';

/** The parts of a PHC string for scrypt. */
export interface ScryptPhc extends PasswordCost {
  /** How the record was made: 1 ours, written without a version; 0 imported, written `v=0`. */
  readonly v: PasswordRecord['v'];
  readonly salt: Uint8Array;
  /** The verifier, or its sealed form. */
  readonly hash: Uint8Array;
}

const PHC =
  /^\$scrypt(\$v=0)?\$ln=([1-9]\d?),r=([1-9]\d?),p=([1-9]\d?)\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{16,256})$/;
const LONGEST = 400;
/** Costs past these would let one stored string exhaust an isolate: 64 MiB, sixteen passes. */
const MOST_MEMORY = 2 ** 26;
const MOST_PASSES = 16;

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** Bytes of unpadded base64, or null when the text is not what those bytes encode to. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const bytes = new Uint8Array(Buffer.from(text, 'base64'));
  return toBase64(bytes) === text ? bytes : null;
}

/** `$scrypt$ln=14,r=8,p=5$salt$hash`, base64 without padding (PHC string format). */
export const encodePhc = ({ v, ln, r, p, salt, hash }: ScryptPhc): string =>
  `$scrypt${v === 0 ? '$v=0' : ''}$ln=${ln},r=${r},p=${p}$${toBase64(salt)}$${toBase64(hash)}`;

/** The parts of such a string, or null when it is not exactly one or asks for more than 64 MiB or sixteen passes. */
export function decodePhc(text: string): ScryptPhc | null {
  const match = text.length > LONGEST ? null : PHC.exec(text);
  if (match === null) return null;
  const [, imported, lnText = '', rText = '', pText = '', saltText = '', hashText = ''] = match;
  const [ln, r, p] = [Number(lnText), Number(rText), Number(pText)];
  if (128 * r * 2 ** ln > MOST_MEMORY || p > MOST_PASSES) return null;
  const salt = fromBase64(saltText);
  const hash = fromBase64(hashText);
  return salt === null || hash === null ? null : { v: imported === undefined ? 1 : 0, ln, r, p, salt, hash };
}

/** The record a PHC string describes. Imported ones have no pepper, whatever version is given for ours. */
export const recordOf = ({ v, ln, r, p, salt }: ScryptPhc, pepperVersion: number | null): PasswordRecord =>
  v === 1 ? { v, ln, r, p, salt, pepperVersion } : { v, ln, r, p, salt, pepperVersion: null };
