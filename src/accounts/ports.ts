import type { AttributeName } from '../consent/attributes.ts';
import type { AppLink } from '../consent/model.ts';
import type { FactorKind } from '../factors/model.ts';
import type { CodePurpose } from '../factors/phone/ports.ts';
import type { Card, CardNames, HeldCard } from '../factors/piv/model.ts';
import type { HeldCredential, WebauthnCredential, WebauthnKind } from '../factors/webauthn/model.ts';
import type { Locale } from '../kernel/locale.ts';
import type { Result } from '../kernel/result.ts';
import type { EpochMs } from '../kernel/time.ts';
import type { PersonalKey } from '../proofing/model.ts';
import type { Rewrap } from '../proofing/ports.ts';
import type { SessionProfile } from '../sessions/model.ts';
import type {
  AccountEmail,
  AccountOverview,
  Browser,
  Device,
  EventKind,
  HistoryEvent,
  OpenedLink,
  SignInAccount,
} from './model.ts';
import type { LinkKind } from './tables.ts';

/** What an operator does to somebody's account: who, why, when (O32). */
export interface Intervention {
  readonly actor: string;
  readonly reason: string;
  readonly now: EpochMs;
}

/** An event to write, with the browser it came from. */
export interface NewEvent {
  readonly kind: EventKind;
  readonly at: EpochMs;
  readonly browser: Browser | null;
  readonly app?: string;
}

/** A complete sign-in, or a second factor shown again, to be written down. */
export interface SecondFactorSuccess {
  readonly uuid: string;
  readonly locator: string;
  readonly deviceId: string | null;
  readonly browser: Browser;
  readonly now: EpochMs;
  /** Make a link that disavows the event, for a mail about it (SI-6). */
  readonly disavow?: boolean;
}

export interface SecondFactorRecord {
  /** The link's token when one was asked for. */
  readonly disavowToken: string | null;
}

/**
 * People's accounts in the database. Each method is one round trip unless it says otherwise. Addresses go in as
 * normalised text and come out opened; nothing but digests and ciphertext is stored.
 */
export interface Accounts {
  /** By a confirmed or, failing that, an unconfirmed address (EM-4). */
  readonly findByEmail: (address: string) => Promise<SignInAccount | null>;
  readonly findByUuid: (uuid: string) => Promise<SignInAccount | null>;
  readonly overview: (uuid: string) => Promise<AccountOverview | null>;
  /** Confirmed addresses, for notices and for refreshing a session (one round trip). */
  readonly profile: (uuid: string) => Promise<SessionProfile>;

  /** A new account with one unconfirmed address and no password (SU-3). */
  readonly create: (input: {
    readonly address: string;
    readonly emailLocale: Locale;
    readonly rulesAcceptedAt: EpochMs;
    readonly origin: 'sign-up' | 'sandbox';
    readonly now: EpochMs;
  }) => Promise<{ readonly uuid: string; readonly emailId: string }>;
  /** Removes an account that never got a password (SU-10). */
  readonly abandon: (uuid: string) => Promise<void>;

  /**
   * The address becomes confirmed when the first password is saved (SU-6); refused when somebody else confirmed the
   * address meanwhile. Also deletes other accounts' unconfirmed copies of the address.
   */
  readonly completeSignUp: (input: {
    readonly uuid: string;
    readonly emailId: string;
    readonly password: string;
    readonly event: NewEvent;
  }) => Promise<Result<null, { reason: 'address_taken' }>>;
  /**
   * Stores a new sealed password record; revokes remembered devices, older links and addresses being added (RD-3, SI-6).
   * With `rewrap` the verified identity stays in use under its new wraps (PW-5); without, it is locked (PW-4). False, and
   * nothing is changed, when the identity of `rewrap` is not in use any more, or the record is not `from` any more: a
   * reset or a new verification came first.
   */
  readonly changePassword: (
    uuid: string,
    password: string,
    event: NewEvent,
    rewrap?: Rewrap | null,
    from?: string | null,
  ) => Promise<boolean>;
  /**
   * Replaces this very record after an upgrade of its parameters, and with it the wraps that depend on it; a password
   * changed meanwhile stays. No event.
   */
  readonly rehash: (
    uuid: string,
    from: string,
    to: string,
    rewrap?: { readonly wraps: Rewrap; readonly at: EpochMs } | null,
  ) => Promise<void>;

