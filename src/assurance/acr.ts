import { lazy } from '../kernel/lazy.ts';
import type { AssuranceNeed, AuthenticationNeed, IdentityHeld, IdentityNeed } from './model.ts';
import { strongerAuthentication } from './model.ts';

/**
 * The assurance vocabulary both doors speak: OIDC `acr_values`, SAML AuthnContextClassRef (oidc ACR-1 to ACR-10, saml
 * A10 to A16, accounts AL-1 to AL-6). A table of closed meanings; doors differ only in which values they accept and
 * report.
 */

const PREFIX = 'http://idmanagement.gov/ns/assurance';
const URN = 'urn:acr.login.gov:';

/** The value that stands for "no particular authentication strength was named" (ACR-4a, ACR-10). */
export const DEFAULT_AAL = 'urn:gov:gsa:ac:classes:sp:PasswordProtectedTransport:duo';
/** Not recognised by itself at either door; beside others SAML reports it back (saml A12). */
export const AAL_1 = `${PREFIX}/aal/1`;

/** What one recognised value asks. A value without `identity` and `authentication` is known and has no effect. */
export interface AcrValue {
  readonly value: string;
  readonly identity: IdentityNeed | null;
  readonly authentication: AuthenticationNeed | null;
  /** Belongs to the `urn:acr.login.gov:` vocabulary, so the answer is given in it (ACR-9). */
  readonly urn: boolean;
}

const service = (value: string, identity: IdentityNeed): AcrValue => ({
  value,
  identity,
  authentication: null,
  urn: value.startsWith(URN),
});
const strength = (value: string, authentication: AuthenticationNeed): AcrValue => ({
  value,
  identity: null,
  authentication,
  urn: false,
});

/** Service levels, the one to record first (ACR-5, saml A14). */
export const SERVICE_LEVELS: readonly AcrValue[] = [
  service(`${URN}verified-facial-match-required`, 'facial-required'),
  service(`${PREFIX}/ial/2?bio=required`, 'facial-required'),
  service(`${URN}verified-facial-match-preferred`, 'facial-preferred'),
  service(`${PREFIX}/ial/2?bio=preferred`, 'facial-preferred'),
  service(`${URN}verified`, 'verified'),
  service(`${PREFIX}/ial/2`, 'verified'),
  service(`${PREFIX}/loa/3`, 'verified'),
  service(`${PREFIX}/ial/0`, 'if-available'),
  service(`${URN}auth-only`, 'none'),
  service(`${PREFIX}/ial/1`, 'none'),
  service(`${PREFIX}/loa/1`, 'none'),
];

/** Authentication strengths, the one to record and echo first (ACR-5, ACR-10, AL-5). */
export const AUTHENTICATION_STRENGTHS: readonly AcrValue[] = [
  strength(`${PREFIX}/aal/2?hspd12=true`, 'piv'),
  strength(`${PREFIX}/aal/3?hspd12=true`, 'piv'),
  strength(`${PREFIX}/aal/2?phishing_resistant=true`, 'phishing-resistant'),
  strength(`${PREFIX}/aal/3`, 'phishing-resistant'),
  strength(`${PREFIX}/aal/2`, 'fresh-second-factor'),
  strength(DEFAULT_AAL, 'second-factor'),
];

/** Known, and without any effect (ACR-1). */
const STRICT_IAL_2: AcrValue = {
  value: `${PREFIX}/ial/2?strict=true`,
  identity: null,
  authentication: null,
  urn: false,
};

interface Ranked {
  readonly acr: AcrValue;
  /** Position in its list; the smaller one is recorded. */
  readonly rank: number;
}

const rankedValues = lazy(
  (): ReadonlyMap<string, Ranked> =>
    new Map(
      [SERVICE_LEVELS, AUTHENTICATION_STRENGTHS, [STRICT_IAL_2]].flatMap((list) =>
        list.map((acr, rank): [string, Ranked] => [acr.value, { acr, rank }]),
      ),
    ),
);

/** The recognised values in the order in which discovery lists them (ACR-1, DSC-3). */
export const ACR_VALUES: readonly string[] = [
  `${PREFIX}/loa/1`,
  `${PREFIX}/loa/3`,
  `${PREFIX}/ial/1`,
  `${PREFIX}/ial/2`,
  `${PREFIX}/ial/0`,
  `${PREFIX}/ial/2?strict=true`,
  `${PREFIX}/ial/2?bio=preferred`,
  `${PREFIX}/ial/2?bio=required`,
  DEFAULT_AAL,
  `${PREFIX}/aal/2`,
  `${PREFIX}/aal/3`,
  `${PREFIX}/aal/3?hspd12=true`,
  `${PREFIX}/aal/2?phishing_resistant=true`,
  `${PREFIX}/aal/2?hspd12=true`,
  `${URN}auth-only`,
  `${URN}verified`,
  `${URN}verified-facial-match-preferred`,
  `${URN}verified-facial-match-required`,
];

