import type { AttributeName } from '../consent/attributes.ts';
import type { AppLink } from '../consent/model.ts';
import type { FactorKind } from '../factors/model.ts';
import type { HeldCredential, WebauthnCredential, WebauthnKind } from '../factors/webauthn/model.ts';
import type { Locale } from '../kernel/locale.ts';
import type { Result } from '../kernel/result.ts';
import type { EpochMs } from '../kernel/time.ts';
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
  /** Stores a new sealed password record; revokes remembered devices, older links and addresses being added (RD-3, SI-6). */
  readonly changePassword: (uuid: string, password: string, event: NewEvent) => Promise<void>;
  /** Replaces this very record after an upgrade of its parameters; a password changed meanwhile stays. No event. */
  readonly rehash: (uuid: string, from: string, to: string) => Promise<void>;

  /**
   * Sign-in with the first factor: remembers the address, the browser, the event; tells whether the browser is new.
   * `listed` is false when the account is not any more what the factor was checked against (its password was changed, it
   * was suspended or deleted meanwhile): then no session may begin.
   */
  readonly recordPassword: (
    account: SignInAccount,
    browser: Browser,
    now: EpochMs,
    /** The session that begins; listed from now on. */
    locator: string,
    /** A passkey stands for both factors: then there is no event of a password. */
    factor?: 'password' | 'passkey',
  ) => Promise<{
    readonly deviceId: string;
    readonly newDevice: boolean;
    readonly eventId: number | null;
    readonly listed: boolean;
  }>;
  /** Second factor succeeded: event, counter reset, list of sessions, cancelled deferred notice. */
  readonly recordSecondFactor: (input: {
    readonly uuid: string;
    readonly locator: string;
    readonly deviceId: string | null;
    readonly browser: Browser;
    readonly now: EpochMs;
  }) => Promise<{ readonly eventId: number }>;
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

  /** Crypto-erases the account: addresses, factors, password; keeps tombstone, subjects, connections, events (DL-2). */
  readonly erase: (uuid: string, now: EpochMs) => Promise<void>;

  /** AR-1: begins the waiting; false when a request is live already (AR-3). */
  readonly requestReset: (uuid: string, now: EpochMs) => Promise<boolean>;
  /** AR-3: ends a live request and every link it sent; false when there is none. */
  readonly cancelReset: (uuid: string, now: EpochMs) => Promise<boolean>;
  /** AR-2: accounts whose waiting is over, oldest first; each is returned once. */
  readonly takeDueResets: (now: EpochMs, limit: number) => Promise<readonly string[]>;

  /** Notices that are due (SI-5); each is returned once. */
  readonly takeDueNotices: (
    now: EpochMs,
    limit: number,
  ) => Promise<
    readonly { readonly account: string; readonly kind: string; readonly eventId: number | null }[]
  >;
  readonly deferNotice: (
    account: string,
    kind: string,
    eventId: number | null,
    dueAt: EpochMs,
  ) => Promise<void>;
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
  /** Remembers the accepted step; false when the same or a later one was accepted before: a replay (TO-1). */
  readonly acceptTotpStep: (id: string, step: number, now: EpochMs) => Promise<boolean>;
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

  /** Replaces all codes with new ones and returns them, normalised; revokes remembered devices on regeneration (BC-3). */
  readonly replaceBackupCodes: (
    account: string,
    event: NewEvent,
    regenerated: boolean,
  ) => Promise<readonly string[]>;
  /** Consumes a code atomically; tells how many are left, null when it is not a live code of this account. */
  readonly consumeBackupCode: (
    account: string,
    normalised: string,
    now: EpochMs,
  ) => Promise<{ readonly left: number } | null>;
  readonly deleteBackupCodes: (account: string, event: NewEvent) => Promise<void>;
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
  }) => Promise<{ readonly link: AppLink; readonly first: boolean }>;
  readonly revoke: (account: string, app: string, event: NewEvent) => Promise<boolean>;
  readonly chooseEmail: (account: string, app: string, emailId: string) => Promise<boolean>;
  readonly touch: (account: string, app: string, event: NewEvent) => Promise<void>;
}

/** Passwords: one expensive derivation each, whether or not the account exists (AE-2). */
export interface Passwords {
  /** A sealed record for storage. Throws `Busy` when too many derivations are queued (platform PW-3). */
  readonly make: (account: string, password: string) => Promise<string>;
  /** Compares; an absent record costs the same and never matches. `upgraded` is a new record to store. */
  readonly verify: (
    account: string | null,
    record: string | null,
    password: string,
  ) => Promise<{ readonly matches: boolean; readonly upgraded: string | null }>;
}

/** Counters and locks. Keys are digested before they leave the Worker. */
export interface Attempts {
  /**
   * Counts one attempt at each named limit before it is made; all keys of one subject are one call. Returns the first
   * that refuses, with when to come back.
   */
  readonly spend: (
    subject: string,
    limits: readonly LimitName[],
    now: EpochMs,
  ) => Promise<
    | { readonly allowed: true }
    | { readonly allowed: false; readonly limit: LimitName; readonly retryAt: EpochMs }
  >;
  /** Forgets what was counted (a success). */
  readonly clear: (subject: string, limits: readonly LimitName[]) => Promise<void>;
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
  | 'account-reset'
  | 'account-reset-day'
  | 'backup-code-user-ip'
  | 'reauthenticate-password';
