import type { CodePurpose } from '../../factors/phone/ports.ts';
import type { EpochMs } from '../../kernel/time.ts';

/** What a sent code is bound to (PH-7): the browser's session, why it was sent, and the number. */
export interface SentCodeUse {
  /** The session's locator. */
  readonly session: string;
  readonly purpose: CodePurpose;
  /** E.164. */
  readonly number: string;
}

/** A proof that is good once, by a name of its own, and how long it could be. */
export interface OnceOnly {
  readonly id: string;
  readonly until: EpochMs;
}

/** What became of one: taken, with so many tries left; refused, as the account is locked; or it was used before. */
export type OnceOutcome =
  | { readonly kind: 'fresh'; readonly left: number }
  | { readonly kind: 'locked'; readonly until: EpochMs }
  | { readonly kind: 'used' };

/** Counters and locks. Keys are digested before they leave the Worker. */
export interface Attempts {
  /**
   * Counts one attempt at each named limit before it is made; all keys of one subject are one call. Returns the first
   * that refuses, with when to come back. With a network, limits by network count that, and the subject is counted at
   * the same place, so that it is one call still; so are limits by browser with `visit`, what is secret about it.
   */
  readonly spend: (
    subject: string,
    limits: readonly LimitName[],
    now: EpochMs,
    network?: string,
    /** What was counted up to then is forgotten: something came of it. */
    clearedAt?: EpochMs | null,
    visit?: Uint8Array,
  ) => Promise<
    | { readonly allowed: true }
    | { readonly allowed: false; readonly limit: LimitName; readonly retryAt: EpochMs }
  >;
  /** Forgets what was counted (a success); the same network and visit as it was counted with. */
  readonly clear: (
    subject: string,
    limits: readonly LimitName[],
    network?: string,
    visit?: Uint8Array,
  ) => Promise<void>;
  /** Takes back one counted attempt at each limit: it came to something. */
  readonly giveBack: (subject: string, limits: readonly LimitName[]) => Promise<void>;
  /** Keeps a code about to be sent, as a keyed digest; kills the earlier one of this session and purpose (PH-7). */
  readonly keepCode: (account: string, code: string, use: SentCodeUse, now: EpochMs) => Promise<void>;
  /**
   * One try with a sent code, as typed: counted first like every second factor (FC-1), used up when right. `expired` also
   * stands for a code that was never sent.
   */
  readonly checkCode: (
    account: string,
    typed: string,
    use: SentCodeUse,
    succeededAt: EpochMs | null,
    now: EpochMs,
  ) => Promise<
    | { readonly allowed: true; readonly left: number; readonly verdict: 'right' | 'wrong' | 'expired' }
    | { readonly allowed: false; readonly lockedUntil: EpochMs }
  >;
  /** Locks the second factor at once (`otp_send.max`); tells until when. */
  readonly lock: (account: string, succeededAt: EpochMs | null, now: EpochMs) => Promise<EpochMs>;
  /**
   * One try at an account's second factor, counted before it is made; failures before `succeededAt` no longer count (FC-1).
   * With `limit` it is counted there as well, for this account and network: what that refuses is `limited`, and locks
   * nothing. One call.
   */
  readonly secondFactor: (
    account: string,
    succeededAt: EpochMs | null,
    now: EpochMs,
    limit?: { readonly name: LimitName; readonly network: string },
  ) => Promise<
    | { readonly allowed: true; readonly left: number }
    | { readonly allowed: false; readonly lockedUntil: EpochMs; readonly limited?: true }
  >;
  /**
   * Uses up a proof that an account's owner brought, and counts the try with it (FC-1), or only looks whether the account is
   * locked: a proof that is both factors is guessed by nobody. One call.
   */
  readonly useOnce: (
    account: string,
    proof: OnceOnly,
    as: 'try' | 'sign-in',
    succeededAt: EpochMs | null,
    now: EpochMs,
  ) => Promise<OnceOutcome>;
  /** Whether the account is locked, without counting. */
  readonly lockedUntil: (
    account: string,
    succeededAt: EpochMs | null,
    now: EpochMs,
  ) => Promise<EpochMs | null>;
}

/** Limits by name; numbers in accounts section 1. */
export type LimitName =
  | 'sign-in-session'
  | 'sign-in-email-ip'
  | 'sign-in-ip'
  | 'sign-in-user-ip'
  | 'register-email'
  | 'register-ip'
  | 'reset-email'
  | 'reset-ip'
  | 'account-reset'
  | 'account-reset-day'
  | 'backup-code-user-ip'
  | 'otp-send'
  | 'otp-send-short'
  | 'otp-send-ip'
  | 'otp-send-account'
  | 'otp-send-number'
  | 'look-up-account'
  | 'look-up-number'
  | 'phone-confirmation'
  | 'phone-setup-ip'
  | 'card-check'
  | 'card-check-ip'
  | 'phone-block'
  | 'phone-country'
  | 'phone-home-country'
  | 'personal-key'
  | 'reauthenticate-password';
