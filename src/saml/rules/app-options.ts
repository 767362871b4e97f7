import type { AppSettings } from '../../apps/model.ts';

/** Switches of `saml_options` (saml section 17 and the tightening ones of section 2). Each is off unless named. */
export const SAML_OPTIONS = [
  /** An `AssertionConsumerServiceURL` that is not registered is an error instead of ignored (A2). */
  'strict_acs',
  /** A `Destination` that is not this endpoint is an error instead of logged (A3). */
  'enforce_destination',
  /** Accept a SHA-1 digest under an RSA-SHA256 signature, for apps that came with that habit (S9). */
  'allow_sha1_digest',
  /** Refuse requests whose `IssueInstant` is minutes away from now. */
  'check_issue_instant',
  /** Sign the LogoutResponse. */
  'signed_logout_response',
  /** Remote logout also understands NameID with the SessionIndex of an assertion. */
  'remote_logout_by_session_index',
  /** Answer `IsPassive` with `NoPassive` instead of asking the person. */
  'no_passive',
  /** Refusals that can be told safely go to the app as signed Responses. */
  'error_responses',
  /** Add the attribute `aal_achieved`. */
  'aal_achieved',
  /** Wrap content keys with RSA-OAEP over SHA-256 instead of SHA-1. */
  'oaep_sha256',
  /** `skip_encryption` in the address is heeded, where nobody real signs in (R4). */
  'skip_encryption_allowed',
  /** `AuthnInstant` is the time of the Response (P13). */
  'authn_instant_is_response_time',
] as const;
export type SamlOption = (typeof SAML_OPTIONS)[number];

/** Section 17: whether an app has a switch on. */
export const hasOption = ({ saml_options }: Pick<AppSettings, 'saml_options'>, option: SamlOption): boolean =>
  saml_options[option] === true;
