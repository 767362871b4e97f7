/**
 * `npm run dev`: the whole of Gatehouse on this machine, without a question, an account or the network. Builds the
 * assets, completes `.dev.vars`, migrates the local database, starts the Worker and the sample apps, and says so.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { openLocalCards } from './local/cards.ts';
import { type Child, startChild } from './local/child.ts';
import { meansThisMachine } from './local/means-this-machine.ts';
import {
  LOCAL_USAGE,
  type LocalOptions,
  OIDC_SAMPLE_OFFSET,
  readLocalOptions,
  SAML_SAMPLE_OFFSET,
} from './local/options.ts';
import { isPortFree, waitUntilListening } from './local/ports.ts';
import {
  type AppDocument,
  oidcSamples,
  registerApp,
  SAMPLE_OIDC,
  SAMPLE_OIDC_PKCE,
  SAMPLE_SAML,
  SAMPLE_SAML_PLAIN,
  samlSamples,
} from './local/sample-apps.ts';
import { sampleKey } from './local/sample-keys.ts';
import { readSecrets } from './local/secrets.ts';
import { explainHealth, waitUntilHealthy } from './local/wait-until-healthy.ts';
import { calmLine } from './local/wrangler-log.ts';
import { SECRETS_FILE, setup } from './setup.ts';
import { printed, run } from './support/command.ts';
import { PROJECT, WRANGLER } from './support/project.ts';
import { runScript, Stop } from './support/stop.ts';

/** Where the sample relying parties keep the keys they were given. */
const SAMPLE_KEYS = join(PROJECT, '.wrangler', 'sample-keys');
const QUIET_WRANGLER = { WRANGLER_HIDE_BANNER: 'true', WRANGLER_SEND_METRICS: 'false' };

/** One sample relying party under docs/examples, started when its server file is there. */
interface Sample {
  readonly title: string;
  readonly file: string;
  readonly port: number;
  readonly origin: string;
  readonly keyName: string;
  readonly documents: (origin: string, cert: string) => readonly AppDocument[];
  readonly env: Readonly<Record<string, string>>;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

async function buildAssets(): Promise<void> {
  const built = await run(process.execPath, [join(PROJECT, 'scripts', 'build-assets.ts')], { cwd: PROJECT });
  if (built.code !== 0) throw new Stop(`The assets could not be built:\n${printed(built)}`);
}

async function migrate(persist: readonly string[]): Promise<void> {
  const args = [...WRANGLER, 'd1', 'migrations', 'apply', 'DB', '--local', ...persist];
  const migrated = await run(process.execPath, args, { cwd: PROJECT });
  if (migrated.code !== 0) throw new Stop(`The local database could not be migrated:\n${printed(migrated)}`);
}

function samples(options: LocalOptions): readonly Sample[] {
  const all = [
    {
      title: 'Sample app (OpenID Connect)',
      folder: 'oidc-app',
      offset: OIDC_SAMPLE_OFFSET,
      documents: oidcSamples,
      env: { CLIENT_ID: SAMPLE_OIDC, PKCE_CLIENT_ID: SAMPLE_OIDC_PKCE },
    },
    {
      title: 'Sample app (SAML)',
      folder: 'saml-app',
      offset: SAML_SAMPLE_OFFSET,
      documents: samlSamples,
      env: { ENTITY_ID: SAMPLE_SAML, PLAIN_ENTITY_ID: SAMPLE_SAML_PLAIN },
    },
  ];
  return all
    .map(({ title, folder, offset, documents, env }) => ({
      title,
      file: join('docs', 'examples', folder, 'server.ts'),
      port: options.port + offset,
      origin: `http://localhost:${options.port + offset}`,
      keyName: folder,
      documents,
      env,
    }))
    .filter((sample) => existsSync(join(PROJECT, sample.file)));
}

/** Tells the Worker where the samples listen, for its start page. */
const sampleVariable = (all: readonly Sample[]): readonly string[] =>
  all.length === 0
    ? []
    : ['--var', `SAMPLE_APPS:${all.map(({ title, origin }) => `${title}=${origin}/`).join(',')}`];

/**
 * Tells when npm, which started this, was ended by `kill`: it passes the signal to its shell, which passes it to nobody,
 * and a server that nobody waits for would keep its port.
 */
function whenLeftAlone(tell: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) tell();
  }, 1000).unref();
}

/** Registers a sample's apps and starts it; a sample that fails is a remark, never the end of Gatehouse. */
async function startSample(
  sample: Sample,
  base: string,
  issuer: string,
  adminToken: string,
): Promise<Child | null> {
  const key = await sampleKey(SAMPLE_KEYS, sample.keyName, new Date());
  for (const document of sample.documents(sample.origin, key.cert)) {
    const result = await registerApp(base, adminToken, document);
    if (result.outcome === 'refused') {
      complain(`${sample.title}: ${result.issuer} was not registered (${result.said}).`);
      return null;
    }
  }
  if (!(await isPortFree(sample.port))) {
    complain(`${sample.title}: not started, port ${sample.port} is in use.`);
    return null;
  }
  const env = {
    ...sample.env,
    PORT: String(sample.port),
    ISSUER: issuer,
    GATEHOUSE_ISSUER: issuer,
    CLIENT_KEY_FILE: key.keyFile,
    CLIENT_CERT_FILE: key.certFile,
  };
  const child = startChild([join(PROJECT, sample.file)], {
    cwd: PROJECT,
    env,
    onLine: (line) => {
      if (/error|refused|fail/i.test(line)) complain(`[${sample.keyName}] ${line}`);
    },
  });
  if (await waitUntilListening(sample.port, () => !child.running())) return child;
  complain(`${sample.title}: not started.\n${child.lastLines().join('\n')}`);
  await child.stop();
  return null;
}