/** The meaning of one value, or null when it is not recognised. Byte for byte, no normalisation. */
export const lookUpAcrValue = (value: string): AcrValue | null => rankedValues().get(value)?.acr ?? null;

/** What a list of values asks together. Independent of their order. */
export interface RequestedAssurance {
  /** At least one value was recognised. */
  readonly recognised: boolean;
  /** Union of the service levels; null when none was named. */
  readonly identity: IdentityNeed | null;
  /** Union of the authentication strengths; null when none was named. */
  readonly authentication: AuthenticationNeed | null;
  /** The one service level to record. */
  readonly serviceLevel: string | null;
  /** The one authentication value to record and echo. */
  readonly aal: string | null;
  /** A `urn:acr.login.gov:` value was among them. */
  readonly urn: boolean;
  /** What every single value needs the app to be allowed (ACR-6), not only the one that won. */
  readonly needs: { readonly verification: boolean; readonly facialMatch: boolean; readonly ialMax: boolean };
}

/** Combines values by union (ACR-5); unrecognised ones are left out (ACR-1). */
export function requestedAssurance(values: readonly string[]): RequestedAssurance {
  let recognised = false;
  let level: Ranked | null = null;
  let authentication: Ranked | null = null;
  let urn = false;
  let verification = false;
  let facialMatch = false;
  let ialMax = false;
  for (const value of values) {
    const found = rankedValues().get(value);
    if (found === undefined) continue;
    recognised = true;
    if (found.acr.urn) urn = true;
    switch (found.acr.identity) {
      case 'facial-required':
      case 'facial-preferred':
        facialMatch = true;
        verification = true;
        break;
      case 'verified':
        verification = true;
        break;
      case 'if-available':
        ialMax = true;
        break;
    }
    if (found.acr.identity !== null && (level === null || found.rank < level.rank)) level = found;
    if (found.acr.authentication !== null && (authentication === null || found.rank < authentication.rank)) {
      authentication = found;
    }
  }
  return {
    recognised,
    identity: level?.acr.identity ?? null,
    authentication: authentication?.acr.authentication ?? null,
    serviceLevel: level?.acr.value ?? null,
    aal: authentication?.acr.value ?? null,
    urn,
    needs: { verification, facialMatch, ialMax },
  };
}

/** The app settings that permit service levels. */
export interface AssurancePermissions {
  readonly ial: 1 | 2;
  readonly facial_match_allowed: boolean;
  readonly ialmax_allowed: boolean;
}

/** Whether the app may ask all of this: every value is judged, also those a stronger one outranks (ACR-6, saml A13). */
export const mayRequest = (app: AssurancePermissions, { needs }: RequestedAssurance): boolean =>
  !(
    (needs.verification && app.ial < 2) ||
    (needs.facialMatch && !app.facial_match_allowed) ||
    (needs.ialMax && !app.ialmax_allowed)
  );

/** What `default_aal` demands when a request names no strength (ACR-8, AL-1). */
const defaultAuthentication = (defaultAal: number | null): AuthenticationNeed => {
  if (defaultAal === null || defaultAal < 2) return 'second-factor';
  return defaultAal >= 3 ? 'phishing-resistant' : 'fresh-second-factor';
};

/**
 * The need a request puts to the hall. A named strength, even the weakest, overrides the app's default (ACR-8);
 * whoever asks about identity gets at least a second factor of this session (ACR-3b to ACR-3e, AL-2).
 */
export function resolveNeed(
  identity: IdentityNeed,
  authentication: AuthenticationNeed | null,
  defaultAal: number | null,
): AssuranceNeed {
  const named = authentication ?? defaultAuthentication(defaultAal);
  return {
    identity,
    authentication: identity === 'none' ? named : strongerAuthentication(named, 'fresh-second-factor'),
  };
}

/**
 * The service level to report: computed from what was asked and what the person holds, never echoed (ACR-9, AL-6,
 * saml B5). "Preferred" resolves per person (ACR-7): a face match in effect only for those who hold one.
 */
export function reportedServiceLevel(asked: IdentityNeed, held: IdentityHeld, urn: boolean): string {
  if (held === 'none' || asked === 'none') return urn ? `${URN}auth-only` : `${PREFIX}/ial/1`;
  const facial = asked === 'facial-required' || (asked === 'facial-preferred' && held === 'facial');
  if (facial) return urn ? `${URN}verified-facial-match-required` : `${PREFIX}/ial/2?bio=required`;
  return urn ? `${URN}verified` : `${PREFIX}/ial/2`;
}

/** Whether verified attributes flow: the person holds a verified identity and the request asked about it (UIN-4, B3). */
export const releasesVerified = (asked: IdentityNeed, held: IdentityHeld): boolean =>
  asked !== 'none' && held !== 'none';
