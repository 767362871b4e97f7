import { at, Layout, type Page } from '../../ui/index.ts';
import type { Child } from '../../ui/jsx/markup.ts';

/** The sections of the account, as its side navigation names them. */
export type AccountSection = 'home' | 'methods' | 'apps' | 'sessions' | 'history';

/** The frame of the pages that show the account: wide, with links to its sections. */
export const AccountLayout = (props: {
  page: Page;
  title: string;
  section: AccountSection;
  before?: Child;
  children?: Child;
}) => {
  const { page, section } = props;
  const { t } = page;
  const items = [
    { path: '/account', label: t('accounts.nav.home'), section: 'home' },
    { path: '/account/two_factor_authentication', label: t('accounts.nav.methods'), section: 'methods' },
    { path: '/account/connected_services', label: t('accounts.nav.apps'), section: 'apps' },
    { path: '/account/sessions', label: t('accounts.nav.sessions'), section: 'sessions' },
    { path: '/account/history', label: t('accounts.nav.history'), section: 'history' },
  ] as const;
  return (
    <Layout
      page={page}
      title={props.title}
      before={props.before}
      width="wide"
      nav={{
        label: t('accounts.nav.label'),
        items: items.map((item) => ({
          href: at(page, item.path),
          label: item.label,
          current: item.section === section,
        })),
      }}
    >
      {props.children}
    </Layout>
  );
};
