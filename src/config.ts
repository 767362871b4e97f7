import { REVOCATION_POLICIES, type RevocationPolicy } from './factors/piv/model.ts';
import { SHIPS_SANDBOX } from './kernel/shipped.ts';
import type { Environment, Site } from './signin/ports.ts';

/** Rules of use now in force were published then; a newer date asks everybody to accept again. */
const RULES_PUBLISHED_AT = Date.UTC(2026, 0, 1);

/** The environment, decoded once. Nothing else reads variables or secrets. */
export interface Config {
  readonly environment: Environment;
  /** With its trailing slash; never taken from a request (DSC-2, LO-7). */
  readonly issuer: string;
  /** Secret roots by version. */
  readonly roots: ReadonlyMap<number, string>;
  readonly adminToken: string;
  readonly site: Site;
  /** Whether sandbox pages, the sandbox API and test accounts exist here. */
  readonly sandbox: boolean;
  readonly mail: {
    readonly provider: 'inbox' | 'binding' | 'http';
    readonly from: string;
    readonly url: string | null;
    readonly token: string | null;
  };
  /** How texts and calls go out; null offers phones to nobody. */
  readonly telephony:
    | { readonly provider: 'inbox' }
    | {
        readonly provider: 'http';
        readonly url: string;
        readonly lookupUrl: string | null;
        readonly account: string;
        readonly token: string;
        /** A number in E.164, or the id of a messaging service. */
        readonly from: string;
        readonly callFrom: string;
      }
    | null;
  /** ISO codes of the countries whose phones get codes; null for all we can reach. */
  readonly phoneCountries: ReadonlySet<string> | null;
  readonly breachRangeUrl: string | null;
  /** Passwords are looked for among breached ones again when they sign in (PW-6). */
  readonly breachRecheck: boolean;
  /** DNS over HTTPS, for the mail route of new addresses (SU-2); null asks nobody. */
  readonly mailResolverUrl: string | null;
  readonly passwordTestCost: string | undefined;
  readonly strictScopes: boolean;
  /** Tell apps that send `id_token_hint` at logout not to (LGO-6). */
  readonly rejectLogoutHints: boolean;
  /** The host on which government ID cards are presented; null offers them to nobody (PV-5). */
  readonly cards: {
    /** Host and port; with a leading `*.` every visit gets a name of its own. */
    readonly host: string;
    /** Trusted authorities, PEM or bare base64. */
    readonly anchors: readonly string[];
    /** Accepted certificate policies; null for the usual ones. */
    readonly policies: readonly string[] | null;
    readonly revocation: RevocationPolicy;
    /** Only on a laptop: what its proxy must know. */
    readonly proxySecret: string | null;
    /** Only in test environments: the authority that issues test cards, as `npm run dev` writes it. */
    readonly testAuthority: string | null;
  } | null;
  /** Where Durable Objects must stay; null anywhere (always on a laptop). */
  readonly jurisdiction: string | null;
  /** Where sample apps listen, for the sandbox start page. */
  readonly sampleApps: readonly { readonly name: string; readonly url: string }[];
}

/** Why this deployment must not serve: shown to operators, never a stack trace. */
export class Misconfigured extends Error {
  override readonly name = 'Misconfigured';
}

const ENVIRONMENTS: readonly Environment[] = ['local', 'test', 'sandbox', 'staging', 'production'];

type Variables = Readonly<Record<string, unknown>>;

