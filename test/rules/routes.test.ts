import fc from 'fast-check';
import type { Hono } from 'hono';
import { HonoBase } from 'hono/hono-base';
import { TrieRouter } from 'hono/router/trie-router';
import { describe, expect, it } from 'vitest';
import { type AppEnv, newRoutes } from '../../src/http.ts';

const PATHS = [
  ...[
    '/',
    '*',
    '/*',
    '/account',
    '/account/*',
    '/account/:id',
    '/account/history',
    '/:locale/account',
    '/:any',
  ],
  ...[
    '/api/saml/auth2026',
    '/api/saml/:endpoint',
    '/api/*',
    '/:locale{es|fr}',
    '/:locale{es|fr}/*',
    '/users/:id?',
  ],
] as const;
const SEGMENTS = [
  '',
  'account',
  'api',
  'saml',
  'auth2026',
  'es',
  'fr',
  'users',
  'history',
  '7',
  '*',
  ':any',
  '%C3%A9',
];

/** Says which handlers a request passed, in their order. */
const withRoutes = (routes: Hono<AppEnv>, paths: readonly string[]): Hono<AppEnv> => {
  for (const [index, path] of paths.entries()) {
    if (index % 2 === 0) {
      routes.use(path, async (c, next) => {
        await next();
        c.header('passed', `${index}`, { append: true });
      });
    } else {
      routes.get(path, (c) => c.json([index, c.req.routePath, c.req.param()]));
    }
  }
  return routes;
};

const answerOf = async (routes: Hono<AppEnv>, path: string): Promise<unknown> => {
  const answer = await routes.fetch(new Request(`http://house.test${path}`));
  return [answer.status, answer.headers.get('passed'), await answer.text()];
};

describe('routes sorted when they are needed', () => {
  it('answer as routes sorted at once do', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...PATHS), { minLength: 1, maxLength: 12 }),
        fc.array(fc.array(fc.constantFrom(...SEGMENTS), { minLength: 1, maxLength: 3 }), { maxLength: 6 }),
        async (paths, asked) => {
          const lazily = withRoutes(newRoutes(), paths);
          const atOnce = withRoutes(new HonoBase<AppEnv>({ router: new TrieRouter() }), paths);
          for (const path of ['/', ...asked.map((segments) => `/${segments.join('/')}`)]) {
            expect(await answerOf(lazily, path)).toEqual(await answerOf(atOnce, path));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('see routes that come after the first request', async () => {
    const routes = newRoutes().get('/a', (c) => c.text('a'));
    expect((await routes.fetch(new Request('http://house.test/b'))).status).toBe(404);
    routes.get('/b', (c) => c.text('b'));
    expect(await (await routes.fetch(new Request('http://house.test/b'))).text()).toBe('b');
  });
});
