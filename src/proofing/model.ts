import type { EpochMs } from '../kernel/time.ts';

/** Identity data as it was verified (AT-1); null for what was not part of it. */
export interface VerifiedIdentity {
  readonly firstName: string;
  readonly middleName: string | null;
  readonly lastName: string;
  /** `YYYY-MM-DD` */
  readonly birthDate: string;
  /** Nine digits, no dashes (TR-1). */
  readonly ssn: string | null;
  readonly address: PostalAddress | null;
  /** E.164, verified; null after verification by letter (AT-4). */
  readonly phone: string | null;
}

export interface PostalAddress {
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  /** Two letters. */
  readonly state: string;
  /** Five digits, or nine with a dash. */
  readonly zip: string;
}

/** Longest single value of an identity, in characters. */
export const IDENTITY_VALUE_MAX = 255;

declare const personalKey: unique symbol;
/** Sixteen Crockford characters, normalised (PK-1); made by `rules/personal-key.ts`. */
export type PersonalKey = string & { readonly [personalKey]: true };

/** How strongly an identity was verified. */
export type ProfileLevel = 'verified' | 'facial';

/** Why a profile is not in use: the password was reset (PW-4), or its data did not open (PI-7). */
export const DEACTIVATIONS = ['password_reset', 'encryption_error'] as const;
export type Deactivation = (typeof DEACTIVATIONS)[number];

/** What sessions know of a profile without opening it. Only an active one makes a person verified (TR-18). */
export interface ProfileFacts {
  readonly level: ProfileLevel;
  readonly verifiedAt: EpochMs;
  /** null: active. */
  readonly deactivation: Deactivation | null;
}

/** What can open the data key: the password, the personal key, an authenticator with the PRF extension (BT-2). */
export const WRAP_KINDS = ['password', 'personal_key', 'prf'] as const;
export type WrapKind = (typeof WRAP_KINDS)[number];

/** The data key in one wrap, as stored. */
export interface DataKeyWrap {
  readonly kind: WrapKind;
  /** Id of the factor for `prf`; empty otherwise. */
  readonly factor: string;
  /** base64url; for `personal_key` only. */
  readonly salt: string | null;
  readonly wrapped: string;
}

/** A profile as it rests: opened by nothing the service holds alone. */
export interface SealedProfile extends ProfileFacts {
  readonly id: string;
  readonly sealed: string;
  readonly wraps: readonly DataKeyWrap[];
}

/** A profile opened by its owner; kept sealed in the session (PI-12) and nowhere else. */
export interface UnlockedProfile {
  /** The row it came from. */
  readonly id: string;
  /** 32 bytes, base64url: what new wraps are made of. */
  readonly dataKey: string;
  readonly identity: VerifiedIdentity;
  readonly verifiedAt: EpochMs;
  /** Factors whose authenticators can open it, too (BT-2). */
  readonly prfFactors: readonly string[];
}
