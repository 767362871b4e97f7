import { createHash } from 'node:crypto';
import { utf8 } from '../../kernel/bytes.ts';
import { type NormalisedPassword, normalisePassword, PASSWORD_MIN } from './password-text.ts';

/** Whether a password, given as upper-case hexadecimal SHA-1, is known from a breach (SU-7, SU-8). */
export type IsBreached = (sha1Upper: string) => Promise<boolean>;

/** SHA-1 of a password as breach lists write it: 40 upper-case hexadecimal digits. A lookup key, never stored. */
export const passwordSha1 = (password: NormalisedPassword): string =>
  createHash('sha1').update(utf8(password)).digest('hex').toUpperCase();

/**
 * The list that is always at hand: common passwords of lawful length, digested at the first question. Shorter entries
 * are left out because the length rule refuses them anyway.
 */
export function breachedAmong(commonPasswords: readonly string[]): IsBreached {
  let digests: ReadonlySet<string> | null = null;
  return async (sha1Upper) => {
    digests ??= new Set(
      commonPasswords.flatMap((entry) => {
        const password = [...entry].length >= PASSWORD_MIN ? normalisePassword(entry) : null;
        return password === null ? [] : [passwordSha1(password)];
      }),
    );
    return digests.has(sha1Upper);
  };
}

/** Fetches the suffixes known for five digits of a digest, lines of `SUFFIX:COUNT`; used only when an operator turns it on. */
export type FetchBreachRange = (prefix: string) => Promise<string>;

const RANGE_PREFIX = 5;

/** Asks a range service, which learns five digits and no more (k-anonymity). Padding lines, counted zero, do not match. */
export function breachedInRange(fetchRange: FetchBreachRange): IsBreached {
  return async (sha1Upper) => {
    const suffix = sha1Upper.slice(RANGE_PREFIX);
    const lines = (await fetchRange(sha1Upper.slice(0, RANGE_PREFIX))).split('\n');
    return lines.some((line) => {
      const [known = '', count = ''] = line.trim().split(':');
      return known.toUpperCase() === suffix && Number(count) > 0;
    });
  };
}
