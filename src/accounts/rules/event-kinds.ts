/** Kinds of account events and their stable numbers (HI-2). Numbers are stored; never renumber, never reuse. */
export const EVENT_NUMBERS = {
  account_created: 1,
  phone_confirmed: 2,
  password_changed: 3,
  phone_changed: 4,
  email_changed: 5,
  authenticator_enabled: 6,
  authenticator_disabled: 7,
  account_verified: 8,
  gpo_mail_sent: 9,
  piv_cac_enabled: 10,
  piv_cac_disabled: 11,
  new_personal_key: 12,
  personal_key_used: 13,
  webauthn_key_added: 14,
  webauthn_key_removed: 15,
  phone_removed: 16,
  backup_codes_added: 17,
  sign_in_before_2fa: 18,
  sign_in_after_2fa: 19,
  email_deleted: 20,
  phone_added: 21,
  password_invalidated: 22,
  sign_in_unsuccessful_2fa: 23,
  sign_in_notification_timeframe_expired: 24,
  webauthn_platform_added: 25,
  webauthn_platform_removed: 26,
  backup_codes_removed: 27,
  /** Retired: still read, no longer written. */
  max_attempts_reached: 28,
  sp_user_consent_revoked: 29,
  sp_user_consent_granted: 30,
} as const;

export type EventKind = keyof typeof EVENT_NUMBERS;
/** Kinds that new events may have. */
export type RecordedEventKind = Exclude<EventKind, 'max_attempts_reached'>;

const isEventKind = (name: string): name is EventKind => Object.hasOwn(EVENT_NUMBERS, name);

const KINDS: ReadonlyMap<number, EventKind> = new Map(
  Object.entries(EVENT_NUMBERS).flatMap(([name, number]) =>
    isEventKind(name) ? [[number, name] as const] : [],
  ),
);

/** The kind a stored number means, or null for a number of no kind. */
export const eventKind = (number: number): EventKind | null => KINDS.get(number) ?? null;
