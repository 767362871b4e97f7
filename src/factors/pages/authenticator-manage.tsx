import { formatDate, Layout, type Page } from '../../ui/index.ts';
import type { FactorSummary } from '../model.ts';
import { NameForm, RemoveFactorPage } from './manage.tsx';

const pathOf = (factor: FactorSummary): string => `/manage/auth_app/${factor.id}`;

export interface ManageAuthenticatorProps {
  readonly page: Page;
  readonly factor: FactorSummary;
  /** As typed, when it was refused. */
  readonly name?: string;
  readonly error?: string;
}

/** MM-1: another name for an authentication app, or the way to remove it. */
export const ManageAuthenticatorPage = ({ page, factor, name, error }: ManageAuthenticatorProps) => {
  const { t } = page;
  return (
    <Layout page={page} title={t('accounts.auth_app.title')}>
      <p>{t('accounts.auth_app.added_on', { date: formatDate(t.locale, factor.createdAt) })}</p>
      <NameForm
        page={page}
        path={pathOf(factor)}
        label={t('accounts.auth_app.name')}
        hint={t('accounts.auth_app.name_hint')}
        value={name ?? factor.label}
        error={error}
        remove={t('accounts.auth_app.remove')}
      />
    </Layout>
  );
};

/** MM-3: what removing it means. */
export const RemoveAuthenticatorPage = ({ page, factor }: { page: Page; factor: FactorSummary }) => (
  <RemoveFactorPage
    page={page}
    path={pathOf(factor)}
    title={page.t('accounts.remove_auth_app.title')}
    name={factor.label}
    text={page.t('accounts.remove_auth_app.consequence')}
    submit={page.t('accounts.remove_auth_app.submit')}
  />
);
