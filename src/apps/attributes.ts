/**
 * Attributes anybody may receive (portal-and-operations P27, saml section 12). `ascii` is a modifier: values are
 * transliterated, nothing of that name is sent (B3).
 */
export const PLAIN_ATTRIBUTES: readonly string[] = [
  'email',
  'all_emails',
  'locale',
  'ascii',
  'verified_at',
  'x509_subject',
  'x509_presented',
  'x509_issuer',
];

/** Attributes that come from identity verification and need level of service 2 (P27). */
export const PROOFED_ATTRIBUTES: readonly string[] = [
  'first_name',
  'middle_name',
  'last_name',
  'dob',
  'ssn',
  'address1',
  'address2',
  'city',
  'state',
  'zipcode',
  'phone',
];

/** Whether an attribute of this name exists at all. */
export const isAttribute = (name: string): boolean =>
  PLAIN_ATTRIBUTES.includes(name) || PROOFED_ATTRIBUTES.includes(name);
