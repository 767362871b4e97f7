import { releasesVerified, reportedServiceLevel } from '../../assurance/acr.ts';
import type { IdentityHeld } from '../../assurance/model.ts';
import type { Locale } from '../../kernel/locale.ts';
import { type EpochMs, toEpochSeconds } from '../../kernel/time.ts';
import type { AcrAnswer } from './check-authorization-request.ts';
import type { Scope } from './scopes.ts';

/** A verified identity as apps receive it; null for what it does not contain. */
export interface VerifiedProfile {
  readonly givenName: string | null;
  readonly familyName: string | null;
  /** `YYYY-MM-DD` */
  readonly birthdate: string | null;
  readonly socialSecurityNumber: string | null;
  readonly address: {
    readonly line1: string;
    readonly line2: string | null;
    readonly city: string;
    readonly state: string;
    readonly zip: string;
  } | null;
  /** E.164, verified. */
  readonly phone: string | null;
}

/** Everything a release is made of. Scopes and assurance are those the grant was issued for. */
export interface ReleaseFacts {
  /** The discovery value (DSC-2). */
  readonly issuer: string;
  readonly subject: string;
  readonly scopes: readonly Scope[];
  readonly acr: AcrAnswer;
  readonly appIal: 1 | 2;
  readonly identityHeld: IdentityHeld;
  /** Confirmed addresses only; `shared` is the one this app gets (CNS-4). */
  readonly emails: { readonly shared: string | null; readonly all: readonly string[] };
  /** Language last used in the session. */
  readonly locale: Locale | null;
  readonly profile: VerifiedProfile | null;
  readonly verifiedAt: EpochMs | null;
  /** The card used in this session, if one was (UIN-20). */
  readonly x509: { readonly subject: string; readonly issuer: string } | null;
  /** Last real factor; remembered devices do not count (UIN-22). */
  readonly authenticatedAt: EpochMs;
}

/** UIN-16; no country, and no trailing newline for an empty second line. */
export interface AddressClaim {
  readonly formatted: string;
  readonly street_address: string;
  readonly locality: string;
  readonly region: string;
  readonly postal_code: string;
}

/** UIN-4 to UIN-22: a missing key is absent, a null is sent. */
export interface UserinfoClaims {
  sub: string;
  iss: string;
  email?: string | null;
  email_verified?: true | null;
  all_emails?: readonly string[];
  locale?: Locale | null;
  x509_subject?: string | null;
  x509_issuer?: string | null;
  x509_presented?: boolean;
  given_name?: string | null;
  family_name?: string | null;
  birthdate?: string | null;
  address?: AddressClaim | null;
  phone?: string | null;
  phone_verified?: true | null;
  social_security_number?: string | null;
  verified_at?: number | null;
  ial: string;
  aal: string;
  auth_time: number;
}

/** Section 7: what the scopes release of what is known. Verified claims flow under UIN-4 only. */
export function userinfoClaims(facts: ReleaseFacts): UserinfoClaims {
  const { scopes, acr, identityHeld, emails, x509 } = facts;
  const claims: UserinfoClaims = {
    sub: facts.subject,
    iss: facts.issuer,
    ial: reportedServiceLevel(acr.identity, identityHeld, acr.urn),
    aal: acr.aal,
    auth_time: toEpochSeconds(facts.authenticatedAt),
  };
  const verified = releasesVerified(acr.identity, identityHeld);
  const verifiedAt = facts.appIal < 2 || facts.verifiedAt === null ? null : toEpochSeconds(facts.verifiedAt);
  for (const scope of scopes) {
    switch (scope) {
      case 'openid':
        break;
      case 'email':
        claims.email = emails.shared;
        claims.email_verified = emails.shared === null ? null : true;
        break;
      case 'all_emails':
        claims.all_emails = emails.all;
        break;
      case 'locale':
        claims.locale = facts.locale;
        break;
      case 'x509':
        claims.x509_subject = x509?.subject ?? null;
        claims.x509_issuer = x509?.issuer ?? null;
        claims.x509_presented = x509 !== null;
        break;
      case 'x509:subject':
        claims.x509_subject = x509?.subject ?? null;
        break;
      case 'x509:issuer':
        claims.x509_issuer = x509?.issuer ?? null;
        break;
      case 'x509:presented':
        claims.x509_presented = x509 !== null;
        break;
      case 'profile:verified_at':
        claims.verified_at = verifiedAt;
        break;
      case 'profile':
        // UIN-19: the scope survived narrowing, so the date is there even if nothing else is.
        claims.verified_at = verifiedAt;
        if (verified) Object.assign(claims, nameClaims(facts.profile), birthdateClaim(facts.profile));
        break;
      case 'profile:name':
        if (verified) Object.assign(claims, nameClaims(facts.profile));
        break;
      case 'profile:birthdate':
        if (verified) Object.assign(claims, birthdateClaim(facts.profile));
        break;
      case 'address':
        if (verified) claims.address = addressClaim(facts.profile);
        break;
      case 'phone':
        if (verified) {
          claims.phone = facts.profile?.phone ?? null;
          claims.phone_verified = claims.phone === null ? null : true;
        }
        break;
      case 'social_security_number':
        if (verified) claims.social_security_number = facts.profile?.socialSecurityNumber ?? null;
        break;
    }
  }
  return claims;
}

const nameClaims = (profile: VerifiedProfile | null): Pick<UserinfoClaims, 'given_name' | 'family_name'> => ({
  given_name: profile?.givenName ?? null,
  family_name: profile?.familyName ?? null,
});

const birthdateClaim = (profile: VerifiedProfile | null): Pick<UserinfoClaims, 'birthdate'> => ({
  birthdate: profile?.birthdate ?? null,
});

/** UIN-16, AT-2: postal codes are cut to five digits. */
function addressClaim(profile: VerifiedProfile | null): AddressClaim | null {
  const address = profile?.address ?? null;
  if (address === null) return null;
  const second = address.line2?.trim() ?? '';
  const street = second === '' ? address.line1 : `${address.line1}\n${second}`;
  const zip = address.zip.slice(0, 5);
  return {
    formatted: `${street}\n${address.city}, ${address.state} ${zip}`,
    street_address: street,
    locality: address.city,
    region: address.state,
    postal_code: zip,
  };
}
