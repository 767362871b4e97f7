import * as v from 'valibot';
import { SAML_OPTIONS } from './model.ts';

/*
 * The shape of an app document (portal-and-operations 1.4, M5): which fields exist and of which type. Messages are the
 * last part of the error code. Nothing here knows a default or compares two fields; `validateApp` does.
 */

const PROBLEM_TYPE = 'type';
const short = (max: number) => v.pipe(v.string(PROBLEM_TYPE), v.trim(), v.maxLength(max, 'too_long'));
const maybe = <T extends v.GenericSchema>(schema: T) => v.nullish(schema, null);

function makeShape() {
  const line = maybe(short(255));
  const paragraph = maybe(short(4000));
  /** Longer than a URL may be, so that the URL rules name the fault. */
  const url = maybe(v.pipe(v.string(PROBLEM_TYPE), v.trim(), v.maxLength(4096, 'too_long')));
  const urls = maybe(
    v.pipe(
      v.array(v.pipe(v.string(PROBLEM_TYPE), v.maxLength(4096, 'too_long')), PROBLEM_TYPE),
      v.maxLength(100, 'too_many'),
    ),
  );
  const flag = maybe(v.boolean(PROBLEM_TYPE));
  /** Numbers appear where people write agreement or application numbers without quotes. */
  const reference = maybe(
    v.pipe(
      v.union([v.string(), v.number()], PROBLEM_TYPE),
      v.transform(String),
      v.trim(),
      v.maxLength(255, 'too_long'),
    ),
  );
  const date = maybe(
    v.pipe(v.string(PROBLEM_TYPE), v.trim(), v.regex(/^(?:\d{4}-\d{2}-\d{2}(?:T[0-9:.Z+-]*)?)?$/, 'invalid')),
  );
  const pem = v.pipe(v.string(PROBLEM_TYPE), v.maxLength(131_072, 'too_long'));
  const helpTexts = v.strictObject(
    { en: maybe(short(4000)), es: maybe(short(4000)), fr: maybe(short(4000)), zh: maybe(short(4000)) },
    'unknown',
  );
  const help = maybe(v.union([short(4000), helpTexts], 'unknown'));
  const ignored = v.optional(v.unknown());

  return v.strictObject(
    {
      issuer: maybe(v.string(PROBLEM_TYPE)),
      friendly_name: maybe(v.pipe(v.string(PROBLEM_TYPE), v.trim(), v.maxLength(120, 'too_long'))),
      description: paragraph,
      identity_protocol: maybe(
        v.picklist(
          ['openid_connect_private_key_jwt', 'openid_connect_pkce', 'openid_connect', 'saml', 0, 1, 2],
          'invalid',
        ),
      ),
      protocol: maybe(v.picklist(['oidc', 'saml'], 'invalid')),
      active: flag,
      agency: line,
      team: line,
      team_uuid: line,

      ial: maybe(v.picklist([1, 2], 'invalid')),
      default_aal: maybe(v.picklist([0, 1, 2, 3], 'invalid')),
      attribute_bundle: maybe(
        v.pipe(v.array(v.pipe(v.string(PROBLEM_TYPE), v.trim()), PROBLEM_TYPE), v.maxLength(100, 'too_many')),
      ),

      redirect_uris: urls,
      post_logout_redirect_uris: urls,
      certs: maybe(v.union([pem, v.pipe(v.array(pem), v.maxLength(20, 'too_many'))], PROBLEM_TYPE)),
      pkce: v.optional(v.nullable(v.boolean(PROBLEM_TYPE))),
      native: flag,

      allow_prompt_login: flag,
      prompt_create_allowed: flag,
      ialmax_allowed: flag,
      verified_within_allowed: flag,
      facial_match_allowed: flag,
      legacy_token_errors: flag,
      slim_id_token: flag,
      authorization_response_iss: flag,
      refuse_jti_replay: flag,
      allow_short_state: flag,

      acs_url: url,
      acs_urls: urls,
      acs_indexes: maybe(
        v.pipe(
          v.record(
            v.pipe(v.string(), v.regex(/^\d{1,5}$/, 'invalid')),
            v.pipe(v.string(PROBLEM_TYPE), v.trim()),
            PROBLEM_TYPE,
          ),
          v.maxEntries(100, 'too_many'),
        ),
      ),
      assertion_consumer_logout_service_url: url,
      block_encryption: maybe(
        v.picklist(['none', 'aes128-cbc', 'aes256-cbc', 'aes128-gcm', 'aes192-gcm', 'aes256-gcm'], 'invalid'),
      ),
      signed_response_message_requested: flag,
      signed_request_required: flag,
      nameid_format: line,
      email_nameid_format_allowed: flag,
      use_legacy_name_id_behavior: flag,
      saml_emailaddress_attribute_enabled: flag,
      sp_initiated_login_url: url,
      metadata_url: url,
      technical_contacts: maybe(
        v.pipe(
          v.array(
            v.pipe(
              v.string(PROBLEM_TYPE),
              v.trim(),
              v.maxLength(254, 'too_long'),
              v.regex(/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$/, 'invalid'),
            ),
            PROBLEM_TYPE,
          ),
          v.maxLength(10, 'too_many'),
        ),
      ),
      saml_options: maybe(
        v.record(v.picklist(SAML_OPTIONS, 'unknown'), v.boolean(PROBLEM_TYPE), PROBLEM_TYPE),
      ),

      return_to_sp_url: url,
      failure_to_proof_url: url,
      post_idv_follow_up_url: url,
      push_notification_url: url,
      help_text: maybe(v.strictObject({ sign_in: help, sign_up: help, forgot_password: help }, 'unknown')),
      logo: maybe(v.pipe(v.string(PROBLEM_TYPE), v.trim(), v.maxLength(255, 'invalid'))),

      in_person_proofing_enabled: flag,
      piv_cac: flag,
      piv_cac_scoped_by_email: flag,
      prod_config: flag,
      app_name: line,
      app_id: reference,
      launch_date: date,
      iaa: reference,
      iaa_start_date: date,
      iaa_end_date: date,
      approved: flag,
      restrict_to_deploy_env: maybe(v.picklist(['prod', 'staging', 'sandbox'], 'invalid')),

      // Part of every document that is read; tolerated when it comes back.
      uuid: ignored,
      agency_id: ignored,
      etag: ignored,
      signature: ignored,
      created_at: ignored,
      updated_at: ignored,
    },
    PROBLEM_TYPE,
  );
}

let made: ReturnType<typeof makeShape> | null = null;

/**
 * Every field a document may have; any other is an error (P25, M7). Made when it is first needed: a schema of sixty fields
 * at module scope costs every start of an isolate, and most never see a document.
 */
export function appShape(): ReturnType<typeof makeShape> {
  made ??= makeShape();
  return made;
}

/** A document whose fields exist and have their types; absent and null fields are null. */
export type AppInput = v.InferOutput<ReturnType<typeof appShape>>;
