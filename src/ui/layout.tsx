import { assetUrl, type ScriptName, scriptUrl } from './assets.ts';
import { Alert } from './components/alert.tsx';
import { TimeoutDialog } from './components/timeout-dialog.tsx';
import type { Child } from './jsx/markup.ts';
import type { Page } from './page.ts';
import { SiteFooter } from './site-footer.tsx';
import { SiteHeader } from './site-header.tsx';

/** Links beside a wide page, such as the sections of the account. */
export type SideNavigation = {
  readonly label: string;
  readonly items: readonly { readonly href: string; readonly label: string; readonly current?: boolean }[];
};

/** SE-4: how long a signed-out form may stand with what was typed into it. */
const CLEAR_FORMS_AFTER_SECONDS = 900;

/**
 * The frame of every page (UX-1, UX-2): head, skip link, header, notices, the one `h1`, content, footer.
 * `title` names the page in the browser and is the heading, unless `heading` gives a longer one.
 * `before` stands above the heading (a step indicator, an illustration). `width` is `card` for a single
 * task and `wide` for lists and account pages, which may also have side navigation.
 */
export const Layout = (props: {
  page: Page;
  title: string;
  heading?: Child;
  before?: Child;
  width?: 'card' | 'wide';
  nav?: SideNavigation | undefined;
  /** Scripts this page needs besides the common one. */
  scripts?: readonly ScriptName[];
  children?: Child;
}) => {
  const { page } = props;
  const { t } = page;
  const scripts: readonly ScriptName[] = ['page', ...(props.scripts ?? [])];
  return (
    <html lang={t.locale}>
      <head>
        <meta charset="utf-8" />
        <title>{t('layout.title', { page: props.title, brand: page.brand })}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="theme-color" content="#292d42" />
        <link rel="icon" type="image/svg+xml" href={assetUrl('images/favicon.svg')} />
        <link rel="apple-touch-icon" href={assetUrl('images/mark.png')} />
        <link rel="stylesheet" href={assetUrl('gatehouse.css')} nonce={page.nonce} />
        {scripts.map((name) => (
          <script type="module" src={scriptUrl(name)} nonce={page.nonce}></script>
        ))}
      </head>
      <body class="gh-body">
        <a class="usa-skipnav" href="#main-content">
          {t('layout.skip')}
        </a>
        {page.environment === 'production' ? null : <TestSiteNotice page={page} />}
        <SiteHeader page={page} />
        <div class={props.width === 'wide' ? 'gh-frame gh-frame--wide' : 'gh-frame'}>
          {props.nav ? <SideNav nav={props.nav} /> : null}
          <main
            class="gh-main"
            id="main-content"
            tabindex={-1}
            data-clear-after={page.session ? undefined : String(CLEAR_FORMS_AFTER_SECONDS)}
          >
            {(page.flashes ?? []).map((flash) => (
              <Alert type={flash.type}>{flash.text}</Alert>
            ))}
            {props.before}
            <h1 class="gh-heading">{props.heading ?? props.title}</h1>
            {props.children}
          </main>
        </div>
        <SiteFooter page={page} />
        {page.session ? <TimeoutDialog page={page} session={page.session} /> : null}
      </body>
    </html>
  );
};

/** Everywhere but in production: nobody should mistake this site for the real one. */
const TestSiteNotice = (props: { page: Page }) => {
  const { t, environment } = props.page;
  return (
    <section class="gh-test-site" aria-label={t('layout.test_site.label')}>
      <p>
        {t('layout.test_site.text')}{' '}
        {environment === 'staging' ? null : <a href="/sandbox">{t('layout.test_site.link')}</a>}
      </p>
    </section>
  );
};

const SideNav = (props: { nav: SideNavigation }) => (
  <nav class="gh-sidenav" aria-label={props.nav.label}>
    <ul>
      {props.nav.items.map((item) => (
        <li>
          <a href={item.href} aria-current={item.current ? 'page' : undefined}>
            {item.label}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
