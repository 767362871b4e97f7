import { at, Layout, type Page } from '../../ui/index.ts';
import type { Child } from '../../ui/jsx/markup.ts';

export type SandboxSection = 'start' | 'inbox' | 'accounts';

/** The frame of the sandbox's pages: wide, with links to its parts. */
export const SandboxLayout = (props: {
  page: Page;
  title: string;
  section: SandboxSection;
  children?: Child;
}) => {
  const { page, section } = props;
  const { t } = page;
  const items = [
    { path: '/sandbox', label: t('sandbox.nav.start'), section: 'start' },
    { path: '/sandbox/inbox', label: t('sandbox.nav.inbox'), section: 'inbox' },
    { path: '/sandbox/accounts', label: t('sandbox.nav.accounts'), section: 'accounts' },
    { path: '/sandbox/saml', label: t('saml.decoder.title'), section: 'saml' },
  ] as const;
  return (
    <Layout
      page={page}
      title={props.title}
      width="wide"
      nav={{
        label: t('sandbox.nav.label'),
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
