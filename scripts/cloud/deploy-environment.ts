import { join } from 'node:path';
import { REQUIRED_SECRETS, readSecrets } from '../local/secrets.ts';
import { printed } from '../support/command.ts';
import { isRecord } from '../support/record.ts';
import { Stop } from '../support/stop.ts';
import {
  type Environment,
  type EnvironmentFile,
  readEnvironmentFile,
  starterFile,
} from './environment-file.ts';
import { mergeConfig } from './merge-config.ts';
import { refusals } from './refusals.ts';
import { smoke } from './smoke.ts';
import type { Places, World } from './world.ts';
import { databaseId, namespaceId, saysNoWorker, secretNames } from './wrangler-answers.ts';

/** What `npm run deploy -- ...` was asked for. */
export interface DeployOptions {
  readonly environment: Environment;
  readonly dryRun: boolean;
  readonly allowDirty: boolean;
  /** JSON file of secrets made elsewhere (an offline machine), or null to make missing ones here. */
  readonly secretsFile: string | null;
}

/**
 * Brings one environment to the state of this checkout and proves that it answers. Every step looks first and does
 * only what is missing, so running it again is safe. Throws {@link Stop} with a sentence when it must not go on.
 * A dry run asks nothing of the network: it names each step and lets wrangler check the bundle and configuration.
 */
export async function deployEnvironment(options: DeployOptions, world: World, places: Places): Promise<void> {
  const { environment } = options;
  const wantedFile = join(places.project, 'deploy', `${environment}.json`);
  const file = readFile(options, world, wantedFile);

  // Decide before touching anything.
  const offered = offeredSecrets(options, world, places);
  const problems = refusals({
    environment,
    file,
    secrets: offered.values,
    laptopSecrets: readSecrets(world.read(join(places.project, '.dev.vars')) ?? ''),
    uncommitted: await world.git(['status', '--porcelain']),
    allowDirty: options.allowDirty,
  });
  if (problems.length > 0) {
    const list = problems.map((problem) => `  - ${problem}`).join('\n');
    if (!options.dryRun) throw new Stop(`${environment} is not deployed:\n${list}`);
    world.say(`A real run would refuse:\n${list}`);
  }

  world.say('Building assets');
  await world.buildAssets();

  const withDatabase = await ensureDatabase(options, world, file);
  const complete = await ensureNamespace(options, world, withDatabase);
  if (complete !== file) {
    world.write(wantedFile, `${JSON.stringify(complete, null, 2)}\n`);
    world.say(`  Their ids stand in ${wantedFile} now: commit it.`);
  }
  const config = join(places.project, 'dist', 'deploy', environment, 'wrangler.json');
  world.write(
    config,
    `${JSON.stringify(mergeConfig(world.toml(), environment, complete, places.project), null, 2)}\n`,
  );
  const target = ['--config', config, '--env', environment];

  if (options.dryRun) {
    world.say(`Would apply migrations:   wrangler d1 migrations apply DB --remote --env ${environment}`);
    world.say(`Would set secrets that the Worker lacks: ${REQUIRED_SECRETS.join(', ')}`);
    world.say('Checking bundle and configuration');
    await must(world, [
      'deploy',
      ...target,
      '--dry-run',
      '--outdir',
      join(places.project, 'dist', 'deploy', environment, 'worker'),
    ]);
    world.say(`Would ask ${complete.issuer}api/health and a few pages for their health`);
    world.say('Dry run: nothing was changed.');
    return;
  }

  const { toSet, made } = await chooseSecrets(options, world, target, offered.values);
  if (made.length > 0) {
    // Kept before they are used: a root that only the Worker knows could never be restored from a backup.
    const kept =
      options.secretsFile === null
        ? [...offered.values, ...toSet]
        : [...toSet].filter(([name]) => made.includes(name));
    world.write(offered.keptAt, toJson(new Map(kept)), true);
  }

  world.say('Applying migrations');
  const bookmark = await world.wrangler(['d1', 'time-travel', 'info', 'DB', ...target, '--json']);
  const mark = bookmark.code === 0 ? /"bookmark":\s*"([^"]+)"/.exec(bookmark.stdout)?.[1] : undefined;
  if (mark !== undefined) world.say(`  The database before this deploy: bookmark ${mark}`);
  await must(world, ['d1', 'migrations', 'apply', 'DB', '--remote', ...target]);

  world.say('Deploying');
  const sha = await world.git(['rev-parse', '--short=12', 'HEAD']);
  const label = sha === '' ? [] : ['--tag', sha, '--message', `gatehouse ${sha}`];
  const upload = join(places.secretsFolder, `${environment}.upload.json`);
  if (toSet.size > 0) world.write(upload, toJson(toSet), true);
  try {
    await must(world, ['deploy', ...target, ...label, ...(toSet.size > 0 ? ['--secrets-file', upload] : [])]);
  } finally {
    if (toSet.size > 0) world.remove(upload);
  }
  if (toSet.size > 0) world.say(`  Set ${[...toSet.keys()].join(' and ')}.`);
  if (made.length > 0) {
    world.say(`  ${made.join(' and ')} were made here and are kept in ${offered.keptAt}:`);
    world.say(
      '  put two sealed copies offline, then delete that file. Without the root no backup can be read.',
    );
  }

  world.say('Asking the new version');
  const failures = await smoke(complete.issuer, environment, world);
  if (failures.length > 0) {
    throw new Stop(
      `Deployed, but not well:\n${failures.map((failure) => `  - ${failure}`).join('\n')}\n` +
        `Go back with: npx wrangler rollback --config ${config} --env ${environment}`,
    );
  }
  world.say(`Gatehouse ${environment} is ready at ${complete.issuer}`);
}

