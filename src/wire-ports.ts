import { isLive } from './apps/environment.ts';
import { calendar } from './calendar.ts';
import { cardSettings } from './card-settings.ts';
import { breachCheck, mailChannel, pause, phoneServiceOf } from './channels.ts';
import type { Config } from './config.ts';
import { countSignIns } from './count-sign-ins.ts';
import { lazy } from './kernel/lazy.ts';
import { SHIPS_SANDBOX } from './kernel/shipped.ts';
import { makeNotify } from './notices/pages/notify.ts';
import { oidcDoor } from './oidc/endpoints/door.ts';
import { MAX_REQUESTS_PER_MINUTE } from './oidc/limits.ts';
import type { OidcPorts } from './oidc/ports.ts';
import { appBrake } from './oidc/rules/app-brake.ts';
import { attempts } from './platform/attempts.ts';
import { inBackground } from './platform/background.ts';
import { cardHost } from './platform/card-host.ts';
import { now } from './platform/clock.ts';
import { cookieSeal } from './platform/cookie-seal.ts';
import { accountsIn } from './platform/d1/accounts.ts';
import { answeredRequestsIn, pruneAnswered } from './platform/d1/answered-requests.ts';
import { appLookup, appRegistry } from './platform/d1/apps.ts';
import { bansIn } from './platform/d1/bans.ts';
import { movableClock } from './platform/d1/clock-offset.ts';
import { connectionsIn, findPersonIn } from './platform/d1/connections.ts';
import { oneDatabase } from './platform/d1/database.ts';
import { factorsIn } from './platform/d1/factors.ts';
import { originsIn } from './platform/d1/origins.ts';
import { phonesIn, prunePhoneNews } from './platform/d1/phones.ts';
import { profilesIn } from './platform/d1/profiles.ts';
import { prune } from './platform/d1/prune.ts';
import { reseal } from './platform/d1/reseal.ts';
import { rootUse } from './platform/d1/root-use.ts';
import { assertionCountsIn } from './platform/keys/assertion-counts.ts';
import { createKeyholder } from './platform/keys/keyholder.ts';
import { samlYearUse } from './platform/keys/saml-year-use.ts';
import { samlYearRing } from './platform/keys/saml-years.ts';
import { keyRing } from './platform/keys/signing-keys.ts';
import { logoStore } from './platform/kv/logos.ts';
import { logLine } from './platform/log.ts';
import { createInbox } from './platform/mail/inbox.ts';
import { mailRoute } from './platform/mail-route.ts';
import { within } from './platform/objects/jurisdiction.ts';
import { seenMessages } from './platform/objects/seen-messages.ts';
import { sessions } from './platform/objects/sessions.ts';
import { storedRequests } from './platform/objects/stored-requests.ts';
import { passwords } from './platform/passwords.ts';
import { randomBytes } from './platform/random.ts';
import { staticFiles } from './platform/static-files.ts';
import { commonPasswordList } from './platform/words.ts';
import { samlDoor } from './saml/endpoints/door.ts';
import { metadataMaker } from './saml/endpoints/make-metadata.ts';
import type { SamlPorts } from './saml/ports.ts';
import { tellPartners } from './saml-partners.ts';
import type { DoorName } from './signin/model.ts';
import type { Door, HallPorts } from './signin/ports.ts';
import { catalogueLoader } from './ui/catalogue-loader.ts';

/**
 * Every port the routes are made of, wired to the platform; `keepAlive` keeps work going after the response. What the first
 * answers of an isolate do without is made when it is first asked for.
 */
