import type { MiddlewareHandler } from 'hono';
import { directContext } from './direct.ts';
import { isCardHost } from './factors/endpoints/piv-host.ts';
import type { AppEnv, DirectRoutes, Handler, PublishedRoutes } from './http.ts';
import { toBase64Url } from './kernel/bytes.ts';
import { cookieName, readCookie } from './kernel/cookies.ts';
import type { Clock } from './kernel/ports.ts';
import { problemResponse } from './kernel/problem.ts';
import { STRICT_TRANSPORT_SECURITY } from './kernel/stable-document.ts';
import type { FloodBrake } from './platform/flood-brake.ts';
import { describeFault, logLine } from './platform/log.ts';
import { PasswordQueueFull } from './platform/passwords.ts';
import { randomBytes } from './platform/random.ts';
import { limitedNetwork } from './signin/endpoints/network.ts';
import { pageOf, show } from './signin/endpoints/show-page.ts';
import { type AppContext, readVisit } from './signin/endpoints/visit.tsx';
import type { HallPorts, Site } from './signin/ports.ts';
import type { Words } from './ui/catalogue-loader.ts';
import { chooseLocale, splitLocalePath } from './ui/choose-locale.ts';
import { type ErrorKind, ErrorPage } from './ui/error-page.tsx';

const LOCALE_COOKIE = 'gh_locale';
/** A request's name at the edge. Anything else in that header came from outside, and the name goes to the log. */
const RAY = /^[0-9a-f]{16}(-[A-Z]{3})?$/;
/** RFC 9110 section 15.5.20: this server does not answer for that host. */
const MISDIRECTED = 421;

const pathOf = (url: string): string => {
  const start = url.indexOf('/', 8);
  if (start === -1) return '/';
  let end = url.indexOf('?', start);
  if (end === -1) end = url.length;
  return url.slice(start, end);
};

/** Machines read what is there: everything but the SAML door, whose addresses people's browsers pass through. */
const isApi = (path: string): boolean =>
  (path.startsWith('/api/') && !path.startsWith('/api/saml/')) || path.startsWith('/.well-known/');

/** Host and port of an absolute address. */
const hostOf = (url: string): string => {
  const start = url.indexOf('//') + 2;
  const end = url.indexOf('/', start);
  return end === -1 ? url.slice(start) : url.slice(start, end);
};

/** On a laptop the loopback address by number is the same place as by name. */
const isOwnHost = (url: string, site: Site): boolean => {
  if (url.startsWith(site.origin) && url.charAt(site.origin.length) === '/') return true;
  const host = hostOf(url);
  const own = hostOf(site.origin);
  return (
    host === own ||
    (site.environment === 'local' && host.replace(/^(127\.0\.0\.1|\[::1\])/, 'localhost') === own)
  );
};

/** What a request is known by before any handler runs. */
function readRequest(url: string, headers: Headers, site: Site, clock: Clock): AppEnv['Variables'] {
  const { locale: localeInPath, path } = splitLocalePath(pathOf(url));
  const ray = headers.get('cf-ray') ?? '';
  const requestId = RAY.test(ray) ? ray : toBase64Url(randomBytes(12));
  const now = clock();
  if (isApi(path)) return { requestId, now, path, localeInPath, locale: 'en', nonce: '' };
  const query = url.includes('locale') ? new URL(url).searchParams : null;
  const locale = chooseLocale({
    pathPrefix: localeInPath,
    query: query?.get('locale') ?? undefined,
    uiLocales: query?.get('ui_locales') ?? undefined,
    cookie: readCookie(headers.get('cookie'), cookieName(LOCALE_COOKIE, site.secureCookies)) ?? undefined,
    acceptLanguage: headers.get('accept-language') ?? undefined,
  });
  return { requestId, now, path, localeInPath, locale, nonce: toBase64Url(randomBytes(16)) };
}

const misdirected = (requestId: string): Response =>
  problemResponse({
    status: MISDIRECTED,
    id: 'misdirected',
    title: 'This host is not served here.',
    requestId,
  });

