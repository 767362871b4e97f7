import { Button } from './components/button.tsx';
import { Form } from './components/form.tsx';
import { Mark } from './components/mark.tsx';
import { at, type Page } from './page.ts';

/** The header: our mark and name, the app the person is on the way to (AP-2), and the way out when signed in. */
export const SiteHeader = (props: { page: Page }) => {
  const { page } = props;
  const { t, app, brand, session, signedIn } = page;
  return (
    <header class="gh-header">
      <div class="gh-header__inner">
        <div class="gh-header__brands">
          <a class="gh-brand" href={at(page, '/')} aria-label={t('layout.header.home', { brand })}>
            <Mark />
            <span class="gh-brand__name">{brand}</span>
          </a>
          {app ? (
            <div class="gh-header__app">
              {app.logo ? (
                <img class="gh-header__logo" src={app.logo} alt={t('layout.app.logo', { app: app.name })} />
              ) : null}
              <span class="gh-header__app-name">{app.name}</span>
            </div>
          ) : null}
        </div>
        {signedIn && session ? (
          <nav class="gh-header__session" aria-label={t('layout.header.label')}>
            <a href={signedIn.accountHref} title={signedIn.email}>
              {t('layout.header.account')}
            </a>
            <Form page={page} action={session.signOutAction}>
              <Button look="link">{t('layout.header.sign_out')}</Button>
            </Form>
          </nav>
        ) : null}
      </div>
    </header>
  );
};
