import { waitUntil } from 'cloudflare:workers';
import { Hono } from 'hono';
import { breachedAmong } from './accounts/rules/breached-list.ts';
import { adminApi } from './apps/endpoints/admin-api.ts';
import { logos as logoRoutes } from './apps/endpoints/logos.ts';
import { type Config, readConfig } from './config.ts';
import { establish, faultResponse, notFound } from './edge.tsx';
import { health } from './health.ts';
import type { AppEnv } from './http.ts';
import { keysApi } from './keys-api.ts';
import { oidcDoor } from './oidc/endpoints/door.ts';
import type { OidcPorts } from './oidc/ports.ts';
import { oidcRoutes } from './oidc/routes.tsx';
import { attempts } from './platform/attempts.ts';
import { now } from './platform/clock.ts';
import { cookieSeal } from './platform/cookie-seal.ts';
import { accountsIn, prune } from './platform/d1/accounts.ts';
import { appLookup, appRegistry } from './platform/d1/apps.ts';
import { auditReader } from './platform/d1/audit.ts';
import { connectionsIn } from './platform/d1/connections.ts';
import { oneDatabase } from './platform/d1/database.ts';
import { factorsIn } from './platform/d1/factors.ts';
import { createKeyholder } from './platform/keys/keyholder.ts';
import { keyRing } from './platform/keys/signing-keys.ts';
import { logoStore } from './platform/kv/logos.ts';
import { logLine } from './platform/log.ts';
import { mailRoute } from './platform/mail-route.ts';
import { sessions } from './platform/objects/sessions.ts';
import { storedRequests } from './platform/objects/stored-requests.ts';
import { passwords } from './platform/passwords.ts';
import { randomBytes } from './platform/random.ts';
import { commonPasswordList } from './platform/words.ts';
import type { HallPorts } from './signin/ports.ts';

export interface GatehouseApp {
  readonly fetch: (request: Request, ctx: ExecutionContext) => Response | Promise<Response>;
  readonly scheduled: (at: number) => Promise<void>;
}

/** Wires every room to the platform: the only place that knows them all. */
export function createApp(env: Env): GatehouseApp {
  const config = readConfig({ ...env });
  return wire(env, config);
}

function wire(env: Env, config: Config): GatehouseApp {
  const { site } = config;
  const keys = createKeyholder(config.roots);
  const pick = oneDatabase(env.DB);
  const lookup = appLookup(env.DB, now);
  const ring = keyRing(pick, keys, env.PUBLIC, now);
  const commonPasswords = commonPasswordList(env.ASSETS);
  const hall: HallPorts = {
    site,
    sessions: sessions(env.SESSIONS, keys, { secureCookies: site.secureCookies, rulesPublishedAt: site.rulesPublishedAt }),
    requests: storedRequests(env.REQUESTS, keys),
    accounts: accountsIn(pick, keys),
    factors: factorsIn(pick, keys),
    connections: connectionsIn(pick, async (app) => (await lookup.findApp(app))?.agencyId ?? null),
    passwords: passwords(keys, config.environment, config.passwordTestCost),
    attempts: attempts(env.ATTEMPTS, keys, config.environment),
    findApp: lookup.findApp,
    notify: async () => {},
    cookies: cookieSeal(keys),
    doors: { oidc: oidcDoor(config.issuer) },
    commonPasswords,
    isBreached: async (sha1) => breachedAmong(await commonPasswords())(sha1),
    hasMailRoute: mailRoute(null),
    random: randomBytes,
    after: waitUntil,
  };
  const oidc: OidcPorts = { hall, issuer: config.issuer, keys: ring, ...lookup, strictScopes: config.strictScopes, docsUrl: site.docsUrl };
  const logos = logoStore(env.PUBLIC);

  const app = new Hono<AppEnv>({ getPath: (request) => establish.path(request) });
  app.use('*', establish.middleware(site, now));
  app.route('/', oidcRoutes(oidc));
  app.get('/api/health', health({ database: env.DB, keys: ring }));
  app.route('/api/admin/v1/keys', keysApi(ring, config.adminToken));
  app.route(
    '/api/admin/v1',
    adminApi({ env: config.environment, adminToken: config.adminToken, registry: appRegistry(env.DB), readAudit: auditReader(env.DB), ...logos }),
  );
  app.route('/', logoRoutes(logos));
  app.notFound((c) => notFound(c, hall));
  app.onError((error, c) => faultResponse(c, hall, error));
  return {
    fetch: (request, ctx) => app.fetch(request, env, ctx),
    scheduled: async (at) => {
      const moved = await ring.keepCalendar(at);
      for (const what of moved) logLine('info', 'signing_key_moved', { what });
      await prune(pick, at);
    },
  };
}
