import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { OIDC_SAMPLE_OFFSET } from '../../scripts/local/options.ts';
import { anyFreePort, isPortFree } from '../../scripts/local/ports.ts';
import { readSecrets } from '../../scripts/local/secrets.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const START_MILLISECONDS = 150_000;

/** A running `npm run dev` in a world of its own. */
export interface DevServer {
  /** With its trailing slash. */
  readonly issuer: string;
  /** Origin of the OpenID Connect sample app. */
  readonly sample: string;
  readonly adminToken: string;
  /** What it has printed so far. */
  readonly output: () => string;
  /** Ends it and deletes its world. */
  readonly stop: () => Promise<void>;
}

/** Starts the development server on a free port with an empty database and waits for its ready line. */
export async function startDevServer(): Promise<DevServer> {
  const port = await freePort();
  const world = mkdtempSync(join(tmpdir(), 'gatehouse-journey-'));
  const args = [join(PROJECT, 'scripts/dev.ts'), '--port', String(port), '--persist-to', world];
  const child = spawn(process.execPath, args, { cwd: PROJECT, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((tell) => child.once('exit', () => tell()));
  let output = '';
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(world, { recursive: true, force: true });
  };
  const ready = new Promise<boolean>((tell) => {
    const take = (chunk: string): void => {
      output += chunk;
      if (output.includes(`Gatehouse is ready at http://localhost:${port}\n`)) tell(true);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.once('exit', () => tell(false));
    setTimeout(() => tell(false), START_MILLISECONDS).unref();
  });
  if (!(await ready)) {
    await stop();
    throw new Error(`the development server did not start:\n${output}`);
  }
  const secrets = readSecrets(readFileSync(join(PROJECT, '.dev.vars'), 'utf8'));
  return {
    issuer: `http://localhost:${port}/`,
    sample: `http://localhost:${port + OIDC_SAMPLE_OFFSET}`,
    adminToken: secrets.get('ADMIN_TOKEN') ?? '',
    output: () => output,
    stop,
  };
}

/** A port whose neighbour for the sample app is free too. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = await anyFreePort();
    if (await isPortFree(port + OIDC_SAMPLE_OFFSET)) return port;
  }
}
