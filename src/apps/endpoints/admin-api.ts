import { Hono } from 'hono';
import type { AppEnv } from '../../http.ts';
import { isLive } from '../environment.ts';
import { openApiDocument } from '../openapi.ts';
import { ADMIN_OPERATIONS } from '../openapi-admin.ts';
import { KEY_OPERATIONS } from '../openapi-keys.ts';
import { SAML_OPERATIONS } from '../openapi-saml.ts';
import { SANDBOX_OPERATIONS } from '../openapi-sandbox.ts';
import { USER_OPERATIONS } from '../openapi-users.ts';
import type { AdminPorts } from './admin-ports.ts';
import { limitBody, PROBLEMS, refuse, requireBearer } from './api-problems.ts';
import { appsApi } from './apps-api.ts';
import { auditApi } from './audit-api.ts';
import { bundlesApi } from './bundles-api.ts';
import { materialApi } from './material-api.ts';

const MAX_BODY_BYTES = 1_048_576;

/**
 * The machine interface, mounted at `/api/admin/v1` (portal-and-operations section 4): apps, their certificates and
 * logos, bundles, history, and its own description. Everything but the description needs the bearer token.
 */
export function adminApi(ports: AdminPorts): Hono<AppEnv> {
  const api = new Hono<AppEnv>();
  const description = openApiDocument([
    ...ADMIN_OPERATIONS,
    ...KEY_OPERATIONS,
    ...SAML_OPERATIONS,
    ...USER_OPERATIONS,
    ...(isLive(ports.env) ? [] : SANDBOX_OPERATIONS),
  ]);
  api.get('/openapi.json', (c) => c.json(description, 200, { 'Cache-Control': 'public, max-age=300' }));
  api.use('*', requireBearer(ports.adminToken), limitBody(MAX_BODY_BYTES));
  // Bundles first: `import` and `export` must not be taken for an app's uuid.
  api.route('/apps', bundlesApi(ports));
  api.route('/apps', appsApi(ports));
  api.route('/apps', materialApi(ports));
  api.route('/audit', auditApi(ports));
  api.all('*', (c) => refuse(c, PROBLEMS.notFound));
  return api;
}