function readFile(options: DeployOptions, world: World, path: string): EnvironmentFile {
  const text = world.read(path);
  if (text === null && !options.dryRun) {
    throw new Stop(
      `${path} is missing. Write it with your own addresses, for example:\n${starterFile(options.environment)}`,
    );
  }
  if (text === null) world.say(`${path} is missing: this dry run uses placeholders.`);
  const read = readEnvironmentFile(text ?? starterFile(options.environment));
  if (!read.ok)
    throw new Stop(`${path} cannot be used:\n${read.mistakes.map((one) => `  - ${one}`).join('\n')}`);
  return read.file;
}

/** Secrets an operator brought, or those an earlier run made and kept. */
function offeredSecrets(options: DeployOptions, world: World, places: Places) {
  const keptAt = join(places.secretsFolder, `${options.environment}.secrets.json`);
  const source = options.secretsFile ?? keptAt;
  const text = world.read(source);
  if (text === null && options.secretsFile !== null) throw new Stop(`${options.secretsFile} cannot be read.`);
  return { keptAt, values: fromJson(text ?? '{}', source) };
}

function fromJson(text: string, source: string): ReadonlyMap<string, string> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = null;
  }
  if (!isRecord(body)) throw new Stop(`${source} must be a JSON object of secrets.`);
  const entries = Object.entries(body).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  return new Map(entries);
}

const toJson = (secrets: ReadonlyMap<string, string>): string =>
  `${JSON.stringify(Object.fromEntries(secrets), null, 2)}\n`;

/**
 * Which secrets to set: those the Worker lacks, and everything in a file the operator names. A root is never
 * replaced, because everything sealed under it would be lost: rotation adds the next number.
 */
async function chooseSecrets(
  options: DeployOptions,
  world: World,
  target: readonly string[],
  offered: ReadonlyMap<string, string>,
): Promise<{ readonly toSet: ReadonlyMap<string, string>; readonly made: readonly string[] }> {
  const listed = await world.wrangler(['secret', 'list', ...target, '--format', 'json']);
  if (listed.code !== 0 && !saysNoWorker(printed(listed))) {
    throw new Stop(`wrangler secret list failed:\n${printed(listed)}`);
  }
  const present = listed.code === 0 ? secretNames(listed.stdout) : [];
  const named = options.secretsFile === null ? [] : [...offered.keys()];
  const replaced = named.filter((name) => /^ROOT_\d+$/.test(name) && present.includes(name));
  if (replaced.length > 0)
    throw new Stop(`${replaced.join(', ')} is set already and is never replaced; add the next number.`);
  const missing = REQUIRED_SECRETS.filter((name) => !present.includes(name));
  const made = missing.filter((name) => !offered.has(name));
  const toSet = new Map(
    [...new Set([...named, ...missing])].map((name) => [name, offered.get(name) ?? world.makeSecret()]),
  );
  return { toSet, made };
}

async function ensureDatabase(
  options: DeployOptions,
  world: World,
  file: EnvironmentFile,
): Promise<EnvironmentFile> {
  if (file.d1_database_id !== undefined) return file;
  const name = `gatehouse-${options.environment}`;
  const where = file.jurisdiction === null ? [] : ['--jurisdiction', file.jurisdiction];
  const create = ['d1', 'create', name, ...where];
  if (options.dryRun) {
    world.say(`Would make the database:  wrangler ${create.join(' ')}`);
    return file;
  }
  const id = await findOrMake(world, ['d1', 'list', '--json'], create, (listing) =>
    databaseId(listing, name),
  );
  world.say(`Database ${name} is ${id}`);
  return { ...file, d1_database_id: id };
}

async function ensureNamespace(
  options: DeployOptions,
  world: World,
  file: EnvironmentFile,
): Promise<EnvironmentFile> {
  if (file.kv_namespace_id !== undefined) return file;
  const title = `gatehouse-${options.environment}-public`;
  const create = ['kv', 'namespace', 'create', title];
  if (options.dryRun) {
    world.say(`Would make the namespace: wrangler ${create.join(' ')}`);
    return file;
  }
  const id = await findOrMake(world, ['kv', 'namespace', 'list'], create, (listing) =>
    namespaceId(listing, title),
  );
  world.say(`Namespace ${title} is ${id}`);
  return { ...file, kv_namespace_id: id };
}

async function findOrMake(
  world: World,
  list: readonly string[],
  create: readonly string[],
  find: (listing: string) => string | null,
): Promise<string> {
  const before = find(await must(world, list));
  if (before !== null) return before;
  await must(world, create);
  const after = find(await must(world, list));
  if (after === null)
    throw new Stop(`wrangler ${create.join(' ')} said it worked, but its result is not listed.`);
  return after;
}

async function must(world: World, args: readonly string[]): Promise<string> {
  const outcome = await world.wrangler(args);
  if (outcome.code !== 0)
    throw new Stop(`wrangler ${args.slice(0, 3).join(' ')} failed:\n${printed(outcome)}`);
  return outcome.stdout;
}
