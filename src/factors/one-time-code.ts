import type { RandomBytes } from '../kernel/ports.ts';
import { MINUTE } from '../kernel/time.ts';
import { uniformInt } from '../kernel/uniform-int.ts';
import type { KeyedDigest } from './keyed-digest.ts';

/** Digits of a sign-in code (`otp.digits`). */
export const ONE_TIME_CODE_DIGITS = 6;
/** How long a code works (`otp.ttl_min`). */
export const ONE_TIME_CODE_LIFETIME_MS = 10 * MINUTE;

const CODE = /^\d{6}$/;
const LONGEST_INPUT = 32;

/** What a code is bound to (PH-7): a code sent to one number or for one purpose proves nothing elsewhere. */
export interface OneTimeCodeUse {
  /** Why it was sent, for instance `sign_in` or `confirm_phone`. */
  readonly purpose: string;
  /** Where it was sent, and for which browser. */
  readonly target: string;
}

/** Six random digits, each of the million codes equally likely. */
export const generateOneTimeCode = (random: RandomBytes): string =>
  String(uniformInt(random, 10 ** ONE_TIME_CODE_DIGITS)).padStart(ONE_TIME_CODE_DIGITS, '0');

/** The digits of what was typed or pasted: spaces and one leading `#` are dropped (PH-3); null if six digits are not left. */
export function readOneTimeCode(input: string): string | null {
  if (input.length > LONGEST_INPUT) return null;
  const code = input.replace(/\s/g, '').replace(/^#/, '');
  return CODE.test(code) ? code : null;
}

/** Keyed digest of a code with what it is bound to. JSON keeps the parts apart, so no two uses share a digest. */
export const oneTimeCodeDigest = (
  code: string,
  { purpose, target }: OneTimeCodeUse,
  digest: KeyedDigest,
): string => digest(JSON.stringify([code, purpose, target]));
