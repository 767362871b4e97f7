import { fromBase64Url, toBase64Url } from '../../kernel/bytes.ts';
import { cookieName, readCookie, writeCookie } from '../../kernel/cookies.ts';
import { equalSecrets } from '../../kernel/crypto.ts';
import type { Flash } from '../../ui/index.ts';
import { cookieOf, type Visit } from './visit.tsx';

const FLASH_COOKIE = 'gh_flash';

/** Puts a message on the next page; the text comes from the catalogue and survives one redirect in a cookie. */
export function flashNext(visit: Visit, flash: Flash): void {
  const text = `${flash.type}.${toBase64Url(Buffer.from(flash.text))}`;
  visit.cookies.push(
    writeCookie(FLASH_COOKIE, `${text}.${visit.hall.cookies.tag(FLASH_COOKIE, text)}`, {
      secure: visit.hall.site.secureCookies,
      maxAge: 60,
    }),
  );
}

/** Takes back what the next page would have said: it turned out not to be so. */
export function dropFlash(visit: Visit): void {
  visit.cookies.push(writeCookie(FLASH_COOKIE, '', { secure: visit.hall.site.secureCookies, maxAge: 0 }));
}

/** The message for this page; null without one that we wrote. Takes it out of its cookie. */
export function takeFlash(visit: Visit): Flash | null {
  const value = readCookie(cookieOf(visit.c), cookieName(FLASH_COOKIE, visit.hall.site.secureCookies));
  if (value === null) return null;
  dropFlash(visit);
  const [type, body, tag] = value.split('.');
  if (type === undefined || body === undefined || tag === undefined) return null;
  if (!equalSecrets(visit.hall.cookies.tag(FLASH_COOKIE, `${type}.${body}`), tag)) return null;
  const bytes = fromBase64Url(body);
  if (bytes === null || (type !== 'success' && type !== 'info' && type !== 'warning' && type !== 'error'))
    return null;
  return { type, text: Buffer.from(bytes).toString('utf8') };
}
