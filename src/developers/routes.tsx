import { type Context, Hono } from 'hono';
import type { AppEnv } from '../http.ts';
import type { Site } from '../signin/ports.ts';
import { type Page, renderPage, securityHeaders, translator } from '../ui/index.ts';
import { DeveloperHomePage } from './pages/home.tsx';
import { SupportPage } from './pages/support.tsx';

/** The pages for partners' developers: `/developers` and the error dictionary at `/developers/support/`. */
export function developerRoutes(site: Site): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const sandbox = site.environment !== 'staging' && site.environment !== 'production';
  const home = (c: Context<AppEnv>): Response =>
    show(c, <DeveloperHomePage page={pageOf(c, site)} origin={site.origin} sandbox={sandbox} />);
  const support = (c: Context<AppEnv>): Response => show(c, <SupportPage page={pageOf(c, site)} />);
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

const show = (c: Context<AppEnv>, page: { toString(): string | Promise<string> }): Response =>
  new Response(String(renderPage(page)), {
    headers: { ...securityHeaders({ nonce: c.get('nonce') }), 'Content-Type': 'text/html; charset=utf-8' },
  });