  /**
   * Sign-in with the first factor: remembers the address, the browser, the event; tells whether the browser is new.
   * `listed` is false when the account is not any more what the factor was checked against (its password was changed, it
   * was suspended or deleted meanwhile, its identity was locked): then no session may begin.
   */
  readonly recordPassword: (
    account: SignInAccount,
    browser: Browser,
    now: EpochMs,
    /** The session that begins; listed from now on. */
    locator: string,
    /** A passkey stands for both factors: then there is no event of a password. */
    factor?: 'password' | 'passkey',
    /** What else is written at the same time, if the session is listed. */
    follow?: {
      /** The sign-in is complete with this factor: what `recordSecondFactor` writes. */
      readonly complete?: Pick<SecondFactorSuccess, 'disavow'>;
      /** A notice for later if the browser is new (SI-5). */
      readonly notice?: { readonly kind: string; readonly dueAt: EpochMs };
      /** The session this browser had before leaves the list. */
      readonly replaces?: string;
    },
  ) => Promise<
    SecondFactorRecord & {
      readonly deviceId: string;
      readonly newDevice: boolean;
      readonly listed: boolean;
      /** The oldest sessions of an account that has too many, to be ended. */
      readonly surplus: readonly string[];
    }
  >;
  /** Second factor succeeded: event, counter reset, list of sessions, cancelled deferred notice. */
  readonly recordSecondFactor: (success: SecondFactorSuccess) => Promise<SecondFactorRecord>;
  readonly recordEvent: (uuid: string, event: NewEvent) => Promise<{ readonly eventId: number }>;

  /** Makes a link for mail: the token is returned once, only its digest stays. */
  readonly createLink: (input: {
    readonly kind: LinkKind;
    readonly account: string;
    readonly emailId?: string;
    readonly eventId?: number;
    readonly requestId?: string;
    readonly now: EpochMs;
    readonly lifetimeMs: number;
    /** Older links of this kind stop working (PW-2). */
    readonly replaceOlder?: boolean;
  }) => Promise<string>;
  readonly openLink: (
    kind: LinkKind,
    token: string,
    now: EpochMs,
  ) => Promise<Result<OpenedLink, { reason: 'unknown' | 'expired' | 'used'; account?: string }>>;
  /** Marks a link used; false when somebody was faster. */
  readonly useLink: (kind: LinkKind, token: string, now: EpochMs) => Promise<boolean>;

  readonly addEmail: (
    uuid: string,
    address: string,
    now: EpochMs,
  ) => Promise<Result<AccountEmail, { reason: 'limit' | 'already_confirmed' }>>;
  readonly confirmEmail: (
    uuid: string,
    emailId: string,
    now: EpochMs,
  ) => Promise<Result<AccountEmail, { reason: 'address_taken' | 'gone' }>>;
  /** Never the last confirmed address (EM-3); links mailed to it stop working. */
  readonly deleteEmail: (
    uuid: string,
    emailId: string,
    event: NewEvent,
  ) => Promise<Result<AccountEmail, { reason: 'last' | 'gone' }>>;
  readonly setEmailLocale: (uuid: string, locale: Locale) => Promise<void>;
  readonly acceptRules: (uuid: string, now: EpochMs) => Promise<void>;
  readonly revokeRememberedDevices: (uuid: string, event: NewEvent) => Promise<void>;
  /** SP-1: also keeps digests of what the addresses come down to. Who and why is written down with it. */
  readonly suspend: (
    uuid: string,
    baseAddresses: readonly string[],
    by: Intervention,
  ) => Promise<Result<null, { reason: 'gone' | 'already' }>>;
  readonly reinstate: (
    uuid: string,
    by: Intervention,
  ) => Promise<Result<null, { reason: 'gone' | 'already' }>>;
  /** Whether a suspended account has an address that comes down to the same mailbox (SU-4). */
  readonly isBlocked: (baseAddress: string) => Promise<boolean>;
  /** Writes down that an operator ended all sessions; false for an account that is not there. */
  readonly recordSessionsEnded: (uuid: string, by: Intervention) => Promise<boolean>;

  readonly history: (
    uuid: string,
    input: { readonly deviceId?: string; readonly limit: number; readonly before?: number },
  ) => Promise<readonly HistoryEvent[]>;
  readonly devices: (uuid: string, limit: number) => Promise<readonly Device[]>;
  readonly disavowEvent: (uuid: string, eventId: number, now: EpochMs) => Promise<void>;
  /** Locators of sessions that may still be live, newest first. */
  readonly sessionLocators: (uuid: string) => Promise<
    readonly {
      readonly locator: string;
      readonly deviceId: string | null;
      readonly browser: string | null;
      readonly startedAt: EpochMs;
    }[]
  >;
  readonly forgetSession: (locator: string) => Promise<void>;
  readonly forgetSessions: (locators: readonly string[]) => Promise<void>;

  /**
   * Crypto-erases the account: addresses, factors, password; keeps tombstone, subjects, connections, events (DL-2). With a
   * link only while that link is live, settled in the same write. False when it is not, or the account is gone already.
   */
  readonly erase: (
    uuid: string,
    now: EpochMs,
    link?: { readonly kind: LinkKind; readonly token: string },
  ) => Promise<boolean>;

