import { cookieName, readCookie, writeCookie } from '../../kernel/cookies.ts';
import { isLocale, type Locale } from '../../kernel/locale.ts';
import { HOUR, SECOND } from '../../kernel/time.ts';
import type { Visit } from '../../signin/endpoints/visit.tsx';

/** The "check your email" pages know the address for this long, to show it and to send again. */
const KEPT_MS = 2 * HOUR;

/** What somebody entered on the way to a mailed link. */
export interface EnteredAddress {
  readonly email: string;
  readonly locale: Locale;
  /** What the look-up of its mail hosts told (SU-4); false where nothing was looked up. */
  readonly mailIsGoogle: boolean;
}

const COOKIES = { 'sign-up': 'gh_sign_up', reset: 'gh_reset' } as const;
type Purpose = keyof typeof COOKIES;

/** Keeps the address in this browser, sealed, so that the next page can show it. */
export async function keepAddress(visit: Visit, purpose: Purpose, entered: EnteredAddress): Promise<void> {
  const { hall } = visit;
  const value = await hall.cookies.seal(
    purpose,
    JSON.stringify([entered.email, entered.locale, entered.mailIsGoogle]),
  );
  visit.cookies.push(
    writeCookie(COOKIES[purpose], value, { secure: hall.site.secureCookies, maxAge: KEPT_MS / SECOND }),
  );
}

/** The address this browser entered last; null when it has none. */
export async function keptAddress(visit: Visit, purpose: Purpose): Promise<EnteredAddress | null> {
  const { hall, c } = visit;
  const value = readCookie(c.req.header('cookie'), cookieName(COOKIES[purpose], hall.site.secureCookies));
  const text = value === null ? null : await hall.cookies.open(purpose, value);
  if (text === null) return null;
  const parts: unknown = JSON.parse(text);
  if (!Array.isArray(parts)) return null;
  const [email, locale, mailIsGoogle]: readonly unknown[] = parts;
  return typeof email === 'string' && typeof locale === 'string' && isLocale(locale)
    ? { email, locale, mailIsGoogle: mailIsGoogle === true }
    : null;
}

/** Forgets the address. */
export const forgetAddress = (visit: Visit, purpose: Purpose): void => {
  visit.cookies.push(writeCookie(COOKIES[purpose], '', { secure: visit.hall.site.secureCookies, maxAge: 0 }));
};