const textOf = (env: Variables, name: string): string | null => {
  const value = env[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** Decodes the Worker's variables and secrets. Throws `Misconfigured` with the name of what is wrong, never its value. */
export function readConfig(env: Variables): Config {
  const name = textOf(env, 'GH_ENV');
  const environment = ENVIRONMENTS.find((known) => known === name);
  if (environment === undefined)
    throw new Misconfigured('GH_ENV must be local, test, sandbox, staging or production');
  const issuer = textOf(env, 'ISSUER') ?? '';
  if (!URL.canParse(issuer) || !issuer.endsWith('/') || new URL(issuer).pathname !== '/') {
    throw new Misconfigured('ISSUER must be an origin with a trailing slash');
  }
  const origin = issuer.slice(0, -1);
  const roots = new Map<number, string>();
  for (const key of Object.keys(env)) {
    const version = /^ROOT_(\d{1,3})$/.exec(key)?.[1];
    const value = textOf(env, key);
    if (version !== undefined && value !== null) roots.set(Number(version), value);
  }
  if (roots.size === 0)
    throw new Misconfigured('ROOT_1 is missing: run `npm run dev` once, or set the secret');
  const adminToken = textOf(env, 'ADMIN_TOKEN') ?? '';
  const sandbox = environment === 'local' || environment === 'test' || environment === 'sandbox';
  if (sandbox && !SHIPS_SANDBOX)
    throw new Misconfigured(`this Worker was built without a sandbox: GH_ENV must not be ${environment}`);
  const provider = textOf(env, 'MAIL_PROVIDER') ?? 'inbox';
  if (provider !== 'inbox' && provider !== 'binding' && provider !== 'http')
    throw new Misconfigured('MAIL_PROVIDER must be inbox, binding or http');
  if (environment === 'staging' || environment === 'production')
    guard(environment, issuer, adminToken, provider, roots);
  const link = (key: string) => textOf(env, key) ?? undefined;
  const links = {
    help: link('HELP_URL'),
    privacy: link('PRIVACY_URL'),
    security: link('SECURITY_URL'),
    contact: link('CONTACT_URL'),
    accessibility: link('ACCESSIBILITY_URL'),
    marketing: link('MARKETING_URL'),
  };
  return {
    environment,
    issuer,
    roots,
    adminToken,
    sandbox,
    site: {
      environment,
      brand: textOf(env, 'BRAND') ?? 'Gatehouse',
      origin,
      secureCookies: issuer.startsWith('https:'),
      docsUrl: textOf(env, 'DOCS_URL') ?? `${origin}/developers/support/`,
      links: Object.fromEntries(
        Object.entries(links).filter((entry): entry is [string, string] => entry[1] !== undefined),
      ),
      singleSession: textOf(env, 'SINGLE_SESSION') === 'true',
      rulesPublishedAt: RULES_PUBLISHED_AT,
    },
    mail: {
      provider,
      from: textOf(env, 'MAIL_FROM') ?? `no-reply@${new URL(issuer).hostname}`,
      url: textOf(env, 'MAIL_HTTP_URL'),
      token: textOf(env, 'MAIL_HTTP_TOKEN'),
    },
    telephony: readTelephony(env, sandbox),
    phoneCountries: readCountries(textOf(env, 'PHONE_COUNTRIES')),
    breachRangeUrl: textOf(env, 'BREACH_RANGE_URL'),
    breachRecheck: textOf(env, 'BREACH_RECHECK') === 'true',
    mailResolverUrl: textOf(env, 'MAIL_RESOLVER_URL'),
    cards: readCards(environment, env, new URL(issuer).host),
    passwordTestCost: textOf(env, 'SCRYPT_LOG2N') ?? undefined,
    strictScopes: textOf(env, 'STRICT_SCOPES') === 'true',
    rejectLogoutHints: textOf(env, 'REJECT_LOGOUT_HINTS') === 'true',
    jurisdiction: environment === 'local' || environment === 'test' ? null : textOf(env, 'JURISDICTION'),
    sampleApps: readSampleApps(textOf(env, 'SAMPLE_APPS')),
  };
}

/** Texts and calls: kept in the test inbox, or sent by a company; nothing where neither is set up (SB-13). */
function readTelephony(env: Variables, sandbox: boolean): Config['telephony'] {
  const provider = textOf(env, 'TELEPHONY_PROVIDER') ?? (sandbox ? 'inbox' : 'none');
  switch (provider) {
    case 'none':
      return null;
    case 'inbox':
      if (!sandbox)
        throw new Misconfigured('TELEPHONY_PROVIDER=inbox reaches nobody: it is not accepted here');
      return { provider };
    case 'http': {
      const [account, token, from] = ['TELEPHONY_ACCOUNT', 'TELEPHONY_TOKEN', 'TELEPHONY_FROM'].map(
        (name) => {
          const value = textOf(env, name);
          if (value === null) throw new Misconfigured(`${name} is missing: no text could be sent`);
          return value;
        },
      );
      if (account === undefined || token === undefined || from === undefined) return null;
      const callFrom = textOf(env, 'TELEPHONY_CALL_FROM') ?? from;
      if (!callFrom.startsWith('+'))
        throw new Misconfigured('TELEPHONY_CALL_FROM must be a number calls come from');
      const url = textOf(env, 'TELEPHONY_URL') ?? 'https://api.twilio.com';
      const lookupUrl = textOf(env, 'TELEPHONY_LOOKUP_URL');
      return { provider, url, lookupUrl, account, token, from, callFrom };
    }
    default:
      throw new Misconfigured('TELEPHONY_PROVIDER must be inbox, http or none');
  }
}

function readCountries(text: string | null): Config['phoneCountries'] {
  if (text === null) return null;
  const countries = text.split(',').map((country) => country.trim());
  if (countries.some((country) => !/^[A-Z]{2}$/.test(country)))
    throw new Misconfigured('PHONE_COUNTRIES must be ISO country codes, separated by commas');
  return new Set(countries);
}

/** What only a laptop may have: a plain or local issuer, an inbox instead of mail, a secret made for a laptop (part 10). */
function guard(
  environment: Environment,
  issuer: string,
  adminToken: string,
  provider: string,
  roots: ReadonlyMap<number, string>,
): void {
  const { protocol, hostname } = new URL(issuer);
  const local =
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname.startsWith('127.') ||
    hostname === '[::1]';
  if (protocol !== 'https:' || local || hostname.endsWith('.invalid') || hostname.endsWith('example.gov')) {
    throw new Misconfigured(`ISSUER is not one ${environment} may use`);
  }
  if (provider === 'inbox')
    throw new Misconfigured(`${environment} must send mail for real: set MAIL_PROVIDER`);
  if (adminToken.startsWith('local-') || [...roots.values()].some((root) => root.startsWith('local-'))) {
    throw new Misconfigured('secrets made for a laptop are not accepted here');
  }
}

const HOST = /^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?$/;
const OID = /^[0-2](?:\.\d{1,10}){2,20}$/;

/** The host for cards, when there is one (PV-5). It is never the host people sign in on: that one asks nobody for a card. */
function readCards(environment: Environment, env: Variables, ownHost: string): Config['cards'] {
  const host = textOf(env, 'PIV_HOST');
  const proxySecret = textOf(env, 'PIV_PROXY_SECRET');
  const onLaptop = environment === 'local' || environment === 'test';
  if (proxySecret !== null && !onLaptop)
    throw new Misconfigured(
      'PIV_PROXY_SECRET is for a laptop: elsewhere only the edge speaks about certificates',
    );
  if (
    (environment === 'staging' || environment === 'production') &&
    textOf(env, 'PIV_TEST_AUTHORITY') !== null
  )
    throw new Misconfigured('PIV_TEST_AUTHORITY issues cards to anybody: it is not accepted here');
  if (host === null) return null;
  // A pattern that takes in the host people sign in on would leave nothing there but the card page.
  if (!HOST.test(host) || host === ownHost || (host.startsWith('*.') && ownHost.endsWith(host.slice(1))))
    throw new Misconfigured('PIV_HOST must be a host name of its own, perhaps with a leading *.');
  if (onLaptop && proxySecret === null)
    throw new Misconfigured('PIV_PROXY_SECRET is missing: without it anybody could claim any card here');
  const anchors = Object.keys(env)
    .filter((key) => /^PIV_ANCHOR_\d{1,3}$/.test(key))
    .sort()
    .flatMap((key) => textOf(env, key) ?? []);
  if (anchors.length === 0) throw new Misconfigured('PIV_ANCHOR_1 is missing: no card could be trusted');
  const policies =
    textOf(env, 'PIV_POLICIES')
      ?.split(',')
      .map((oid) => oid.trim()) ?? null;
  if (policies?.some((oid) => !OID.test(oid)))
    throw new Misconfigured('PIV_POLICIES must be certificate policies, separated by commas');
  const wanted = textOf(env, 'PIV_REVOCATION') ?? 'hard';
  const revocation = REVOCATION_POLICIES.find((policy) => policy === wanted);
  if (revocation === undefined) throw new Misconfigured('PIV_REVOCATION must be hard, soft or off');
  return {
    host,
    anchors,
    policies,
    revocation,
    proxySecret,
    testAuthority: textOf(env, 'PIV_TEST_AUTHORITY'),
  };
}

function readSampleApps(text: string | null): Config['sampleApps'] {
  return (text ?? '')
    .split(',')
    .map((entry) => entry.split('='))
    .flatMap(([name, url]) => (name && url ? [{ name, url }] : []));
}
