import type { AppLink } from '../consent/model.ts';
import type { AuthenticationEvent, AuthenticationMethod, FactorKind } from '../factors/model.ts';
import type { Locale } from '../kernel/locale.ts';
import { type EpochMs, HOUR, MINUTE } from '../kernel/time.ts';
import type { ProfileFacts, UnlockedProfile } from '../proofing/model.ts';
import type { GrantedFacts } from '../signin/model.ts';

/** CFG-2, SE-1: a session ends after this long without a page, and at the latest this long after sign-in. */
export const IDLE_LIMIT_MS = 15 * MINUTE;
export const ABSOLUTE_LIMIT_MS = 12 * HOUR;
/** CFG-1, COD-2. */
export const CODE_LIFETIME_MS = 5 * MINUTE;
/** A code is burnt after this many failed attempts to redeem it. */
export const CODE_MAX_FAILURES = 5;
/** accounts section 1: `auth_events.max`. The oldest are dropped. */
export const MAX_EVENTS = 10;
/** Live codes and tokens one session keeps; the oldest of the app with the most give way. The reference keeps one per app (COD-3). */
export const MAX_GRANTS = 64;
/** How long, within one question, a session takes an app for unknown to its person without asking the database again, and how many such apps. */
export const STRANGER_MS = 5 * MINUTE;
export const MAX_STRANGERS = 8;
/** Sessions of an account that one listing names, newest first. */
export const SESSIONS_LISTED = 100;
/** Sessions an account may have: with one more the oldest ends, so that ending all of them stays a bounded piece of work. */
export const SESSIONS_KEPT = 300;
/** A pending logout confirmation (platform LG-1). */
export const LOGOUT_CONFIRMATION_MS = 10 * MINUTE;

/** Stands for every app, also those still to come. */
export const ALL_APPS = '*';
/** Bans one account may have; whoever deserves more is banned from all apps. */
export const BANS_MAX = 100;

/** The apps that are closed to an account (SP-2): uuids, or `ALL_APPS`. The version grows with every change. */
export interface Bans {
  readonly version: number;
  readonly apps: readonly string[];
}

/** What the gates between sign-in and an answer need to know about the account, copied into the session. */
export interface AccountFacts {
  readonly methods: readonly FactorKind[];
  readonly rulesAcceptedAt: EpochMs | null;
  readonly suspended: boolean;
  /** Absent for somebody who was never banned from any app. */
  readonly bans?: Bans;
  readonly passwordChangeRequired: boolean;
  readonly identityHeld: 'none' | 'verified' | 'facial';
  readonly verifiedAt: EpochMs | null;
  /** The person's profile, active or locked; absent or null: there is none. */
  readonly profile?: ProfileFacts | null;
  /** When a second factor last succeeded anywhere; failures before it no longer count (FC-1). */
  readonly secondFactorSucceededAt: EpochMs | null;
  readonly emailLocale: Locale;
  /** The number under which apps knew this account before it came here (saml A9); absent or null for all others. */
  readonly legacyNameId?: number | null;
  /** When the account was made; absent in sessions that began before this was noted, like all that follows. */
  readonly createdAt?: EpochMs;
  /** How many methods there are, two of a kind being two. */
  readonly methodCount?: number;
  /** Complete sign-ins before this one, on whatever browser. */
  readonly signIns?: number;
  /** When its owner declined a second method, or a card, where one was suggested (RT-1). */
  readonly secondMethodDeclinedAt?: EpochMs | null;
  readonly cardDeclinedAt?: EpochMs | null;
}

/** Why a session was ended from elsewhere, for the person who comes back to it (SE-2). */
export type EndReason = 'other-browser' | 'signed-out' | 'password';

/** What is left of a session that was ended from elsewhere, until it would have ended anyway. */
export interface EndedSession {
  /** Digests of the cookies that opened it. */
  readonly digests: readonly string[];
  readonly reason: EndReason;
}

