import { LOCALES } from '../kernel/locale.ts';
import { localizedPath } from './choose-locale.ts';
import { localeNames } from './i18n.ts';
import type { Page } from './page.ts';

/** The footer: language picker (LC-1, LC-2) and the operator's links. */
export const SiteFooter = (props: { page: Page }) => {
  const { page } = props;
  const { t, links } = page;
  const all = [
    { href: links?.help, label: t('layout.footer.help') },
    { href: links?.contact, label: t('layout.footer.contact') },
    { href: links?.privacy, label: t('layout.footer.privacy') },
    { href: links?.accessibility, label: t('layout.footer.accessibility') },
    { href: links?.security, label: t('layout.footer.security') },
  ];
  const shown = all.flatMap(({ href, label }) => (href ? [{ href, label }] : []));
  return (
    <footer class="gh-footer">
      <div class="gh-footer__inner">
        <nav aria-label={t('layout.footer.languages')}>
          <ul class="gh-footer__list">
            {LOCALES.map((locale) => (
              <li>
                <a
                  href={localizedPath(locale, page.path)}
                  lang={locale}
                  hreflang={locale}
                  aria-current={locale === t.locale ? 'true' : undefined}
                >
                  {localeNames[locale]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {shown.length === 0 ? null : (
          <nav aria-label={t('layout.footer.label')}>
            <ul class="gh-footer__list">
              {shown.map(({ href, label }) => (
                <li>
                  <a href={href}>{label}</a>
                </li>
              ))}
            </ul>
          </nav>
        )}
      </div>
    </footer>
  );
};
