import type { AppLink } from '../consent/model.ts';
import type { Locale } from '../kernel/locale.ts';
import type { Result } from '../kernel/result.ts';
import type { EpochMs } from '../kernel/time.ts';
import type { UnlockedProfile, VerifiedIdentity } from '../proofing/model.ts';
import type { GrantedFacts, SignInRequest, Step, StoredSignInRequest } from '../signin/model.ts';
import type {
  EndReason,
  GrantConditions,
  HandOff,
  RedemptionAttempt,
  RedemptionRefusal,
  Release,
  SessionChange,
  SessionProfile,
  SessionState,
} from './model.ts';

/** A browser's hold on its session: which object, and the secret that opens it. Never logged, never stored. */
export interface SessionHandle {
  readonly locator: string;
  readonly secret: Uint8Array<ArrayBuffer>;
}

export interface Asking {
  readonly now: EpochMs;
  readonly arrivedAt: EpochMs;
  readonly request: SignInRequest | null;
  /** The language the person browses with; what the app will be told (UIN-10). */
  readonly locale?: Locale;
  /** See `Presentation.link`. */
  readonly link?: AppLink | null;
  /** Issue a code with this payload when nothing is left to ask; null for doors that answer in one message. */
  readonly code: { readonly payload: string; readonly conditions: GrantConditions } | null;
}

export type Asked =
  /** `why`: how it was ended from elsewhere, for the browser whose it was (SE-2). */
  | { readonly kind: 'no-session'; readonly why: EndReason | null }
  | { readonly kind: 'unknown-app'; readonly account: string }
  | { readonly kind: 'step'; readonly step: Step; readonly state: SessionState }
  | {
      readonly kind: 'granted';
      readonly account: string;
      readonly facts: GrantedFacts;
      /** Null when a code was issued: what the app will be told goes with the code. */
      readonly handOff: HandOff | null;
      readonly firstVisit: boolean;
      readonly code: string | null;
    };

/** The session's copy of personal data, and how it is sealed. */
export type SealedProfile = Pick<SessionState, 'account' | 'wrappedKey' | 'sealed' | 'stale'>;

/** What a new session starts with; the object adds keys and times. */
export type SessionStart = Pick<
  SessionState,
  'account' | 'facts' | 'emailId' | 'locale' | 'deviceId' | 'events'
> & {
  readonly profile: SessionProfile;
  /** What the session is to remember as noted from its start (`SessionState.reminded`). */
  readonly marks?: readonly string[];
};

/** A code or token that opened something, with the personal data behind it. */
export interface Opened {
  readonly release: Release;
  /** Null when it has to be read from the database: it changed meanwhile, or the key moved on. */
  readonly profile: SessionProfile | null;
  /** The verified identity, without the key it rests under; null while its owner has not opened it in that session, and once it is locked. */
  readonly identity?: VerifiedIdentity | null;
}

