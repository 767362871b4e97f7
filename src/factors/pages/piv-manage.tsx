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
import { NICKNAME_MAX } from '../nickname.ts';
import type { HeldCard } from '../piv/model.ts';
import type { RemovalRefusal } from '../remove-factor.ts';

const METHODS = '/account/two_factor_authentication';

export interface ManageCardProps {
  readonly page: Page;
  readonly card: HeldCard;
  /** As typed, when it was refused. */
  readonly name?: string;
  readonly error?: string;
}

/** MM-1: whose card it is; another name for it, or the way to remove it. */
export const ManageCardPage = ({ page, card, name, error }: ManageCardProps) => {
  const { t } = page;
  const path = `/manage/piv_cac/${card.factor}`;
  return (
    <Layout page={page} title={t('factors.kind.piv')}>
      <p>{t('webauthn.manage.added_on', { date: formatDate(t.locale, card.createdAt) })}</p>
      <p>
        {t('piv.manage.subject')} <span class="gh-wrap">{card.subject}</span>
      </p>
      <Form page={page} action={at(page, path)}>
        <TextField
          name="name"
          label={t('piv.set_up.name')}
          value={name ?? card.name}
          error={error}
          autocomplete="off"
          maxlength={NICKNAME_MAX}
        />
        <Actions>
          <Button>{t('accounts.common.save')}</Button>
          <LinkButton href={at(page, `${path}/confirm_delete`)} look="destructive">
            {t('piv.remove.submit')}
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
export const RemoveCardPage = ({ page, card }: { page: Page; card: HeldCard }) => {
  const { t } = page;
  const path = `/manage/piv_cac/${card.factor}`;
  return (
    <Layout page={page} title={t('piv.remove.title')}>
      <p>
        <strong>{card.name}</strong>
      </p>
      <p>{t('piv.remove.text')}</p>
      <Form page={page} action={at(page, `${path}/confirm_delete`)}>
        <Actions>
          <Button look="destructive">{t('piv.remove.submit')}</Button>
          <LinkButton href={at(page, path)}>{t('accounts.confirm.cancel')}</LinkButton>
        </Actions>
      </Form>
    </Layout>
  );
};

/** MM-2: why it has to stay, and what to do instead. */
export const KeepCardPage = ({ page, reason }: { page: Page; reason: RemovalRefusal['reason'] }) => {
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
