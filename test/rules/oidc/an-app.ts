import type { App } from '../../../src/apps/model.ts';
import type { AuthorizationOptions } from '../../../src/oidc/rules/authorization-facts.ts';
import {
  type AuthorizationRefusal,
  checkAuthorizationRequest,
  type ValidAuthorizationRequest,
} from '../../../src/oidc/rules/check-authorization-request.ts';
import {
  type AuthorizationParameter,
  readAuthorizationParameters,
} from '../../../src/oidc/wire/authorization-parameters.ts';

export const P = 'http://idmanagement.gov/ns/assurance';
export const DUO = 'urn:gov:gsa:ac:classes:sp:PasswordProtectedTransport:duo';
export const DOCS = 'https://idp.example/developers/support/';
export const ISSUER = 'https://idp.example/';
export const STATE = 'f3b9d2c8417e60a5c2d1e9b7';
export const NONCE = '8e1c5b0a7d2f4963b1e0c4aa';
export const CLIENT_ID = 'urn:gov:example:openidconnect:parks';
export const CALLBACK = 'https://parks.example.gov/cb';

/** An auth-only app with everything optional off; each test says what differs. */
export const anApp = (over: Partial<App> = {}): App => ({
  issuer: CLIENT_ID,
  friendly_name: 'Parks',
  description: null,
  identity_protocol: 'openid_connect',
  active: true,
  agency: null,
  team: null,
  ial: 1,
  default_aal: null,
  attribute_bundle: [],
  redirect_uris: [CALLBACK],
  post_logout_redirect_uris: [],
  certs: [],
  pkce: null,
  native: false,
  allow_prompt_login: false,
  prompt_create_allowed: false,
  ialmax_allowed: false,
  verified_within_allowed: false,
  facial_match_allowed: false,
  legacy_token_errors: false,
  slim_id_token: false,
  authorization_response_iss: false,
  refuse_jti_replay: false,
  allow_short_state: false,
  acs_url: null,
  acs_urls: [],
  acs_indexes: {},
  assertion_consumer_logout_service_url: null,
  block_encryption: 'none',
  signed_response_message_requested: false,
  signed_request_required: false,
  nameid_format: null,
  email_nameid_format_allowed: false,
  use_legacy_name_id_behavior: false,
  saml_emailaddress_attribute_enabled: false,
  sp_initiated_login_url: null,
  metadata_url: null,
  technical_contacts: [],
  saml_options: {},
  return_to_sp_url: null,
  failure_to_proof_url: null,
  post_idv_follow_up_url: null,
  push_notification_url: null,
  help_text: {},
  logo: null,
  in_person_proofing_enabled: false,
  piv_cac: false,
  piv_cac_scoped_by_email: false,
  prod_config: false,
  app_name: null,
  app_id: null,
  launch_date: null,
  iaa: null,
  iaa_start_date: null,
  iaa_end_date: null,
  approved: true,
  uuid: '7d0c0f4e-6b1a-4c58-9a35-2f1f0f8d9b61',
  agencyId: 'agency-1',
  createdAt: 0,
  updatedAt: 0,
  etag: 'e1',
  ...over,
});

/** An app that may ask for everything. */
export const aFullApp = (over: Partial<App> = {}): App =>
  anApp({
    ial: 2,
    facial_match_allowed: true,
    ialmax_allowed: true,
    verified_within_allowed: true,
    allow_prompt_login: true,
    prompt_create_allowed: true,
    ...over,
  });

export type Sent = Partial<Record<AuthorizationParameter | 'x_unknown', string>>;

/** A complete request as parameters; null leaves one out. */
export const aRequest = (over: Record<string, string | null> = {}): Record<string, string> => {
  const all: Record<string, string | null> = {
    acr_values: 'urn:acr.login.gov:auth-only',
    client_id: CLIENT_ID,
    nonce: NONCE,
    prompt: 'select_account',
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid email',
    state: STATE,
    ...over,
  };
  const sent: Record<string, string> = {};
  for (const [name, value] of Object.entries(all)) if (value !== null) sent[name] = value;
  return sent;
};

export const OPTIONS: AuthorizationOptions = { strictScopes: false, docsUrl: DOCS };

/** Reads and checks a request as the endpoint does. */
export function check(
  over: Record<string, string | null> = {},
  app: App | null = anApp(),
  options: AuthorizationOptions = OPTIONS,
) {
  const parameters = readAuthorizationParameters(new URLSearchParams(aRequest(over)).toString());
  if (!parameters.ok) throw new Error(parameters.error.reason);
  return checkAuthorizationRequest(parameters.value, app, options);
}

/** The valid request, or a failing test. */
export function valid(
  over: Record<string, string | null> = {},
  app: App | null = anApp(),
  options: AuthorizationOptions = OPTIONS,
): ValidAuthorizationRequest {
  const result = check(over, app, options);
  if (!result.ok) throw new Error(`refused: ${result.error.messages.map(({ text }) => text).join(' ')}`);
  return result.value;
}

/** The refusal, or a failing test. */
export function refused(
  over: Record<string, string | null> = {},
  app: App | null = anApp(),
  options: AuthorizationOptions = OPTIONS,
): AuthorizationRefusal {
  const result = check(over, app, options);
  if (result.ok) throw new Error('accepted');
  return result.error;
}

/** Ids of a refusal's messages. */
export const ids = (refusal: AuthorizationRefusal): readonly string[] => refusal.messages.map(({ id }) => id);
