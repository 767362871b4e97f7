import type { Hono } from 'hono';
import { type AppEnv, newRoutes } from '../../http.ts';
import type { LoadLogo } from '../ports.ts';

/**
 * Logos of apps, mounted at the root (portal-and-operations P35): `/logos/{sha256}.{png|svg}`. The policy lets a logo
 * draw and nothing else, even when somebody opens it as a page.
 */
export function logos({ loadLogo }: { readonly loadLogo: LoadLogo }): Hono<AppEnv> {
  const routes = newRoutes();
  routes.get('/logos/:file', async (c) => {
    const match = /^([0-9a-f]{64})\.(png|svg)$/.exec(c.req.param('file'));
    if (match === null) return c.notFound();
    const type = match[2] === 'png' ? 'png' : 'svg';
    const bytes = await loadLogo(match[1] ?? '', type);
    if (bytes === null) return c.notFound();
    return c.body(bytes, 200, {
      'Content-Type': type === 'png' ? 'image/png' : 'image/svg+xml',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'public, max-age=31536000, immutable',
    });
  });
  return routes;
}
