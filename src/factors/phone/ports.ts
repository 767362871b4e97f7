import type { NewEvent } from '../../accounts/ports/events.ts';
import type { Locale } from '../../kernel/locale.ts';
import type { Result } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type { CountryAllowList } from './capabilities.ts';
import type { Channel, DeliveryFailure, E164, HeldPhone, LineType } from './model.ts';

/** What is known of a number's reachability, from answers and callbacks of the telephone company. */
export interface NumberNews {
  /** Names the number in an address; opens nothing. */
  readonly uuid: string;
  readonly optedOutAt: EpochMs | null;
  readonly optedInAt: EpochMs | null;
  readonly failure: DeliveryFailure | null;
  readonly failedAt: EpochMs | null;
}

/** Phones in the database. Numbers go in and come out in the clear; rows hold them sealed and as keyed digests. */
export interface Phones {
  /** All phones of an account, oldest first (one round trip). */
  readonly list: (account: string) => Promise<readonly HeldPhone[]>;
  /** Adds a confirmed number; the cap and uniqueness hold under concurrent additions. */
  readonly add: (input: {
    readonly account: string;
    readonly number: E164;
    readonly delivery: Channel;
    readonly isDefault: boolean;
    readonly event: NewEvent;
  }) => Promise<Result<{ readonly id: string }, { reason: 'limit' | 'already_added' }>>;
  /** Default and preference of one phone; false when it is gone (PH-5). */
  readonly change: (
    account: string,
    id: string,
    change: { readonly delivery: Channel; readonly makeDefault: boolean },
    now: EpochMs,
  ) => Promise<boolean>;
  /** Keyed digest of a number: what limits count by and codes are bound to. No storage call. */
  readonly fingerprint: (number: E164) => string;

  /** When a code last arrived at this number, on whatever account; null for a number nobody has. */
  readonly lastArrival: (number: E164) => Promise<EpochMs | null>;

  readonly news: (number: E164) => Promise<NumberNews | null>;
  readonly noteFailure: (number: E164, failure: DeliveryFailure, now: EpochMs) => Promise<void>;
  readonly noteOptOut: (number: E164, now: EpochMs) => Promise<void>;
  /** By the number's owner, at the carrier (START) or on our page. */
  readonly noteOptIn: (number: E164, now: EpochMs) => Promise<void>;
}

/** What a call says: the digits one by one between two sentences, the whole several times (PH-4). */
export interface SpokenCode {
  readonly locale: Locale;
  readonly before: string;
  readonly digits: string;
  readonly after: string;
  readonly times: number;
}

export type Delivered = Result<null, { readonly reason: DeliveryFailure }>;

/** A text to a phone; `code` is told apart so that a test inbox can show it. */
export interface TextMessage {
  readonly to: E164;
  readonly text: string;
  readonly code: string | null;
}

/** News that came by callback, about one number. */
export type TelephonyNews =
  | { readonly kind: 'failed'; readonly number: E164; readonly failure: DeliveryFailure }
  | { readonly kind: 'opted_out' | 'opted_in'; readonly number: E164 };

/** The telephone company (accounts VN-7). Refusals are values; what is not one of them is an outage: `unavailable`. */
export interface Telephony {
  /** Whether texts, calls and look-ups cost money; not where they are only kept for reading. */
  readonly costs: boolean;
  readonly sendText: (message: TextMessage) => Promise<Delivered>;
  readonly call: (to: E164, spoken: SpokenCode) => Promise<Delivered>;
  /** Kind of line; `unknown` when nobody can tell. No look-up configured: always `unknown`. */
  readonly lookUp: (number: E164) => Promise<LineType>;
  /** Tells the company that its owner wants texts again; false where only the owner can, by a text of their own (PH-6). */
  readonly optBackIn: (number: E164) => Promise<boolean>;
  /** Reads a callback of the company; null when it is not signed by it. */
  readonly readCallback: (request: Request) => Promise<readonly TelephonyNews[] | null>;
}

/** Why a code is sent; the words differ. */
export type CodePurpose = 'sign_in' | 'confirm_phone';

/** Short messages about the account, to every phone that gets texts (AR-1, AR-3, PK-2). */
export type PhoneNotice = 'reset_requested' | 'reset_cancelled' | 'personal_key_issued';

/** What pages and flows use of the telephone company: messages in words, and where it may be used. */
export interface PhoneService extends Pick<Telephony, 'costs' | 'lookUp' | 'optBackIn' | 'readCallback'> {
  readonly countries: CountryAllowList;
  readonly sendCode: (message: {
    readonly to: E164;
    readonly channel: Channel;
    readonly code: string;
    readonly purpose: CodePurpose;
    readonly locale: Locale;
  }) => Promise<Delivered>;
  readonly sendNotice: (to: E164, notice: PhoneNotice, locale: Locale) => Promise<Delivered>;
}
