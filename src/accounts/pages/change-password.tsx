import {
  Actions,
  Alert,
  at,
  Button,
  ErrorSummary,
  Form,
  Layout,
  LinkButton,
  type Page,
} from '../../ui/index.ts';
import { NewPasswordFields, type PasswordErrors, passwordProblems } from './new-password-fields.tsx';

export interface ChangePasswordProps {
  readonly page: Page;
  readonly email: string;
  /** PW-6: the password must be changed before anything else. */
  readonly forced: boolean;
  readonly errors: PasswordErrors;
}

/** PW-5: a new password, twice. */
export const ChangePasswordPage = ({ page, email, forced, errors }: ChangePasswordProps) => {
  const { t } = page;
  return (
    <Layout page={page} title={t('accounts.change_password.title')} scripts={['password-strength']}>
      <ErrorSummary page={page} problems={passwordProblems(errors)} />
      {forced ? (
        <Alert type="warning" live={false}>
          {t('accounts.change_password.forced')}
        </Alert>
      ) : null}
      <p>{t('accounts.change_password.consequence')}</p>
      <Form page={page} action={at(page, '/manage/password')}>
        <NewPasswordFields page={page} email={email} errors={errors} />
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
