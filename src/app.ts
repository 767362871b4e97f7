import { waitUntil } from 'cloudflare:workers';
import { Hono } from 'hono';
import { accountResetRoutes } from './accounts/endpoints/account-reset.tsx';
import { passwordResetRoutes } from './accounts/endpoints/password-reset.tsx';
import { accountRoutes } from './accounts/endpoints/routes.ts';
import { signUpRoutes } from './accounts/endpoints/sign-up.tsx';
import { breachedAmong, breachedInRange } from './accounts/rules/breached-list.ts';
import { adminApi } from './apps/endpoints/admin-api.ts';
import { requireBearer } from './apps/endpoints/api-problems.ts';
import { logos as logoRoutes } from './apps/endpoints/logos.ts';
import { calendar } from './calendar.ts';
import { cardSettings } from './card-settings.ts';
import { type Config, Misconfigured, readConfig } from './config.ts';
import { consentRoutes } from './consent/endpoints/routes.ts';
import { developerRoutes } from './developers/routes.tsx';
import { establish, faultResponse, notFound } from './edge.tsx';
import { phoneApi } from './factors/endpoints/phone-api.ts';
import { answerCardHost } from './factors/endpoints/piv-host.ts';
import { factorRoutes } from './factors/endpoints/routes.ts';
import { planOf } from './factors/phone/number-plans.ts';
import { health } from './health.ts';
import type { AppEnv } from './http.ts';
import { keysApi } from './keys-api.ts';
import type { SendMessage } from './notices/model.ts';
import { makeNotify } from './notices/pages/notify.ts';
import { makePhoneService } from './notices/pages/phone-service.ts';
import { oidcDoor } from './oidc/endpoints/door.ts';
import type { OidcPorts } from './oidc/ports.ts';
import { oidcDirect, oidcPublished, oidcRoutes } from './oidc/routes.tsx';
import { attempts } from './platform/attempts.ts';
import { inBackground } from './platform/background.ts';
import { fetchBreachRange } from './platform/breach-range.ts';
import { cardHost } from './platform/card-host.ts';
import { now } from './platform/clock.ts';
import { cookieSeal } from './platform/cookie-seal.ts';
import { accountsIn } from './platform/d1/accounts.ts';
import { appLookup, appRegistry } from './platform/d1/apps.ts';
import { auditReader } from './platform/d1/audit.ts';
import { movableClock } from './platform/d1/clock-offset.ts';
import { connectionsIn, findPersonIn } from './platform/d1/connections.ts';
import { oneDatabase } from './platform/d1/database.ts';
import { factorsIn } from './platform/d1/factors.ts';
import { originsIn } from './platform/d1/origins.ts';
import { phonesIn, prunePhoneNews } from './platform/d1/phones.ts';
import { profilesIn } from './platform/d1/profiles.ts';
import { prune } from './platform/d1/prune.ts';
import { reseal } from './platform/d1/reseal.ts';
import { fetchMetadata } from './platform/fetch-metadata.ts';
import { createKeyholder } from './platform/keys/keyholder.ts';
import { samlYearUse } from './platform/keys/saml-year-use.ts';
import { samlYearRing } from './platform/keys/saml-years.ts';
import { keyRing } from './platform/keys/signing-keys.ts';
import { logoStore } from './platform/kv/logos.ts';
import { logLine } from './platform/log.ts';
import { sendWithBinding } from './platform/mail/binding.ts';
import { sendOverHttp } from './platform/mail/http.ts';
import { createInbox, type Inbox } from './platform/mail/inbox.ts';
import { mailRoute } from './platform/mail-route.ts';
import { within } from './platform/objects/jurisdiction.ts';
import { seenMessages } from './platform/objects/seen-messages.ts';
import { sessions } from './platform/objects/sessions.ts';
import { storedRequests } from './platform/objects/stored-requests.ts';
import { passwords } from './platform/passwords.ts';
import { randomBytes } from './platform/random.ts';
import { staticFiles } from './platform/static-files.ts';
import { httpTelephony } from './platform/telephony/http.ts';
import { inboxTelephony } from './platform/telephony/inbox.ts';
import { commonPasswordList } from './platform/words.ts';
import { samlDecoder } from './saml/endpoints/decoder.tsx';
import { samlDoor } from './saml/endpoints/door.ts';
import { metadataMaker } from './saml/endpoints/make-metadata.ts';
import type { SamlPorts } from './saml/ports.ts';
import { samlDirect, samlDispatch, samlPublished, samlRoutes } from './saml/routes.tsx';
import { samlMetadataImport } from './saml-import-api.ts';
import { tellPartners } from './saml-partners.ts';
import { samlYearsApi } from './saml-years-api.ts';
import { sandboxApi } from './sandbox/endpoints/sandbox-api.ts';
import { sandboxPages } from './sandbox/endpoints/sandbox-pages.tsx';
import type { SandboxPorts } from './sandbox/ports.ts';
import { signInRoutes } from './signin/endpoints/routes.ts';
import type { DoorName } from './signin/model.ts';
import type { Door, HallPorts } from './signin/ports.ts';
import { catalogueLoader, type Words } from './ui/catalogue-loader.ts';
import { usersApi } from './users-api.ts';

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
  const registry = appRegistry(env.DB);
  const ring = keyRing(pick, keys, env.PUBLIC, now);
  const readFile = staticFiles(env.ASSETS);
  const commonPasswords = commonPasswordList(readFile);
  const inbox = config.sandbox ? createInbox(env.DB, keys, now, randomBytes) : null;
  const words = catalogueLoader({
    readFile,
    keepAlive: waitUntil,
    pause,
    clock: now,
    onUnreadable: (locale, reason) => logLine('error', 'catalogue_unreadable', { name: locale, reason }),
  });
  const notify = makeNotify(
    mailChannel(env, config, inbox),
    {
      brand: site.brand,
      origin: site.origin,
      logoUrl: `${site.origin}/static/images/mark.png`,
      helpUrl: site.links.help,
    },
    words,
    (event, facts) => logLine('error', event, facts),
  );
  const agencyOf = async (app: string): Promise<string | null> =>
    (await lookup.findApp(app))?.agencyId ?? null;
  const doors: { -readonly [Name in DoorName]?: Door } = { oidc: oidcDoor(config.issuer) };
  const phones = phonesIn(pick, keys);
  const hall: HallPorts = {
    site,
    sessions: sessions(within(env.SESSIONS, config.jurisdiction), keys, {
      secureCookies: site.secureCookies,
      rulesPublishedAt: site.rulesPublishedAt,
    }),
    requests: storedRequests(within(env.REQUESTS, config.jurisdiction), keys),
    accounts: accountsIn(pick, keys),
    factors: factorsIn(pick, keys),
    phones,
    phoneService: phoneServiceOf(config, phones, inbox, words),
    profiles: profilesIn(pick, keys),
    cards:
      config.cards === null
        ? null
        : cardHost(
            cardSettings(config.cards),
            env.PUBLIC,
            within(env.REPLAY, config.jurisdiction),
            now,
            logLine,
          ),
    connections: connectionsIn(pick, agencyOf, keys),
    passwords: passwords(keys, config.environment, config.passwordTestCost),
    attempts: attempts(within(env.ATTEMPTS, config.jurisdiction), keys, config.environment),
    findApp: lookup.findApp,
    notify,
    cookies: cookieSeal(keys),
    doors,
    commonPasswords,
    isBreached: breachCheck(config, commonPasswords),
    hasMailRoute: mailRoute(config.mailResolverUrl),
    random: randomBytes,
    after: (work) => waitUntil(inBackground(work)),
  };
  const oidc: OidcPorts = {
    hall,
    issuer: config.issuer,
    keys: ring,
    ...lookup,
    strictScopes: config.strictScopes,
    docsUrl: site.docsUrl,
  };
  const operator = { name: site.brand, url: `${site.origin}/` };
  const years = samlYearRing(pick, keys, env.PUBLIC, {
    origin: site.origin,
    organization: operator.name,
    makeMetadata: metadataMaker(site.origin, operator, randomBytes),
    clock: now,
  });
  const yearUse = samlYearUse(pick);
  const saml: SamlPorts = {
    hall,
    ...lookup,
    years,
    operator,
    remember: seenMessages(within(env.REPLAY, config.jurisdiction)),
    findPerson: findPersonIn(pick, agencyOf),
    noteYear: yearUse.note,
    docsUrl: site.docsUrl,
    log: (event, facts) => logLine('info', event, facts),
  };
  doors.saml = samlDoor(saml);
  const logos = logoStore(env.PUBLIC);
  const clock = config.environment === 'local' ? movableClock(pick) : null;
  const jobs = calendar({
    hall,
    ring,
    years,
    tellPartners: tellPartners({
      origin: site.origin,
      years,
      use: yearUse,
      apps: registry.list,
      notify,
      log: logLine,
    }),
    prune: async (at) => {
      await prune(pick, at);
      await prunePhoneNews(pick, at);
    },
    pruneInbox: inbox?.prune ?? null,
    reseal: (at) => reseal(pick, keys, at),
  });

  const app = new Hono<AppEnv>({ getPath: (request) => establish.path(request) });
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
  app.route('/api/admin/v1/keys', keysApi(ring, config.adminToken));
  app.route('/api/admin/v1/users', usersApi(hall, config.adminToken));
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
  if (inbox !== null) {
    const sandbox: SandboxPorts = {
      hall,
      messages: inbox,
      sampleApps: config.sampleApps,
      originOf: originsIn(pick),
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
  return {
    fetch: (request, ctx) => answerCard(request) ?? answerDirectly(request) ?? app.fetch(request, env, ctx),
    scheduled: jobs.run,
  };
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** How codes get to phones: kept for reading in test environments, sent by a telephone company, or not at all. */
function phoneServiceOf(
  { site, telephony, phoneCountries }: Config,
  phones: HallPorts['phones'],
  inbox: Inbox | null,
  words: Words,
): HallPorts['phoneService'] {
  if (telephony === null) return null;
  for (const country of phoneCountries ?? []) {
    if (planOf(country) === null)
      throw new Misconfigured(`PHONE_COUNTRIES names ${country}, where no phone can be reached`);
  }
  if (telephony.provider === 'http') {
    const callbackUrl = `${site.origin}/api/webhooks/telephony`;
    const company = httpTelephony({ ...telephony, callbackUrl }, (url, init) => fetch(url, init));
    return makePhoneService(company, site, phoneCountries, words);
  }
  if (inbox === null) return null;
  const isOptedIn = async (number: Parameters<typeof phones.news>[0]): Promise<boolean> => {
    const news = await phones.news(number);
    return news !== null && news.optedInAt !== null;
  };
  return makePhoneService(inboxTelephony(inbox.send, isOptedIn), site, phoneCountries, words);
}

/** Where mail goes: kept for reading in test environments unless a real channel is named, sent elsewhere. */
function mailChannel(env: Env, { mail }: Config, inbox: Inbox | null): SendMessage {
  if (mail.provider === 'inbox' && inbox !== null) return inbox.send;
  if (mail.provider === 'http' && mail.url !== null && mail.token !== null) {
    const ports = {
      fetch: (url: string, init: RequestInit) => fetch(url, init),
      pause,
      random: randomBytes,
    };
    return sendOverHttp({ url: mail.url, token: mail.token, from: mail.from }, ports);
  }
  return sendWithBinding(env.MAIL, mail.from);
}

/** SU-8: the embedded list, or the outside range service an operator turned on. */
function breachCheck(
  { breachRangeUrl }: Config,
  commonPasswords: () => Promise<readonly string[]>,
): HallPorts['isBreached'] {
  if (breachRangeUrl !== null) return breachedInRange(fetchBreachRange(breachRangeUrl));
  let check: HallPorts['isBreached'] | null = null;
  return async (sha1) => {
    check ??= breachedAmong(await commonPasswords());
    return check(sha1);
  };
}
