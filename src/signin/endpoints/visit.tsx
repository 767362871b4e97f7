import type { Browser } from '../../accounts/model.ts';
import { describeUserAgent, readUserAgent } from '../../accounts/rules/user-agent.ts';
import { type App, displayName } from '../../apps/model.ts';
import type { RequestContext } from '../../http.ts';
import { fromBase64Url, toBase64Url, toHex, utf8 } from '../../kernel/bytes.ts';
import { cookieName, readCookie, writeCookie } from '../../kernel/cookies.ts';
import { equalSecrets } from '../../kernel/crypto.ts';
import { readText } from '../../kernel/read-text.ts';
import { SECOND, YEAR } from '../../kernel/time.ts';
import type { SessionState } from '../../sessions/model.ts';
import type { SessionHandle } from '../../sessions/ports.ts';
import { sessionEndsAt } from '../../sessions/rules.ts';
import {
  type Flash,
  formActionSource,
  localizedPath,
  type Markup,
  type Page,
  renderPage,
  securityHeaders,
  timeoutFlash,
  translator,
} from '../../ui/index.ts';
import type { StoredSignInRequest } from '../model.ts';
import type { HallPorts } from '../ports.ts';
import { limitedNetwork, shownNetwork } from './network.ts';
import { isOwnOrigin } from './own-origin.ts';

const VISIT_COOKIE = 'gh_visit';
const DEVICE_COOKIE = 'gh_device';
const REQUEST_COOKIE = 'gh_request';
const FLASH_COOKIE = 'gh_flash';
const LOCALE_COOKIE = 'gh_locale';
const LOCALE_COOKIE_SECONDS = YEAR / SECOND;
const DEVICE_COOKIE_SECONDS = (2 * YEAR) / SECOND;
/** Bodies of our own forms are small; anything larger is not from our pages. */
const MAX_FORM_BYTES = 64 * 1024;

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

const cookieOf = (c: AppContext): string | null => c.req.header('cookie') ?? null;

