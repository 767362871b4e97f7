import { describe, expect, it } from 'vitest';
import { accountRoutes } from '../../../src/accounts/endpoints/routes.ts';
import { EVENT_KINDS } from '../../../src/accounts/model.ts';
import { factorRoutes } from '../../../src/factors/endpoints/routes.ts';
import { anApp, aWorld, csrfIn, get, NOW } from './a-hall.ts';

const FIRST = '33333333-3333-4333-8333-333333333333';
const SECOND = '44444444-4444-4444-8444-444444444444';
const KEY = '55555555-5555-4555-8555-555555555555';
const CARD = '66666666-6666-4666-8666-666666666666';
const API = '/api/internal/two_factor_authentication';
const ADDRESS = 'pat@agency.gov';

async function aStage() {
  const world = aWorld();
  const person = world.person({
    emails: [{ id: 'e1', address: ADDRESS, confirmedAt: NOW - 9000, lastSignInAt: NOW - 1000 }],
    backupCodes: [],
  });
  person.factors = [
    { id: FIRST, kind: 'totp', label: 'Phone', createdAt: NOW - 7000 },
    { id: SECOND, kind: 'totp', label: 'Tablet', createdAt: NOW - 6000 },
    { id: KEY, kind: 'security_key', label: 'Blue key', createdAt: NOW - 5000 },
    { id: CARD, kind: 'piv', label: 'Badge', createdAt: NOW - 4000 },
  ];
  const cookie = world.signIn(person);
  const app = anApp(factorRoutes(world.hall).route('/', accountRoutes(world.hall)));
  const csrf = csrfIn(await (await get(app, '/account/forget_all_browsers', cookie)).text());
  const call = (
    method: 'PUT' | 'DELETE',
    path: string,
    { body, headers = {}, as = cookie }: { body?: string; headers?: object; as?: string } = {},
  ) =>
    app.request(`https://idp.test${API}/${path}`, {
      method,
      headers: { cookie: as, 'x-csrf-token': csrf, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body }),
    });
  const rename = (path: string, name: unknown) => call('PUT', path, { body: JSON.stringify({ name }) });
  const labels = () => Object.fromEntries(person.factors.map(({ id, label }) => [id, label]));
  return { world, person, cookie, call, rename, labels };
}

describe('UR-10 PUT /api/internal/two_factor_authentication', () => {
  it.each([
    ['auth_app', FIRST],
    ['webauthn', KEY],
    ['piv_cac', CARD],
  ])('gives a factor of %s another name', async (kind, id) => {
    const { rename, labels } = await aStage();
    const answer = await rename(`${kind}/${id}`, '  Desk  drawer ');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toEqual({ success: true });
    expect(labels()[id]).toBe('Desk drawer');
  });

  it.each([
    ['', 'name_missing'],
    [7, 'name_missing'],
    ['x'.repeat(81), 'name_too_long'],
    ['tablet', 'name_taken'],
  ])('refuses the name %j', async (name, error) => {
    const { rename, labels } = await aStage();
    const answer = await rename(`auth_app/${FIRST}`, name);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toEqual({ success: false, error });
    expect(labels()[FIRST]).toBe('Phone');
  });

  it('refuses a body that is none, and one that is too long', async () => {
    const { call } = await aStage();
    for (const body of ['', '{', '[]', 'null', JSON.stringify({ name: 'x', more: 'y'.repeat(5000) })])
      expect((await call('PUT', `auth_app/${FIRST}`, { body })).status).toBe(422);
  });
});

describe('UR-10 DELETE /api/internal/two_factor_authentication', () => {
  it('removes a factor, writes it down and tells the person', async () => {
    const { world, person, call, labels } = await aStage();
    expect((await call('DELETE', `webauthn/${KEY}`)).status).toBe(200);
    expect(labels()).not.toHaveProperty(KEY);
    expect(person.events.map(({ kind }) => kind)).toContain(EVENT_KINDS.webauthn_key_removed);
    await expect
      .poll(() => world.sent.map(({ to, notice }) => [to, notice.kind]))
      .toEqual([[[ADDRESS], 'factor-removed']]);
    expect((await call('DELETE', `webauthn/${KEY}`)).status).toBe(404);
  });

  it('keeps the last method (MM-2)', async () => {
    const { person, call } = await aStage();
    person.factors = person.factors.slice(0, 1);
    const answer = await call('DELETE', `auth_app/${FIRST}`);
    expect(answer.status).toBe(409);
    expect(await answer.json()).toEqual({ success: false, error: 'last_factor' });
    expect(person.factors).toHaveLength(1);
  });
});

describe('UR-10 who may', () => {
  const methods = ['PUT', 'DELETE'] as const;

  it.each(methods)('%s needs a recent second factor: 401 without', async (method) => {
    const { world, person, call, labels } = await aStage();
    const before = labels();
    const stale = world.signIn(person, {
      events: [
        { method: 'password', at: NOW - 1000 },
        { method: 'totp', at: NOW - 21 * 60_000 },
        { method: 'remember_device', at: NOW - 1000 },
      ],
    });
    const half = world.signIn(person, { events: [{ method: 'password', at: NOW - 1000 }] });
    for (const as of [stale, half]) {
      const app = anApp(accountRoutes(world.hall));
      const token = world.hall.cookies.csrf(
        new TextEncoder().encode(world.hall.sessions.fromCookie(as)?.locator ?? ''),
      );
      expect((await get(app, '/account', as)).status).toBeLessThan(400);
      const answer = await call(method, `auth_app/${FIRST}`, {
        as,
        body: '{"name":"New"}',
        headers: { 'x-csrf-token': token },
      });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toEqual({ success: false, error: 'recent_authn_required' });
    }
    expect(labels()).toEqual(before);
  });

  it.each(methods)('%s needs the token of this browser, from our own pages: 403', async (method) => {
    const { call, labels } = await aStage();
    const before = labels();
    for (const headers of [
      { 'x-csrf-token': '' },
      { 'x-csrf-token': 'guessed' },
      { origin: 'https://evil.test' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const answer = await call(method, `auth_app/${FIRST}`, { body: '{"name":"New"}', headers });
      expect(answer.status).toBe(403);
    }
    expect(labels()).toEqual(before);
  });

  it.each(methods)('%s finds nothing of other kinds or other people', async (method) => {
    const { call, labels } = await aStage();
    const before = labels();
    for (const path of [`auth_app/${KEY}`, `webauthn/${FIRST}`, `piv_cac/${KEY}`, 'auth_app/unknown'])
      expect((await call(method, path, { body: '{"name":"New"}' })).status, path).toBe(404);
    expect(labels()).toEqual(before);
  });
});
