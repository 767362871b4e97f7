import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import description from '../../docs/openapi.json';
import { servedHere } from '../support/isolate.ts';
import { ADMIN_TOKEN, ORIGIN } from '../support/served.ts';

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

describe('every input has a limit', () => {
  const worker = servedHere(env);
  const header = { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' };
  const reading = guarded.filter(({ method }) => method !== 'GET' && method !== 'DELETE');
  const large = JSON.stringify({ reason: 'x'.repeat(2_000_000) });

  it.each(['declared', 'streamed'])(
    'a body of two megabytes is refused with 413 where one is read: %s',
    async (how) => {
      const before = await keysAndYears();
      for (const { method, path } of reading) {
        const answer = await worker.fetch(`${ORIGIN}${path}`, {
          method,
          headers: how === 'declared' ? { ...header, 'content-length': String(large.length) } : header,
          body: large,
        });
        // What takes no body, or has nothing to move here, may answer before it looks at one.
        const wanted = /\/(?:disable|enable|clock)$/.test(path) ? [413, 404] : [413];
        expect(wanted, `${method} ${path}`).toContain(answer.status);
        expect(await answer.json()).toMatchObject({ status: answer.status });
      }
      expect(await keysAndYears(), 'nothing was done').toEqual(before);
    },
  );

  it('a key ceremony with a body that cannot be read does not happen', async () => {
    const before = await keysAndYears();
    for (const [path, body] of [
      ['/api/admin/v1/keys/oidc/rotate', '{"force":true'],
      ['/api/admin/v1/keys/some-kid/activate', 'because'],
      ['/api/admin/v1/saml/years/2030/stage', '{"reason'],
    ] as const) {
      const answer = await worker.fetch(`${ORIGIN}${path}`, { method: 'POST', headers: header, body });
      expect(answer.status, path).toBe(400);
      expect(await answer.json()).toMatchObject({ type: '/developers/support/#unreadable-body' });
    }
    expect(await keysAndYears()).toEqual(before);
  });

  async function keysAndYears(): Promise<unknown> {
    const read = async (path: string) => (await worker.api('GET', `/api/admin/v1/${path}`)).json();
    return [await read('keys'), await read('saml/years')];
  }
});
