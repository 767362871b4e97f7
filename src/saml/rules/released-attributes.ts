import { releasesVerified, reportedServiceLevel } from '../../assurance/acr.ts';
import type { IdentityHeld, IdentityNeed } from '../../assurance/model.ts';
import type { Locale } from '../../kernel/locale.ts';
import type { EpochMs } from '../../kernel/time.ts';
import { ATTRNAME_BASIC, ATTRNAME_URI, EMAIL_CLAIM } from '../wire/names.ts';
import { samlTime } from '../wire/saml-time.ts';
import { plainAal } from './authn-context.ts';
import { toAscii } from './to-ascii.ts';

/** One attribute as it is written; no values stand for null (B1). */
export interface SamlAttribute {
  readonly name: string;
  readonly nameFormat: string;
  readonly friendlyName: string;
  readonly values: readonly string[];
}

/** A verified identity by SAML attribute name; a missing or null one is sent without value. */
export type VerifiedIdentity = Readonly<Partial<Record<ProofedName, string | null>>>;
export type ProofedName =
  | 'first_name'
  | 'middle_name'
  | 'last_name'
  | 'dob'
  | 'ssn'
  | 'address1'
  | 'address2'
  | 'city'
  | 'state'
  | 'zipcode'
  | 'phone';

/** Everything a release is made of. */
export interface ReleaseFacts {
  readonly subject: string;
  /** Requested names, or the app's bundle (A17). */
  readonly names: readonly string[];
  readonly identity: IdentityNeed;
  readonly urn: boolean;
  readonly classRef: string;
  readonly held: IdentityHeld;
  readonly appIal: 1 | 2;
  readonly emailAsClaim: boolean;
  /** `shared` is the one this app gets. Null where no address was needed. */
  readonly emails: { readonly shared: string | null; readonly all: readonly string[] };
  readonly locale: Locale | null;
  readonly verified: VerifiedIdentity | null;
  readonly verifiedAt: EpochMs | null;
  /** The card used in this session, if one was. */
  readonly x509: { readonly subject: string; readonly issuer: string } | null;
  /** Set when the app asked to be told (section 17). */
  readonly aalAchieved: string | null;
}

const PROOFED: Readonly<Record<ProofedName, (value: string) => string>> = {
  first_name: (value) => value,
  middle_name: (value) => value,
  last_name: (value) => value,
  dob: isoDate,
  ssn: (value) => value,
  address1: (value) => value,
  address2: (value) => value,
  city: (value) => value,
  state: (value) => value,
  zipcode: (value) => value.trim().slice(0, 5),
  phone: (value) => value,
};
const isProofed = (name: string): name is ProofedName => Object.hasOwn(PROOFED, name);

const uri = (name: string, ...values: readonly string[]): SamlAttribute => ({
  name,
  nameFormat: ATTRNAME_URI,
  friendlyName: name,
  values,
});
const basic = (name: string, ...values: readonly string[]): SamlAttribute => ({
  ...uri(name, ...values),
  nameFormat: ATTRNAME_BASIC,
});

/** SAML Core section 2.7.3, B1 to B7: what is released, in the order in which it is written. No name occurs twice. */
export function releasedAttributes(facts: ReleaseFacts): readonly SamlAttribute[] {
  const { names, emails, locale, x509 } = facts;
  const asked = (name: string): boolean => names.includes(name);
  const attributes: SamlAttribute[] = [basic('uuid', facts.subject)];
  if (asked('email') && emails.shared !== null) {
    const plain = basic('email', emails.shared);
    attributes.push(facts.emailAsClaim ? { ...plain, name: EMAIL_CLAIM, nameFormat: ATTRNAME_URI } : plain);
  }
  if (asked('all_emails')) attributes.push(basic('all_emails', ...emails.all));
  if (asked('locale')) attributes.push(uri('locale', ...(locale === null ? [] : [locale])));
  const verifiedFlow = releasesVerified(facts.identity, facts.held);
  if (verifiedFlow) {
    const spell = asked('ascii') ? toAscii : (value: string) => value;
    for (const name of names.filter(isProofed)) {
      const value = facts.verified?.[name] ?? null;
      attributes.push(uri(name, ...(value === null ? [] : [spell(PROOFED[name](value))])));
    }
  }
  if (verifiedFlow || (asked('verified_at') && facts.appIal === 2)) {
    attributes.push(uri('verified_at', ...(facts.verifiedAt === null ? [] : [samlTime(facts.verifiedAt)])));
  }
  attributes.push(uri('aal', plainAal(facts.classRef)));
  attributes.push(uri('ial', reportedServiceLevel(facts.identity, facts.held, facts.urn)));
  if (facts.aalAchieved !== null) attributes.push(uri('aal_achieved', facts.aalAchieved));
  // B3: the card is told whole or not at all.
  if (asked('x509_presented') && x509 !== null) {
    attributes.push(
      uri('x509_subject', x509.subject),
      uri('x509_issuer', x509.issuer),
      uri('x509_presented', 'true'),
    );
  }
  return attributes;
}

/** Dates of birth imported as `MM/DD/YYYY` are told as ISO 8601. */
function isoDate(value: string): string {
  const [, month, day, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(value) ?? [];
  return year === undefined ? value : `${year}-${month}-${day}`;
}
