import type { Translate } from '../../ui/index.ts';
import type { EmailAcceptanceRefusal } from '../rules/email-acceptance.ts';
import type { PasswordRefusal } from '../rules/password-policy.ts';

/** Why a new password was refused: by the rules for all of them, or because it is the one that must be changed (PW-6). */
export type NewPasswordRefusal = PasswordRefusal | { readonly reason: 'known' };

/** What to say about a password that was refused (SU-7), beside the field. */
export function passwordProblem(t: Translate, refusal: NewPasswordRefusal): string {
  switch (refusal.reason) {
    case 'missing':
      return t('accounts.password.missing');
    case 'too_short':
      return t('accounts.password.too_short', { min: refusal.min });
    case 'too_long':
      return t('accounts.password.too_long', { max: refusal.max });
    case 'confirmation_mismatch':
      return t('accounts.password.confirmation_mismatch');
    case 'too_weak':
      return t('accounts.password.too_weak');
    case 'breached':
      return t('accounts.password.breached');
    case 'known':
      return t('accounts.change_password.forced');
  }
}

/** What to say about an address that was refused (SU-2), beside the field. */
export function emailProblem(t: Translate, refusal: EmailAcceptanceRefusal): string {
  switch (refusal.reason) {
    case 'missing':
      return t('accounts.email.missing');
    case 'malformed':
      return t('accounts.email.malformed');
    case 'domain_not_ascii':
      return t('accounts.email.domain_not_ascii');
    case 'disposable_domain':
      return t('accounts.email.disposable_domain');
    case 'refused_in_sandbox':
      return t('accounts.email.refused_in_sandbox');
    case 'no_mail_route':
      return t('accounts.email.no_mail_route');
  }
}