/** What happened with one app in this session. */
export interface SessionApp {
  readonly link: AppLink;
  /** Last hand-off in this session; null before the first. */
  readonly visitedAt: EpochMs | null;
  /** The person chose to continue with this account (FLO-7). */
  readonly continuedAt: EpochMs | null;
}

/** A logout waiting for the person's yes (LG-1); the target is taken from here, never from the form. */
export interface PendingLogout {
  readonly id: string;
  readonly app: string;
  readonly target: string;
  readonly expiresAt: EpochMs;
}

/** How the secret before the last rotation still opens the session. */
export interface PreviousDigest {
  readonly digest: string;
  readonly until: EpochMs;
  /** Moves the wrapped key back from the secret in force. */
  readonly keyDelta: string;
  /**
   * The secret in force, readable with the one before only: a browser that gave up waiting for the answer that carried it
   * is handed it again. Null once the browser used it.
   */
  readonly handover: string | null;
}

/** Everything a session object remembers, apart from its grants. */
export interface SessionState {
  readonly account: string;
  /** Keyed digest of the cookie's secret half, base64url. */
  readonly digest: string;
  /** The digest before the last rotation, honoured for a few seconds so that parallel requests do not fail. */
  readonly previous: PreviousDigest | null;
  readonly startedAt: EpochMs;
  readonly lastSeenAt: EpochMs;
  /** When password, card or passkey opened this session, or renewed it. */
  readonly authenticatedAt: EpochMs;
  readonly events: readonly AuthenticationEvent[];
  readonly facts: AccountFacts;
  readonly apps: Readonly<Record<string, SessionApp>>;
  /** Apps that turned out to have no connection with this account, and when; absent before the first. */
  readonly strangers?: Readonly<Record<string, EpochMs>>;
  /** The e-mail address, by id, that signed in. */
  readonly emailId: string;
  /** The session data key, wrapped under a key that only the cookie's secret yields (PI-12). base64url */
  readonly wrappedKey: string;
  /** Personal data sealed under the session data key. */
  readonly sealed: string;
  /** Personal data changed elsewhere: load it anew before using it. */
  readonly stale: boolean;
  /** Sealed half-finished things: a pending TOTP secret, fresh backup codes to show once. */
  readonly drafts: Readonly<Record<string, string>>;
  /** Set-ups the person ticked and has not finished (MC-1). */
  readonly setUps: readonly FactorKind[];
  readonly logout: PendingLogout | null;
  readonly locale: Locale | null;
  readonly deviceId: string | null;
  readonly lastHandOffAt: EpochMs | null;
  /** Reminders already shown (RT-2). */
  readonly reminded: readonly string[];
}

/** Personal data a session carries so that answering an app needs no database; sealed at rest. */
export interface SessionProfile {
  readonly emails: readonly {
    readonly id: string;
    readonly address: string;
    readonly lastSignInAt: EpochMs | null;
  }[];
  readonly x509: { readonly subject: string; readonly issuer: string } | null;
  /** The verified identity, once its owner opened it in this session (PI-12); null closes it again. */
  readonly unlocked?: UnlockedProfile | null;
}

/** A live code, and after redemption its access token. Payload belongs to the door. */
export interface Grant {
  /** Keyed digest of the code's secret, base64url. */
  readonly codeDigest: string;
  /** Keyed digest of the access token's secret once redeemed. */
  readonly tokenDigest: string | null;
  readonly app: string;
  readonly payload: string;
  /** Who may redeem: the neutral conditions of TOK-2. */
  readonly conditions: GrantConditions;
  /** The session data key wrapped under the access token's secret. */
  readonly wrappedKey: string;
  /** The hall's answer as it stood when the code was issued. */
  readonly facts: GrantedFacts;
  readonly issuedAt: EpochMs;
  readonly redeemedAt: EpochMs | null;
  readonly failures: number;
  /** Id of the app proof used to redeem, so that the same proof is not used again. */
  readonly proofId: string | null;
}

/** A code about to be issued, if the hall grants: made by the Worker, completed by the session object. */
export interface GrantDraft {
  readonly codeDigest: string;
  /** Moves the wrapped session key from the cookie's secret to the future token's secret. */
  readonly keyDelta: string;
  readonly payload: string;
  readonly conditions: GrantConditions;
}

