import type { Hono } from 'hono';
import { type AppEnv, newRoutes, type PublishedRoutes } from '../http.ts';
import { visiting } from '../signin/endpoints/act.tsx';
import { appInactive } from '../signin/endpoints/status-pages.tsx';
import type { AppContext } from '../signin/endpoints/visit.tsx';
import { auth, bounce } from './endpoints/auth.tsx';
import { complete, finalAuthPost } from './endpoints/complete.ts';
import { logout } from './endpoints/logout.tsx';
import { metadata, publishedMetadata } from './endpoints/published.ts';
import { remoteLogout } from './endpoints/remote-logout.ts';
import { nothingHere, noYear } from './endpoints/respond.tsx';
import type { SamlPorts, ServingYear } from './ports.ts';

type Endpoint = (c: AppContext, year: ServingYear) => Promise<Response>;
type Methods = Readonly<Partial<Record<string, Endpoint>>>;

const BASE = '/api/saml/';
const ADDRESS = /^(metadata|auth|authpost|finalauthpost|logout|remotelogout)(\d{4})?$/;

/** What answers an address of this door. */
type Dispatch = (c: AppContext) => Promise<Response>;

/** Years that are likely to be asked for; any other takes the long way through the router. */
const LIKELY_YEARS = Array.from({ length: 40 }, (_, i) => 2025 + i);
const LIKELY: readonly string[] = ['GET auth', 'POST auth', 'POST authpost', 'GET metadata'];

/** The door's most frequent requests by method and path, for those who route without the router. */
export const samlDirect = (dispatch: Dispatch): ReadonlyMap<string, Dispatch> =>
  new Map(
    LIKELY_YEARS.flatMap((year) =>
      LIKELY.map((endpoint): [string, Dispatch] => [`${endpoint.replace(' ', ` ${BASE}`)}${year}`, dispatch]),
    ),
  );

/** The metadata of likely years, for those who ask for the plain document: a query may ask for another view. */
export function samlPublished(ports: SamlPorts): PublishedRoutes {
  const answer = publishedMetadata(ports);
  return new Map(
    LIKELY_YEARS.map((year): [string, (request: Request) => Promise<Response | null> | null] => [
      `GET ${BASE}metadata${year}`,
      (request) => (request.url.includes('?') ? null : answer(year)),
    ]),
  );
}

/** Methods of the SAML door (saml section 3). Which year an address names decides whose key answers (E6). */
export function samlDispatch(ports: SamlPorts): Dispatch {
  const signOut: Endpoint = (c, year) => logout(c, ports, year);
  const endRemotely: Endpoint = (c, year) => remoteLogout(c, ports, year);
  const endpoints: Readonly<Record<string, Methods>> = {
    metadata: { GET: metadata(ports) },
    auth: { GET: (c, year) => auth(c, ports, year), POST: (c, year) => bounce(c, ports, year) },
    authpost: { POST: (c, year) => auth(c, ports, year) },
    finalauthpost: { POST: (c, year) => finalAuthPost(c, ports, year) },
    logout: { GET: signOut, POST: signOut, DELETE: signOut },
    remotelogout: { GET: endRemotely, POST: endRemotely },
  };

  /** E4, E5, E7: an unknown year or method is nowhere, a missing year is told so, HEAD is GET. */
  return async (c) => {
    const [, name = '', suffix] = ADDRESS.exec(c.get('path').slice(BASE.length)) ?? [];
    const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
    const handle = endpoints[name]?.[method];
    if (handle === undefined) return nothingHere(c, ports);
    if (suffix === undefined) return noYear();
    const year = await ports.years.serving(Number(suffix));
    return year === null ? nothingHere(c, ports) : handle(c, year);
  };
}

/** Paths of the SAML door. */
export function samlRoutes(ports: SamlPorts, dispatch: Dispatch): Hono<AppEnv> {
  const routes = newRoutes();
  routes.get('/api/saml/complete', (c) => complete(c, ports));
  routes.all('/api/saml/:endpoint', dispatch);
  // A1: the address that service providers' documentation knows for it.
  routes.get('/errors/service_provider_inactive', visiting(ports.hall)(appInactive(200)));
  return routes;
}
