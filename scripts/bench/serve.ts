/**
 * Serves the bench build of Gatehouse on loopback until it is told to stop: in the runtime alone (`--bare`, the
 * default) or in miniflare (`--miniflare`). A fresh world each time; says `ready` when it answers.
 *
 *   node scripts/bench/serve.ts --port 21950 [--miniflare] [--apps apps.json] [--world FOLDER]
 *
 * With `--world` that folder, which must not be there yet, holds the world and is left when serving ends.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type AppDocument, registerApp } from '../local/sample-apps.ts';
import { printed, run } from '../support/command.ts';
import { PROJECT } from '../support/project.ts';
import { runScript, Stop } from '../support/stop.ts';
import { bareConfig } from './bare-config.ts';
import { serveInMiniflare } from './miniflare.ts';
import { runtime } from './runtime.ts';
import { ADMIN_TOKEN, CONFIG_FILE, ROOT, WORKER_FILE } from './world.ts';

const ASSETS = join(PROJECT, 'dist', 'assets');

const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: process.env.PORT ?? '21950' },
    bare: { type: 'boolean' },
    miniflare: { type: 'boolean' },
    apps: { type: 'string' },
    entry: { type: 'string' },
    uncounted: { type: 'boolean' },
    world: { type: 'string' },
    'build-into': { type: 'string' },
  },
});

const compatibilityDate = (): string => {
  const found = /^compatibility_date = "([0-9-]+)"/m.exec(
    readFileSync(join(PROJECT, 'wrangler.toml'), 'utf8'),
  );
  if (found?.[1] === undefined) throw new Stop('wrangler.toml names no compatibility_date');
  return found[1];
};

interface Running {
  readonly ended: Promise<unknown>;
  readonly stop: () => void;
}

function serveBare(folder: string, port: number, text: Readonly<Record<string, string>>): Running {
  const sub = (name: string): string => {
    mkdirSync(join(folder, name), { recursive: true });
    return join(folder, name);
  };
  const storage = readFileSync(join(import.meta.dirname, 'local-storage.ts'), 'utf8');
  writeFileSync(join(folder, 'storage.js'), stripTypeScriptTypes(storage));
  const config = bareConfig({
    port,
    compatibilityDate: compatibilityDate(),
    workerFile: WORKER_FILE,
    storageFile: 'storage.js',
    assetsFolder: ASSETS,
    objectsFolder: sub('objects'),
    storageFolder: sub('stored'),
    text,
  });
  writeFileSync(join(folder, CONFIG_FILE), config);
  const child = spawn(runtime(), ['serve', join(folder, CONFIG_FILE)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = new Promise((resolve) => {
    child.on('exit', resolve);
    child.on('error', resolve);
  });
  return { ended, stop: () => void child.kill('SIGTERM') };
}

/** Creates the tables and registers the apps. */
async function furnish(base: string): Promise<void> {
  const folder = join(PROJECT, 'migrations');
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  // Both local databases take a whole file as one query.
  const statements = files.map((name) => readFileSync(join(folder, name), 'utf8'));
  const migrated = await fetch(`${base}/bench/migrate`, { method: 'POST', body: JSON.stringify(statements) });
  if (!migrated.ok)
    throw new Stop(`the tables could not be made: ${migrated.status} ${await migrated.text()}`);
  const apps: readonly AppDocument[] =
    options.apps === undefined ? [] : JSON.parse(readFileSync(options.apps, 'utf8'));
  for (const app of apps) {
    const result = await registerApp(base, ADMIN_TOKEN, app);
    if (result.outcome === 'refused') throw new Stop(`${result.issuer} was not registered: ${result.said}`);
  }
  await fetch(`${base}/bench/ready`, { method: 'POST' });
}

async function answers(base: string, gone: () => boolean): Promise<void> {
  for (const until = Date.now() + 20_000; Date.now() < until && !gone(); ) {
    const ok = await fetch(`${base}/bench/ops`).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Stop('the Worker did not answer');
}

const entry = resolve(PROJECT, options.entry ?? join('scripts', 'bench', 'worker.ts'));

/** Builds in a process of its own: what the bundler holds on to is not memory of the server, which is measured here. */
async function buildElsewhere(folder: string): Promise<void> {
  const args = [import.meta.filename, '--build-into', folder, '--entry', entry];
  const built = await run(process.execPath, args, { cwd: PROJECT });
  if (built.code !== 0) throw new Stop(`The Worker could not be built:\n${printed(built)}`);
}

await runScript(async () => {
  if (options['build-into'] !== undefined) {
    // As a deployment is built.
    const { bundleWorker } = await import('../support/bundle-worker.ts');
    await bundleWorker({ entry, folder: options['build-into'], file: WORKER_FILE, sandbox: true });
    return 0;
  }
  const port = Number(options.port);
  if (!Number.isInteger(port) || port < 1024 || port > 65_535) throw new Stop('--port must be a port number');
  if (options.world !== undefined) mkdirSync(options.world);
  const folder = options.world ?? mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  try {
    await buildElsewhere(folder);
    const base = `http://127.0.0.1:${port}`;
    const text = {
      GH_ENV: 'sandbox',
      ISSUER: `${base}/`,
      BRAND: 'Gatehouse',
      MAIL_FROM: 'no-reply@localhost',
      MAIL_PROVIDER: 'inbox',
      JURISDICTION: '',
      ROOT_1: ROOT,
      ADMIN_TOKEN,
      ...(options.uncounted ? { UNCOUNTED: '1' } : {}),
    };
    const running = options.miniflare
      ? await serveInMiniflare({
          workerFile: join(folder, WORKER_FILE),
          assetsFolder: ASSETS,
          stateFolder: join(folder, 'state'),
          port,
          compatibilityDate: compatibilityDate(),
          text,
        })
      : serveBare(folder, port, text);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, running.stop);
    let gone = false;
    void running.ended.then(() => {
      gone = true;
    });
    try {
      await answers(base, () => gone);
      await furnish(base);
    } catch (error) {
      running.stop();
      throw error;
    }
    process.stdout.write(`ready ${base}\n`);
    await running.ended;
    return 0;
  } finally {
    if (options.world === undefined) rmSync(folder, { recursive: true, force: true });
  }
});
