/**
 * Assurance as ordered data. Both doors translate their vocabularies into a need; the hall compares needs with what a
 * session has, and knows nothing of URNs (oidc ACR-3, ACR-4; accounts AL-1 to AL-4).
 */

/** What a request asks about the person's identity. */
export type IdentityNeed =
  /** A signed-in account is enough. */
  | 'none'
  /** Verified attributes when the account has them, never a detour through proofing. */
  | 'if-available'
  /** A verified identity, with or without a face match. */
  | 'verified'
  /** Verified people pass as they are; everybody else must verify with a face match. */
  | 'facial-preferred'
  /** A face-matched, in-person or staff-assisted identity. */
  | 'facial-required';

/** What a request asks about this session's second factor, weakest first. */
export const AUTHENTICATION_NEEDS = [
  'second-factor',
  'fresh-second-factor',
  'phishing-resistant',
  'piv',
] as const;
export type AuthenticationNeed = (typeof AUTHENTICATION_NEEDS)[number];

export interface AssuranceNeed {
  readonly identity: IdentityNeed;
  readonly authentication: AuthenticationNeed;
}

/** The stronger of two authentication needs; needs are totally ordered (a PIV card is phishing-resistant). */
export const strongerAuthentication = (a: AuthenticationNeed, b: AuthenticationNeed): AuthenticationNeed =>
  AUTHENTICATION_NEEDS.indexOf(a) >= AUTHENTICATION_NEEDS.indexOf(b) ? a : b;

/** The identity a person has proved, as far as requests distinguish it (accounts IV-80). */
export type IdentityHeld = 'none' | 'verified' | 'facial';
