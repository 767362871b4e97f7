import type { FactorSummary } from '../factors/model.ts';
import type { EpochMs } from '../kernel/time.ts';
import type { SealedProfile } from '../proofing/model.ts';
import type { AccountFacts } from '../sessions/model.ts';
import type { AccountReset } from './rules/account-reset.ts';
import { EVENT_NUMBERS } from './rules/event-kinds.ts';

/** Kinds of history events: the reference's stable numbers (HI-2) and, from 101, what only Gatehouse records. */
export const EVENT_KINDS = {
  ...EVENT_NUMBERS,
  app_sign_in: 101,
  session_ended_remotely: 102,
  browsers_forgotten: 103,
  personal_key_removed: 104,
} as const;
export type EventKind = keyof typeof EVENT_KINDS;

/** An address of an account, opened. */
export interface AccountEmail {
  readonly id: string;
  readonly address: string;
  readonly confirmedAt: EpochMs | null;
  readonly lastSignInAt: EpochMs | null;
}

/** What sign-in needs once it knows the account. */
export interface SignInAccount {
  readonly uuid: string;
  /** Stored password record, still sealed; null while sign-up is unfinished. */
  readonly password: string | null;
  readonly facts: AccountFacts;
  /** The verified identity, sealed; null for people who were never verified. */
  readonly profile: SealedProfile | null;
  readonly emails: readonly AccountEmail[];
  /** The address by which it was found. */
  readonly emailId: string;
  readonly rememberRevokedAt: EpochMs | null;
  /** When the password was last looked for among breached ones; null: never (PW-6). */
  readonly passwordCheckedAt: EpochMs | null;
  /** The latest request to delete the account from outside, live or over; null: none. */
  readonly reset: AccountReset | null;
}

/** The browser a request comes from, as far as history names it. */
export interface Browser {
  /** Digest of the `device` cookie. */
  readonly cookie: string;
  /** For example "Firefox 140 on macOS". */
  readonly name: string;
  /** Approximate place and truncated network, for the person's own history. */
  readonly place: string;
}

export interface HistoryEvent {
  readonly id: number;
  readonly kind: number;
  readonly at: EpochMs;
  readonly deviceId: string | null;
  readonly browser: string | null;
  readonly place: string | null;
  /** The app's uuid when the event is about one. */
  readonly app: string | null;
  readonly disavowedAt: EpochMs | null;
}

export interface Device {
  readonly id: string;
  readonly browser: string;
  readonly lastUsedAt: EpochMs;
  readonly place: string | null;
}

export interface Connection {
  readonly app: string;
  readonly uuid: string;
  readonly agreed: readonly string[];
  readonly emailId: string | null;
  readonly consentedAt: EpochMs | null;
  readonly lastUsedAt: EpochMs | null;
  readonly createdAt: EpochMs;
}

/** What is left of a connection that its owner ended. */
export interface DisconnectedApp extends Pick<Connection, 'app' | 'createdAt' | 'lastUsedAt'> {
  readonly disconnectedAt: EpochMs;
}

/** Everything the account pages show at once. */
export interface AccountOverview {
  readonly uuid: string;
  readonly emails: readonly AccountEmail[];
  readonly factors: readonly FactorSummary[];
  readonly backupCodesLeft: number;
  readonly backupCodesMadeAt: EpochMs | null;
  readonly connections: readonly Connection[];
  /** Apps that were connected once; their subject stays theirs (CA-2). */
  readonly disconnected: readonly DisconnectedApp[];
  readonly facts: AccountFacts;
  readonly createdAt: EpochMs;
  readonly hasPassword: boolean;
}

/** A mailed link that opened. */
export interface OpenedLink {
  readonly account: string;
  /** The address it was mailed to. */
  readonly emailId: string;
  readonly eventId: number | null;
  /** The app request to go back to. */
  readonly requestId: string | null;
  readonly createdAt: EpochMs;
}
