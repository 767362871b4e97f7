import {
  Actions,
  Alert,
  at,
  Button,
  ErrorSummary,
  Form,
  HiddenUsername,
  Layout,
  LinkButton,
  type Page,
  PasswordField,
} from '../../ui/index.ts';
import { PASSWORD_MIN } from '../rules/password-text.ts';

export interface ChangePasswordProps {
  readonly page: Page;
  readonly email: string;
  /** PW-6: the password must be changed before anything else. */
  readonly forced: boolean;
  readonly errors: { readonly password?: string; readonly confirmation?: string };
}

/** PW-5: a new password, twice. */
export const ChangePasswordPage = ({ page, email, forced, errors }: ChangePasswordProps) => {
  const { t } = page;
  const problems = [
    ...(errors.password === undefined ? [] : [{ field: 'password', message: errors.password }]),
    ...(errors.confirmation === undefined
      ? []
      : [{ field: 'password_confirmation', message: errors.confirmation }]),
  ];
  return (
    <Layout page={page} title={t('accounts.change_password.title')} scripts={['password-strength']}>
      <ErrorSummary page={page} problems={problems} />
      {forced ? (
        <Alert type="warning" live={false}>
          {t('accounts.change_password.forced')}
        </Alert>
      ) : null}
      <p>{t('accounts.change_password.intro', { min: PASSWORD_MIN })}</p>
      <p>{t('accounts.change_password.consequence')}</p>
      <Form page={page} action={at(page, '/manage/password')}>
        <HiddenUsername email={email} />
        <PasswordField
          page={page}
          purpose="new"
          label={t('accounts.change_password.new')}
          error={errors.password}
          toggle={false}
          strength
        />
        <PasswordField
          page={page}
          purpose="new"
          name="password_confirmation"
          label={t('accounts.change_password.again')}
          error={errors.confirmation}
          shows={['password', 'password_confirmation']}
        />
        <Actions>
          <Button>{t('accounts.change_password.submit')}</Button>
          {forced ? null : (
            <LinkButton href={at(page, '/account')}>{t('accounts.confirm.cancel')}</LinkButton>
          )}
        </Actions>
      </Form>
    </Layout>
  );
};