/** What every response carries. */
function complete(response: Response, requestId: string, site: Site): void {
  response.headers.set('x-request-id', requestId);
  if (site.secureCookies) response.headers.set('strict-transport-security', STRICT_TRANSPORT_SECURITY);
}

/** What every request gets before any handler runs, and what every response carries. */
export const establish = {
  /** The path to route by: without its locale segment (UR-1). */
  path: (request: Request): string => decodePath(splitLocalePath(pathOf(request.url)).path),

  middleware:
    (site: Site, words: Words, clock: Clock): MiddlewareHandler<AppEnv> =>
    async (c, next) => {
      const variables = readRequest(c.req.url, c.req.raw.headers, site, clock);
      c.set('requestId', variables.requestId);
      c.set('now', variables.now);
      c.set('path', variables.path);
      c.set('localeInPath', variables.localeInPath);
      c.set('locale', variables.locale);
      c.set('nonce', variables.nonce);
      await words(variables.locale);
      if (!isOwnHost(c.req.url, site)) c.res = misdirected(variables.requestId);
      else await next();
      // RFC 9110 section 9.2.1: nothing changes by a HEAD, in the browser neither.
      if (c.req.method === 'HEAD') c.res.headers.delete('set-cookie');
      complete(c.res, variables.requestId, site);
    },

  /**
   * The same for requests that a look-up of method and path answers; null for every other request. What is published
   * to everybody goes out before anything is read of the request that its answer does not depend on.
   */
  direct:
    (
      { routes, published }: { readonly routes: DirectRoutes; readonly published: PublishedRoutes },
      hall: HallPorts,
      words: Words,
      clock: Clock,
    ) =>
    (request: Request): Response | Promise<Response> | null => {
      const { url } = request;
      const key = `${request.method} ${pathOf(url)}`;
      const handle = routes.get(key);
      if (handle === undefined) return null;
      const ordinary = (): Promise<Response> => answerDirectly(handle, request, url, hall, words, clock);
      const publish = isOwnHost(url, hall.site) ? published.get(key) : undefined;
      const ready = publish?.(request) ?? null;
      if (ready === null) return ordinary();
      return ready instanceof Response ? ready : ready.then((answer) => answer ?? ordinary(), ordinary);
    },

  /** Requests to the host on which cards are presented; null for every other request. `ready` comes first. */
  cardHost:
    (
      pattern: string,
      handle: Handler,
      hall: HallPorts,
      words: Words,
      clock: Clock,
      ready: () => Promise<unknown>,
    ) =>
    (request: Request): Promise<Response> | null =>
      isCardHost(hostOf(request.url), pattern)
        ? answerCard(handle, request, hall, words, clock, ready)
        : null,

  /**
   * NET-6: answers a flood from one network before anything is done for it; null lets a request pass. What machines ask is
   * not counted here: servers of many apps share an address, and those endpoints count by app.
   */
  flooded:
    (mayPass: FloodBrake, hall: HallPorts, words: Words, clock: Clock) =>
    async (request: Request): Promise<Response | null> => {
      const { path } = splitLocalePath(pathOf(request.url));
      // What pages report by script is people's: it comes one by one, from their addresses (UR-10).
      if (isApi(path) && path !== '/api/logger') return null;
      const address = request.headers.get('cf-connecting-ip');
      if (address === null || (await mayPass(limitedNetwork(address)))) return null;
      const refuse: Handler = (c) => failure(c, hall, 'too-many');
      return answerDirectly(refuse, request, request.url, hall, words, clock);
    },
} as const;

async function answerCard(
  handle: Handler,
  request: Request,
  hall: HallPorts,
  words: Words,
  clock: Clock,
  ready: () => Promise<unknown>,
): Promise<Response> {
  await ready();
  const variables = readRequest(request.url, request.headers, hall.site, clock);
  await words(variables.locale);
  const c = directContext(request, request.url, variables, (context) => notFound(context, hall));
  let response: Response;
  try {
    response = await handle(c);
  } catch (error) {
    response = faultResponse(c, hall, error instanceof Error ? error : new Error(String(error)));
  }
  complete(response, variables.requestId, hall.site);
  return response;
}

