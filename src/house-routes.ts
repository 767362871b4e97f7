import type { Hono } from 'hono';
import { accountResetRoutes } from './accounts/endpoints/account-reset.tsx';
import { passwordResetRoutes } from './accounts/endpoints/password-reset.tsx';
import { accountRoutes } from './accounts/endpoints/routes.ts';
import { signUpRoutes } from './accounts/endpoints/sign-up.tsx';
import { adminApi } from './apps/endpoints/admin-api.ts';
import { requireBearer } from './apps/endpoints/api-problems.ts';
import { logos as logoRoutes } from './apps/endpoints/logos.ts';
import type { Config } from './config.ts';
import { consentRoutes } from './consent/endpoints/routes.ts';
import { developerRoutes } from './developers/routes.tsx';
import { establish, faultResponse, notFound } from './edge.tsx';
import { phoneApi } from './factors/endpoints/phone-api.ts';
import { factorRoutes } from './factors/endpoints/routes.ts';
import { health } from './health.ts';
import { type AppEnv, type DirectRoutes, newRoutes } from './http.ts';
import { SHIPS_SANDBOX } from './kernel/shipped.ts';
import { keysApi } from './keys-api.ts';
import { oidcRoutes } from './oidc/routes.tsx';
import { now } from './platform/clock.ts';
import { auditReader } from './platform/d1/audit.ts';
import { fetchMetadata } from './platform/fetch-metadata.ts';
import { samlDecoder } from './saml/endpoints/decoder.tsx';
import { type samlDispatch, samlRoutes } from './saml/routes.tsx';
import { samlMetadataImport } from './saml-import-api.ts';
import { samlYearsApi } from './saml-years-api.ts';
import { sandboxApi } from './sandbox/endpoints/sandbox-api.ts';
import { sandboxPages } from './sandbox/endpoints/sandbox-pages.tsx';
import type { SandboxPorts } from './sandbox/ports.ts';
import { signInRoutes } from './signin/endpoints/routes.ts';
import { usersApi } from './users-api.ts';
import type { wirePorts } from './wire-ports.ts';

/** The ports as they are wired. */
type Ports = ReturnType<typeof wirePorts>;

/** What both ways to an answer share: the doors' handlers. */
interface Doors {
  readonly direct: DirectRoutes;
  readonly answerSaml: ReturnType<typeof samlDispatch>;
}

/** Every room's routes over the wired ports, for requests that are not answered directly. */
export function houseRoutes(
  env: Env,
  config: Config,
  ports: Ports,
  { direct, answerSaml }: Doors,
): Hono<AppEnv> {
  const { site } = config;
  const { hall, oidc, saml, ring, years, yearUse, registry, inbox, words, logos, clock, readFile } = ports;

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
      answered: ports.answered,
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
              await ports.jobs.walk(from, moved.now);
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
  return app;
}
