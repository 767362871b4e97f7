import { isAttribute, PROOFED_ATTRIBUTES } from '../../apps/attributes.ts';
import type { IdentityNeed } from '../../assurance/model.ts';
import type { AttributeName } from '../../consent/attributes.ts';
import { REQUESTED_ATTRIBUTES_PREFIX } from '../wire/names.ts';

/**
 * A17: the names listed by all ReqAttr class references together, in order; unknown ones are dropped. One reference,
 * even an empty one, replaces the app's bundle.
 */
export function requestedAttributes(
  classRefs: readonly string[],
  bundle: readonly string[],
): readonly string[] {
  const lists = classRefs.filter((value) => value.startsWith(REQUESTED_ATTRIBUTES_PREFIX));
  const names =
    lists.length === 0
      ? bundle
      : lists.flatMap((value) => value.slice(REQUESTED_ATTRIBUTES_PREFIX.length).split(/\W+/));
  return [...new Set(names.filter(isAttribute))];
}

const HALL_NAMES: ReadonlyMap<string, AttributeName> = new Map([
  ['email', 'email'],
  ['all_emails', 'all_emails'],
  ['locale', 'locale'],
  ['first_name', 'given_name'],
  ['middle_name', 'middle_name'],
  ['last_name', 'family_name'],
  ['dob', 'birthdate'],
  ['ssn', 'social_security_number'],
  ['address1', 'address'],
  ['address2', 'address'],
  ['city', 'address'],
  ['state', 'address'],
  ['zipcode', 'address'],
  ['phone', 'phone'],
  ['verified_at', 'verified_at'],
]);

/**
 * B3, B7, B8: what the person is asked to agree to, in the house's words: what this request can release at its level.
 * An address in the NameID is an address shared.
 */
export function attributesToConsent(
  names: readonly string[],
  asked: { readonly identity: IdentityNeed; readonly emailNameId: boolean; readonly ial: 1 | 2 },
): readonly AttributeName[] {
  const wanted = new Set<AttributeName>();
  if (asked.emailNameId) wanted.add('email');
  for (const name of names) {
    const proofed = PROOFED_ATTRIBUTES.includes(name);
    if (proofed && asked.identity === 'none') continue;
    if (name === 'verified_at' && asked.ial < 2 && asked.identity === 'none') continue;
    const known = HALL_NAMES.get(name);
    if (known !== undefined) wanted.add(known);
    if (proofed) wanted.add('verified_at');
    if (name === 'x509_presented')
      for (const card of ['x509_subject', 'x509_issuer', 'x509_presented'] as const) wanted.add(card);
  }
  return [...wanted];
}
