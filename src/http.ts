import type { Hono } from 'hono';
import { HonoBase, type HonoOptions } from 'hono/hono-base';
import type { Router } from 'hono/router';
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
 * Takes routes at once and sorts them when the first request has to be matched. A room's own router never has to: its
 * routes are mounted in the house's. Nor does the house's, in an isolate that only answers what needs no choice.
 */
function lazyTrie<T>(): Router<T> {
  const trie = new TrieRouter<T>();
  let waiting: Parameters<Router<T>['add']>[] = [];
  return {
    name: trie.name,
    add: (...route) => {
      waiting.push(route);
    },
    match: (method, path) => {
      for (const route of waiting) trie.add(...route);
      waiting = [];
      return trie.match(method, path);
    },
  };
}

/**
 * A router of its own, to be mounted in the house's. Paths like `/api/saml/:endpoint` beside `/api/saml/auth2026` are
 * beyond the library's other router, which it would try first and carry along.
 */
export const newRoutes = (options: HonoOptions<AppEnv> = {}): Hono<AppEnv> =>
  new HonoBase<AppEnv>({ ...options, router: lazyTrie() });
