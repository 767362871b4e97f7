import type { AssuranceNeed } from '../assurance/model.ts';
import type { AttributeName } from '../consent/attributes.ts';
import type { FactorKind } from '../factors/model.ts';
import type { Locale } from '../kernel/locale.ts';
import type { EpochMs } from '../kernel/time.ts';

/** Which front door asked. The hall only carries the name back to the door; it never looks behind it. */
export type DoorName = 'oidc' | 'saml';

/** One app's question in the hall's language: for this app, at this assurance, this fresh, who is here? */
export interface SignInRequest {
  /** The app's uuid. */
  readonly app: string;
  readonly need: AssuranceNeed;
  /** Whether a remembered device may stand in for the second factor (oidc MFA-1, accounts RD-4). */
  readonly rememberedDeviceAllowed: boolean;
  /** Attributes the app would receive; consent is measured against them. */
  readonly attributes: readonly AttributeName[];
  /** false: answer at once or refuse (OIDC `prompt=none`, SAML IsPassive). */
  readonly mayInteract: boolean;
  /** Everything must be entered again for this very request (`prompt=login`, ForceAuthn). */
  readonly forceReauthentication: boolean;
  /** Greatest age of the last real authentication, in seconds; null: any. */
  readonly maxAgeSeconds: number | null;
  readonly startWith: 'sign-in' | 'create-account';
  /** Prefills the e-mail field; never reveals whether the address has an account. */
  readonly emailHint: string | null;
  /** The subject this app expects (a verified earlier token names it); somebody else must sign in anew. */
  readonly subjectHint: string | null;
  readonly locale: Locale | null;
  /** A verification older than this many days must be repeated; null: any age. */
  readonly verifiedWithinDays: number | null;
}

/** A request waiting for its answer, for 24 hours, in any browser that brings its id (FLO-1, AP-1). */
export interface StoredSignInRequest {
  readonly id: string;
  readonly door: DoorName;
  readonly request: SignInRequest;
  /** What the door needs to answer later; only that door reads it. */
  readonly slip: string;
  /** Recognises the same question arriving again (FLO-3, MFA-5): a digest of the original request. */
  readonly fingerprint: string;
  readonly arrivedAt: EpochMs;
}

/** Why a consent page is shown, first match (CNS-1, CO-1). */
export type ConsentReason = 'first-time' | 'new-attributes' | 'verified-since' | 'expired' | 'revoked';

/** What the hall asks of the person next. `grant` means nothing is left to ask. */
export type Step =
  | { readonly kind: 'sign-in'; readonly notice: 'none' | 'sign-in-again' }
  | { readonly kind: 'create-account' }
  | { readonly kind: 'restricted' }
  | { readonly kind: 'suspended' }
  | { readonly kind: 'account-reset' }
  | { readonly kind: 'accept-rules' }
  | { readonly kind: 'second-factor'; readonly allowed: readonly FactorKind[] }
  | { readonly kind: 'set-up-factor'; readonly allowed: readonly FactorKind[] | null }
  | { readonly kind: 'change-password' }
  | { readonly kind: 'proofing' }
  | { readonly kind: 'consent'; readonly reason: ConsentReason }
  | { readonly kind: 'continue-as' }
  | { readonly kind: 'grant' };

/** `login`, `interaction` and `consent` answer requests that forbid interaction; `cancelled` is the person's choice. */
export type RefusalReason = 'cancelled' | 'login' | 'interaction' | 'consent';

export interface GrantedFacts {
  /** Pairwise per agency; a UUID (SUB-1). */
  readonly subject: string;
  /** When a real factor was last used: remembered devices do not count (UIN-22). */
  readonly authenticatedAt: EpochMs;
  /** Session end by idling if nothing more happens. */
  readonly sessionEndsAt: EpochMs;
  readonly identityHeld: 'none' | 'verified' | 'facial';
}
