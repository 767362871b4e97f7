import type { Hono } from 'hono';
import * as v from 'valibot';
import { type AppEnv, newRoutes } from '../../http.ts';
import { SECOND, YEAR } from '../../kernel/time.ts';
import type { SandboxPorts } from '../ports.ts';
import { PROBLEMS, readBody, refuse } from './api-body.ts';

const MOST_SECONDS = (10 * YEAR) / SECOND;
const Advance = v.strictObject({
  advance_seconds: v.pipe(
    v.number(),
    v.integer('Whole seconds.'),
    v.minValue(0, 'Time only moves forward.'),
    v.maxValue(MOST_SECONDS),
  ),
});

/** `POST /clock {advance_seconds}`: moves time forward where that is possible, so that expiry can be tested. */
export function clockApi({ advanceClock }: Pick<SandboxPorts, 'advanceClock'>): Hono<AppEnv> {
  const api = newRoutes();
  api.post('/', async (c) => {
    if (advanceClock === null) return refuse(c, PROBLEMS.notFound);
    const body = await readBody(c, Advance);
    if (!body.ok) return body.error;
    const { now } = await advanceClock(body.value.advance_seconds);
    return c.json({ now: new Date(now).toISOString() });
  });
  return api;
}
