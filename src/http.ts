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

type Route<T> = Parameters<Router<T>['add']>;

/** `account` of `/account/history`: what is between the first two slashes. */
const firstSegment = (path: string): string => {
  const start = path.startsWith('/') ? 1 : 0;
  const end = path.indexOf('/', start);
  return end === -1 ? path.slice(start) : path.slice(start, end);
};

/** Whether a segment of a route stands for others than itself. */
const standsForMore = (segment: string): boolean => /[:*{?]/.test(segment);

/**
 * Takes routes at once and sorts them when a request has to be matched, and then only those that can match it: paths
 * that begin alike have a trie of their own, with the routes for any path among them in their places. A room's own router
 * never sorts: its routes are mounted in the house's. Nor does the house's, in an isolate that only answers what needs no
 * choice.
 */
function lazyTrie<T>(): Router<T> {
  const routes: Route<T>[] = [];
  const tries = new Map<string, TrieRouter<T>>();
  // As many tries as routes begin in different ways, and one for all other paths: callers cannot make more.
  const known = new Set<string>();
  const trieOf = (segment: string): TrieRouter<T> => {
    const begun = tries.get(segment);
    if (begun !== undefined) return begun;
    const trie = new TrieRouter<T>();
    for (const route of routes) {
      const first = firstSegment(route[1]);
      if (first === segment || standsForMore(first)) trie.add(...route);
    }
    tries.set(segment, trie);
    return trie;
  };
  return {
    name: 'LazyTrie',
    add: (...route) => {
      routes.push(route);
      known.add(firstSegment(route[1]));
      tries.clear();
    },
    match: (method, path) => {
      const first = firstSegment(path);
      return trieOf(known.has(first) ? first : '*').match(method, path);
    },
  };
}

/**
 * A router of its own, to be mounted in the house's. Paths like `/api/saml/:endpoint` beside `/api/saml/auth2026` are
 * beyond the library's other router, which it would try first and carry along.
 */
export const newRoutes = (options: HonoOptions<AppEnv> = {}): Hono<AppEnv> =>
  new HonoBase<AppEnv>({ ...options, router: lazyTrie() });