  /** AR-1: begins the waiting; false when a request is live already (AR-3). */
  readonly requestReset: (uuid: string, now: EpochMs) => Promise<boolean>;
  /** AR-3: ends a live request and every link it sent; false when there is none. */
  readonly cancelReset: (uuid: string, now: EpochMs) => Promise<boolean>;
  /** AR-2: accounts whose waiting is over, oldest first; each is returned once. */
  readonly takeDueResets: (now: EpochMs, limit: number) => Promise<readonly string[]>;
  /** Undoes `takeDueResets` at `grantedAt` for one account: its mail did not go out, so that it is due again. */
  readonly putBackReset: (uuid: string, grantedAt: EpochMs) => Promise<void>;

  /** Notices that are due (SI-5); each is returned once. */
  readonly takeDueNotices: (
    now: EpochMs,
    limit: number,
  ) => Promise<
    readonly { readonly account: string; readonly kind: string; readonly eventId: number | null }[]
  >;
}

/** Second factors in the database. Secrets go in and come out in the clear; rows hold them sealed. */
export interface Factors {
  /** TOTP secrets of an account, with their last accepted steps (one round trip). */
  readonly totps: (account: string) => Promise<
    readonly {
      readonly id: string;
      readonly secret: Uint8Array<ArrayBuffer>;
      readonly lastStep: number | null;
    }[]
  >;
  readonly addTotp: (input: {
    readonly account: string;
    readonly name: string;
    readonly secret: Uint8Array<ArrayBuffer>;
    readonly step: number;
    readonly event: NewEvent;
  }) => Promise<Result<{ readonly id: string }, { reason: 'limit' | 'name_taken' }>>;
  /**
   * Remembers the accepted step and, in the same write, the success; null when the same or a later step was accepted
   * before: a replay (TO-1), which leaves no trace.
   */
  readonly acceptTotpStep: (
    id: string,
    step: number,
    success: SecondFactorSuccess,
  ) => Promise<SecondFactorRecord | null>;
  readonly rename: (
    account: string,
    id: string,
    name: string,
  ) => Promise<Result<null, { reason: 'gone' | 'name_taken' }>>;
  /**
   * Revokes remembered devices too (MM-3). False when it is gone, or the last method (MM-2); `undo` takes back one that
   * was added a moment ago, even the last.
   */
  readonly remove: (account: string, id: string, event: NewEvent, undo?: boolean) => Promise<boolean>;

  /** Stores a new WebAuthn credential; a credential id belongs to one account (WebAuthn section 7.1). */
  readonly addWebauthn: (input: {
    readonly account: string;
    readonly kind: WebauthnKind;
    readonly name: string;
    readonly credential: WebauthnCredential;
    readonly event: NewEvent;
  }) => Promise<Result<{ readonly id: string }, { reason: 'name_taken' | 'credential_taken' }>>;
  readonly webauthnCredentials: (account: string) => Promise<readonly HeldCredential[]>;
  /** By credential id, base64url, whoever's it is. */
  readonly findByCredential: (id: string) => Promise<HeldCredential | null>;
  /** Keeps the credential as its use left it; false when another use came first, so that of several one wins. */
  readonly recordUse: (held: HeldCredential, used: WebauthnCredential, now: EpochMs) => Promise<boolean>;
  /** The same for a second factor; writes the success down too. */
  readonly recordSecondUse: (
    held: HeldCredential,
    used: WebauthnCredential,
    success: SecondFactorSuccess,
  ) => Promise<SecondFactorRecord | null>;

  /**
   * Stores a card; its subject belongs to one account (PV-2). `replaces` is a card of the same account that goes in the
   * same moment, with what its removal means (MM-3).
   */
  readonly addCard: (input: {
    readonly account: string;
    readonly name: string;
    readonly card: Card;
    readonly replaces: string | null;
    readonly event: NewEvent;
  }) => Promise<Result<{ readonly id: string }, { reason: 'limit' | 'name_taken' | 'card_taken' }>>;
  readonly cards: (account: string) => Promise<readonly HeldCard[]>;
  /** By the subject of its certificate (`Card.identity`), whoever's it is. */
  readonly findByCard: (identity: string) => Promise<HeldCard | null>;
  /** Keeps when it was used and the names its certificate bears now; false when it was removed meanwhile. */
  readonly recordCardUse: (held: HeldCard, card: CardNames, now: EpochMs) => Promise<boolean>;
  /** The same for a second factor; writes the success down too. */
  readonly recordSecondCardUse: (
    held: HeldCard,
    card: CardNames,
    success: SecondFactorSuccess,
  ) => Promise<SecondFactorRecord | null>;