export function wirePorts(env: Env, config: Config, keepAlive: (work: Promise<unknown>) => void) {
  const { site } = config;
  const keys = createKeyholder(config.roots);
  const pick = oneDatabase(env.DB);
  const lookup = appLookup(env.DB, now);
  const registry = lazy(() => appRegistry(env.DB));
  const ring = keyRing(pick, keys, env.PUBLIC, now);
  const readFile = staticFiles(env.ASSETS);
  const commonPasswords = commonPasswordList(readFile);
  const inbox = SHIPS_SANDBOX && config.sandbox ? createInbox(env.DB, keys, now, randomBytes) : null;
  const words = catalogueLoader({
    readFile,
    keepAlive,
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
  const accounts = lazy(() => accountsIn(pick, keys));
  const factors = lazy(() => factorsIn(pick, keys));
  const phones = lazy(() => phonesIn(pick, keys));
  const phoneService = lazy(() => phoneServiceOf(config, phones(), inbox, words));
  const profiles = lazy(() => profilesIn(pick, keys));
  const cards = lazy(() =>
    config.cards === null
      ? null
      : cardHost(
          cardSettings(config.cards),
          env.PUBLIC,
          within(env.REPLAY, config.jurisdiction),
          now,
          logLine,
        ),
  );
  const connections = lazy(() => connectionsIn(pick, agencyOf, keys));
  const hall: HallPorts = {
    site,
    sessions: sessions(within(env.SESSIONS, config.jurisdiction), keys, {
      secureCookies: site.secureCookies,
      rulesPublishedAt: site.rulesPublishedAt,
    }),
    requests: storedRequests(within(env.REQUESTS, config.jurisdiction), keys),
    get accounts() {
      return accounts();
    },
    get factors() {
      return factors();
    },
    get phones() {
      return phones();
    },
    get phoneService() {
      return phoneService();
    },
    get profiles() {
      return profiles();
    },
    get cards() {
      return cards();
    },
    get connections() {
      return connections();
    },
    passwords: passwords(keys, config.environment, config.passwordTestCost),
    attempts: attempts(within(env.ATTEMPTS, config.jurisdiction), keys, config.environment),
    findApp: lookup.findApp,
    notify,
    cookies: cookieSeal(keys),
    doors,
    commonPasswords,
    isBreached: breachCheck(config, commonPasswords, 3000),
    // Somebody waits to sign in, and a look-up that is missed is made up for.
    recheckBreached: config.breachRecheck ? breachCheck(config, commonPasswords, 1000) : null,
    findMailRoute: mailRoute(config.mailResolverUrl),
    random: randomBytes,
    after: (work) => keepAlive(inBackground(work)),
    log: logLine,
  };
  const oidc: OidcPorts = {
    hall,
    issuer: config.issuer,
    keys: ring,
    ...lookup,
    strictScopes: config.strictScopes,
    rejectLogoutHints: config.rejectLogoutHints,
    brake: isLive(config.environment) ? appBrake(MAX_REQUESTS_PER_MINUTE) : null,
    docsUrl: site.docsUrl,
  };
  const operator = { name: site.brand, url: `${site.origin}/` };
  const counts = assertionCountsIn(pick);
  const years = samlYearRing(pick, keys, env.PUBLIC, {
    origin: site.origin,
    organization: operator.name,
    makeMetadata: metadataMaker(site.origin, operator, randomBytes),
    clock: now,
    loaded: () => hall.after(counts.flush(now())),
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
    issued: counts.issued,
    docsUrl: site.docsUrl,
    log: (event, facts) => logLine('info', event, facts),
  };
  doors.saml = countSignIns(samlDoor(saml), counts.signedIn);
  const logos = logoStore(env.PUBLIC);
  const clock = SHIPS_SANDBOX && config.environment === 'local' ? movableClock(pick) : null;
  const jobs = lazy(() =>
    calendar({
      hall,
      ring,
      years,
      tellPartners: tellPartners({
        origin: site.origin,
        years,
        use: yearUse,
        apps: registry().list,
        notify,
        log: logLine,
      }),
      compareAssertions: counts.compare,
      prune: async (at) => {
        await prune(pick, at);
        await prunePhoneNews(pick, at);
        await pruneAnswered(pick, at);
      },
      pruneInbox: inbox?.prune ?? null,
      reseal: (at) => reseal(pick, keys, at),
    }),
  );

  return {
    hall,
    oidc,
    saml,
    ring,
    years,
    yearUse,
    get registry() {
      return registry();
    },
    answered: answeredRequestsIn(pick),
    inbox,
    words,
    logos,
    clock,
    get jobs() {
      return jobs();
    },
    readFile,
    originOf: originsIn(pick),
    bans: bansIn(pick),
    roots: { newest: keys.currentVersion, uses: () => rootUse(pick) },
  };
}
