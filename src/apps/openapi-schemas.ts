import { SAML_OPTIONS, type SamlOption } from './model.ts';

/** What each switch does when it is on, for operators. */
const SAML_OPTION_MEANINGS: Readonly<Record<SamlOption, string>> = {
  strict_acs: 'An AssertionConsumerServiceURL that is not registered is refused instead of ignored.',
  enforce_destination: 'A Destination that is not the endpoint itself is refused instead of logged.',
  allow_sha1_digest: 'A SHA-1 digest under an RSA-SHA256 signature is accepted.',
  check_issue_instant: 'Requests whose IssueInstant is minutes away from now are refused.',
  signed_logout_response: 'The LogoutResponse is signed.',
  remote_logout_by_session_index:
    'Remote logout also understands a NameID together with the SessionIndex of an assertion.',
  no_passive: 'IsPassive is answered with NoPassive instead of asking the person.',
  error_responses: 'Refusals that can be told safely go to the app as signed Responses.',
  aal_achieved: 'Assertions carry the attribute aal_achieved.',
  encrypt_to_last_cert:
    'Assertions are encrypted to the last certificate: the keys that sign requests do not decrypt.',
  oaep_sha256: 'Content keys are wrapped with RSA-OAEP over SHA-256 instead of SHA-1.',
  skip_encryption_allowed: 'skip_encryption in the address is heeded where nobody real signs in.',
  authn_instant_is_response_time: 'AuthnInstant is the time of the Response instead of the sign-in.',
};

/** A JSON Schema, or any other JSON object of an OpenAPI document. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A reference to one of `SCHEMAS`. */
export const schemaRef = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

const text: JsonSchema = { type: 'string' };
const flag: JsonSchema = { type: ['boolean', 'null'] };
const line: JsonSchema = { type: ['string', 'null'], maxLength: 255 };
const paragraph: JsonSchema = { type: ['string', 'null'], maxLength: 4000 };
const url: JsonSchema = { type: ['string', 'null'], format: 'uri', maxLength: 2000 };
const urls: JsonSchema = {
  type: ['array', 'null'],
  maxItems: 100,
  items: { type: 'string', format: 'uri', maxLength: 2000 },
};
const date: JsonSchema = { type: ['string', 'null'], pattern: '^(\\d{4}-\\d{2}-\\d{2}(T[0-9:.Z+-]*)?)?$' };
const texts: JsonSchema = {
  type: 'object',
  properties: { en: paragraph, es: paragraph, fr: paragraph, zh: paragraph },
  additionalProperties: false,
};
const help = (...presets: readonly string[]): JsonSchema => ({
  anyOf: [{ enum: ['blank', ...presets, null] }, texts],
});
const stamp: JsonSchema = { type: 'string', format: 'date-time', readOnly: true };

