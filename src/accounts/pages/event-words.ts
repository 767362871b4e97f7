import type { MessageKey, Translate } from '../../ui/index.ts';
import { EVENT_KINDS, type EventKind } from '../model.ts';

/** Kinds whose sentence names an app. */
const WITH_APP = {
  app_sign_in: 'accounts.event.app_sign_in',
  sp_user_consent_granted: 'accounts.event.sp_user_consent_granted',
  sp_user_consent_revoked: 'accounts.event.sp_user_consent_revoked',
} as const satisfies Partial<Record<EventKind, MessageKey>>;

const PLAIN = {
  account_created: 'accounts.event.account_created',
  phone_confirmed: 'accounts.event.phone_confirmed',
  password_changed: 'accounts.event.password_changed',
  phone_changed: 'accounts.event.phone_changed',
  email_changed: 'accounts.event.email_changed',
  authenticator_enabled: 'accounts.event.authenticator_enabled',
  authenticator_disabled: 'accounts.event.authenticator_disabled',
  account_verified: 'accounts.event.account_verified',
  gpo_mail_sent: 'accounts.event.gpo_mail_sent',
  piv_cac_enabled: 'accounts.event.piv_cac_enabled',
  piv_cac_disabled: 'accounts.event.piv_cac_disabled',
  new_personal_key: 'accounts.event.new_personal_key',
  personal_key_used: 'accounts.event.personal_key_used',
  webauthn_key_added: 'accounts.event.webauthn_key_added',
  webauthn_key_removed: 'accounts.event.webauthn_key_removed',
  phone_removed: 'accounts.event.phone_removed',
  backup_codes_added: 'accounts.event.backup_codes_added',
  sign_in_before_2fa: 'accounts.event.sign_in_before_2fa',
  sign_in_after_2fa: 'accounts.event.sign_in_after_2fa',
  email_deleted: 'accounts.event.email_deleted',
  phone_added: 'accounts.event.phone_added',
  password_invalidated: 'accounts.event.password_invalidated',
  sign_in_unsuccessful_2fa: 'accounts.event.sign_in_unsuccessful_2fa',
  sign_in_notification_timeframe_expired: 'accounts.event.sign_in_notification_timeframe_expired',
  webauthn_platform_added: 'accounts.event.webauthn_platform_added',
  webauthn_platform_removed: 'accounts.event.webauthn_platform_removed',
  backup_codes_removed: 'accounts.event.backup_codes_removed',
  max_attempts_reached: 'accounts.event.max_attempts_reached',
  session_ended_remotely: 'accounts.event.session_ended_remotely',
  browsers_forgotten: 'accounts.event.browsers_forgotten',
} as const satisfies Record<Exclude<EventKind, keyof typeof WITH_APP>, MessageKey>;

const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(EVENT_KINDS).map(([name, kind]) => [kind, name]),
);

const isPlain = (name: string): name is keyof typeof PLAIN => Object.hasOwn(PLAIN, name);
const isWithApp = (name: string): name is keyof typeof WITH_APP => Object.hasOwn(WITH_APP, name);

/** An event of the history in words (HI-2); numbers we no longer know say just that something happened. */
export function eventWords(t: Translate, kind: number, appName: string | null): string {
  const name = NAMES.get(kind) ?? '';
  if (isPlain(name)) return t(PLAIN[name]);
  if (isWithApp(name)) return t(WITH_APP[name], { app: appName ?? t('accounts.apps.unknown') });
  return t('accounts.event.other');
}
