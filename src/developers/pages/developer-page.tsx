import { at, Layout, type Page } from '../../ui/index.ts';
import type { Child } from '../../ui/jsx/markup.ts';
import type { ErrorGroup } from '../errors.ts';

/** The frame of the developer pages: their navigation, and the English text marked as such in every language. */
export const DeveloperPage = (props: {
  readonly page: Page;
  readonly title: string;
  /** Which entry of the navigation this page is. */
  readonly current: 'home' | 'support';
  readonly children: Child;
}) => {
  const { page, title, current } = props;
  const { t } = page;
  const support = at(page, '/developers/support/');
  const nav = {
    label: t('developers.nav.label'),
    items: [
      { href: at(page, '/developers'), label: t('developers.home.title'), current: current === 'home' },
      { href: support, label: t('developers.support.title'), current: current === 'support' },
    ],
  };
  return (
    <Layout page={page} title={title} width="wide" nav={nav}>
      {t.locale === 'en' ? null : <p>{t('developers.page.english')}</p>}
      <div lang="en">{props.children}</div>
    </Layout>
  );
};

/** Links to the groups of the dictionary. */
export const DictionaryContents = (props: { page: Page; dictionary: readonly ErrorGroup[] }) => (
  <ul>
    {props.dictionary.map(({ id, title }) => (
      <li>
        <a href={`${at(props.page, '/developers/support/')}#group-${id}`}>{title}</a>
      </li>
    ))}
  </ul>
);
