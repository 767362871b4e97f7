import type { SignInAccount } from '../../accounts/model.ts';
import {
  isDeviceRemembered,
  REMEMBER_DEVICE_MS,
  type RememberDevicePayload,
  rememberDevicePreset,
} from '../../accounts/rules/remember-device.ts';
import type { App } from '../../apps/model.ts';
import { cookieName, readCookie, writeCookie } from '../../kernel/cookies.ts';
import { SECOND, YEAR } from '../../kernel/time.ts';
import type { Visit } from './visit.tsx';

const REMEMBER_COOKIE = 'gh_remember';
const CHOICE_COOKIE = 'gh_remember_choice';

const cookieOf = (visit: Visit, name: string): string | null =>
  readCookie(visit.c.req.header('cookie'), cookieName(name, visit.hall.site.secureCookies));

const setCookie = (visit: Visit, name: string, value: string, maxAge: number): void => {
  visit.cookies.push(writeCookie(name, value, { secure: visit.hall.site.secureCookies, maxAge }));
};

/** The payload of a cookie that opened; null for anything of another shape. */
function readPayload(text: string): RememberDevicePayload | null {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || !('account' in value) || !('createdAt' in value))
    return null;
  const { account, createdAt } = value;
  return typeof account === 'string' && typeof createdAt === 'number'
    ? { account, createdAt, role: 'remember_me' }
    : null;
}

/**
 * Whether this browser was told to remember the account and still may (RD-2). Whether a request accepts that is
 * decided by the hall for each request (RD-4), so here only a need that accepts everything is asked about. While the
 * account is locked no browser is remembered: its owner comes to the lock page right after the password (FC-2).
 */
export async function isRemembered(visit: Visit, account: SignInAccount): Promise<boolean> {
  const value = cookieOf(visit, REMEMBER_COOKIE);
  const text = value === null ? null : await visit.hall.cookies.open('remember', value);
  const payload = text === null ? null : readPayload(text);
  const { uuid, rememberRevokedAt: revokedAt, facts } = account;
  const { now } = visit;
  const need = { identity: 'none', authentication: 'second-factor' } as const;
  return (
    payload !== null &&
    isDeviceRemembered({ payload, account: uuid, revokedAt, need, app: null, now }) &&
    (await visit.hall.attempts.lockedUntil(uuid, facts.secondFactorSucceededAt, now)) === null
  );
}

/**
 * Notes how the box stood (RD-1, HD-3), and ticked, remembers this browser from now on. Unticked is no revocation: what
 * revokes is listed (RD-3), and scripts that send the code alone leave the box out.
 */
export async function rememberDevice(visit: Visit, account: string, remember: boolean): Promise<void> {
  if (remember) {
    const payload: RememberDevicePayload = { account, createdAt: visit.now, role: 'remember_me' };
    const sealed = await visit.hall.cookies.seal('remember', JSON.stringify(payload));
    setCookie(visit, REMEMBER_COOKIE, sealed, REMEMBER_DEVICE_MS / SECOND);
  }
  setCookie(visit, CHOICE_COOKIE, remember ? '1' : '0', YEAR / SECOND);
}

/** How the remember-device box starts on this browser (RD-1). */
export function rememberPreset(visit: Visit, app: App | null): boolean {
  const choice = cookieOf(visit, CHOICE_COOKIE);
  return rememberDevicePreset(choice === '1' ? true : choice === '0' ? false : null, app);
}