/** Fields of an app document (portal-and-operations 1.4, M5), every one that `appShape` knows. */
const SETTINGS: Readonly<Record<string, JsonSchema>> = {
  issuer: {
    type: 'string',
    pattern: '^\\S+$',
    maxLength: 255,
    description: '`client_id` and entity id; never changes.',
  },
  friendly_name: { type: 'string', maxLength: 120, description: 'The name people see.' },
  description: paragraph,
  identity_protocol: {
    enum: ['openid_connect_private_key_jwt', 'openid_connect_pkce', 'openid_connect', 'saml', 0, 1, 2],
    description:
      '`openid_connect` takes either way of client authentication. 0, 1, 2: private_key_jwt, saml, pkce.',
  },
  protocol: { enum: ['oidc', 'saml', null] },
  active: { ...flag, default: true },
  agency: {
    ...line,
    description:
      'Name or abbreviation; apps of one agency see the same subject for one person. Left out of a PUT or a bundle, it stays: another agency, or null, means other subjects.',
  },
  team: line,
  team_uuid: line,
  ial: { enum: [1, 2, null], default: 1 },
  default_aal: { enum: [0, 1, 2, 3, null], default: null },
  attribute_bundle: { type: ['array', 'null'], items: text, maxItems: 100 },
  redirect_uris: urls,
  post_logout_redirect_uris: { ...urls, description: 'Empty: `redirect_uris` serve logout too.' },
  certs: {
    anyOf: [text, { type: 'array', items: text, maxItems: 20 }, { type: 'null' }],
    description: 'X.509 certificates as PEM, RSA of at least 2,048 bits. Expiry is never enforced.',
  },
  pkce: {
    ...flag,
    description: 'true: PKCE only; false: private_key_jwt only; null: what `identity_protocol` says.',
  },
  native: { ...flag, default: false },
  allow_prompt_login: { ...flag, default: false },
  prompt_create_allowed: { ...flag, default: false },
  ialmax_allowed: { ...flag, default: false },
  verified_within_allowed: { ...flag, default: false },
  facial_match_allowed: { ...flag, default: false },
  legacy_token_errors: { ...flag, default: false },
  slim_id_token: { ...flag, default: false },
  authorization_response_iss: { ...flag, default: true },
  refuse_jti_replay: { ...flag, default: true },
  allow_short_state: { ...flag, default: false },
  acs_url: url,
  acs_urls: urls,
  acs_indexes: {
    type: ['object', 'null'],
    maxProperties: 100,
    patternProperties: { '^\\d{1,5}$': { type: 'string', format: 'uri', maxLength: 2000 } },
    additionalProperties: false,
    description:
      'What AssertionConsumerServiceIndex means: the `index` of each address in the metadata of the app, which an import fills in. Without any, `acs_url` is 0 and `acs_urls` follow.',
  },
  assertion_consumer_logout_service_url: url,
  block_encryption: {
    enum: ['none', 'aes128-cbc', 'aes256-cbc', 'aes128-gcm', 'aes192-gcm', 'aes256-gcm', null],
    default: 'aes256-cbc',
  },
  signed_response_message_requested: { ...flag, default: false },
  signed_request_required: {
    ...flag,
    description: 'Default: false; left out of a PUT, it stays while the app has a certificate.',
  },
  nameid_format: line,
  email_nameid_format_allowed: { ...flag, default: false },
  use_legacy_name_id_behavior: { ...flag, default: false },
  saml_emailaddress_attribute_enabled: { ...flag, default: false },
  sp_initiated_login_url: url,
  metadata_url: url,
  technical_contacts: {
    type: ['array', 'null'],
    items: { type: 'string', format: 'email' },
    maxItems: 10,
    description: 'Told by mail before a SAML certificate ends.',
  },
  saml_options: {
    type: ['object', 'null'],
    properties: Object.fromEntries(
      SAML_OPTIONS.map((name) => [name, { type: 'boolean', description: SAML_OPTION_MEANINGS[name] }]),
    ),
    additionalProperties: false,
  },
  return_to_sp_url: url,
  failure_to_proof_url: url,
  post_idv_follow_up_url: url,
  push_notification_url: url,
  help_text: {
    type: ['object', 'null'],
    properties: {
      sign_in: help('first_time', 'agency_email', 'piv_cac'),
      sign_up: help('first_time', 'agency_email', 'same_email'),
      forgot_password: help('troubleshoot_html'),
    },
    additionalProperties: false,
  },
  logo: {
    type: ['string', 'null'],
    description: 'Read: path of the stored logo. Written: that path, or a `data:` URL of a PNG or SVG.',
  },
  in_person_proofing_enabled: { ...flag, default: true },
  piv_cac: { ...flag, default: false },
  piv_cac_scoped_by_email: { ...flag, default: false },
  prod_config: flag,
  app_name: line,
  app_id: { type: ['string', 'integer', 'null'] },
  launch_date: date,
  iaa: { type: ['string', 'integer', 'null'] },
  iaa_start_date: date,
  iaa_end_date: date,
  approved: { ...flag, default: false },
  restrict_to_deploy_env: {
    enum: ['prod', 'staging', 'sandbox', null],
    description: 'Imports elsewhere skip the app.',
  },
};

/** Fields that the registry adds; tolerated and ignored when a document comes back. */
const REGISTRY: Readonly<Record<string, JsonSchema>> = {
  uuid: { type: 'string', format: 'uuid', readOnly: true },
  agency_id: { readOnly: true },
  etag: { type: 'string', readOnly: true },
  signature: { readOnly: true },
  created_at: stamp,
  updated_at: stamp,
};

