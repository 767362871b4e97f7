import { fromBase64Url, toBase64Url } from '../../kernel/bytes.ts';
import type { RandomBytes } from '../../kernel/ports.ts';
import { type EpochMs, MINUTE } from '../../kernel/time.ts';

/** How long a browser may take over one ceremony (WA-1). Milliseconds. */
export const CEREMONY_TIMEOUT_MS = 800_000;
/** A challenge is taken up to this age: the ceremony and the way there and back. */
export const CHALLENGE_LIFETIME_MS = CEREMONY_TIMEOUT_MS + 2 * MINUTE;
/** A younger one is shown again, so that two tabs do not spoil each other's ceremony. */
const CHALLENGE_SHARED_MS = 5 * MINUTE;

/** What an authenticator is to sign, and since when (WA-1: 32 random bytes, used once). */
export interface Challenge {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly at: EpochMs;
}

/** Makes a challenge. */
export const newChallenge = (random: RandomBytes, now: EpochMs): Challenge => ({
  bytes: random(32),
  at: now,
});

/** As text for a draft or cookie, which are sealed by whoever keeps them. */
export const writeChallenge = ({ bytes, at }: Challenge): string => `${at}.${toBase64Url(bytes)}`;

/** Back from text; null when it is none or too old. */
export function readChallenge(text: string | null, now: EpochMs): Challenge | null {
  const [, time, value] = /^(\d{1,15})\.([\w-]{43})$/.exec(text ?? '') ?? [];
  const bytes = value === undefined ? null : fromBase64Url(value);
  const at = Number(time);
  return bytes === null || now - at > CHALLENGE_LIFETIME_MS ? null : { bytes, at };
}

/** Whether a challenge is young enough to be shown once more. */
export const isShared = ({ at }: Challenge, now: EpochMs): boolean => now - at <= CHALLENGE_SHARED_MS;