function describe(
  options: LocalOptions,
  base: string,
  running: readonly Sample[],
  cards: string | null,
): string {
  const state = options.persistTo === null ? '.wrangler/state' : options.persistTo;
  const rows: readonly (readonly [string, string])[] = [
    ['Sign in', `${base}/`],
    ['Test accounts', `${base}/sandbox`],
    ['Mail and texts', `${base}/sandbox/inbox`],
    ...running.map((sample): readonly [string, string] => [sample.title, `${sample.origin}/`]),
    ...(cards === null ? [] : [['Government ID cards', cards] as const]),
    ['Discovery', `${base}/.well-known/openid-configuration`],
    [
      'Machine interface',
      `${base}/api/admin/v1 (bearer ADMIN_TOKEN, in ${relative(process.cwd(), SECRETS_FILE) || '.dev.vars'})`,
    ],
    ['State', `${state} (a fresh folder is a fresh world)`],
    ['Documentation', 'README.md and docs/'],
  ];
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, value]) => `  ${name.padEnd(width)}${value}`).join('\n');
}

async function main(): Promise<number> {
  const options = readLocalOptions(process.argv.slice(2));
  if (options === 'help') {
    say(LOCAL_USAGE);
    return 0;
  }
  if (!(await isPortFree(options.port))) {
    throw new Stop(
      `Port ${options.port} is in use. Stop what listens there, or choose another: npm run dev -- --port N`,
    );
  }
  if (!(await meansThisMachine(options.host))) {
    throw new Stop(
      `Browsers know ${options.host}, other programs of this machine do not. Add this line to /etc/hosts: 127.0.0.1 ${options.host}`,
    );
  }
  const base = `http://${options.host}:${options.port}`;
  const issuer = `${base}/`;
  const persist = options.persistTo === null ? [] : ['--persist-to', resolve(options.persistTo)];

  const added = setup();
  if (added.length > 0) say(`Wrote fresh secrets to .dev.vars: ${added.join(', ')}.`);
  say('Preparing assets and database ...');
  await Promise.all([buildAssets(), migrate(persist)]);

  const state = resolve(options.persistTo ?? join(PROJECT, '.wrangler', 'state'));
  const cards = await openLocalCards(state, options.port);
  if (cards === null) complain('Government ID cards: not offered, their ports are in use.');
  const children: Child[] = [];
  let stopping = false;
  const stopAll = async (): Promise<void> => {
    stopping = true;
    await Promise.all([...children.map((child) => child.stop()), cards?.close()]);
  };
  const asked = new Promise<'asked'>((tell) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => tell('asked'));
    whenLeftAlone(() => tell('asked'));
  });

  const worker = startChild(
    [
      ...WRANGLER,
      'dev',
      ...['--port', String(options.port)],
      ...['--inspector-port', '0'],
      ...['--var', `ISSUER:${issuer}`],
      ...sampleVariable(samples(options)),
      ...Object.entries(cards?.variables ?? {}).flatMap(([name, value]) => ['--var', `${name}:${value}`]),
      '--show-interactive-dev-session=false',
      ...persist,
    ],
    {
      cwd: PROJECT,
      env: QUIET_WRANGLER,
      onLine: (line) => {
        const shown = options.verbose ? line : calmLine(line);
        if (shown !== null && !stopping) complain(shown);
      },
    },
  );
  children.push(worker);

  const work = async (): Promise<'asked' | 'ended'> => {
    const health = await waitUntilHealthy(`${base}/api/health`, () => stopping || !worker.running(), {
      startMilliseconds: 90_000,
      answerMilliseconds: 5000,
    });
    if (!health.healthy && worker.running() && !stopping) {
      throw new Stop(explainHealth(health.said, options.persistTo ?? '.wrangler/state'));
    }
    if (health.healthy) {
      const adminToken = readSecrets(readFileSync(SECRETS_FILE, 'utf8')).get('ADMIN_TOKEN') ?? '';
      const running: Sample[] = [];
      for (const sample of samples(options)) {
        if (stopping) break;
        const child = await startSample(sample, base, issuer, adminToken);
        if (child === null) continue;
        children.push(child);
        running.push(sample);
        if (stopping) await child.stop();
      }
      if (!stopping)
        say(
          `Gatehouse is ready at ${base}\n\n${describe(options, base, running, cards?.place ?? null)}\n\nStop with Ctrl+C.`,
        );
    }
    await worker.ended;
    return 'ended';
  };

  try {
    const end = await Promise.race([asked, work()]);
    if (end === 'asked') return 0;
    throw new Stop(
      `The development server ended by itself. Its last lines:\n${worker.lastLines().join('\n')}`,
    );
  } finally {
    await stopAll();
  }
}

await runScript(main);
process.exit();
