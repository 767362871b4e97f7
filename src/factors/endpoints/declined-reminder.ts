import { cookieName, readCookie, writeCookie } from '../../kernel/cookies.ts';
import { sha256Base64Url } from '../../kernel/crypto.ts';
import { SECOND, YEAR } from '../../kernel/time.ts';
import type { Visit } from '../../signin/endpoints/visit.tsx';

const COOKIE = 'gh_one_method';
const KEPT_MS = YEAR;

/** Tells accounts of a shared browser apart, and nothing else about them. */
const mark = (account: string): string => sha256Base64Url(`one-method|${account}`).slice(0, 22);

/** Whether this account's owner said here before that one method is enough (`second_mfa_reminder`: one dismissal). */
export const declinedSecond = ({ c, hall }: Visit, account: string): boolean =>
  readCookie(c.req.header('cookie'), cookieName(COOKIE, hall.site.secureCookies)) === mark(account);

/** Remembers that, in this browser. */
export function declineSecond(visit: Visit, account: string): void {
  const { secureCookies: secure } = visit.hall.site;
  visit.cookies.push(writeCookie(COOKIE, mark(account), { secure, maxAge: KEPT_MS / SECOND }));
}
