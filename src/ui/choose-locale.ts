import { LOCALES, type Locale } from '../kernel/locale.ts';

/** Everything a request may say about its language, raw. All may be absent. */
export type LocaleHints = {
  /** The first path segment when it is a locale (`/es/...`). */
  readonly pathPrefix?: string | undefined;
  /** The `locale` query parameter. */
  readonly query?: string | undefined;
  /** `ui_locales` of an OpenID Connect request: tags separated by spaces, best first. */
  readonly uiLocales?: string | undefined;
  /** The language chosen earlier in this browser. */
  readonly cookie?: string | undefined;
  /** The `Accept-Language` header. */
  readonly acceptLanguage?: string | undefined;
};

/** Longer headers are cut here: no honest browser sends more. */
const MAX_HEADER = 1000;

/**
 * The locale a language tag stands for, or undefined when we do not speak it. Upper case and region or
 * script suffixes are accepted (AUT-14): `ES`, `fr-CA`, `zh_Hans_CN`.
 */
export const readLocale = (tag: string | undefined): Locale | undefined => {
  const language = tag?.trim().toLowerCase().split(/[-_]/, 1)[0];
  return LOCALES.find((locale) => locale === language);
};

const fromList = (tags: string | undefined): Locale | undefined => {
  if (tags === undefined) return undefined;
  for (const tag of tags.slice(0, MAX_HEADER).split(/\s+/)) {
    const locale = readLocale(tag);
    if (locale) return locale;
  }
  return undefined;
};

/** RFC 9110 section 12.5.4: the acceptable language of the highest weight; ties go to the first named. */
const fromAcceptLanguage = (header: string | undefined): Locale | undefined => {
  if (header === undefined) return undefined;
  let best: { locale: Locale; weight: number } | undefined;
  for (const part of header.slice(0, MAX_HEADER).split(',')) {
    const [tag, ...parameters] = part.split(';');
    const q = parameters
      .map((p) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/i.exec(p)?.[1])
      .find((v) => v !== undefined);
    const weight = q === undefined ? 1 : Number(q);
    const locale = readLocale(tag);
    if (locale && weight > 0 && weight > (best?.weight ?? 0)) best = { locale, weight };
  }
  return best?.locale;
};

/**
 * LC-1: the path segment, else the `locale` parameter, else what the app asked for, else the language
 * chosen earlier, else `Accept-Language`, else English.
 */
export const chooseLocale = (hints: LocaleHints): Locale =>
  readLocale(hints.pathPrefix) ??
  readLocale(hints.query) ??
  fromList(hints.uiLocales) ??
  readLocale(hints.cookie) ??
  fromAcceptLanguage(hints.acceptLanguage) ??
  'en';

/** Splits `/es/account` into its locale and the path proper; other paths come back whole. Only exact lower-case codes count. */
export const splitLocalePath = (path: string): { readonly locale?: Locale; readonly path: string } => {
  const segment = path.split('/', 2)[1];
  const locale = LOCALES.find((known) => known === segment);
  return locale ? { locale, path: path.slice(locale.length + 1) || '/' } : { path };
};

/** The address of one of our own pages in a given language: `/account` in Spanish is `/es/account`. */
export const localizedPath = (locale: Locale, path: string): string =>
  path === '/' ? `/${locale}` : path.startsWith('/?') ? `/${locale}${path.slice(1)}` : `/${locale}${path}`;
