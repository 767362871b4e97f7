/**
 * Every problem a request can have, by its stable id (saml section 14). Ids that the reference has keep its spelling;
 * the rest name what only Gatehouse checks.
 */
export const SAML_ERRORS = [
  'issuer_missing_or_invalid',
  'no_auth_or_logout_request',
  'unauthorized_service_provider',
  'both_auth_and_logout_request',
  'no_response_url',
  'no_cert_registered',
  'blank_cert_element_req',
  'invalid_signature',
  'unauthorized_authn_context',
  'unauthorized_nameid_format',
  'unregistered_acs_url',
  'wrong_destination',
  'request_too_old',
  'relay_state_too_long',
  'encrypted_name_id',
  'no_legacy_name_id',
] as const;
export type SamlError = (typeof SAML_ERRORS)[number];

/** E8 and the table of section 14: what a request says that cannot be read at all. */
export const UNREADABLE: readonly SamlError[] = [
  'issuer_missing_or_invalid',
  'no_auth_or_logout_request',
  'unauthorized_service_provider',
];

/** What to answer when a document is not the one message expected. */
export const shapeErrors = (reason: string): readonly SamlError[] =>
  reason === 'both_messages' ? ['both_auth_and_logout_request'] : UNREADABLE;