  /** Replaces all codes with new ones and returns them, normalised; revokes remembered devices on regeneration (BC-3). */
  readonly replaceBackupCodes: (
    account: string,
    event: NewEvent,
    regenerated: boolean,
  ) => Promise<readonly string[]>;
  /**
   * Consumes a code atomically and writes the success down with it; tells how many are left, null when it is not a live
   * code of this account.
   */
  readonly consumeBackupCode: (
    normalised: string,
    success: SecondFactorSuccess,
  ) => Promise<(SecondFactorRecord & { readonly left: number }) | null>;
  readonly deleteBackupCodes: (account: string, event: NewEvent) => Promise<void>;
  /** A personal key as second factor, which no page offers any more (PK-1). */
  readonly addPersonalKey: (input: {
    readonly account: string;
    readonly key: PersonalKey;
    readonly event: NewEvent;
  }) => Promise<void>;
  /** Uses it up and writes the success down with it; null when it is not the key of this account. */
  readonly consumePersonalKey: (
    key: PersonalKey,
    success: SecondFactorSuccess,
  ) => Promise<SecondFactorRecord | null>;
  /** Kinds held now, for session facts. */
  readonly kinds: (account: string) => Promise<readonly FactorKind[]>;
}

/** Connections between accounts and apps. */
export interface Connections {
  /** The connection as it stands; null when there is none. */
  readonly find: (account: string, app: string) => Promise<AppLink | null>;
  /**
   * Records agreement: union of attributes, time, chosen address; mints the subject for (account, agency) at the first
   * connection (CNS-2, SUB-1, SUB-2).
   */
  readonly agree: (input: {
    readonly account: string;
    readonly app: string;
    readonly agency: string;
    readonly attributes: readonly AttributeName[];
    readonly emailId: string | null;
    readonly now: EpochMs;
    /** Written down with it. */
    readonly event?: NewEvent;
  }) => Promise<{ readonly link: AppLink; readonly first: boolean }>;
  readonly revoke: (account: string, app: string, event: NewEvent) => Promise<boolean>;
  readonly chooseEmail: (account: string, app: string, emailId: string) => Promise<boolean>;
  readonly touch: (account: string, app: string, event: NewEvent) => Promise<void>;
}

/** What one derivation of a new password gives. */
export interface NewPassword {
  /** Sealed, for storage. */
  readonly record: string;
  /** 32 bytes that wrap the person's data key (PI-13); follow from the password and this record alone. Never stored. */
  readonly dataKey: Uint8Array;
}

/** Passwords: one expensive derivation each, whether or not the account exists (AE-2). */
export interface Passwords {
  /** Throws `Busy` when too many derivations are queued (platform PW-3). */
  readonly make: (account: string, password: string) => Promise<NewPassword>;
  /**
   * Compares; an absent record costs the same and never matches. `dataKey` is what this record's derivation gave, null for
   * an imported one. `upgraded` is a new record to store, with the key that wraps must be moved to in the same breath.
   */
  readonly verify: (
    account: string | null,
    record: string | null,
    password: string,
  ) => Promise<
    | { readonly matches: false; readonly dataKey: null; readonly upgraded: null }
    | {
        readonly matches: true;
        readonly dataKey: Uint8Array | null;
        readonly upgraded: NewPassword | null;
      }
  >;
}

/** What a sent code is bound to (PH-7): the browser's session, why it was sent, and the number. */
export interface SentCodeUse {
  /** The session's locator. */
  readonly session: string;
  readonly purpose: CodePurpose;
  /** E.164. */
  readonly number: string;
}

/** Counters and locks. Keys are digested before they leave the Worker. */
export interface Attempts {
  /**
   * Counts one attempt at each named limit before it is made; all keys of one subject are one call. Returns the first
   * that refuses, with when to come back. With a network, limits by network count that, and the subject is counted at
   * the same place, so that it is one call still.
   */
  readonly spend: (
    subject: string,
    limits: readonly LimitName[],
    now: EpochMs,
    network?: string,
  ) => Promise<
    | { readonly allowed: true }
    | { readonly allowed: false; readonly limit: LimitName; readonly retryAt: EpochMs }
  >;
  /** Forgets what was counted (a success); the same network as it was counted with. */
  readonly clear: (subject: string, limits: readonly LimitName[], network?: string) => Promise<void>;
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
  /** One try at an account's second factor, counted before it is made; failures before `succeededAt` no longer count (FC-1). */
  readonly secondFactor: (
    account: string,
    succeededAt: EpochMs | null,
    now: EpochMs,
  ) => Promise<
    | { readonly allowed: true; readonly left: number }
    | { readonly allowed: false; readonly lockedUntil: EpochMs }
  >;
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
  | 'phone-confirmation'
  | 'phone-setup-ip'
  | 'phone-block'
  | 'phone-country'
  | 'phone-home-country'
  | 'personal-key'
  | 'reauthenticate-password';
