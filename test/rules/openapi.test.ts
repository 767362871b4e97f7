import { readFileSync } from 'node:fs';
import type { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { isRecord } from '../../src/apps/canonical.ts';
import { ADMIN_OPERATIONS, describedRoutes, openApiDocument } from '../../src/apps/openapi.ts';
import { SCHEMAS } from '../../src/apps/openapi-schemas.ts';
import { appShape } from '../../src/apps/shape.ts';
import type { AppEnv } from '../../src/http.ts';
import { admin } from './apps/admin.ts';

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

  it('is committed as docs/openapi.json', () => {
    const committed: unknown = JSON.parse(
      readFileSync(`${import.meta.dirname}/../../docs/openapi.json`, 'utf8'),
    );
    expect(committed).toEqual(JSON.parse(JSON.stringify(openApiDocument(ADMIN_OPERATIONS))));
  });

  it('is served without a token', async () => {
    const response = await admin().app.request('/api/admin/v1/openapi.json');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ openapi: '3.1.0' });
  });

  it('knows the fields of an app that the validator knows', () => {
    const described = SCHEMAS.AppDocument?.properties;
    expect(Object.keys(isRecord(described) ? described : {}).sort()).toEqual(
      Object.keys(appShape.entries).sort(),
    );
  });

  it('refers only to schemas that exist', () => {
    const text = JSON.stringify(openApiDocument(ADMIN_OPERATIONS));
    const named = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name ?? '');
    expect(named.filter((name) => !Object.hasOwn(SCHEMAS, name))).toEqual([]);
    expect(named.length).toBeGreaterThan(20);
  });

  it('gives every operation its own id', () => {
    const ids = ADMIN_OPERATIONS.map((operation) => operation.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
