import { type App, displayName } from '../../apps/model.ts';
import type { SessionState } from '../../sessions/model.ts';
import { sessionEndsAt } from '../../sessions/rules.ts';
import {
  type Flash,
  formActionSource,
  type Markup,
  type Page,
  renderPage,
  securityHeaders,
  timeoutFlash,
  translator,
} from '../../ui/index.ts';
import { takeFlash } from './flash.ts';
import { csrfOf, localPath, type Visit } from './visit.tsx';

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
    supportId: c.get('requestId'),
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
