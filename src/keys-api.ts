import type { Context, Hono } from 'hono';
import { PROBLEMS, refuse, requireBearer } from './apps/endpoints/api-problems.ts';
import { type AppEnv, newRoutes } from './http.ts';
import type { RootUse } from './platform/d1/root-use.ts';
import type { Ceremony, KeyInfo, KeyRing } from './platform/keys/signing-keys.ts';
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

const MAX_REASON = 500;

/** Key ceremonies for operators (portal-and-operations M3, O10, O14): every move leaves an audit line with its reason. */
export function keysApi(ring: KeyRing, roots: Roots, adminToken: string): Hono<AppEnv> {
  const api = newRoutes();
  const ceremony = async (
    c: Context<AppEnv>,
  ): Promise<{ readonly by: Ceremony; readonly force: boolean }> => {
    const body: unknown = await c.req.json().catch(() => null);
    const given = typeof body === 'object' && body !== null ? body : {};
    const reason =
      'reason' in given && typeof given.reason === 'string' ? given.reason.slice(0, MAX_REASON) : 'not given';
    return {
      by: { actor: 'api:admin-token', reason, now: c.get('now') },
      force: 'force' in given && given.force === true,
    };
  };
  api.use('*', requireBearer(adminToken));
  api.get('/', async (c) => c.json({ keys: (await ring.list()).map(show) }));
  api.get('/roots', async (c) => c.json({ newest: roots.newest, roots: await roots.uses() }));
  api.post('/oidc/rotate', async (c) => {
    const key = await ring.rotate(await ceremony(c));
    logLine('warn', 'signing_key_rotated', { kid: key.kid });
    return c.json(show(key), 201);
  });
  api.post('/:kid/activate', async (c) => {
    const kid = c.req.param('kid');
    return (await ring.activate(kid, (await ceremony(c)).by))
      ? c.json({ activated: kid })
      : refuse(c, PROBLEMS.notFound);
  });
  api.post('/:kid/retire', async (c) => {
    const kid = c.req.param('kid');
    return (await ring.retire(kid, (await ceremony(c)).by))
      ? c.json({ retired: kid })
      : refuse(c, PROBLEMS.notFound);
  });
  return api;
}
