import type { Hono } from 'hono';
import { type AppEnv, type DirectRoutes, type Handler, newRoutes, type PublishedRoutes } from '../http.ts';
import { PATHS } from '../kernel/paths.ts';
import { type StableDocument, sendDocument } from '../kernel/stable-document.ts';
import type { AppContext } from '../signin/endpoints/visit.tsx';
import { authorize, authorizeByPost } from './endpoints/authorize.tsx';
import { logout, postLogout } from './endpoints/logout.tsx';
import { publishedDocuments } from './endpoints/published.ts';
import { token } from './endpoints/token.ts';
import { userinfo } from './endpoints/userinfo.ts';
import type { OidcPorts } from './ports.ts';
import { type CorsPolicy, corsHeaders, foreignOrigin, READ_CORS, TOKEN_CORS } from './rules/cors.ts';

/** The requests of every sign-in, for an answer without the router; the same handlers serve `oidcRoutes`. */
export function oidcDirect(ports: OidcPorts): DirectRoutes {
  const shared = cors(ports, READ_CORS);
  const documents = publishedDocuments(ports);
  return new Map<string, Handler>([
    [`GET ${PATHS.discovery}`, shared((c) => send(c, documents.discovery()))],
    [`GET ${PATHS.certs}`, shared(async (c) => send(c, await documents.certs()))],
    [`GET ${PATHS.authorize}`, authorize(ports)],
    [`POST ${PATHS.token}`, cors(ports, TOKEN_CORS)(token(ports))],
    [`GET ${PATHS.userinfo}`, shared(userinfo(ports))],
  ]);
}

const send = (c: AppContext, document: StableDocument): Response =>
  sendDocument(document, c.req.header('if-none-match') ?? null);

/**
 * The documents that are the same for everybody, for those who ask from outside a script: an origin has to be looked
 * up, so scripts take the way of all requests.
 */
export function oidcPublished(ports: OidcPorts): PublishedRoutes {
  const documents = publishedDocuments(ports);
  return new Map<string, (request: Request) => Response | null | Promise<Response>>([
    [
      `GET ${PATHS.discovery}`,
      ({ headers }) =>
        headers.has('origin') ? null : sendDocument(documents.discovery(), headers.get('if-none-match')),
    ],
    [
      `GET ${PATHS.certs}`,
      ({ headers }) =>
        headers.has('origin')
          ? null
          : documents.certs().then((document) => sendDocument(document, headers.get('if-none-match'))),
    ],
  ]);
}

/** Paths and methods of the OpenID Connect door. */
export function oidcRoutes(ports: OidcPorts, direct: DirectRoutes): Hono<AppEnv> {
  const routes = newRoutes();
  for (const [key, handle] of direct) {
    const [method = '', path = ''] = key.split(' ');
    routes.on(method, path, handle);
  }
  const shared = cors(ports, READ_CORS);
  const { discovery } = publishedDocuments(ports);
  routes.get(
    PATHS.oauthMetadata,
    shared((c) => send(c, discovery())),
  );
  routes.post(PATHS.authorize, authorizeByPost(ports));
  routes.post(PATHS.userinfo, shared(userinfo(ports)));
  routes.get(PATHS.logout, logout(ports));
  routes.post(PATHS.logout, postLogout(ports));
  // TOK-13, NET-1: preflights are answered with 200 and an empty body.
  const empty = (): Response => new Response(null, { status: 200 });
  routes.options(PATHS.token, cors(ports, TOKEN_CORS)(empty));
  for (const path of [PATHS.discovery, PATHS.oauthMetadata, PATHS.certs, PATHS.userinfo])
    routes.options(path, shared(empty));
  return routes;
}

/** NET-1: adds CORS headers for origins of registered redirect URIs; a request without an origin costs nothing. */
const cors =
  (ports: OidcPorts, policy: CorsPolicy) =>
  (handle: (c: AppContext) => Response | Promise<Response>) =>
  async (c: AppContext): Promise<Response> => {
    const sent = c.req.header('origin');
    if (sent === undefined) {
      const response = await handle(c);
      response.headers.set('vary', 'Origin');
      return response;
    }
    const origin = foreignOrigin(sent, ports.hall.site.origin);
    // Looked up first: what may fail must not fail after a code was spent.
    const registered = origin !== null && (await ports.isRegisteredOrigin(origin)) ? origin : null;
    const response = await handle(c);
    const headers = corsHeaders(registered, policy, c.req.header('access-control-request-headers') ?? null);
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    return response;
  };
