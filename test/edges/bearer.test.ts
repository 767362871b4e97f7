import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import description from '../../docs/openapi.json';
import { servedHere } from '../support/isolate.ts';
import { ORIGIN } from '../support/served.ts';

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

const UUID = '00000000-0000-4000-8000-000000000000';

/** Every operation that the description says needs the token, as an address somebody could call. */
const guarded = Object.entries(description.paths).flatMap(([path, operations]) =>
  Object.keys(operations)
    .filter((method) => /^(get|put|post|patch|delete)$/.test(method))
    .map((method) => ({ method: method.toUpperCase(), path: path.replace(/\{[^}]+\}/g, UUID) }))
    .filter(({ path: address }) => /^\/api\/(admin|sandbox)\/v1\//.test(address)),
);

/** Other ways to write an address, which a router might lead past the guard. */
const spellings = (path: string): readonly string[] => [
  path,
  `/es${path}`,
  `${path}/`,
  `${path}?a=b`,
  path.replace('/v1/', '/v1//'),
  path.replace('/api/', '//api/'),
  path.replace('/v1/', '/v1/./'),
  path.replace('/admin/', '/%61dmin/'),
  path.replace('/v1/', '/v1%2F'),
  path.replace('/api/', '/API/'),
];

describe('M3 what only operators may ask', () => {
  const worker = servedHere(env);

  it('is named in the description', () => {
    expect(guarded.length).toBeGreaterThan(20);
  });

  it.each([undefined, 'Bearer ', 'Bearer wrong', 'Basic test-admin-token'])(
    'is told to nobody with %s, however the address is written',
    async (authorization) => {
      for (const { method, path } of guarded) {
        for (const address of spellings(path)) {
          const answer = await worker.fetch(`${ORIGIN}${address}`, {
            method,
            headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
            ...(method === 'GET' ? {} : { body: '{"reason":"none"}' }),
          });
          const isOpen = method === 'GET' && path.endsWith('/openapi.json');
          const wanted = isOpen ? [200, 304, 401, 404] : [401, 404];
          expect(wanted, `${method} ${address}`).toContain(answer.status);
          if (address === path && !isOpen) expect(answer.status, `${method} ${address}`).toBe(401);
        }
      }
    },
  );
});
