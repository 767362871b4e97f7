import { Hono } from 'hono';
import { adminApi } from '../../../src/apps/endpoints/admin-api.ts';
import type { AdminPorts } from '../../../src/apps/endpoints/admin-ports.ts';
import { logos } from '../../../src/apps/endpoints/logos.ts';
import { apiDescription } from '../../../src/apps/openapi-documents.ts';
import type { AppEnv } from '../../../src/http.ts';
import { memoryAnswers } from './memory-answers.ts';
import { memoryRegistry } from './memory-registry.ts';

export const TOKEN = 'a-token-for-tests';
export const NOW = Date.UTC(2026, 5, 1);

/** The machine interface as the Worker mounts it, on stores in memory unless `ports` says otherwise. */
export function admin(ports: Partial<AdminPorts> = {}) {
  const stored = new Map<string, Uint8Array<ArrayBuffer>>();
  const all: AdminPorts = {
    env: 'test',
    adminToken: TOKEN,
    ...memoryRegistry(),
    answered: memoryAnswers(),
    saveLogo: async (sha256, type, bytes) => {
      stored.set(`${sha256}.${type}`, new Uint8Array(bytes));
    },
    readFile: async (path) =>
      Response.json(apiDescription(path.includes('-live') ? 'production' : 'sandbox')),
    loadLogo: async (sha256, type) => stored.get(`${sha256}.${type}`) ?? null,
    ...ports,
  };
  const app = new Hono<AppEnv>();
  app.use('*', async (c, next) => {
    c.set('requestId', 'request-1');
    c.set('now', NOW);
    await next();
  });
  app.route('/api/admin/v1', adminApi(all));
  app.route('/', logos(all));

  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    app.request(`/api/admin/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${TOKEN}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return { app, call, ports: all };
}
