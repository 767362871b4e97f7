import type { Hono } from 'hono';
import { type AppEnv, newRoutes } from '../../http.ts';
import { exportApps } from '../export.ts';
import { planImport } from '../import.ts';
import type { App } from '../model.ts';
import type { LoadLogo } from '../ports.ts';
import { ACTOR, type AdminPorts } from './admin-ports.ts';
import { PROBLEMS, refuse } from './api-problems.ts';

type Format = 'json' | 'yaml';

const asFormat = (text: string | undefined): Format | null =>
  text === 'json' || text === 'yaml' ? text : null;

/** `format` decides; without it the media type does, and JSON is the default. */
function formatOf(query: string | undefined, contentType: string | undefined): Format | null {
  if (query !== undefined) return asFormat(query);
  return /yaml/i.test(contentType ?? '') ? 'yaml' : 'json';
}

/** Stored logos as data URLs by path, each read once. */
async function logosOf(
  apps: readonly App[],
  loadLogo: LoadLogo,
): Promise<ReadonlyMap<string, string | null>> {
  const found = new Map<string, string | null>();
  for (const path of new Set(apps.map((app) => app.logo))) {
    const match = /^\/logos\/([0-9a-f]{64})\.(png|svg)$/.exec(path ?? '');
    if (path === null || match === null) continue;
    const type = match[2] === 'png' ? 'png' : 'svg';
    const bytes = await loadLogo(match[1] ?? '', type);
    const media = type === 'png' ? 'image/png' : 'image/svg+xml';
    found.set(path, bytes === null ? null : `data:${media};base64,${Buffer.from(bytes).toString('base64')}`);
  }
  return found;
}

/** Bundles: `/apps/import` and `/apps/export` (M3, M5 to M7). */
export function bundlesApi(ports: AdminPorts): Hono<AppEnv> {
  const api = newRoutes();

  api.post('/import', async (c) => {
    const format = formatOf(c.req.query('format'), c.req.header('Content-Type'));
    if (format === null) return refuse(c, PROBLEMS.badQuery, { detail: 'format is json or yaml' });
    const dryRun = c.req.query('dry_run') === 'true';
    const plan = planImport(await c.req.text(), format, {
      env: ports.env,
      existing: await ports.registry.list(),
      ...(ports.ownKeys === undefined ? {} : { ownKeys: ports.ownKeys }),
    });
    if (!plan.ok) return refuse(c, PROBLEMS.unreadable, { detail: plan.error.detail });
    const { report, writes, logos } = plan.value;
    if (dryRun) return c.json({ dry_run: true, applied: false, ...report });
    if (report.errors.length > 0) return refuse(c, PROBLEMS.invalid, { errors: report.errors });
    for (const logo of logos) await ports.saveLogo(logo.sha256, logo.type, logo.bytes);
    if (writes.length > 0) await ports.registry.importAll(writes, ACTOR, c.get('now'));
    return c.json({ dry_run: false, applied: true, ...report });
  });

  api.get('/export', async (c) => {
    const format = asFormat(c.req.query('format') ?? 'json');
    if (format === null) return refuse(c, PROBLEMS.badQuery, { detail: 'format is json or yaml' });
    const issuer = c.req.query('issuer');
    const all = await ports.registry.list();
    const apps = issuer === undefined ? all : all.filter((app) => app.issuer === issuer);
    const body = exportApps(apps, format, await logosOf(apps, ports.loadLogo));
    const type = format === 'json' ? 'application/json' : 'application/yaml';
    return c.body(body, 200, { 'Content-Type': `${type}; charset=utf-8` });
  });

  return api;
}
