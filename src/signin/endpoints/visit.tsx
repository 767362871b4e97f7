import type { Browser } from '../../accounts/model.ts';
import { describeUserAgent, readUserAgent } from '../../accounts/rules/user-agent.ts';
import type { App } from '../../apps/model.ts';
import type { RequestContext } from '../../http.ts';
import { fromBase64Url, toBase64Url, toHex, utf8 } from '../../kernel/bytes.ts';
import { cookieName, readCookie, writeCookie } from '../../kernel/cookies.ts';
import { equalSecrets } from '../../kernel/crypto.ts';
import { SECOND, YEAR } from '../../kernel/time.ts';
import type { SessionHandle } from '../../sessions/ports.ts';
import { localizedPath } from '../../ui/index.ts';
import type { StoredSignInRequest } from '../model.ts';
import type { HallPorts } from '../ports.ts';
import { limitedNetwork, shownNetwork } from './network.ts';
import { isOwnOrigin } from './own-origin.ts';

const VISIT_COOKIE = 'gh_visit';
const DEVICE_COOKIE = 'gh_device';
const REQUEST_COOKIE = 'gh_request';
const LOCALE_COOKIE = 'gh_locale';
const LOCALE_COOKIE_SECONDS = YEAR / SECOND;
const DEVICE_COOKIE_SECONDS = (2 * YEAR) / SECOND;

export type AppContext = RequestContext;

/** One page view: what the browser brought, read once, without any storage call. */
export interface Visit {
  readonly c: AppContext;
  readonly hall: HallPorts;
  readonly now: number;
  readonly handle: SessionHandle | null;
  /** The app's question this browser is working on: its id and app. The cookie vouches for the pair. */
  readonly request: { readonly id: string; readonly app: string } | null;
  readonly deviceCookie: string;
  readonly browser: Browser;
  /** Random half of the CSRF token while nobody is signed in. */
  readonly visitSecret: Uint8Array<ArrayBuffer>;
  /** Set-Cookie lines to send with whatever is answered. */
  readonly cookies: string[];
}

/** The browser's cookies as sent. */
export const cookieOf = (c: AppContext): string | null => c.req.header('cookie') ?? null;

/**
 * Whether this is a form of another site: browsers keep Lax cookies back from such a request, yet take those that its
 * answer sets.
 */
export const isForeignForm = ({ req }: AppContext, site: HallPorts['site']): boolean => {
  if (req.method !== 'POST') return false;
  const from = req.header('sec-fetch-site');
  if (from !== undefined) return from === 'cross-site';
  const origin = req.header('origin');
  return origin !== undefined && !isOwnOrigin(origin, site);
};

/** Reads the browser's cookies; makes the ones it lacks, unless it may have them and was not to show them here. */
export function readVisit(c: AppContext, hall: HallPorts): Visit {
  const header = cookieOf(c);
  const secure = hall.site.secureCookies;
  const made: string[] = [];
  const visitText = readCookie(header, cookieName(VISIT_COOKIE, secure));
  let visitSecret = visitText === null ? null : fromBase64Url(visitText);
  if (visitSecret === null || visitSecret.length !== 32) {
    visitSecret = hall.random(32);
    made.push(writeCookie(VISIT_COOKIE, toBase64Url(visitSecret), { secure, maxAge: null }));
  }
  const broughtDevice = readCookie(header, cookieName(DEVICE_COOKIE, secure)) ?? '';
  const knownDevice = /^[0-9a-f]{128}$/.test(broughtDevice);
  const deviceCookie = knownDevice ? broughtDevice : toHex(hall.random(64));
  if (!knownDevice) {
    made.push(writeCookie(DEVICE_COOKIE, deviceCookie, { secure, maxAge: DEVICE_COOKIE_SECONDS }));
  }
  // LC-1: a language chosen by its address is kept for addresses without one.
  const chosen = c.get('localeInPath');
  if (chosen !== undefined && readCookie(header, cookieName(LOCALE_COOKIE, secure)) !== chosen) {
    made.push(writeCookie(LOCALE_COOKIE, chosen, { secure, maxAge: LOCALE_COOKIE_SECONDS }));
  }
  return {
    c,
    hall,
    now: c.get('now'),
    handle: hall.sessions.fromCookie(header),
    request: readRequestCookie(readCookie(header, cookieName(REQUEST_COOKIE, secure)), hall),
    deviceCookie,
    browser: {
      cookie: hall.cookies.device(deviceCookie),
      name: describeUserAgent(readUserAgent(c.req.header('user-agent'))) ?? '',
      place: placeOf(c),
    },
    visitSecret,
    cookies: isForeignForm(c, hall.site) ? [] : made,
  };
}

