import { equalSecrets } from '../../kernel/crypto.ts';
import type { EpochMs } from '../../kernel/time.ts';
import { ONE_TIME_CODE_LIFETIME_MS } from '../one-time-code.ts';
import { MAX_SECOND_FACTOR_FAILURES } from '../second-factor-lock.ts';

/** A code that was sent and not yet used (PH-7): a keyed digest of it, its number and purpose, never the code. */
export interface SentCode {
  /** Whose turn it is for: a keyed digest of session and purpose. */
  readonly slot: string;
  readonly digest: string;
  readonly expiresAt: EpochMs;
  /** Wrong guesses so far. */
  readonly wrong: number;
}

/** What is told of a code when it is sent. */
export type NewSentCode = Pick<SentCode, 'slot' | 'digest'>;

/** Codes one account may have under way, over all its browsers; the oldest give way. */
export const MOST_SENT_CODES = 8;

const live = (codes: readonly SentCode[], now: EpochMs): readonly SentCode[] =>
  codes.filter(({ expiresAt }) => now < expiresAt);

/** Adds a code. The one its slot held before is dead from here on, used or not (`otp.ttl_min`). */
export const keepSentCode = (
  codes: readonly SentCode[],
  { slot, digest }: NewSentCode,
  now: EpochMs,
): readonly SentCode[] =>
  [
    ...live(codes, now).filter((code) => code.slot !== slot),
    { slot, digest, expiresAt: now + ONE_TIME_CODE_LIFETIME_MS, wrong: 0 },
  ].slice(-MOST_SENT_CODES);

export interface SentCodeVerdict {
  /** `expired` also stands for a code that was never sent, or was used. */
  readonly verdict: 'right' | 'wrong' | 'expired';
  /** What to keep: a right code is used up, and so is one that was guessed at too often. */
  readonly codes: readonly SentCode[];
}

/**
 * Compares in constant time what was typed, digested under every root in use, with the slot's code (PH-7). A code dies of
 * its tenth wrong guess: the account's counter (FC-1) forgets with every success of another method, so that its owner
 * could otherwise guess on at the code of a number that is somebody else's.
 */
export function checkSentCode(
  codes: readonly SentCode[],
  slot: string,
  digests: readonly string[],
  now: EpochMs,
): SentCodeVerdict {
  const current = live(codes, now);
  const held = current.find((code) => code.slot === slot);
  if (held === undefined) return { verdict: 'expired', codes: current };
  const matches = digests.filter((digest) => equalSecrets(digest, held.digest)).length > 0;
  return matches
    ? { verdict: 'right', codes: current.filter((code) => code !== held) }
    : {
        verdict: 'wrong',
        codes: current.flatMap((code) => {
          if (code !== held) return [code];
          const wrong = code.wrong + 1;
          return wrong < MAX_SECOND_FACTOR_FAILURES ? [{ ...code, wrong }] : [];
        }),
      };
}
