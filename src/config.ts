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
  readonly breachRangeUrl: string | null;
  /** DNS over HTTPS, for the mail route of new addresses (SU-2); null asks nobody. */
  readonly mailResolverUrl: string | null;
  readonly passwordTestCost: string | undefined;
  readonly strictScopes: boolean;
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
    breachRangeUrl: textOf(env, 'BREACH_RANGE_URL'),
    mailResolverUrl: textOf(env, 'MAIL_RESOLVER_URL'),
    passwordTestCost: textOf(env, 'SCRYPT_LOG2N') ?? undefined,
    strictScopes: textOf(env, 'STRICT_SCOPES') === 'true',
    jurisdiction: environment === 'local' || environment === 'test' ? null : textOf(env, 'JURISDICTION'),
    sampleApps: readSampleApps(textOf(env, 'SAMPLE_APPS')),
  };
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

function readSampleApps(text: string | null): Config['sampleApps'] {
  return (text ?? '')
    .split(',')
    .map((entry) => entry.split('='))
    .flatMap(([name, url]) => (name && url ? [{ name, url }] : []));
}
