import type { Context, Hono } from 'hono';
import { type AppEnv, newRoutes } from '../http.ts';
import type { Site } from '../signin/ports.ts';
import {
  dataFilePath,
  type Markup,
  type Page,
  type ReadFile,
  renderPage,
  securityHeaders,
  translator,
} from '../ui/index.ts';
import type { ErrorGroup } from './errors.ts';
import { DeveloperHomePage } from './pages/home.tsx';
import { SupportPage } from './pages/support.tsx';
import { readDictionary } from './read-dictionary.ts';

/** The error dictionary from the static files; read once per isolate. Rejects when it is not there. */
function errorDictionary(readFile: ReadFile): () => Promise<readonly ErrorGroup[]> {
  let dictionary: readonly ErrorGroup[] | null = null;
  return async () => {
    if (dictionary !== null) return dictionary;
    const response = await readFile(dataFilePath('reference/errors.json'));
    if (!response.ok) throw new Error('the error dictionary is missing from the static files');
    dictionary = readDictionary(await response.json());
    return dictionary;
  };
}

/** The pages for partners' developers: `/developers` and the error dictionary at `/developers/support/`. */
export function developerRoutes(site: Site, readFile: ReadFile): Hono<AppEnv> {
  const routes = newRoutes();
  const sandbox = site.environment !== 'staging' && site.environment !== 'production';
  const dictionary = errorDictionary(readFile);
  const home = async (c: Context<AppEnv>): Promise<Response> =>
    show(
      c,
      <DeveloperHomePage
        page={pageOf(c, site)}
        origin={site.origin}
        sandbox={sandbox}
        dictionary={await dictionary()}
      />,
    );
  const support = async (c: Context<AppEnv>): Promise<Response> =>
    show(c, <SupportPage page={pageOf(c, site)} dictionary={await dictionary()} />);
  routes.get('/developers', home).get('/developers/', home);
  routes.get('/developers/support', support).get('/developers/support/', support);
  return routes;
}

/** Nobody signs in here and no form is sent: a page needs the language and the frame only. */
const pageOf = (c: Context<AppEnv>, site: Site): Page => ({
  t: translator(c.get('locale')),
  brand: site.brand,
  environment: site.environment,
  path: c.get('path'),
  localeInPath: c.get('localeInPath'),
  nonce: c.get('nonce'),
  csrf: '',
  links: site.links,
});

const show = (c: Context<AppEnv>, page: Markup): Response =>
  new Response(String(renderPage(page)), {
    headers: { ...securityHeaders({ nonce: c.get('nonce') }), 'Content-Type': 'text/html; charset=utf-8' },
  });