/** Signed-in browsers. Every method is one call to one session object unless it says otherwise. */
export interface Sessions {
  /** Takes the handle from a Cookie header; null when there is none or it is not one of ours. No storage call. */
  readonly fromCookie: (cookieHeader: string | null) => SessionHandle | null;
  /** The Set-Cookie line that hands a session to the browser, and the one that takes it away. */
  readonly toCookie: (handle: SessionHandle) => string;
  readonly clearCookie: () => string;
  /** A handle for a session about to begin, so that it can be listed before it exists. No storage call. */
  readonly reserve: () => SessionHandle;
  readonly begin: (start: SessionStart, now: EpochMs, reserved?: SessionHandle) => Promise<SessionHandle>;
  readonly view: (handle: SessionHandle, now: EpochMs) => Promise<SessionState | null>;
  /** Seconds left, without renewing. */
  readonly peek: (handle: SessionHandle, now: EpochMs) => Promise<number | null>;
  readonly ask: (handle: SessionHandle, asking: Asking) => Promise<Asked>;
  readonly change: (
    handle: SessionHandle,
    now: EpochMs,
    changes: readonly SessionChange[],
  ) => Promise<SessionState | null>;
  /**
   * Like `change`, and gives the browser a new secret: whenever authentication grows (SE-5). A browser whose secret was
   * rotated away a moment ago gets the one in force instead.
   */
  readonly rotate: (
    handle: SessionHandle,
    now: EpochMs,
    changes: readonly SessionChange[],
  ) => Promise<{ readonly handle: SessionHandle; readonly state: SessionState } | null>;
  /**
   * The handle in force, for a browser that came with the one before and may never have got the answer that carried it;
   * null when it has. No storage call.
   */
  readonly successor: (handle: SessionHandle, state: SessionState) => SessionHandle | null;
  readonly end: (handle: SessionHandle, now: EpochMs) => Promise<SessionState | null>;
  /** From elsewhere, by locator; false when it is gone or belongs to somebody else. */
  readonly endFor: (locator: string, account: string, reason: EndReason) => Promise<boolean>;
  /** Why a session that is over was ended from elsewhere; null when it just ended (SE-2). */
  readonly whyEnded: (handle: SessionHandle) => Promise<EndReason | null>;
  readonly refreshFor: (
    locator: string,
    account: string,
    changes: readonly SessionChange[],
    now: EpochMs,
  ) => Promise<boolean>;
  readonly summary: (
    locator: string,
    account: string,
    now: EpochMs,
  ) => Promise<{ lastSeenAt: EpochMs; startedAt: EpochMs } | null>;

  /** Personal data of the session; null when it must be read from the database. No storage call. */
  readonly profile: (handle: SessionHandle, held: SealedProfile) => Promise<SessionProfile | null>;
  /** The identity its owner opened in this session, also while the rest is to be read anew. No storage call. */
  readonly unlocked: (handle: SessionHandle, state: SessionState) => Promise<UnlockedProfile | null>;
  /** Seals personal data for `change({kind: 'sealed'})`; an identity it says nothing about stays. No storage call. */
  readonly sealProfile: (
    handle: SessionHandle,
    state: SessionState,
    profile: SessionProfile,
  ) => Promise<string | null>;
  /** Seals or opens a draft (`change({kind: 'draft'})`). No storage call. */
  readonly sealDraft: (
    handle: SessionHandle,
    state: SessionState,
    name: string,
    text: string,
  ) => Promise<string>;
  readonly openDraft: (handle: SessionHandle, state: SessionState, name: string) => Promise<string | null>;

  /**
   * Redeems a code for an access token. `unknown` covers every string that is not a live code. When personal data changed
   * elsewhere, `load` reads it before the code is spent: a second call, and only then.
   */
  readonly redeem: (
    code: string,
    attempt: Omit<RedemptionAttempt, 'codeDigest' | 'tokenDigest'>,
    now: EpochMs,
    load?: (account: string) => Promise<SessionProfile>,
  ) => Promise<Result<Opened & { readonly accessToken: string }, RedemptionRefusal>>;
  /** The app a code was issued to, live or spent; null for every other string. Counts as no attempt to redeem it. */
  readonly appOfCode: (code: string, now: EpochMs) => Promise<string | null>;
  /** What an access token opens; null when it is unknown or its session ended. */
  readonly userinfo: (accessToken: string, now: EpochMs) => Promise<Opened | null>;
}

/** Questions that wait for their answer. */
export interface StoredRequests {
  readonly store: (request: Omit<StoredSignInRequest, 'id'>) => Promise<string>;
  /** Null when the id is not one of ours, was answered, or has expired. */
  readonly load: (id: string, now: EpochMs) => Promise<StoredSignInRequest | null>;
  readonly remove: (id: string) => Promise<void>;
  /** Whether an id could be one of ours; no storage call. */
  readonly isId: (id: string) => boolean;
}
