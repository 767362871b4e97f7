import type { Hono } from 'hono';
import { type AppEnv, newRoutes } from '../../http.ts';
import type { AdminPorts } from './admin-ports.ts';
import { linkNext, PROBLEMS, refuse } from './api-problems.ts';

const MAX_LINES = 100;

/** `/audit`: history, newest first, of everything or of one `item_id` (P50). */
export function auditApi({ readAudit }: AdminPorts): Hono<AppEnv> {
  const api = newRoutes();

  api.get('/', async (c) => {
    const cursor = c.req.query('cursor');
    if (cursor !== undefined && !/^[1-9][0-9]{0,15}$/.test(cursor)) {
      return refuse(c, PROBLEMS.badQuery, { detail: 'cursor' });
    }
    const before = cursor === undefined ? null : Number(cursor);
    const entries = await readAudit({ itemId: c.req.query('item_id') ?? null, before, limit: MAX_LINES });
    const last = entries.at(-1);
    linkNext(c, last === undefined || entries.length < MAX_LINES ? null : String(last.id));
    return c.json(
      entries.map((entry) => ({
        id: entry.id,
        time: new Date(entry.time).toISOString(),
        actor: entry.actor,
        action: entry.action,
        item_type: entry.itemType,
        item_id: entry.itemId,
        before: entry.before,
        after: entry.after,
        changes: entry.changes,
      })),
    );
  });

  return api;
}
