import type { Hono } from 'hono';
import { limitBody, PROBLEMS, refuse, requireBearer } from './apps/endpoints/api-problems.ts';
import { type AppEnv, newRoutes } from './http.ts';
import { MAX_BODY_BYTES, readCeremony } from './intervention.ts';
import type { RootUse } from './platform/d1/root-use.ts';
import type { KeyInfo, KeyRing } from './platform/keys/signing-keys.ts';
import { logLine } from './platform/log.ts';

const show = (key: KeyInfo) => ({
  kid: key.kid,
  use: key.use,
  state: key.state,
  created_at: new Date(key.createdAt).toISOString(),
  activated_at: key.activatedAt === null ? null : new Date(key.activatedAt).toISOString(),
  retiring_at: key.retiringAt === null ? null : new Date(key.retiringAt).toISOString(),
  created_by: key.createdBy,
});

/** The root secrets by their numbers: the one that seals now, and what still hangs on each. */
export interface Roots {
  readonly newest: number;
  readonly uses: () => Promise<readonly RootUse[]>;
}

/** Key ceremonies for operators (portal-and-operations M3, O10, O14): every move leaves an audit line with its reason. */
export function keysApi(ring: KeyRing, roots: Roots, adminToken: string): Hono<AppEnv> {
  const api = newRoutes();
  api.use('*', requireBearer(adminToken), limitBody(MAX_BODY_BYTES));
  api.get('/', async (c) => c.json({ keys: (await ring.list()).map(show) }));
  api.get('/roots', async (c) => c.json({ newest: roots.newest, roots: await roots.uses() }));
  api.post('/oidc/rotate', async (c) => {
    const asked = await readCeremony(c);
    if (asked instanceof Response) return asked;
    const key = await ring.rotate({ by: asked.by, force: asked.member('force') === true });
    logLine('warn', 'signing_key_rotated', { kid: key.kid });
    return c.json(show(key), 201);
  });
  api.post('/:kid/activate', async (c) => {
    const asked = await readCeremony(c);
    if (asked instanceof Response) return asked;
    const kid = c.req.param('kid');
    return (await ring.activate(kid, asked.by)) ? c.json({ activated: kid }) : refuse(c, PROBLEMS.notFound);
  });
  api.post('/:kid/retire', async (c) => {
    const asked = await readCeremony(c);
    if (asked instanceof Response) return asked;
    const kid = c.req.param('kid');
    return (await ring.retire(kid, asked.by)) ? c.json({ retired: kid }) : refuse(c, PROBLEMS.notFound);
  });
  return api;
}
