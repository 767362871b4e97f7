import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../../http.ts';
import { sha256, sha256Base64Url } from '../../kernel/crypto.ts';
import type { AnsweredRequests } from '../ports.ts';
import { PROBLEMS, refuse } from './api-problems.ts';

/** Visible ASCII, quoted or not. */
const KEY = /^[\x21-\x7e]{1,255}$/;
/** Headers of an answer that belong to what was done; the others belong to each request. */
const KEPT_HEADERS = ['Content-Type', 'ETag', 'Location'];

/**
 * M3: a change that names an `Idempotency-Key` is made once; sent again within 24 hours it gets the same answer. 422 for
 * a key that belongs to another request, 409 while the first is running. A request that was refused has changed nothing
 * and leaves its key free.
 */
export const oncePerKey =
  (answered: AnsweredRequests): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const name = c.req.header('Idempotency-Key');
    if (name === undefined || c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    if (!KEY.test(name)) return refuse(c, PROBLEMS.badKey);
    const { method, url } = c.req;
    const about = [method, url, c.req.header('Content-Type'), c.req.header('If-Match')];
    const body = new Uint8Array(await c.req.arrayBuffer());
    const key = sha256Base64Url(name);
    const request = sha256Base64Url(JSON.stringify([...about, ...sha256(body)]));
    const begun = await answered.begin(key, request, c.get('now'));
    if (begun.kind === 'other') return refuse(c, PROBLEMS.keyReused);
    if (begun.kind === 'running') return refuse(c, PROBLEMS.running, { headers: { 'Retry-After': '5' } });
    if (begun.kind === 'answered') {
      const { body: text, ...init } = begun.answer;
      return new Response(text === '' ? null : text, init);
    }
    await next();
    if (!c.res.ok) return answered.release(key);
    const { status, headers } = c.res;
    const kept = KEPT_HEADERS.flatMap((header) => {
      const value = headers.get(header);
      return value === null ? [] : [[header, value] as const];
    });
    return answered.finish(key, {
      status,
      headers: Object.fromEntries(kept),
      body: await c.res.clone().text(),
    });
  };