/** City and country where the edge knows them, and the network cut to /24 or /48: enough to recognise oneself. */
function placeOf(c: AppContext): string {
  const cf: object = c.req.raw.cf ?? {};
  const city = 'city' in cf ? cf.city : null;
  const country = 'country' in cf ? cf.country : null;
  const place = [city, country].filter((part): part is string => typeof part === 'string').join(', ');
  const network = shownNetwork(addressOf(c));
  return place === '' ? network : `${place} (${network})`;
}

/** The caller's address as the edge reports it; the only source ever read (platform LO-4). */
export const addressOf = (c: AppContext): string => c.req.header('cf-connecting-ip') ?? '127.0.0.1';

/** What limits count this caller by. */
export const addressKey = (c: AppContext): string => limitedNetwork(addressOf(c));

function readRequestCookie(value: string | null, hall: HallPorts): { id: string; app: string } | null {
  const [id, app, tag, ...rest] = value?.split('.') ?? [];
  if (id === undefined || app === undefined || tag === undefined || rest.length > 0) return null;
  return equalSecrets(hall.cookies.tag(REQUEST_COOKIE, `${id}.${app}`), tag) ? { id, app } : null;
}

/** The cookie line that makes this browser work on a question. */
export const requestCookie = (hall: HallPorts, id: string, app: string): string =>
  writeCookie(REQUEST_COOKIE, `${id}.${app}.${hall.cookies.tag(REQUEST_COOKIE, `${id}.${app}`)}`, {
    secure: hall.site.secureCookies,
    maxAge: 24 * 3600,
  });

/** The cookie line that ends work on a question. */
export const clearRequestCookie = (hall: HallPorts): string =>
  writeCookie(REQUEST_COOKIE, '', { secure: hall.site.secureCookies, maxAge: 0 });

/**
 * The app question of this page view: `request_id` of the address or form when it names another than the cookie, so
 * that a mailed link continues in another browser (AP-1). One call when it has to be looked up.
 */
export async function adoptRequest(visit: Visit, requestId: string | null | undefined): Promise<Visit> {
  if (!requestId || requestId === visit.request?.id || !visit.hall.requests.isId(requestId)) return visit;
  const stored = await visit.hall.requests.load(requestId, visit.now);
  if (stored === null) return visit;
  visit.cookies.push(requestCookie(visit.hall, stored.id, stored.request.app));
  return { ...visit, request: { id: stored.id, app: stored.request.app } };
}

/**
 * Whether a form was drawn for the question this browser works on, once adopted. In another tab that one may have been
 * answered and another begun: what a person agreed to on a page must not be taken for an answer to a page they never saw.
 */
export const isAbout = (visit: Visit, requestId: string | null): boolean =>
  requestId === null || requestId === visit.request?.id;

/** The stored question, loaded; null when there is none or it has expired. */
export const loadRequest = async (visit: Visit): Promise<StoredSignInRequest | null> =>
  visit.request === null ? null : visit.hall.requests.load(visit.request.id, visit.now);

/** The app of the question, for brand, help text and form targets (AP-2). */
export const appOf = async (visit: Visit): Promise<App | null> =>
  visit.request === null ? null : visit.hall.findApp(visit.request.app);

/**
 * The CSRF token of this page view (HD-2): bound to the session once there is one. To the session and not to its cookie,
 * so that a page opened before the cookie was rotated can still be sent.
 */
export const csrfOf = (visit: Visit): string =>
  visit.hall.cookies.csrf(visit.handle === null ? visit.visitSecret : utf8(visit.handle.locator));

/** One of our own paths in the language the person is browsing with. */
export const localPath = (visit: Visit, path: string): string => {
  const locale = visit.c.get('localeInPath');
  return locale === undefined ? path : localizedPath(locale, path);
};

/** 303 to one of our own pages, keeping language and cookies. */
export function go(visit: Visit, path: string): Response {
  const headers = new Headers({
    Location: localPath(visit, path),
    'Cache-Control': 'no-store',
    Pragma: 'no-cache',
  });
  for (const line of visit.cookies) headers.append('Set-Cookie', line);
  return new Response(null, { status: 303, headers });
}
