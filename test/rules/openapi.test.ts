import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { isRecord } from '../../src/apps/canonical.ts';
import { describedRoutes, openApiDocument } from '../../src/apps/openapi.ts';
import { ADMIN_OPERATIONS } from '../../src/apps/openapi-admin.ts';
import { KEY_OPERATIONS } from '../../src/apps/openapi-keys.ts';
import { SAML_OPERATIONS } from '../../src/apps/openapi-saml.ts';
import { SANDBOX_OPERATIONS } from '../../src/apps/openapi-sandbox.ts';
import { SCHEMAS } from '../../src/apps/openapi-schemas.ts';
import { USER_OPERATIONS } from '../../src/apps/openapi-users.ts';
import { appShape } from '../../src/apps/shape.ts';
import type { AppEnv } from '../../src/http.ts';
import { keysApi } from '../../src/keys-api.ts';
import { samlYearsApi } from '../../src/saml-years-api.ts';
import { sandboxApi } from '../../src/sandbox/endpoints/sandbox-api.ts';
import { usersApi } from '../../src/users-api.ts';
import { admin } from './apps/admin.ts';
import { aWorld } from './pages/a-hall.ts';

const never = () => {
  throw new Error('only the routes are looked at');
};
const noKeys = {
  list: never,
  rotate: never,
  activate: never,
  retire: never,
  keepCalendar: never,
  signing: never,
  published: never,
};

const noUsers = {
  hall: aWorld().hall,
  bans: { ban: never, unban: never, standing: never },
  apps: { byUuid: never, byIssuer: never },
};

const EVERYTHING = [
  ...ADMIN_OPERATIONS,
  ...KEY_OPERATIONS,
  ...SAML_OPERATIONS,
  ...USER_OPERATIONS,
  ...SANDBOX_OPERATIONS,
];

/** What a router answers under a prefix, written as the document writes it. */
const routesOf = (app: Hono<AppEnv>, prefix: string): readonly string[] =>
  [
    ...new Set(
      app.routes
        .filter((route) => route.method !== 'ALL' && route.path.startsWith(prefix))
        .map((route) => `${route.method} ${route.path.replace(/:(\w+)/g, '{$1}')}`),
    ),
  ].sort();

describe('M4 OpenAPI', () => {
  it('describes every route of the admin interface and no other', () => {
    const described = [...describedRoutes(openApiDocument(ADMIN_OPERATIONS))].sort();
    expect(described).toEqual(routesOf(admin().app, '/api/admin/v1'));
  });

  it('describes every key ceremony and no other', () => {
    const app = new Hono<AppEnv>().route(
      '/api/admin/v1/keys',
      keysApi(noKeys, { newest: 1, uses: never }, 'token'),
    );
    expect([...describedRoutes(openApiDocument(KEY_OPERATIONS))].sort()).toEqual(
      routesOf(app, '/api/admin/v1/keys'),
    );
  });

  it('describes every step of a SAML year and no other', () => {
    const noYears = {
      serving: never,
      all: never,
      metadata: never,
      list: never,
      stage: never,
      open: never,
      close: never,
      hold: never,
      replace: never,
      keepCalendar: never,
    };
    const noUse = { note: never, seen: never, told: never, markTold: never, clear: never };
    const app = new Hono<AppEnv>().route(
      '/api/admin/v1/saml/years',
      samlYearsApi(noYears, { use: noUse, apps: never }, 'token'),
    );
    expect([...describedRoutes(openApiDocument(SAML_OPERATIONS))].sort()).toEqual(
      routesOf(app, '/api/admin/v1/saml/years'),
    );
  });

  it('describes everything operators do to an account and no other', () => {
    const app = new Hono<AppEnv>().route('/api/admin/v1/users', usersApi(noUsers, 'token'));
    expect([...describedRoutes(openApiDocument(USER_OPERATIONS))].sort()).toEqual(
      routesOf(app, '/api/admin/v1/users'),
    );
  });

  it('describes every sandbox operation and no other', () => {
    const api = sandboxApi(
      {
        hall: aWorld().hall,
        messages: { list: never, get: never, clear: never },
        sampleApps: [],
        originOf: never,
        advanceClock: null,
      },
      (_c, next) => next(),
    );
    const app = new Hono<AppEnv>().route('/api/sandbox/v1', api);
    expect([...describedRoutes(openApiDocument(SANDBOX_OPERATIONS))].sort()).toEqual(
      routesOf(app, '/api/sandbox/v1'),
    );
  });

  it('describes the sandbox only where there is one', async () => {
    const paths = async (env: 'sandbox' | 'production') =>
      describedRoutes(await (await admin({ env }).app.request('/api/admin/v1/openapi.json')).json());
    expect(await paths('sandbox')).toContain('POST /api/sandbox/v1/accounts');
    expect((await paths('production')).filter((route) => route.includes('sandbox'))).toEqual([]);
  });

  it('is committed as docs/openapi.json', () => {
    const committed: unknown = JSON.parse(
      readFileSync(`${import.meta.dirname}/../../docs/openapi.json`, 'utf8'),
    );
    expect(committed).toEqual(JSON.parse(JSON.stringify(openApiDocument(EVERYTHING))));
  });

  it('is served without a token', async () => {
    const response = await admin().app.request('/api/admin/v1/openapi.json');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ openapi: '3.1.0' });
  });

  it('knows the fields of an app that the validator knows', () => {
    const described = SCHEMAS.AppDocument?.properties;
    expect(Object.keys(isRecord(described) ? described : {}).sort()).toEqual(
      Object.keys(appShape().entries).sort(),
    );
  });

  it('refers only to schemas that exist', () => {
    const text = JSON.stringify(openApiDocument(EVERYTHING));
    const named = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name ?? '');
    expect(named.filter((name) => !Object.hasOwn(SCHEMAS, name))).toEqual([]);
    expect(named.length).toBeGreaterThan(20);
  });

  it('gives every operation its own id', () => {
    const ids = EVERYTHING.map((operation) => operation.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
