import { isLocale, type Locale } from '../../kernel/locale.ts';

/** A language tag as one of our locales: upper case and region or script suffixes are fine (AUT-14). */
function toLocale(tag: string): Locale | null {
  const language = tag.slice(0, 2).toLowerCase();
  const next = tag.charAt(2);
  return isLocale(language) && (next === '' || next === '-' || next === '_') ? language : null;
}

/**
 * The language an app asks for: `locale` first, then the first `ui_locales` tag we speak (OIDC Core section
 * 3.1.2.1). Null leaves the choice to the browser; nothing here is an error.
 */
export function readRequestedLocale(
  locale: string | undefined,
  uiLocales: string | undefined,
): Locale | null {
  const asked = locale === undefined ? null : toLocale(locale);
  if (asked !== null || uiLocales === undefined) return asked;
  for (const tag of uiLocales.split(' ')) {
    const found = toLocale(tag);
    if (found !== null) return found;
  }
  return null;
}
