import type { Hono } from 'hono';
import { type AppEnv, newRoutes } from '../../http.ts';
import { dataFilePath } from '../../ui/index.ts';
import { isLive } from '../environment.ts';
import type { AdminPorts } from './admin-ports.ts';
import { limitBody, PROBLEMS, refuse, requireBearer } from './api-problems.ts';
import { appsApi } from './apps-api.ts';
import { auditApi } from './audit-api.ts';
import { bundlesApi } from './bundles-api.ts';
import { materialApi } from './material-api.ts';
import { oncePerKey } from './once-per-key.ts';

const MAX_BODY_BYTES = 1_048_576;

/**
 * The machine interface, mounted at `/api/admin/v1` (portal-and-operations section 4): apps, their certificates and
 * logos, bundles, history, and its own description. Everything but the description needs the bearer token.
 */
export function adminApi(ports: AdminPorts): Hono<AppEnv> {
  const api = newRoutes();
  const description = dataFilePath(
    isLive(ports.env) ? 'reference/openapi-live.json' : 'reference/openapi.json',
  );
  api.get('/openapi.json', async () => {
    const file = await ports.readFile(description);
    if (!file.ok)
      throw new Error('the description of the machine interface is missing from the static files');
    return new Response(file.body, {
      headers: { 'Content-Type': 'application/json', 'Cache-Control': 'public, max-age=300' },
    });
  });
  api.use('*', requireBearer(ports.adminToken), limitBody(MAX_BODY_BYTES));
  api.use('/apps/*', oncePerKey(ports.answered));
  // Bundles first: `import` and `export` must not be taken for an app's uuid.
  api.route('/apps', bundlesApi(ports));
  api.route('/apps', appsApi(ports));
  api.route('/apps', materialApi(ports));
  api.route('/audit', auditApi(ports));
  api.all('*', (c) => refuse(c, PROBLEMS.notFound));
  return api;
}
