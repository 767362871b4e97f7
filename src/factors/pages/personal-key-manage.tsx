import type { Page } from '../../ui/index.ts';
import type { FactorSummary } from '../model.ts';
import { METHODS, RemoveFactorPage } from './manage.tsx';

/** MM-3: what it means that a personal key signs in no more. It has no name of its own. */
export const RemovePersonalKeyPage = ({ page, factor }: { page: Page; factor: FactorSummary }) => {
  const { t } = page;
  return (
    <RemoveFactorPage
      page={page}
      path={`/manage/personal_key/${factor.id}`}
      title={t('accounts.remove_key.title')}
      name={t('factors.kind.personal_key')}
      text={t('accounts.remove_key.consequence')}
      submit={t('accounts.common.remove')}
      keep={METHODS}
    />
  );
};
