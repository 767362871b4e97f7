/** Everything that is worth a line in the log. A closed list: a line with a name of its own is a decision, not a habit. */
export type LogEvent =
  | 'fault'
  | 'outage'
  | 'background_work_failed'
  | 'calendar_part_failed'
  | 'catalogue_unreadable'
  | 'card_not_accepted'
  | 'card_revocation_unknown'
  | 'notice_not_sent'
  | 'mail_route_unknown'
  | 'breached_list_silent'
  | 'limit_watched'
  | 'page_event'
  | 'left_for_app'
  | 'oidc_without_openid'
  | 'signing_key_moved'
  | 'signing_key_rotated'
  | 'saml_year_moved'
  | 'sealed_values_moved'
  | 'sealed_values_unreadable'
  | 'saml_partner_not_reachable'
  | 'saml_acs_ignored'
  | 'saml_assertions_counted'
  | 'saml_attribute_left_out'
  | 'saml_classes_ignored'
  | 'saml_foreign_destination'
  | 'saml_message_unreadable'
  | 'saml_remote_logout_refused'
  | 'saml_request'
  | 'saml_request_refused'
  | 'saml_sha1_digest'
  | 'saml_signature_failed'
  | 'account_suspended'
  | 'account_reinstated'
  | 'account_sessions_ended'
  | 'account_password_change_required'
  | 'account_banned'
  | 'account_legacy_name_id_set'
  | 'account_unbanned';

/**
 * What a line may say beside its event (O23): ids, kinds and reasons out of fixed lists, and the shape of a fault after
 * `describeFault`. Nothing people typed, and no field that would hold it.
 */
export interface LogFacts {
  readonly request_id?: string;
  /** The template of the route, never the path. */
  readonly route?: string;
  readonly name?: string;
  readonly message?: string;
  readonly part?: string;
  readonly what?: string;
  readonly kid?: string;
  readonly year?: number;
  readonly path?: string;
  readonly notice?: string;
  readonly error?: string;
  readonly errors?: string;
  readonly reason?: string;
  readonly app?: string;
  readonly attribute?: string;
  /** When a message says it was made: an instant we wrote anew. */
  readonly issued_at?: string;
  readonly count?: number;
  /** What `count` ought to be. */
  readonly expected?: number;
}

export type LogLevel = 'info' | 'warn' | 'error';

/** Writes one line. */
export type Log = (level: LogLevel, event: LogEvent, facts: LogFacts) => void;
