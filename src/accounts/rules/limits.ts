import { DAY, HOUR, MINUTE, SECOND } from '../../kernel/time.ts';
import type { Limiter } from './limiter.ts';

/**
 * The limiters of accounts section 1 under their keys there. Which discipline each follows is part of its number (LI-2):
 * `checked` ones let all `max` attempts through, `counted` ones refuse the one that reaches `max`.
 */
const checked = (max: number, windowMs: number): Limiter => ({
  max,
  windowMs,
  discipline: 'check-then-increment',
});
const counted = (max: number, windowMs: number): Limiter => ({
  max,
  windowMs,
  discipline: 'increment-then-check',
});

/** Fifty tries, each lengthening the wait: 720 minutes × 1.1^(n-1), at most 30 days (LI-3). */
const perAccountAndAddress: Limiter = { ...checked(50, 720 * MINUTE), factor: 1.1, capMs: 43_200 * MINUTE };

export const LIMITERS = {
  /** Per phone fingerprint and confirmed flag; the 11th send locks the account. */
  'otp_send.max': checked(10, 5 * MINUTE),
  'otp_send.short': counted(2, 10 * SECOND),
  /** Sends to numbers not confirmed yet. */
  'phone_confirmation.max': counted(20, DAY),
  /** Codes to unconfirmed numbers that nobody typed in, an hour: to one block of neighbours, to one country (PH-2). */
  'phone.block': checked(10, HOUR),
  'phone.country': checked(300, HOUR),
  'phone.home_country': checked(20_000, HOUR),
  /** Texts and calls a day, where they cost money: of one account, to one number (and confirmed flag). */
  'otp_send.account_day': checked(40, DAY),
  'otp_send.number_day': checked(60, DAY),
  /** Line look-ups that cost money: by one account, of one number. */
  'look_up.account': checked(10, DAY),
  'look_up.number': checked(30, DAY),
  /** Wrong passwords per browser session (SI-3). */
  'signin.session_failures': checked(5, 60 * SECOND),
  'signin.email_ip': checked(5, 60 * SECOND),
  'signin.ip': checked(20, 60 * SECOND),
  /** Checked before the password (SI-2). */
  'signin.user_ip': perAccountAndAddress,
  'backup_code.user_ip': perAccountAndAddress,
  /** All dynamic requests. */
  'req.ip': checked(300, 300 * SECOND),
  'register.ip': checked(20, 20 * SECOND),
  'otp_send.ip': checked(25, 300 * SECOND),
  'phone_setup.ip': checked(25, 300 * SECOND),
  /** Looks at cards, which cost questions to their authorities: for one errand, from one network (PV-1). */
  'card_check.errand': checked(5, 10 * MINUTE),
  'card_check.ip': checked(25, 300 * SECOND),
  /** Keyed by digest of the normalised address. */
  'register.email_unconfirmed': checked(20, 60 * MINUTE),
  'register.email_confirmed': checked(20, 60 * MINUTE),
  /** Requests for a password link from one network, whatever addresses they name. */
  'reset_email.ip': checked(20, 300 * SECOND),
  /** The 20th is dropped without a word. */
  'reset_email.max': counted(20, 60 * MINUTE),
  'account_reset.short': counted(2, 2 * MINUTE),
  'account_reset.long': counted(10, DAY),
  /** Wrong passwords at the proofing password step, then sign-out. */
  'idv_password.max': checked(3, 12 * HOUR),
  'idv.doc_auth': checked(5, 360 * MINUTE),
  'idv.resolution': checked(5, 6 * HOUR),
  /** Keyed by SSN fingerprint. */
  'idv.ssn': checked(10, 60 * MINUTE),
  'idv.phone': checked(5, 360 * MINUTE),
  'idv.send_link': checked(5, 10 * MINUTE),
  'letter.code_tries': checked(5, 10 * MINUTE),
  'letter.max': checked(4, 30 * DAY),
  'personal_key.tries': counted(5, 15 * MINUTE),
} as const satisfies Record<string, Limiter>;

export type LimiterId = keyof typeof LIMITERS;

/** Limiters that only log and let the request through (LI-4), everywhere and in production. */
export const OBSERVED: ReadonlySet<LimiterId> = new Set<LimiterId>(['otp_send.ip']);
export const OBSERVED_IN_PRODUCTION: ReadonlySet<LimiterId> = new Set<LimiterId>([
  'otp_send.ip',
  'signin.ip',
  'register.ip',
]);

/** The limiter for a deployment: production watches sign-ins by IP over 20 s instead of 60 s. */
export const limiterFor = (id: LimiterId, production: boolean): Limiter =>
  production && id === 'signin.ip' ? checked(20, 20 * SECOND) : LIMITERS[id];

/** Whether the deployment acts on this limiter or only writes it down (LI-4). */
export const isEnforced = (id: LimiterId, production: boolean): boolean =>
  !(production ? OBSERVED_IN_PRODUCTION : OBSERVED).has(id);
