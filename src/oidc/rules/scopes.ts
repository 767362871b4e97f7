import type { IdentityNeed } from '../../assurance/model.ts';
import type { AttributeName } from '../../consent/attributes.ts';

interface ScopeMeaning {
  /** What it releases, in the house's words (SCP-a to SCP-l). */
  readonly attributes: readonly AttributeName[];
  /** Flows at verified levels only. */
  readonly verified: boolean;
}

/** Every scope there is, in the order in which discovery lists them (DSC-3). */
const MEANINGS = {
  email: { attributes: ['email'], verified: false },
  all_emails: { attributes: ['all_emails'], verified: false },
  locale: { attributes: ['locale'], verified: false },
  openid: { attributes: [], verified: false },
  'profile:verified_at': { attributes: ['verified_at'], verified: false },
  x509: { attributes: ['x509_subject', 'x509_issuer', 'x509_presented'], verified: false },
  'x509:subject': { attributes: ['x509_subject'], verified: false },
  'x509:issuer': { attributes: ['x509_issuer'], verified: false },
  'x509:presented': { attributes: ['x509_presented'], verified: false },
  address: { attributes: ['address'], verified: true },
  phone: { attributes: ['phone'], verified: true },
  profile: { attributes: ['given_name', 'family_name', 'birthdate', 'verified_at'], verified: true },
  'profile:name': { attributes: ['given_name', 'family_name'], verified: true },
  'profile:birthdate': { attributes: ['birthdate'], verified: true },
  social_security_number: { attributes: ['social_security_number'], verified: true },
} as const satisfies Record<string, ScopeMeaning>;

export type Scope = keyof typeof MEANINGS;

const isScope = (token: string): token is Scope => Object.hasOwn(MEANINGS, token);

/** All scopes, for discovery. */
export const SCOPES: readonly Scope[] = Object.keys(MEANINGS).filter(isScope);

export interface NarrowedScopes {
  /** What is stored, consented to and filtered by (SCP-4); no duplicates, in the order sent. */
  readonly scopes: readonly Scope[];
  /** A known scope was dropped because the level does not allow it (SCP-2). */
  readonly aboveLevel: boolean;
}

/**
 * Splits and narrows `scope` (RFC 6749 section 3.3). Unknown tokens and extra spaces are ignored (SCP-1); scopes that
 * need a verified level are dropped when the request does not ask about identity (SCP-2). `openid` is not insisted
 * on: shipped relying parties leave it out (SCP-3).
 */
export function narrowScopes(scope: string, identity: IdentityNeed): NarrowedScopes {
  const scopes: Scope[] = [];
  let aboveLevel = false;
  for (const token of scope.split(' ')) {
    if (!isScope(token) || scopes.includes(token)) continue;
    if (MEANINGS[token].verified && identity === 'none') aboveLevel = true;
    else scopes.push(token);
  }
  return { scopes, aboveLevel };
}

/** The attributes that scopes release, without duplicates. */
export function attributesOf(scopes: readonly Scope[]): readonly AttributeName[] {
  const attributes: AttributeName[] = [];
  for (const scope of scopes) {
    for (const attribute of MEANINGS[scope].attributes) {
      if (!attributes.includes(attribute)) attributes.push(attribute);
    }
  }
  return attributes;
}
