import {
  Actions,
  Alert,
  at,
  Button,
  EmailField,
  ErrorSummary,
  Form,
  Layout,
  LinkButton,
  type Page,
} from '../../ui/index.ts';
import type { Child } from '../../ui/jsx/markup.ts';
import { NUMBERS } from '../rules/numbers.ts';
import { NewPasswordFields, type PasswordErrors, passwordProblems } from './new-password-fields.tsx';

const ticketOf = (page: Page): string =>
  page.requestId === undefined ? '' : `?request_id=${page.requestId}`;

export type RequestResetProps = {
  readonly page: Page;
  readonly email?: string | undefined;
  readonly error?: string | undefined;
  readonly help?: Child;
};

/** PW-1: asks for the address only. */
export const RequestResetPage = ({ page, email, error, help }: RequestResetProps) => (
  <Layout page={page} title={page.t('entry.reset.title')}>
    <ErrorSummary page={page} problems={error ? [{ field: 'email', message: error }] : []} />
    <p>{page.t('entry.reset.text')}</p>
    {help}
    <Form page={page} action={at(page, '/users/password/new')} withRequest>
      <EmailField page={page} value={email} error={error} />
      <Actions>
        <Button>{page.t('entry.reset.submit')}</Button>
      </Actions>
    </Form>
    <p>
      <a href={at(page, `/${ticketOf(page)}`)}>{page.t('entry.reset.back')}</a>
    </p>
  </Layout>
);

/** PW-1: the same page for everybody, whatever was mailed (AE-1). */
export const ResetMailedPage = ({ page, email }: { page: Page; email: string }) => (
  <Layout page={page} title={page.t('entry.sign_up.check_title')}>
    <p>{page.t('entry.reset.check_text', { email })}</p>
    <p>{page.t('entry.reset.check_minutes', { minutes: NUMBERS['password_reset_link.ttl_min'] })}</p>
    <Form page={page} action={at(page, '/forgot_password')} withRequest>
      <Actions>
        <Button look="outline">{page.t('entry.sign_up.check_resend')}</Button>
        <LinkButton look="link" href={at(page, `/users/password/new${ticketOf(page)}`)}>
          {page.t('entry.sign_up.check_other')}
        </LinkButton>
      </Actions>
    </Form>
  </Layout>
);

export type NewPasswordProps = {
  readonly page: Page;
  /** `reset` follows a reset link (PW-3), `disavow` a "this was not me" link (SI-6). */
  readonly purpose: 'reset' | 'disavow';
  readonly email: string;
  readonly token: string;
  /** PW-3: verified data will need the personal key afterwards. */
  readonly locks?: boolean;
  readonly errors?: PasswordErrors;
};

const FORMS = {
  reset: { path: '/users/password/edit', field: 'reset_password_token' },
  disavow: { path: '/events/disavow', field: 'disavowal_token' },
} as const;

/** PW-3, SI-6: a new password after a mailed link. */
export const NewPasswordPage = ({
  page,
  purpose,
  email,
  token,
  locks = false,
  errors = {},
}: NewPasswordProps) => {
  const { t, links, brand } = page;
  const { path, field } = FORMS[purpose];
  return (
    <Layout
      page={page}
      title={purpose === 'reset' ? t('entry.reset.edit_title') : t('entry.reset.disavow_title')}
      scripts={['password-strength']}
    >
      <ErrorSummary page={page} problems={passwordProblems(errors)} />
      {purpose === 'reset' ? (
        <Alert type="warning" live={false}>
          {t('entry.reset.phishing', { brand })}{' '}
          {links?.help ? <a href={links.help}>{t('entry.reset.help')}</a> : null}
        </Alert>
      ) : (
        <p>{t('entry.reset.disavow_text')}</p>
      )}
      {locks ? (
        <Alert type="info" live={false}>
          {t('identity.reset.warning')}
        </Alert>
      ) : null}
      <p>{t('entry.sign_up.account', { email })}</p>
      <Form
        page={page}
        action={at(page, `${path}?${field}=${encodeURIComponent(token)}`)}
        hidden={{ [field]: token }}
        withRequest
      >
        <NewPasswordFields page={page} email={email} errors={errors} />
        <Actions>
          <Button>{t('entry.reset.edit_submit')}</Button>
        </Actions>
      </Form>
    </Layout>
  );
};
