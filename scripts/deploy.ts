/** `npm run deploy -- --env sandbox|staging|production`: see docs/operations.md. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type DeployOptions, deployEnvironment } from './cloud/deploy-environment.ts';
import { ENVIRONMENTS, isEnvironment } from './cloud/environment-file.ts';
import type { World } from './cloud/world.ts';
import { printed, run } from './support/command.ts';
import { PROJECT, secretsFolder, WRANGLER } from './support/project.ts';
import { isRecord } from './support/record.ts';
import { runScript, Stop } from './support/stop.ts';

const USAGE = `Usage: npm run deploy -- --env ${ENVIRONMENTS.join('|')} [--dry-run] [--secrets-file FILE] [--allow-dirty]

  --env NAME           which environment; its addresses stand in deploy/NAME.json
  --dry-run            name every step and check bundle and configuration, offline; change nothing
  --secrets-file FILE  JSON with ROOT_1 and ADMIN_TOKEN made elsewhere, instead of making them here
  --allow-dirty        deploy production from a working copy with uncommitted changes`;

const { experimental_readRawConfig: readRawConfig } = await import('wrangler');

const world: World = {
  wrangler: (args) => run(process.execPath, [...WRANGLER, ...args], { cwd: PROJECT, env: { CI: 'true' } }),
  buildAssets: async () => {
    const built = await run(process.execPath, [join(PROJECT, 'scripts', 'build-assets.ts')], {
      cwd: PROJECT,
    });
    if (built.code !== 0) throw new Stop(`The assets could not be built:\n${printed(built)}`);
  },
  git: async (args) => {
    const outcome = await run('git', args, { cwd: PROJECT });
    return outcome.code === 0 ? outcome.stdout.trim() : '';
  },
  read: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null),
  write: (path, text, secret = false) => {
    mkdirSync(dirname(path), { recursive: true, ...(secret ? { mode: 0o700 } : {}) });
    writeFileSync(path, text, secret ? { mode: 0o600 } : {});
  },
  remove: (path) => rmSync(path, { force: true }),
  makeSecret: () => randomBytes(32).toString('base64url'),
  toml: () => {
    const { rawConfig } = readRawConfig({ config: join(PROJECT, 'wrangler.toml') });
    if (!isRecord(rawConfig)) throw new Stop('wrangler.toml cannot be read.');
    return rawConfig;
  },
  get: async (url) => {
    try {
      const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
      return { status: response.status, body: (await response.text()).slice(0, 100_000) };
    } catch {
      return null;
    }
  },
  pause: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
  say: (line) => void process.stdout.write(`${line}\n`),
};

function readOptions(): DeployOptions | 'help' {
  const options = {
    env: { type: 'string' },
    'dry-run': { type: 'boolean' },
    'secrets-file': { type: 'string' },
    'allow-dirty': { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
  try {
    ({ values } = parseArgs({ options }));
  } catch (error) {
    throw new Stop(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
  if (values.help) return 'help';
  const environment = values.env ?? '';
  if (!isEnvironment(environment)) throw new Stop(`--env must name an environment.\n\n${USAGE}`);
  return {
    environment,
    dryRun: values['dry-run'] ?? false,
    allowDirty: values['allow-dirty'] ?? false,
    secretsFile: values['secrets-file'] === undefined ? null : resolve(values['secrets-file']),
  };
}

await runScript(async () => {
  const options = readOptions();
  if (options === 'help') {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  await deployEnvironment(options, world, { project: PROJECT, secretsFolder: secretsFolder() });
  return 0;
});
