import { Alert, formatDate, Layout, type Page } from '../../ui/index.ts';
import type { FactorSummary } from '../model.ts';
import type { WebauthnCredential } from '../webauthn/model.ts';
import { NameForm, RemoveFactorPage } from './manage.tsx';

const pathOf = (factor: FactorSummary): string => `/manage/webauthn/${factor.id}`;

export interface ManageWebauthnProps {
  readonly page: Page;
  readonly factor: FactorSummary;
  readonly credential: WebauthnCredential;
  /** As typed, when it was refused. */
  readonly name?: string;
  readonly error?: string;
}

/** MM-1: what is known of a key or passkey; another name for it, or the way to remove it. */
export const ManageWebauthnPage = ({ page, factor, credential, name, error }: ManageWebauthnProps) => {
  const { t } = page;
  const { counterFellAt, backupEligible } = credential;
  return (
    <Layout page={page} title={t(`factors.kind.${factor.kind}`)}>
      {counterFellAt === null ? null : (
        <Alert type="warning" live={false}>
          {t('webauthn.manage.counter', { date: formatDate(t.locale, counterFellAt) })}
        </Alert>
      )}
      <p>
        {t('webauthn.manage.added_on', { date: formatDate(t.locale, factor.createdAt) })}{' '}
        {backupEligible ? t('webauthn.manage.copied') : t('webauthn.manage.bound')}
      </p>
      <NameForm
        page={page}
        path={pathOf(factor)}
        label={t('webauthn.key_set_up.name')}
        value={name ?? factor.label}
        error={error}
        remove={t('webauthn.remove.submit')}
      />
    </Layout>
  );
};

/** MM-3: what removing it means. */
export const RemoveWebauthnPage = ({ page, factor }: { page: Page; factor: FactorSummary }) => (
  <RemoveFactorPage
    page={page}
    path={pathOf(factor)}
    title={page.t('webauthn.remove.title')}
    name={factor.label}
    text={page.t('webauthn.remove.text')}
    submit={page.t('webauthn.remove.submit')}
  />
);
