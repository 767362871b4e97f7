/**
 * What an app can receive about a person, in the house's own words. Doors map scopes and SAML attribute names to
 * these; consent lists and remembers them (accounts 18, oidc SCP-a to SCP-l).
 */
export const ATTRIBUTES = [
  'email',
  'all_emails',
  'locale',
  'given_name',
  'middle_name',
  'family_name',
  'birthdate',
  'address',
  'phone',
  'social_security_number',
  'verified_at',
  'x509_subject',
  'x509_issuer',
  'x509_presented',
] as const;
export type AttributeName = (typeof ATTRIBUTES)[number];

/** Attributes that exist only for verified people and only flow at verified levels (AT-3). */
export const VERIFIED_ATTRIBUTES: ReadonlySet<AttributeName> = new Set([
  'given_name',
  'middle_name',
  'family_name',
  'birthdate',
  'address',
  'phone',
  'social_security_number',
]);
