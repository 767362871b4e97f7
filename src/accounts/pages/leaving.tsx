import {
  Actions,
  Alert,
  at,
  Button,
  Form,
  HiddenUsername,
  Layout,
  LinkButton,
  type Page,
  PasswordField,
} from '../../ui/index.ts';
import { ConfirmPage } from './confirm.tsx';

/** FB-1: what forgetting all browsers means. */
export const ForgetBrowsersPage = ({ page }: { page: Page }) => {
  const { t } = page;
  return (
    <ConfirmPage
      page={page}
      title={t('accounts.forget.title')}
      action="/account/forget_all_browsers"
      submit={t('accounts.forget.submit')}
      back="/account"
    >
      <p>{t('accounts.forget.consequence')}</p>
    </ConfirmPage>
  );
};

/** BT-16: what the file will hold. */
export const DownloadPage = ({ page }: { page: Page }) => {
  const { t } = page;
  return (
    <Layout page={page} title={t('accounts.download.title')}>
      <p>{t('accounts.download.intro')}</p>
      <p>{t('accounts.download.secrets')}</p>
      <Form page={page} action={at(page, '/account/download')}>
        <Actions>
          <Button>{t('accounts.download.submit')}</Button>
          <LinkButton href={at(page, '/account')}>{t('accounts.common.back')}</LinkButton>
        </Actions>
      </Form>
    </Layout>
  );
};

export interface DeleteAccountProps {
  readonly page: Page;
  readonly email: string;
  readonly error?: string | undefined;
}

/** DL-1: the consequences, then the password. */
export const DeleteAccountPage = ({ page, email, error }: DeleteAccountProps) => {
  const { t } = page;
  return (
    <Layout page={page} title={t('accounts.delete.title')}>
      <Alert type="warning" live={false}>
        {t('accounts.delete.at_once')}
      </Alert>
      <p>{t('accounts.delete.consequences')}</p>
      <ul>
        <li>{t('accounts.delete.data')}</li>
        <li>{t('accounts.delete.apps', { brand: page.brand })}</li>
        <li>{t('accounts.delete.app_accounts')}</li>
        <li>{t('accounts.delete.again')}</li>
      </ul>
      <p>
        <a href={at(page, '/account/download')}>{t('accounts.delete.download_first')}</a>
      </p>
      <Form page={page} action={at(page, '/account/delete')}>
        <HiddenUsername email={email} />
        <PasswordField page={page} purpose="current" error={error} />
        <Actions>
          <Button look="destructive">{t('accounts.delete.submit')}</Button>
          <LinkButton href={at(page, '/account')}>{t('accounts.delete.keep')}</LinkButton>
        </Actions>
      </Form>
    </Layout>
  );
};
