import { waitUntil } from 'cloudflare:workers';

import { accountResetRoutes } from './accounts/endpoints/account-reset.tsx';
import { passwordResetRoutes } from './accounts/endpoints/password-reset.tsx';
import { accountRoutes } from './accounts/endpoints/routes.ts';
import { signUpRoutes } from './accounts/endpoints/sign-up.tsx';
import { adminApi } from './apps/endpoints/admin-api.ts';
import { requireBearer } from './apps/endpoints/api-problems.ts';
import { logos as logoRoutes } from './apps/endpoints/logos.ts';
import { isLive } from './apps/environment.ts';
import { readConfig } from './config.ts';
import { consentRoutes } from './consent/endpoints/routes.ts';
import { developerRoutes } from './developers/routes.tsx';
import { establish, faultResponse, notFound } from './edge.tsx';
import { phoneApi } from './factors/endpoints/phone-api.ts';
import { answerCardHost } from './factors/endpoints/piv-host.ts';
import { factorRoutes } from './factors/endpoints/routes.ts';
import { health } from './health.ts';
import { newRoutes } from './http.ts';
import { SHIPS_SANDBOX } from './kernel/shipped.ts';
import { keysApi } from './keys-api.ts';
import { oidcDirect, oidcPublished, oidcRoutes } from './oidc/routes.tsx';
import { now } from './platform/clock.ts';
import { auditReader } from './platform/d1/audit.ts';
import { fetchMetadata } from './platform/fetch-metadata.ts';
import { floodBrake } from './platform/flood-brake.ts';
import { samlDecoder } from './saml/endpoints/decoder.tsx';
import { samlDirect, samlDispatch, samlPublished, samlRoutes } from './saml/routes.tsx';
import { samlMetadataImport } from './saml-import-api.ts';
import { samlYearsApi } from './saml-years-api.ts';
import { sandboxApi } from './sandbox/endpoints/sandbox-api.ts';
import { sandboxPages } from './sandbox/endpoints/sandbox-pages.tsx';
import type { SandboxPorts } from './sandbox/ports.ts';
import { signInRoutes } from './signin/endpoints/routes.ts';
import { usersApi } from './users-api.ts';
import { wirePorts } from './wire-ports.ts';

export interface GatehouseApp {
  readonly fetch: (request: Request, ctx: ExecutionContext) => Response | Promise<Response>;
  readonly scheduled: (at: number) => Promise<void>;
}

/** The whole house: every room's routes over the wired ports. */
export function createApp(env: Env): GatehouseApp {
  const config = readConfig({ ...env });
  const { site } = config;
  const ports = wirePorts(env, config, waitUntil);
  const { hall, oidc, saml, ring, years, yearUse, registry, inbox, words, logos, clock, jobs, readFile } =
    ports;

  const app = newRoutes({ getPath: (request) => establish.path(request) });
  app.use('*', establish.middleware(site, words, now));
  if (clock !== null) {
    // After what an error page needs: the database may be out, or not made yet.
    app.use('*', async (c, next) => {
      await clock.load();
      c.set('now', now());
      await next();
    });
  }
  const answerSaml = samlDispatch(saml);
  const direct = oidcDirect(oidc);
  app.route('/', oidcRoutes(oidc, direct));
  app.route('/', samlRoutes(saml, answerSaml));
  app.get('/api/health', health({ database: env.DB, keys: ring }));
  app.route('/api/admin/v1/keys', keysApi(ring, ports.roots, config.adminToken));
  app.route('/api/admin/v1/users', usersApi({ hall, bans: ports.bans, apps: registry }, config.adminToken));
  app.route(
    '/api/admin/v1/saml/years',
    samlYearsApi(years, { use: yearUse, apps: registry.list }, config.adminToken),
  );
  app.post(
    '/api/admin/v1/apps/import',
    requireBearer(config.adminToken),
    samlMetadataImport(config.environment, fetchMetadata(config.environment)),
  );
  app.route(
    '/api/admin/v1',
    adminApi({
      env: config.environment,
      adminToken: config.adminToken,
      registry,
      readAudit: auditReader(env.DB),
      readFile,
      ...logos,
    }),
  );
  app.route('/', logoRoutes(logos));
  app.route('/', developerRoutes(site, readFile));
  if (SHIPS_SANDBOX && inbox !== null) {
    const sandbox: SandboxPorts = {
      hall,
      messages: inbox,
      sampleApps: config.sampleApps,
      originOf: ports.originOf,
      advanceClock:
        clock === null
          ? null
          : async (seconds) => {
              const from = now();
              const moved = await clock.advance(seconds);
              await jobs.walk(from, moved.now);
              return moved;
            },
    };
    app.route('/api/sandbox/v1', sandboxApi(sandbox, requireBearer(config.adminToken)));
    app.route('/', sandboxPages(sandbox));
    app.route('/', samlDecoder(hall));
  }
  for (const routes of [
    signInRoutes(hall),
    signUpRoutes(hall),
    passwordResetRoutes(hall),
    accountResetRoutes(hall),
    factorRoutes(hall),
    phoneApi(hall),
    consentRoutes(hall),
    accountRoutes(hall),
  ])
    app.route('/', routes);
  app.notFound((c) => notFound(c, hall));
  app.onError((error, c) => faultResponse(c, hall, error));
  // A laptop's movable clock has to be looked up first, so there every request takes the long way.
  const quick: Parameters<typeof establish.direct>[0] =
    clock === null
      ? {
          routes: new Map([...direct, ...samlDirect(answerSaml)]),
          published: new Map([...oidcPublished(oidc), ...samlPublished(saml)]),
        }
      : { routes: new Map(), published: new Map() };
  const answerDirectly = establish.direct(quick, hall, words, now);
  const answerCard =
    config.cards === null
      ? () => null
      : establish.cardHost(config.cards.host, answerCardHost(hall), hall, words, now, async () =>
          clock?.load(),
        );
  const answer: GatehouseApp['fetch'] = (request, ctx) =>
    answerCard(request) ?? answerDirectly(request) ?? app.fetch(request, env, ctx);
  // On a laptop and in a sandbox everybody shares few addresses, and a partner's test suite signs in all day.
  const flooded = isLive(config.environment) ? establish.flooded(floodBrake(env.RL), hall, words, now) : null;
  return {
    fetch:
      flooded === null ? answer : async (request, ctx) => (await flooded(request)) ?? answer(request, ctx),
    scheduled: jobs.run,
  };
}