/** Reads the browser's cookies; makes the ones it lacks. */
export function readVisit(c: AppContext, hall: HallPorts): Visit {
  const header = cookieOf(c);
  const secure = hall.site.secureCookies;
  const cookies: string[] = [];
  const visitText = readCookie(header, cookieName(VISIT_COOKIE, secure));
  let visitSecret = visitText === null ? null : fromBase64Url(visitText);
  if (visitSecret === null || visitSecret.length !== 32) {
    visitSecret = hall.random(32);
    cookies.push(writeCookie(VISIT_COOKIE, toBase64Url(visitSecret), { secure, maxAge: null }));
  }
  const broughtDevice = readCookie(header, cookieName(DEVICE_COOKIE, secure)) ?? '';
  const knownDevice = /^[0-9a-f]{128}$/.test(broughtDevice);
  const deviceCookie = knownDevice ? broughtDevice : toHex(hall.random(64));
  if (!knownDevice) {
    cookies.push(writeCookie(DEVICE_COOKIE, deviceCookie, { secure, maxAge: DEVICE_COOKIE_SECONDS }));
  }
  // LC-1: a language chosen by its address is kept for addresses without one.
  const chosen = c.get('localeInPath');
  if (chosen !== undefined && readCookie(header, cookieName(LOCALE_COOKIE, secure)) !== chosen) {
    cookies.push(writeCookie(LOCALE_COOKIE, chosen, { secure, maxAge: LOCALE_COOKIE_SECONDS }));
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
    cookies,
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

export interface Showing {
  readonly app?: App | null;
  readonly state?: SessionState | null;
  /** The signed-in person's address for the header; only with a complete sign-in. */
  readonly email?: string | null;
  readonly flashes?: readonly Flash[];
  /** Further origins that forms of this page lead to. */
  readonly formTargets?: readonly string[];
  readonly status?: 200 | 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 500 | 503;
}

/** What every page is told about this page view. Takes the one-time flash message out of its cookie. */
export function pageOf(visit: Visit, showing: Showing): Page {
  const { c, hall } = visit;
  const t = translator(c.get('locale'));
  const { app, state } = showing;
  const flashes = [...(showing.flashes ?? [])];
  const timeout = timeoutFlash(t, c.req.query('timeout'));
  if (timeout !== undefined) flashes.push(timeout);
  const flash = takeFlash(visit);
  if (flash !== null) flashes.push(flash);
  const search = new URL(c.req.url).search;
  return {
    t,
    brand: hall.site.brand,
    environment: hall.site.environment,
    path: `${c.get('path')}${search}`,
    localeInPath: c.get('localeInPath'),
    nonce: c.get('nonce'),
    csrf: csrfOf(visit),
    requestId: visit.request?.id,
    app: app ? { name: displayName(app), logo: app.logo ?? undefined } : undefined,
    flashes,
    links: hall.site.links,
    session: state
      ? {
          expiresAt: sessionEndsAt(state),
          now: visit.now,
          signOutAction: localPath(visit, '/sign_out'),
          expiredHref: localPath(
            visit,
            visit.request === null ? '/?timeout=session' : `/?timeout=session&request_id=${visit.request.id}`,
          ),
        }
      : undefined,
    signedIn:
      state && showing.email
        ? { email: showing.email, accountHref: localPath(visit, '/account') }
        : undefined,
  };
}

/** Origins a form of this app's pages may lead to (NET-4): browsers hold redirects after a form to the same list. */
export const formTargets = (app: App | null | undefined): readonly string[] =>
  app
    ? [
        ...app.redirect_uris,
        ...app.acs_urls,
        ...app.post_logout_redirect_uris,
        app.acs_url,
        app.assertion_consumer_logout_service_url,
        app.return_to_sp_url,
        app.failure_to_proof_url,
      ]
        .map((address) => (address === null ? undefined : formActionSource(address)))
        .filter((source) => source !== undefined)
    : [];

/** The stable ids of forms sent back to be corrected; pages that refuse for other reasons name theirs themselves. */
const REFUSED: Readonly<Partial<Record<number, string>>> = {
  409: 'form-refused',
  422: 'form-refused',
  429: 'too-many',
};

/** Answers with a page: status, policy, cookies. */
export function show(visit: Visit, showing: Showing, element: Markup): Response {
  const headers = new Headers(
    securityHeaders({
      nonce: visit.c.get('nonce'),
      formActionOrigins: [...formTargets(showing.app), ...(showing.formTargets ?? [])],
    }),
  );
  headers.set('Content-Type', 'text/html; charset=utf-8');
  for (const line of visit.cookies) headers.append('Set-Cookie', line);
  const { status = 200 } = showing;
  return new Response(String(renderPage(element, REFUSED[status])), { status, headers });
}

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

function takeFlash(visit: Visit): Flash | null {
  const value = readCookie(cookieOf(visit.c), cookieName(FLASH_COOKIE, visit.hall.site.secureCookies));
  if (value === null) return null;
  visit.cookies.push(writeCookie(FLASH_COOKIE, '', { secure: visit.hall.site.secureCookies, maxAge: 0 }));
  const [type, body, tag] = value.split('.');
  if (type === undefined || body === undefined || tag === undefined) return null;
  if (!equalSecrets(visit.hall.cookies.tag(FLASH_COOKIE, `${type}.${body}`), tag)) return null;
  const bytes = fromBase64Url(body);
  if (bytes === null || (type !== 'success' && type !== 'info' && type !== 'warning' && type !== 'error'))
    return null;
  return { type, text: Buffer.from(bytes).toString('utf8') };
}

/**
 * The fields of one of our own forms after its origin and CSRF token were checked (HD-2); null when they do not
 * belong to this browser. Oversize bodies count as foreign. The first of repeated fields counts, except through `getAll`.
 */
export async function readForm(visit: Visit): Promise<URLSearchParams | null> {
  const { c } = visit;
  const origin = c.req.header('origin');
  if (origin !== undefined && origin !== 'null' && !isOwnOrigin(origin, visit.hall.site)) return null;
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return null;
  const type = c.req.header('content-type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) return null;
  const text = await readText(c.req.raw, MAX_FORM_BYTES);
  if (text === null) return null;
  const form = new URLSearchParams(text);
  return equalSecrets(csrfOf(visit), form.get('csrf') ?? '') ? form : null;
}
