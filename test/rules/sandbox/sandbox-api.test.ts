import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { fromBase32 } from '../../../src/factors/totp/base32.ts';
import { totpAt, totpStep, verifyTotp } from '../../../src/factors/totp/totp.ts';
import type { AppEnv } from '../../../src/http.ts';
import { sandboxApi } from '../../../src/sandbox/endpoints/sandbox-api.ts';
import type { StoredMessage } from '../../../src/sandbox/ports.ts';
import { anApp, aWorld, NOW, type World } from '../pages/a-hall.ts';

const aMessage = (over: Partial<StoredMessage> = {}): StoredMessage => ({
  id: 'm1',
  channel: 'email',
  to: 'pat@agency.gov',
  subject: 'Hello',
  text: 'Open https://idp.test/sign_up?a=1.\nOr https://idp.test/other',
  html: '<p>Hello</p>',
  code: null,
  sentAt: NOW,
  ...over,
});

function anApi(world: World, messages: StoredMessage[] = [], clock: 'moves' | 'stands' = 'moves') {
  const asked: unknown[] = [];
  const routes = new Hono<AppEnv>();
  routes.route(
    '/api',
    sandboxApi(
      {
        hall: world.hall,
        messages: {
          list: async (query) => {
            asked.push(query);
            return messages;
          },
          get: async () => null,
          clear: async () => void messages.splice(0),
        },
        sampleApps: [],
        originOf: async (uuid) => world.accounts.get(uuid)?.origin ?? null,
        advanceClock: clock === 'stands' ? null : async (seconds) => ({ now: NOW + seconds * 1000 }),
      },
      async (c, next) => {
        if (c.req.header('authorization') !== 'Bearer t') return c.json({}, 401);
        await next();
        return undefined;
      },
    ),
  );
  const app = anApp(routes);
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await app.request(`https://idp.test/api${path}`, {
      method,
      headers: { authorization: 'Bearer t', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      json: text === '' ? null : JSON.parse(text),
    };
  };
  return { app, call, asked };
}

describe('POST /accounts', () => {
  it('makes a confirmed account with both factors when nothing is asked for', async () => {
    const world = aWorld();
    const { status, json } = await anApi(world).call('POST', '/accounts');
    expect(status).toBe(201);
    expect(json.email).toMatch(/@mailbox\.test$/);
    expect(json.password.length).toBeGreaterThanOrEqual(12);
    expect(json.backup_codes).toHaveLength(10);
    expect(json.backup_codes[0]).toMatch(/^\w{4}-\w{4}-\w{4}$/);
    const account = world.accounts.get(json.uuid);
    expect(account?.origin).toBe('sandbox');
    expect(account?.password).toBe(`record:${json.password}`);
    expect(account?.emails[0]?.confirmedAt).toBe(NOW);
    expect(account?.events).toHaveLength(3);
  });

  it('gives a secret whose codes of now and of the drift around it are still unused', async () => {
    const world = aWorld();
    const steps: number[] = [];
    const hall = {
      ...world.hall,
      factors: {
        ...world.hall.factors,
        addTotp: async (input: Parameters<typeof world.hall.factors.addTotp>[0]) => {
          steps.push(input.step);
          return world.hall.factors.addTotp(input);
        },
      },
    };
    const { json } = await anApi({ ...world, hall }).call('POST', '/accounts', { factors: ['totp'] });
    const secret = fromBase32(json.totp_secret);
    expect(secret).toHaveLength(20);
    expect(json.backup_codes).toEqual([]);
    if (secret === null) throw new Error('no secret');
    const lastStep = steps[0] ?? null;
    for (const drift of [-1, 0, 1]) {
      const code = totpAt(secret, totpStep(NOW) + drift);
      expect(verifyTotp({ secret, code, now: NOW, lastStep }).ok).toBe(true);
    }
  });

  it('takes address, password and language as given', async () => {
    const world = aWorld();
    const wish = {
      email: ' Robin@Agency.GOV ',
      password: 'violet-mountain-staple-91',
      locale: 'fr',
      factors: [],
    };
    const { status, json } = await anApi(world).call('POST', '/accounts', wish);
    expect(status).toBe(201);
    expect(json).toMatchObject({
      email: 'robin@agency.gov',
      password: wish.password,
      locale: 'fr',
      totp_secret: null,
      backup_codes: [],
    });
    expect(world.accounts.get(json.uuid)?.facts.emailLocale).toBe('fr');
  });

  it.each([
    [{ password: 'short' }, 'password.too_short'],
    [{ password: 'passwordpassword' }, 'password.too_weak'],
    [{ email: 'nobody' }, 'email.malformed'],
    [{ factors: ['fax'] }, 'factors.unsupported'],
    [{ phones: ['202 555 0143'] }, 'phones.invalid'],
    [{ phones: ['+12025550143', '+12025550144'], factors: Array(4).fill('phone') }, 'phones.too_many'],
    [{ profile: { given_name: 'Pat' } }, 'profile.unknown'],
    [{ profile: { ssn: '12345' } }, 'profile.invalid'],
    [{ locale: 'de' }, 'locale.unsupported'],
    [{ colour: 'blue' }, 'colour.unknown'],
  ])('refuses %j with 422 and the code %s', async (wish, code) => {
    const world = aWorld();
    const { status, type, json } = await anApi(world).call('POST', '/accounts', wish);
    expect(status).toBe(422);
    expect(type).toBe('application/problem+json');
    expect(json.errors.map((one: { code: string }) => one.code)).toEqual([code]);
    expect(world.accounts.size).toBe(0);
  });

  it('answers 409 for an address that is taken', async () => {
    const world = aWorld();
    world.person();
    const { status, json } = await anApi(world).call('POST', '/accounts', { email: 'pat@agency.gov' });
    expect(status).toBe(409);
    expect(json.errors[0].code).toBe('email.taken');
    expect(world.accounts.size).toBe(1);
  });

  it('answers 400 for text that is not JSON', async () => {
    expect((await anApi(aWorld()).call('POST', '/accounts', '{"email":')).status).toBe(400);
  });

  it('lets nobody in without the token', async () => {
    const { app } = anApi(aWorld());
    expect((await app.request('https://idp.test/api/accounts', { method: 'POST' })).status).toBe(401);
  });
});

describe('GET and DELETE /accounts/{uuid}', () => {
  it('shows no secrets and deletes with all sessions', async () => {
    const world = aWorld();
    const { call } = anApi(world);
    const person = world.person({ origin: 'sandbox' });
    world.signIn(person);
    const { status, json } = await call('GET', `/accounts/${person.uuid}`);
    expect(status).toBe(200);
    expect(json.emails[0].address).toBe('pat@agency.gov');
    expect(JSON.stringify(json)).not.toContain('record:');
    expect((await call('DELETE', `/accounts/${person.uuid}`)).status).toBe(204);
    expect(world.accounts.size).toBe(0);
    expect(world.sessions.size).toBe(0);
    expect((await call('GET', `/accounts/${person.uuid}`)).status).toBe(404);
  });

  it('keeps its hands off other accounts in a shared sandbox', async () => {
    const world = aWorld({ environment: 'sandbox' });
    const { call } = anApi(world);
    const person = world.person();
    expect((await call('DELETE', `/accounts/${person.uuid}`)).status).toBe(404);
    expect((await call('GET', `/accounts/${person.uuid}`)).status).toBe(404);
    expect(world.accounts.size).toBe(1);
  });
});

describe('GET /messages', () => {
  it('answers an array with links and times written out', async () => {
    const { call, asked } = anApi(aWorld(), [aMessage()]);
    const { status, json } = await call(
      'GET',
      '/messages?to=pat%40agency.gov&after=2026-11-22T11:59:00Z&limit=5',
    );
    expect(status).toBe(200);
    expect(json).toEqual([
      {
        id: 'm1',
        channel: 'email',
        to: 'pat@agency.gov',
        subject: 'Hello',
        text: 'Open https://idp.test/sign_up?a=1.\nOr https://idp.test/other',
        html: '<p>Hello</p>',
        links: ['https://idp.test/sign_up?a=1', 'https://idp.test/other'],
        code: null,
        sent_at: '2026-11-22T12:00:00.000Z',
      },
    ]);
    expect(asked).toEqual([{ to: 'pat@agency.gov', after: NOW - 60_000, limit: 5 }]);
  });

  it.each(['after=yesterday', 'limit=0', 'limit=501', 'limit=x', 'to='])(
    'refuses %s with 400',
    async (query) => {
      expect((await anApi(aWorld()).call('GET', `/messages?${query}`)).status).toBe(400);
    },
  );

  it('empties the inbox', async () => {
    const { call } = anApi(aWorld(), [aMessage()]);
    expect((await call('DELETE', '/messages')).status).toBe(204);
    expect((await call('GET', '/messages')).json).toEqual([]);
  });
});

describe('POST /clock', () => {
  it('says that the field is missing, and that another is unknown', async () => {
    const { status, json } = await anApi(aWorld()).call('POST', '/clock', { advance: 60 });
    expect(status).toBe(422);
    expect(json.errors).toMatchObject([
      { field: 'advance_seconds', code: 'advance_seconds.required', message: 'This field is required.' },
      { field: 'advance', code: 'advance.unknown' },
    ]);
  });

  it('moves the clock forward and tells the time', async () => {
    const { status, json } = await anApi(aWorld()).call('POST', '/clock', { advance_seconds: 90 });
    expect(status).toBe(200);
    expect(json.now).toBe('2026-11-22T12:01:30.000Z');
  });

  it.each([{}, { advance_seconds: -1 }, { advance_seconds: 1.5 }, { advance_seconds: '1' }])(
    'refuses %j',
    async (body) => {
      expect((await anApi(aWorld()).call('POST', '/clock', body)).status).toBe(422);
    },
  );

  it('is not there where time stands', async () => {
    expect((await anApi(aWorld(), [], 'stands').call('POST', '/clock', { advance_seconds: 1 })).status).toBe(
      404,
    );
  });
});
