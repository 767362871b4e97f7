import { HiddenUsername, type Page, PasswordField } from '../../ui/index.ts';
import { PASSWORD_MIN } from '../rules/password-text.ts';

export type PasswordErrors = {
  readonly password?: string | undefined;
  readonly password_confirmation?: string | undefined;
};

/** The problems of the two fields, for the summary at the top. */
export const passwordProblems = ({ password, password_confirmation }: PasswordErrors) => [
  ...(password ? [{ field: 'password', message: password }] : []),
  ...(password_confirmation ? [{ field: 'password_confirmation', message: password_confirmation }] : []),
];

/**
 * SU-6: a new password, twice, with one show box for both, advice and the meter. The page asks for the script
 * `password-strength`. The hidden address tells password managers whose password this is.
 */
export const NewPasswordFields = ({
  page,
  email,
  errors,
}: {
  page: Page;
  email: string;
  errors: PasswordErrors;
}) => (
  <>
    <HiddenUsername email={email} />
    <p>{page.t('entry.password.advice')}</p>
    <PasswordField
      page={page}
      purpose="new"
      hint={page.t('entry.password.rule', { min: PASSWORD_MIN })}
      error={errors.password}
      toggle={false}
      strength
    />
    <PasswordField
      page={page}
      purpose="new"
      name="password_confirmation"
      label={page.t('entry.password.confirm')}
      error={errors.password_confirmation}
      shows={['password', 'password_confirmation']}
    />
  </>
);
