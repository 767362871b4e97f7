import type { Locale } from '../kernel/locale.ts';
import type { EpochMs } from '../kernel/time.ts';

export type IdentityProtocol =
  | 'openid_connect_private_key_jwt'
  | 'openid_connect_pkce'
  | 'openid_connect'
  | 'saml';
export type HelpContext = 'sign_in' | 'sign_up' | 'forgot_password';
export type HelpText = Readonly<Partial<Record<HelpContext, Readonly<Partial<Record<Locale, string>>>>>>;
export type BlockEncryption =
  | 'none'
  | 'aes128-cbc'
  | 'aes256-cbc'
  | 'aes128-gcm'
  | 'aes192-gcm'
  | 'aes256-gcm';

/**
 * One registered relying party (portal-and-operations 1.4, M5; accounts DM-30). Field names are the app document's.
 * Every field is always present: defaults are filled in by `validateApp`, so no reader guesses.
 */
export interface AppSettings {
  /** OIDC `client_id` and SAML entity id; compared byte for byte (REG-1). */
  readonly issuer: string;
  readonly friendly_name: string;
  readonly description: string | null;
  readonly identity_protocol: IdentityProtocol;
  readonly active: boolean;
  /** Agency abbreviation or name under which subjects are shared; null gives the app subjects of its own (SUB-1). */
  readonly agency: string | null;
  readonly team: string | null;

  readonly ial: 1 | 2;
  readonly default_aal: 1 | 2 | 3 | null;
  readonly attribute_bundle: readonly string[];

  readonly redirect_uris: readonly string[];
  /** Empty means `redirect_uris` serve logout too (REG-2). */
  readonly post_logout_redirect_uris: readonly string[];
  /** PEM certificates; key carriers whose dates are never enforced (REG-3). */
  readonly certs: readonly string[];
  /** true: PKCE only; false: private_key_jwt only; null: either (REG-4). */
  readonly pkce: boolean | null;
  /** Desktop or mobile app (custom schemes; CO-4). */
  readonly native: boolean;

  readonly allow_prompt_login: boolean;
  readonly prompt_create_allowed: boolean;
  readonly ialmax_allowed: boolean;
  readonly verified_within_allowed: boolean;
  readonly facial_match_allowed: boolean;

  /** Token errors in the reference's shape (`error` holds the sentence, always 400). */
  readonly legacy_token_errors: boolean;
  /** id_token without userinfo attributes. */
  readonly slim_id_token: boolean;
  /** RFC 9207 `iss` on authorization responses. */
  readonly authorization_response_iss: boolean;
  /** Refuse a client assertion whose `jti` was seen before (TOK-9). */
  readonly refuse_jti_replay: boolean;
  /** Accept `state` and `nonce` under 22 characters (CFG-8), for clients that cannot be changed. */
  readonly allow_short_state: boolean;

  readonly acs_url: string | null;
  readonly acs_urls: readonly string[];
  /** Which of these addresses a number means, as in the app's metadata; without any, its place counts (saml section 17). */
  readonly acs_indexes: Readonly<Record<string, string>>;
  readonly assertion_consumer_logout_service_url: string | null;
  readonly block_encryption: BlockEncryption;
  readonly signed_response_message_requested: boolean;
  readonly signed_request_required: boolean;
  readonly nameid_format: string | null;
  readonly email_nameid_format_allowed: boolean;
  readonly use_legacy_name_id_behavior: boolean;
  readonly saml_emailaddress_attribute_enabled: boolean;
  readonly sp_initiated_login_url: string | null;
  readonly metadata_url: string | null;
  /** Mail addresses of the people who run the app; told before a certificate of ours ends (saml Y5). */
  readonly technical_contacts: readonly string[];
  /** SAML switches beyond the reference (saml section 17), each off unless named. */
  readonly saml_options: Readonly<Record<string, boolean>>;

  readonly return_to_sp_url: string | null;
  readonly failure_to_proof_url: string | null;
  readonly post_idv_follow_up_url: string | null;
  readonly push_notification_url: string | null;
  readonly help_text: HelpText;
  /** `data:` URL of a checked PNG or rebuilt SVG is never inlined in pages; this is the path of the stored logo. */
  readonly logo: string | null;

  readonly in_person_proofing_enabled: boolean;
  readonly piv_cac: boolean;
  readonly piv_cac_scoped_by_email: boolean;
  readonly prod_config: boolean;
  readonly app_name: string | null;
  readonly app_id: string | null;
  readonly launch_date: string | null;
  readonly iaa: string | null;
  readonly iaa_start_date: string | null;
  readonly iaa_end_date: string | null;
  readonly approved: boolean;
}

/** An app as stored: its settings and what the registry adds. */
export interface App extends AppSettings {
  readonly uuid: string;
  /** Stable id of the agency, or of the app itself when it has none: the scope of `sub` (SUB-1). */
  readonly agencyId: string;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
  readonly etag: string;
}

/** The name people see: friendly name, else agency, else issuer (accounts AP-2). */
export const displayName = (app: Pick<AppSettings, 'friendly_name' | 'agency' | 'issuer'>): string =>
  app.friendly_name || app.agency || app.issuer;

/** Whether the app speaks OpenID Connect. */
export const isOidc = (app: Pick<AppSettings, 'identity_protocol'>): boolean =>
  app.identity_protocol !== 'saml';

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
  /** Encrypt to the last certificate, whichever signed the request: the keys that sign do not decrypt. */
  'encrypt_to_last_cert',
  /** Wrap content keys with RSA-OAEP over SHA-256 instead of SHA-1. */
  'oaep_sha256',
  /** `skip_encryption` in the address is heeded, where nobody real signs in (R4). */
  'skip_encryption_allowed',
  /** `AuthnInstant` is the time of the Response (P13). */
  'authn_instant_is_response_time',
] as const;
export type SamlOption = (typeof SAML_OPTIONS)[number];
