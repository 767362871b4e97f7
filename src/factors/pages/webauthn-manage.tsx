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
import type { FactorSummary } from '../model.ts';
import { NICKNAME_MAX } from '../nickname.ts';
import type { RemovalRefusal } from '../remove-factor.ts';
import type { WebauthnCredential } from '../webauthn/model.ts';
import { KIND_NAMES } from './kind-words.ts';

const METHODS = '/account/two_factor_authentication';

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
  const path = `/manage/webauthn/${factor.id}`;
  return (
    <Layout page={page} title={t(KIND_NAMES[factor.kind])}>
      {counterFellAt === null ? null : (
        <Alert type="warning" live={false}>
          {t('webauthn.manage.counter', { date: formatDate(t.locale, counterFellAt) })}
        </Alert>
      )}
      <p>
        {t('webauthn.manage.added_on', { date: formatDate(t.locale, factor.createdAt) })}{' '}
        {backupEligible ? t('webauthn.manage.copied') : t('webauthn.manage.bound')}
      </p>
      <Form page={page} action={at(page, path)}>
        <TextField
          name="name"
          label={t('webauthn.key_set_up.name')}
          value={name ?? factor.label}
          error={error}
          autocomplete="off"
          maxlength={NICKNAME_MAX}
        />
        <Actions>
          <Button>{t('accounts.common.save')}</Button>
          <LinkButton href={at(page, `${path}/confirm_delete`)} look="destructive">
            {t('webauthn.remove.submit')}
          </LinkButton>
        </Actions>
      </Form>
      <p>
        <a href={at(page, METHODS)}>{t('accounts.common.back')}</a>
      </p>
    </Layout>
  );
};

/** MM-3: what removing it means. */
export const RemoveWebauthnPage = ({ page, factor }: { page: Page; factor: FactorSummary }) => {
  const { t } = page;
  const path = `/manage/webauthn/${factor.id}`;
  return (
    <Layout page={page} title={t('webauthn.remove.title')}>
      <p>
        <strong>{factor.label}</strong>
      </p>
      <p>{t('webauthn.remove.text')}</p>
      <Form page={page} action={at(page, `${path}/confirm_delete`)}>
        <Actions>
          <Button look="destructive">{t('webauthn.remove.submit')}</Button>
          <LinkButton href={at(page, path)}>{t('accounts.confirm.cancel')}</LinkButton>
        </Actions>
      </Form>
    </Layout>
  );
};

/** MM-2: why it has to stay, and what to do instead. */
export const KeepWebauthnPage = ({ page, reason }: { page: Page; reason: RemovalRefusal['reason'] }) => {
  const { t } = page;
  return (
    <Layout page={page} title={t('accounts.keep_factor.title')}>
      <Alert type="warning" live={false}>
        {reason === 'only_platform_left'
          ? t('accounts.keep_factor.only_platform')
          : t('accounts.keep_factor.last')}
      </Alert>
      <Actions>
        <LinkButton href={at(page, '/authentication_methods_setup')} look="primary">
          {t('accounts.methods.add')}
        </LinkButton>
        <LinkButton href={at(page, METHODS)}>{t('accounts.common.back')}</LinkButton>
      </Actions>
    </Layout>
  );
};
