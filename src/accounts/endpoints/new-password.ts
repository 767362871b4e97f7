import { displayName } from '../../apps/model.ts';
import type { Result } from '../../kernel/result.ts';
import { appOf, type Visit } from '../../signin/endpoints/visit.tsx';
import type { Translate } from '../../ui/index.ts';
import type { PasswordErrors } from '../pages/new-password-fields.tsx';
import { passwordProblem } from '../pages/problems.ts';
import { estimatorFor } from '../rules/estimator-for.ts';
import { checkNewPassword, type PasswordRefusal } from '../rules/password-policy.ts';
import type { NormalisedPassword } from '../rules/password-text.ts';

/** Reads `password` and `password_confirmation` of a form and judges them for somebody with these addresses (SU-7). */
export async function readNewPassword(
  visit: Visit,
  form: URLSearchParams,
  addresses: readonly string[],
): Promise<Result<NormalisedPassword, PasswordRefusal>> {
  const { hall } = visit;
  const [app, common] = await Promise.all([appOf(visit), hall.commonPasswords()]);
  return checkNewPassword(
    {
      password: form.get('password') ?? '',
      confirmation: form.get('password_confirmation') ?? '',
      addresses,
      appName: app === null ? null : displayName(app),
      productName: hall.site.brand,
    },
    { estimateStrength: estimatorFor(common), isBreached: hall.isBreached },
  );
}

/** The refusal as the sentence beside the field it is about. */
export const passwordErrors = (t: Translate, refusal: PasswordRefusal): PasswordErrors => {
  const message = passwordProblem(t, refusal);
  return refusal.reason === 'confirmation_mismatch'
    ? { password_confirmation: message }
    : { password: message };
};