/** What redeeming a code or presenting its token yields. */
export interface Release {
  readonly app: string;
  readonly account: string;
  readonly payload: string;
  readonly facts: GrantedFacts;
  readonly wrappedKey: string;
  readonly sealed: string;
  readonly stale: boolean;
  /** The address shared with this app, by id; null: the one last used to sign in. */
  readonly emailId: string | null;
  readonly signInEmailId: string;
  readonly locale: Locale | null;
  readonly cardUsed: boolean;
  /** The identity went out of use since it was opened here: the copy answers nobody any more (PI-7). */
  readonly identityLocked: boolean;
  readonly sessionEndsAt: EpochMs;
}

/** What a door that answers in one message is given of the session. */
export interface HandOff
  extends Pick<SessionState, 'account' | 'emailId' | 'locale' | 'wrappedKey' | 'sealed' | 'stale'> {
  /** The address shared with this app, by id; null: the one last used to sign in. */
  readonly sharedEmailId: string | null;
  readonly verifiedAt: EpochMs | null;
  /** Saml A9; null for everybody who never had one. */
  readonly legacyNameId: number | null;
  readonly cardUsed: boolean;
}

export interface GrantConditions {
  /** S256 challenge without padding; null when none was sent or the app ignores it. */
  readonly challenge: string | null;
  /** Holding the verifier is enough. */
  readonly verifierSuffices: boolean;
  /** Proving to be the app (by its key) is enough. */
  readonly appProofSuffices: boolean;
}

/** What somebody who wants to redeem a code brought. */
export interface RedemptionAttempt {
  readonly codeDigest: string;
  readonly tokenDigest: string;
  /** S256 of the presented verifier; null when none was sent. */
  readonly challengeAnswer: string | null;
  /** The app proved by its key; null when no proof was sent. */
  readonly provenApp: string | null;
  /** The proof's unique id, refused a second time; null when not to be checked. */
  readonly proofId: { readonly value: string; readonly expiresAt: EpochMs } | null;
  /** The app the request names without proving it; must not contradict. */
  readonly claimedApp: string | null;
}

/** Personal data changed elsewhere: whoever redeems reads it first, so that no code is spent on an answer that fails. */
export interface NotReady {
  readonly reason: 'stale';
  readonly account: string;
}

export type RedemptionRefusal =
  | { readonly reason: 'unknown' }
  /** `app` is the one the code belongs to. */
  | {
      readonly reason:
        | 'replayed'
        | 'expired'
        | 'burnt'
        | 'no_proof'
        | 'verifier_mismatch'
        | 'proof_replayed'
        | 'other_app';
      readonly app: string;
    };

/** A change to a session, applied by the object that owns it. Typed words instead of patches. */
export type SessionChange =
  | { readonly kind: 'authenticated'; readonly method: AuthenticationMethod; readonly primary: boolean }
  | {
      readonly kind: 'rotate';
      readonly digest: string;
      readonly keyDelta: string;
      readonly handover?: string;
    }
  | { readonly kind: 'facts'; readonly facts: Partial<AccountFacts> }
  | { readonly kind: 'link'; readonly app: string; readonly link: AppLink }
  /** The database knows no connection with this app. */
  | { readonly kind: 'stranger'; readonly app: string }
  | { readonly kind: 'continued'; readonly app: string }
  | { readonly kind: 'sealed'; readonly sealed: string }
  | { readonly kind: 'draft'; readonly name: string; readonly value: string | null }
  | { readonly kind: 'set-ups'; readonly kinds: readonly FactorKind[] }
  | { readonly kind: 'logout'; readonly pending: PendingLogout | null }
  | { readonly kind: 'reminded'; readonly what: string }
  /** How bans stand now; grants of apps that are closed are revoked with it. */
  | { readonly kind: 'bans'; readonly bans: Bans }
  | { readonly kind: 'void-codes'; readonly app: string }
  | { readonly kind: 'revoke-app'; readonly app: string };
