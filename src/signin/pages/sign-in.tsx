import type { HelpNode } from '../../apps/help-html.ts';
import type { RequestOptions } from '../../factors/webauthn/ceremony-options.ts';
import {
  Actions,
  Alert,
  at,
  Button,
  EmailField,
  ErrorSummary,
  Form,
  HelpText,
  Layout,
  type Page,
  PasskeyForm,
  PasswordField,
  wayBack,
} from '../../ui/index.ts';

export type SignInProps = {
  readonly page: Page;
  readonly email?: string | undefined;
  readonly errors?: { readonly email?: string | undefined; readonly password?: string | undefined };
  /** Why the whole attempt failed, in one sentence that tells nothing about the account (SI-3). */
  readonly refusal?: string | undefined;
  readonly help: readonly HelpNode[];
  /** What the browser needs to offer passkeys of this site (BT-1). */
  readonly passkey?: RequestOptions;
  /** Government ID cards can be used here and on this device (SI-1, MC-3). */
  readonly card?: boolean;
};

/** SI-1: the front of the house. */
export const SignInPage = ({ page, email, errors = {}, refusal, help, passkey, card }: SignInProps) => {
  const { t, app } = page;
  const ticket = page.requestId === undefined ? '' : `?request_id=${page.requestId}`;
  const problems = [
    ...(errors.email ? [{ field: 'email', message: errors.email }] : []),
    ...(errors.password ? [{ field: 'password', message: errors.password }] : []),
  ];
  return (
    <Layout page={page} title={t('signin.page.title')} scripts={['webauthn']}>
      <ErrorSummary page={page} problems={problems} />
      {app ? <p>{t('signin.page.together', { app: app.name, brand: page.brand })}</p> : null}
      <HelpText nodes={help} />
      {refusal ? <Alert type="error">{refusal}</Alert> : null}
      <Form page={page} action={at(page, '/')} withRequest>
        <EmailField page={page} value={email} error={errors.email} autocomplete="username" />
        <PasswordField page={page} purpose="current" error={errors.password} />
        <Actions>
          <Button>{t('signin.page.submit')}</Button>
        </Actions>
      </Form>
      {passkey === undefined ? null : (
        <PasskeyForm
          page={page}
          ceremony="get"
          options={passkey}
          words={{ canceled: t('webauthn.sign_in.canceled'), failed: t('webauthn.sign_in.failed') }}
          action={at(page, '/login/passkey')}
          withRequest
          offerIn="email"
        >
          <Actions>
            <Button look="outline">{t('webauthn.sign_in.button')}</Button>
          </Actions>
        </PasskeyForm>
      )}
      {card ? (
        <p>
          <a href={at(page, `/login/piv_cac${ticket}`)}>{t('piv.sign_in.link')}</a>
        </p>
      ) : null}
      <p>
        <a href={at(page, `/users/password/new${ticket}`)}>{t('signin.page.forgot')}</a>
      </p>
      <h2>{t('signin.page.new_here', { brand: page.brand })}</h2>
      <p>
        <a href={at(page, `/sign_up/enter_email${ticket}`)}>{t('signin.page.create')}</a>
      </p>
      {app ? (
        <p>
          <a href={wayBack(page)}>{t('signin.page.back', { app: app.name })}</a>
        </p>
      ) : null}
    </Layout>
  );
};
