import type { Hono } from 'hono';
import { type AppEnv, newRoutes } from '../../http.ts';
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from '../../kernel/bytes.ts';
import { isRecord } from '../canonical.ts';
import { patchedDocument, settingsOf, showApp, withAgency } from '../document.ts';
import type { App } from '../model.ts';
import { ACTOR, type AdminPorts } from './admin-ports.ts';
import { linkNext, PROBLEMS, readJson, refuse } from './api-problems.ts';
import { answerApp, refuseStale, writeApp } from './change-app.ts';

/** M4: cursor paging, 100 a page. */
const PAGE = 100;

/** Where a page ended: the last issuer, wrapped so that nobody builds one by hand. */
const cursorOf = (issuer: string): string => toBase64Url(utf8(issuer));

function issuerOfCursor(cursor: string): string | null {
  const bytes = fromBase64Url(cursor);
  return bytes === null ? null : fromUtf8(bytes);
}

/** One page of apps in issuer order, and the cursor of the next one. */
function page(apps: readonly App[], after: string | null): { shown: readonly App[]; next: string | null } {
  const from = after === null ? 0 : apps.findIndex((app) => app.issuer > after);
  const shown = from === -1 ? [] : apps.slice(from, from + PAGE);
  const last = shown.at(-1);
  const more = last !== undefined && last !== apps.at(-1);
  return { shown, next: more ? cursorOf(last.issuer) : null };
}

/** `/apps` and `/apps/{uuid}`: read, create, replace, patch, delete, and the switch of incidents (M3). */
export function appsApi(ports: AdminPorts): Hono<AppEnv> {
  const api = newRoutes();

  api.get('/', async (c) => {
    const issuer = c.req.query('issuer');
    if (issuer !== undefined) {
      const app = await ports.registry.byIssuer(issuer);
      return c.json(app === null ? [] : [showApp(app)]);
    }
    const cursor = c.req.query('cursor');
    const after = cursor === undefined ? null : issuerOfCursor(cursor);
    if (cursor !== undefined && after === null) return refuse(c, PROBLEMS.badQuery, { detail: 'cursor' });
    const { shown, next } = page(await ports.registry.list(), after);
    linkNext(c, next);
    return c.json(shown.map(showApp));
  });

  api.post('/', async (c) => {
    const body = await readJson(c);
    return body.ok ? writeApp(c, ports, body.value, null) : body.error;
  });

  api.get('/:uuid', async (c) => {
    const app = await ports.registry.byUuid(c.req.param('uuid'));
    return app === null ? refuse(c, PROBLEMS.notFound) : answerApp(c, app);
  });

  api.put('/:uuid', async (c) => {
    const body = await readJson(c);
    if (!body.ok) return body.error;
    const app = await ports.registry.byUuid(c.req.param('uuid'));
    if (app === null) return refuse(c, PROBLEMS.notFound);
    return writeApp(c, ports, withAgency(body.value, app), app);
  });

  api.patch('/:uuid', async (c) => {
    const body = await readJson(c);
    if (!body.ok) return body.error;
    if (!isRecord(body.value)) return refuse(c, PROBLEMS.unreadable, { detail: 'A patch is a JSON object.' });
    const app = await ports.registry.byUuid(c.req.param('uuid'));
    if (app === null) return refuse(c, PROBLEMS.notFound);
    return writeApp(c, ports, patchedDocument(app, body.value), app);
  });

  api.delete('/:uuid', async (c) => {
    const app = await ports.registry.byUuid(c.req.param('uuid'));
    if (app === null) return refuse(c, PROBLEMS.notFound);
    const refused = refuseStale(c, app);
    if (refused !== null) return refused;
    const removed = await ports.registry.remove(app.uuid, ACTOR, c.get('now'), app.etag);
    if (removed.ok) return c.body(null, 204);
    return refuse(c, removed.error.reason === 'stale' ? PROBLEMS.stale : PROBLEMS.notFound);
  });

  for (const [verb, active] of [
    ['disable', false],
    ['enable', true],
  ] as const) {
    // No validation: in an incident nothing else about the app may stand in the way.
    api.post(`/:uuid/${verb}`, async (c) => {
      const app = await ports.registry.byUuid(c.req.param('uuid'));
      if (app === null) return refuse(c, PROBLEMS.notFound);
      if (app.active === active) return answerApp(c, app);
      const settings = { ...settingsOf(app), active };
      const replaced = await ports.registry.replace(app.uuid, settings, ACTOR, c.get('now'), app.etag);
      if (replaced.ok) return answerApp(c, replaced.value);
      return refuse(c, replaced.error.reason === 'stale' ? PROBLEMS.stale : PROBLEMS.notFound);
    });
  }

  return api;
}
