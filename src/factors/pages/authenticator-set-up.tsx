import {
  Actions,
  at,
  Button,
  CopyButton,
  ErrorSummary,
  Form,
  Layout,
  OneTimeCodeField,
  type Page,
  QrCode,
  TextField,
} from '../../ui/index.ts';
import { NICKNAME_MAX } from '../nickname.ts';

export type AuthenticatorSetUpProps = {
  readonly page: Page;
  readonly qr: string;
  /** The secret in base 32, in groups of four, for typing. */
  readonly secret: string;
  readonly name?: string | undefined;
  readonly errors?: { readonly name?: string | undefined; readonly code?: string | undefined };
};

/** TO-1: the secret as picture and as text, a nickname, one code to prove that the app works. */
export const AuthenticatorSetUpPage = ({ page, qr, secret, name, errors = {} }: AuthenticatorSetUpProps) => {
  const { t } = page;
  const problems = [
    ...(errors.name ? [{ field: 'name', message: errors.name }] : []),
    ...(errors.code ? [{ field: 'code', message: errors.code }] : []),
  ];
  return (
    <Layout page={page} title={t('factors.totp.title')}>
      <ErrorSummary page={page} problems={problems} />
      <p>{t('factors.totp.text')}</p>
      <Form page={page} action={at(page, '/authenticator_setup')} withRequest>
        <h2>{t('factors.totp.step_name')}</h2>
        <TextField
          name="name"
          label={t('factors.totp.name')}
          hint={t('factors.totp.name_hint')}
          value={name}
          error={errors.name}
          maxlength={NICKNAME_MAX}
          autocomplete="off"
        />
        <h2>{t('factors.totp.step_scan')}</h2>
        <QrCode svg={qr} label={t('factors.totp.qr')} />
        <p>{t('factors.totp.secret')}</p>
        <p>
          <code class="gh-secret">{secret}</code>
        </p>
        <CopyButton page={page} text={secret.replaceAll(' ', '')} />
        <h2>{t('factors.totp.step_code')}</h2>
        <OneTimeCodeField page={page} length={6} error={errors.code} />
        <Actions>
          <Button>{t('factors.totp.submit')}</Button>
        </Actions>
      </Form>
      <p>
        <a href={at(page, '/authentication_methods_setup?choose=1')}>{t('factors.menu.another')}</a>
      </p>
    </Layout>
  );
};