async function answerDirectly(
  handle: Handler,
  request: Request,
  url: string,
  hall: HallPorts,
  words: Words,
  clock: Clock,
): Promise<Response> {
  const { site } = hall;
  const variables = readRequest(url, request.headers, site, clock);
  const reading = words(variables.locale);
  if (reading !== null) await reading;
  const c = directContext(request, url, variables, (context) => notFound(context, hall));
  let response: Response;
  if (!isOwnHost(url, site)) response = misdirected(variables.requestId);
  else {
    try {
      response = await handle(c);
    } catch (error) {
      response = faultResponse(c, hall, error instanceof Error ? error : new Error(String(error)));
    }
  }
  complete(response, variables.requestId, site);
  return response;
}

const decodePath = (path: string): string => {
  if (!path.includes('%')) return path;
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
};

/** Anything thrown: a bug or an outage. */
export type Fault = Error;

/** What a database says to a statement that is wrong: trying again would not help. */
const OUR_MISTAKE =
  /SQLITE_(?:CONSTRAINT|ERROR|MISMATCH|RANGE)|constraint failed|no such (?:table|column)|syntax error/i;

/** Outages of what we stand on: worth trying again, nothing was lost. */
const isOutage = (error: Error): boolean => {
  const text = `${error.name} ${error.message}`;
  if (OUR_MISTAKE.test(text)) return false;
  return (
    error instanceof PasswordQueueFull ||
    'retryable' in error ||
    'overloaded' in error ||
    'durableObjectReset' in error ||
    /D1_|KV (GET|PUT)|Durable Object|storage|Network connection lost|timed? ?out/i.test(text)
  );
};

/** What really happened: the query builder wraps what the database said. */
const rootOf = (error: Error): Error => (error.cause instanceof Error ? rootOf(error.cause) : error);

/** The answer to a fault: logged once with its request id, and a plain way on. No internals leave (5xx, part "Bad input"). */
export function faultResponse(c: AppContext, hall: HallPorts, error: Fault): Response {
  const root = rootOf(error);
  const outage = isOutage(root);
  const { name, message } = describeFault(root);
  logLine('error', outage ? 'outage' : 'fault', {
    request_id: c.get('requestId'),
    route: c.req.routePath,
    name,
    message,
  });
  return failure(c, hall, outage ? 'unavailable' : 'fault');
}

/** Nothing is at this address. */
export const notFound = (c: AppContext, hall: HallPorts): Response => failure(c, hall, 'not-found');

const STATUS = {
  'not-found': 404,
  fault: 500,
  unavailable: 503,
  'form-expired': 403,
  'too-large': 413,
  'too-many': 429,
} as const;
const RETRY_AFTER_SECONDS: Readonly<Partial<Record<ErrorKind, number>>> = { unavailable: 5, 'too-many': 60 };
const TITLES = {
  'not-found': 'There is nothing here.',
  fault: 'Something went wrong on our side.',
  unavailable: 'The service is temporarily unavailable.',
  'form-expired': 'The form is no longer valid.',
  'too-large': 'The body is too large.',
  'too-many': 'Too many requests.',
} as const;

/** A page or, for machines, a problem document, with the request id and a way out. */
export function failure(c: AppContext, hall: HallPorts, kind: ErrorKind): Response {
  const status = STATUS[kind];
  const requestId = c.get('requestId');
  const wait = RETRY_AFTER_SECONDS[kind];
  const headers: Record<string, string> = wait === undefined ? {} : { 'retry-after': String(wait) };
  if (isApi(c.get('path') ?? pathOf(c.req.url)))
    return problemResponse({ status, id: kind, title: TITLES[kind], requestId, headers });
  const visit = readVisit(c, hall);
  const response = show(
    visit,
    { status },
    <ErrorPage page={pageOf(visit, {})} kind={kind} requestId={requestId} />,
  );
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}
