import { displayName } from '../../apps/model.ts';
import type { Locale } from '../../kernel/locale.ts';
import { err, type Result } from '../../kernel/result.ts';
import { disavowTokens, notifyWithDisavow, type Recipient } from '../../signin/endpoints/disavow-link.ts';
import { appOf, type Visit } from '../../signin/endpoints/visit.tsx';
import type { Translate } from '../../ui/index.ts';
import type { SignInAccount } from '../model.ts';
import type { PasswordErrors } from '../pages/new-password-fields.tsx';
import { type NewPasswordRefusal, passwordProblem } from '../pages/problems.ts';
import { estimatorFor } from '../rules/estimator-for.ts';
import { checkNewPassword } from '../rules/password-policy.ts';
import type { NormalisedPassword } from '../rules/password-text.ts';

/**
 * Reads `password` and `password_confirmation` of a form and judges them for somebody with these addresses (SU-7). With the
 * account whose password they replace, one that must be changed is not accepted again (PW-6).
 */
export async function readNewPassword(
  visit: Visit,
  form: URLSearchParams,
  addresses: readonly string[],
  replaced: SignInAccount | null = null,
): Promise<Result<NormalisedPassword, NewPasswordRefusal>> {
  const { hall } = visit;
  const [app, common] = await Promise.all([appOf(visit), hall.commonPasswords()]);
  const checked = await checkNewPassword(
    {
      password: form.get('password') ?? '',
      confirmation: form.get('password_confirmation') ?? '',
      addresses,
      appName: app === null ? null : displayName(app),
      productName: hall.site.brand,
    },
    { estimateStrength: estimatorFor(common), isBreached: hall.isBreached },
  );
  if (!checked.ok || !replaced?.facts.passwordChangeRequired) return checked;
  const { matches } = await hall.passwords.verify(replaced.uuid, replaced.password, checked.value);
  return matches ? err({ reason: 'known' }) : checked;
}

/** The refusal as the sentence beside the field it is about. */
export const passwordErrors = (t: Translate, refusal: NewPasswordRefusal): PasswordErrors => {
  const message = passwordProblem(t, refusal);
  return refusal.reason === 'confirmation_mismatch'
    ? { password_confirmation: message }
    : { password: message };
};

/** PW-3, PW-5: tells every confirmed address that the password is another one, with a way to object. */
export async function tellPasswordChanged(
  { hall, now: at }: Visit,
  account: string,
  locale: Locale,
  to: readonly Recipient[],
): Promise<void> {
  const tokens = await disavowTokens(hall, account, at);
  await notifyWithDisavow(hall, to, locale, tokens, (disavowUrl) => ({
    kind: 'password-changed',
    disavowUrl,
    at,
  }));
}
