import { Hono } from 'hono';
import { PROBLEMS, refuse, requireBearer } from './apps/endpoints/api-problems.ts';
import type { AppEnv } from './http.ts';
import { logLine } from './platform/log.ts';
import type { KeyInfo, KeyRing } from './platform/keys/signing-keys.ts';

const show = (key: KeyInfo) => ({
  kid: key.kid,
  use: key.use,
  state: key.state,
  created_at: new Date(key.createdAt).toISOString(),
  activated_at: key.activatedAt === null ? null : new Date(key.activatedAt).toISOString(),
  retiring_at: key.retiringAt === null ? null : new Date(key.retiringAt).toISOString(),
  created_by: key.createdBy,
});

/** Key ceremonies for operators (portal-and-operations M3, O10). Every move is logged with its reason's length only. */
export function keysApi(ring: KeyRing, adminToken: string): Hono<AppEnv> {
  const api = new Hono<AppEnv>();
  api.use('*', requireBearer(adminToken));
  api.get('/', async (c) => c.json({ keys: (await ring.list()).map(show) }));
  api.post('/oidc/rotate', async (c) => {
    const body: unknown = await c.req.json().catch(() => ({}));
    const force = typeof body === 'object' && body !== null && 'force' in body && body.force === true;
    const key = await ring.rotate({ force, actor: 'operator', now: c.get('now') });
    logLine('warn', 'signing_key_rotated', { kid: key.kid, force });
    return c.json(show(key), 201);
  });
  api.post('/:kid/activate', async (c) => {
    const done = await ring.activate(c.req.param('kid'), c.get('now'));
    return done ? c.json({ activated: c.req.param('kid') }) : refuse(c, PROBLEMS.notFound);
  });
  api.post('/:kid/retire', async (c) => {
    const done = await ring.retire(c.req.param('kid'), c.get('now'));
    return done ? c.json({ retired: c.req.param('kid') }) : refuse(c, PROBLEMS.notFound);
  });
  return api;
}
