import type { Hono } from 'hono';
import { HonoBase, type HonoOptions } from 'hono/hono-base';
import { TrieRouter } from 'hono/router/trie-router';
import type { AppEnv, RequestContext } from './kernel/request-context.ts';

export type { AppEnv, RequestContext };

/** What answers a request. */
export type Handler = (c: RequestContext) => Response | Promise<Response>;

/** Handlers by method and path: `GET /openid_connect/authorize`. */
export type DirectRoutes = ReadonlyMap<string, Handler>;

/**
 * Documents that are the same for everybody, by method and path. Their answers are complete as they are: nothing about
 * the request goes into them or the log. Null, or a rejection, sends the request the way of all others.
 */
export type PublishedRoutes = ReadonlyMap<
  string,
  (request: Request) => Response | null | Promise<Response | null>
>;

/**
 * A router of its own, to be mounted in the house's. Paths like `/api/saml/:endpoint` beside `/api/saml/auth2026` are
 * beyond the library's other router, which it would try first and carry along.
 */
export const newRoutes = (options: HonoOptions<AppEnv> = {}): Hono<AppEnv> =>
  new HonoBase<AppEnv>({ ...options, router: new TrieRouter() });