const issuers: JsonSchema = { type: 'array', items: text };
const fieldError: JsonSchema = {
  type: 'object',
  required: ['field', 'code', 'message'],
  properties: { field: text, code: text, message: text, issuer: text },
};

/** The schemas of the machine interface. */
export const SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  AppDocument: {
    type: 'object',
    required: ['issuer', 'friendly_name', 'identity_protocol'],
    properties: { ...SETTINGS, ...REGISTRY },
    additionalProperties: false,
  },
  App: {
    type: 'object',
    required: [
      'uuid',
      'issuer',
      'friendly_name',
      'identity_protocol',
      'active',
      'created_at',
      'updated_at',
      'etag',
    ],
    properties: { ...SETTINGS, ...REGISTRY },
  },
  Bundle: {
    anyOf: [
      { type: 'array', items: schemaRef('AppDocument') },
      {
        type: 'object',
        required: ['apps'],
        properties: {
          apps: {
            anyOf: [
              { type: 'array', items: schemaRef('AppDocument') },
              { type: 'object', additionalProperties: schemaRef('AppDocument') },
            ],
          },
          certs: { type: 'object', additionalProperties: text, description: 'PEM texts by name.' },
          logos: {
            type: 'object',
            additionalProperties: text,
            description: 'Logos by name, base64 or data URL.',
          },
        },
      },
      { type: 'object', additionalProperties: schemaRef('AppDocument'), description: 'Issuer to app.' },
    ],
  },
  ImportReport: {
    type: 'object',
    required: ['dry_run', 'applied', 'created', 'updated', 'unchanged', 'extra', 'skipped', 'errors'],
    properties: {
      dry_run: { type: 'boolean' },
      applied: { type: 'boolean' },
      created: issuers,
      updated: issuers,
      unchanged: issuers,
      extra: { ...issuers, description: 'Registered here but not in the bundle; never deleted.' },
      skipped: { ...issuers, description: 'Meant for another environment.' },
      errors: { type: 'array', items: fieldError },
    },
  },
  Certificate: {
    type: 'object',
    required: ['sha256', 'subject', 'issuer', 'not_after', 'key_bits', 'pem'],
    properties: {
      sha256: text,
      subject: text,
      issuer: text,
      serial_hex: text,
      serial_decimal: text,
      not_before: text,
      not_after: text,
      key_type: text,
      key_bits: { type: 'integer' },
      pem: text,
      warnings: { type: 'array', items: text },
    },
  },
  AuditLine: {
    type: 'object',
    required: ['id', 'time', 'actor', 'action', 'item_type', 'item_id', 'changes'],
    properties: {
      id: { type: 'integer' },
      time: { type: 'string', format: 'date-time' },
      actor: text,
      action: text,
      item_type: text,
      item_id: text,
      before: { type: ['object', 'null'] },
      after: { type: ['object', 'null'] },
      changes: { type: 'object', additionalProperties: { type: 'array', minItems: 2, maxItems: 2 } },
    },
  },
  Problem: {
    type: 'object',
    required: ['type', 'title', 'status', 'request_id'],
    properties: {
      type: text,
      title: text,
      status: { type: 'integer' },
      detail: text,
      errors: { type: 'array', items: fieldError },
      request_id: text,
    },
  },
  RootUse: {
    type: 'object',
    required: ['root', 'sealed', 'passwords'],
    properties: {
      root: { type: 'integer' },
      sealed: { type: 'integer', description: 'Values that a job moves to the newest root.' },
      passwords: { type: 'integer', description: 'Each moves when its owner signs in with it.' },
    },
  },
  SigningKey: {
    type: 'object',
    required: ['kid', 'use', 'state', 'created_at'],
    properties: {
      kid: text,
      use: text,
      state: { type: 'string', enum: ['pending', 'active', 'retiring', 'retired'] },
      created_at: { type: 'string', format: 'date-time' },
      activated_at: { type: ['string', 'null'], format: 'date-time' },
      retiring_at: { type: ['string', 'null'], format: 'date-time' },
      created_by: text,
    },
  },
  TestAccountWish: {
    type: 'object',
    properties: {
      email: { type: 'string', format: 'email' },
      password: text,
      locale: { enum: ['en', 'es', 'fr', 'zh'] },
      factors: {
        type: 'array',
        items: {
          enum: ['totp', 'backup_codes', 'phone', 'security_key', 'platform_passkey', 'piv', 'personal_key'],
        },
        description: 'A phone named twice is two phones.',
      },
      phones: { type: 'array', items: text, description: 'E.164; on top of made-up ones.' },
      profile: schemaRef('TestProfile'),
      legacy_name_id: {
        type: ['integer', 'null'],
        minimum: 1,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'The number by which SAML apps know the account from elsewhere.',
      },
    },
    additionalProperties: false,
  },
  TestProfile: {
    type: 'object',
    description:
      'A verified identity, as if it had been proofed, under the names of the SAML attributes. What is left out is made up; an address is given whole or not at all.',
    properties: {
      level: { enum: ['verified', 'facial'] },
      first_name: text,
      middle_name: { type: ['string', 'null'] },
      last_name: text,
      dob: { type: 'string', format: 'date' },
      ssn: { type: ['string', 'null'], description: 'Nine digits, with or without dashes.' },
      address1: { type: ['string', 'null'] },
      address2: { type: ['string', 'null'] },
      city: { type: ['string', 'null'] },
      state: { type: ['string', 'null'], description: 'Two capital letters.' },
      zipcode: { type: ['string', 'null'] },
      phone: { type: ['string', 'null'], description: 'E.164.' },
    },
    additionalProperties: false,
  },
  TestAccount: {
    type: 'object',
    required: ['uuid', 'email', 'password', 'totp_secret', 'backup_codes', 'credential', 'credentials'],
    properties: {
      uuid: { type: 'string', format: 'uuid' },
      email: text,
      password: text,
      locale: text,
      totp_secret: { type: ['string', 'null'], description: 'Base32.' },
      backup_codes: { type: 'array', items: text },
      personal_key: {
        type: ['string', 'null'],
        description: 'For a verified identity, or as a second factor.',
      },
      credential: {
        oneOf: [schemaRef('SoftwareCredential'), { type: 'null' }],
        description: 'The first of `credentials`.',
      },
      phones: { type: 'array', items: text, description: 'E.164. Texts and calls to them are in the inbox.' },
      credentials: { type: 'array', items: schemaRef('SoftwareCredential') },
      piv: { oneOf: [schemaRef('TestCard'), { type: 'null' }] },
      legacy_name_id: { type: ['integer', 'null'] },
    },
  },
  TestCard: {
    type: 'object',
    description: 'A government ID card made of software, to be presented as a client certificate.',
    required: ['certificate', 'chain', 'private_key'],
    properties: {
      certificate: { type: 'string', description: 'PEM.' },
      chain: { type: 'string', description: 'PEM of the authority that issued it.' },
      private_key: { type: 'string', description: 'PKCS #8 PEM.' },
    },
  },
  SoftwareCredential: {
    type: 'object',
    description: 'A WebAuthn credential with its private key, for scripts that play the authenticator.',
    required: ['kind', 'id', 'private_key_jwk', 'rp_id', 'user_handle'],
    properties: {
      kind: { enum: ['security_key', 'platform_passkey'] },
      id: { type: 'string', description: 'Base64url.' },
      private_key_jwk: { type: 'object', description: 'P-256; signs with ES256, signatures in DER.' },
      rp_id: text,
      user_handle: { type: 'string', description: 'Base64url.' },
    },
  },
  Message: {
    type: 'object',
    required: ['id', 'channel', 'to', 'text', 'sent_at'],
    properties: {
      id: text,
      channel: { enum: ['email', 'sms', 'voice', 'letter'] },
      to: text,
      subject: { type: ['string', 'null'] },
      text,
      html: { type: ['string', 'null'] },
      links: { type: 'array', items: text },
      code: { type: ['string', 'null'] },
      sent_at: { type: 'string', format: 'date-time' },
    },
  },
};
