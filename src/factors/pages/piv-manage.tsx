import { formatDate, Layout, type Page } from '../../ui/index.ts';
import type { HeldCard } from '../piv/model.ts';
import { NameForm, RemoveFactorPage } from './manage.tsx';

const pathOf = (card: HeldCard): string => `/manage/piv_cac/${card.factor}`;

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
  return (
    <Layout page={page} title={t('factors.kind.piv')}>
      <p>{t('webauthn.manage.added_on', { date: formatDate(t.locale, card.createdAt) })}</p>
      <p>
        {t('piv.manage.subject')} <span class="gh-wrap">{card.subject}</span>
      </p>
      <NameForm
        page={page}
        path={pathOf(card)}
        label={t('piv.set_up.name')}
        value={name ?? card.name}
        error={error}
        remove={t('piv.remove.submit')}
      />
    </Layout>
  );
};

/** MM-3: what removing it means. */
export const RemoveCardPage = ({ page, card }: { page: Page; card: HeldCard }) => (
  <RemoveFactorPage
    page={page}
    path={pathOf(card)}
    title={page.t('piv.remove.title')}
    name={card.name}
    text={page.t('piv.remove.text')}
    submit={page.t('piv.remove.submit')}
  />
);
