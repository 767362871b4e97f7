import type { FactorSummary } from '../../factors/model.ts';
import { NICKNAME_MAX } from '../../factors/nickname.ts';
import {
  Actions,
  Alert,
  at,
  Button,
  Form,
  formatDate,
  Layout,
  LinkButton,
  type Page,
  TextField,
} from '../../ui/index.ts';
import { ConfirmPage } from './confirm.tsx';

export interface AuthAppProps {
  readonly page: Page;
  readonly factor: FactorSummary;
  /** As typed, when it was refused. */
  readonly name?: string;
  readonly error?: string | undefined;
}

/** MM-1: rename an authentication app, or go on to remove it. */
export const AuthAppPage = ({ page, factor, name, error }: AuthAppProps) => {
  const { t } = page;
  return (
    <Layout page={page} title={t('accounts.auth_app.title')}>
      <p>{t('accounts.auth_app.added_on', { date: formatDate(t.locale, factor.createdAt) })}</p>
      <Form page={page} action={at(page, `/manage/auth_app/${factor.id}`)}>
        <TextField
          name="name"
          label={t('accounts.auth_app.name')}
          hint={t('accounts.auth_app.name_hint')}
          value={name ?? factor.label}
          error={error}
          autocomplete="off"
          maxlength={NICKNAME_MAX}
        />
        <Actions>
          <Button>{t('accounts.common.save')}</Button>
          <LinkButton href={at(page, `/manage/auth_app/${factor.id}/confirm_delete`)} look="destructive">
            {t('accounts.auth_app.remove')}
          </LinkButton>
        </Actions>
      </Form>
      <p>
        <a href={at(page, '/account/two_factor_authentication')}>{t('accounts.common.back')}</a>
      </p>
    </Layout>
  );
};

/** MM-3: what removing the app means. */
export const RemoveAuthAppPage = ({ page, factor }: { page: Page; factor: FactorSummary }) => {
  const { t } = page;
  return (
    <ConfirmPage
      page={page}
      title={t('accounts.remove_auth_app.title')}
      action={`/manage/auth_app/${factor.id}/confirm_delete`}
      submit={t('accounts.remove_auth_app.submit')}
      back={`/manage/auth_app/${factor.id}`}
    >
      <p>
        <strong>{factor.label}</strong>
      </p>
      <p>{t('accounts.remove_auth_app.consequence')}</p>
    </ConfirmPage>
  );
};

/** MM-2: why it has to stay, and what to do instead. */
export const KeepFactorPage = ({
  page,
  reason,
}: {
  page: Page;
  reason: 'last_factor' | 'only_platform_left';
}) => {
  const { t } = page;
  return (
    <Layout page={page} title={t('accounts.keep_factor.title')}>
      <Alert type="warning" live={false}>
        {reason === 'last_factor' ? t('accounts.keep_factor.last') : t('accounts.keep_factor.only_platform')}
      </Alert>
      <Actions>
        <LinkButton href={at(page, '/authentication_methods_setup')} look="primary">
          {t('accounts.methods.add')}
        </LinkButton>
        <LinkButton href={at(page, '/account/two_factor_authentication')}>
          {t('accounts.common.back')}
        </LinkButton>
      </Actions>
    </Layout>
  );
};
