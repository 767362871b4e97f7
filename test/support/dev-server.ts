import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { NEIGHBOURS, OIDC_SAMPLE_OFFSET } from '../../scripts/local/options.ts';
import { anyFreePort } from '../../scripts/local/ports.ts';
import { readSecrets } from '../../scripts/local/secrets.ts';
import { COLOUR, lineSplitter } from '../../scripts/local/wrangler-log.ts';
import { hearLine, keepOut } from './heard-lines.ts';
import { secretsIn } from './log-watch.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const START_MILLISECONDS = 150_000;
/** What the local runtime says of its own accord: every request with its address. */
const OF_THE_RUNTIME = /^\[wrangler:/;

/** A running `npm run dev` in a world of its own. */
export interface DevServer {
  /** With its trailing slash. */
  readonly issuer: string;
  /** Origin of the OpenID Connect sample app. */
  readonly sample: string;
  readonly adminToken: string;
  /** Ends it and deletes its world. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the development server on a free port with an empty database and waits for its ready line. Every line of its
 * Worker's log goes to `hear`; by default it is judged with the test file's own (O23).
 */
export async function startDevServer(hear: (line: string) => void = hearLine): Promise<DevServer> {
  const port = await anyFreePort(NEIGHBOURS);
  const world = mkdtempSync(join(tmpdir(), 'gatehouse-journey-'));
  const args = [join(PROJECT, 'scripts/dev.ts'), '--port', String(port), '--persist-to', world, '--verbose'];
  const child = spawn(process.execPath, args, { cwd: PROJECT, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((tell) => child.once('exit', () => tell()));
  // The script itself speaks on the other stream.
  child.stderr.setEncoding('utf8').on(
    'data',
    lineSplitter((line) => {
      const plain = line.replace(COLOUR, '');
      if (!OF_THE_RUNTIME.test(plain)) hear(plain);
    }),
  );
  let started = '';
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(world, { recursive: true, force: true });
  };
  const ready = new Promise<boolean>((tell) => {
    const take = (chunk: string): void => {
      started += chunk;
      if (!started.includes(`Gatehouse is ready at http://localhost:${port}\n`)) return;
      child.stdout.off('data', take);
      child.stderr.off('data', take);
      tell(true);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.once('exit', () => tell(false));
    setTimeout(() => tell(false), START_MILLISECONDS).unref();
  });
  if (!(await ready)) {
    await stop();
    throw new Error(`the development server did not start:\n${started}`);
  }
  const secrets = readSecrets(readFileSync(join(PROJECT, '.dev.vars'), 'utf8'));
  keepOut([...secrets.values()].flatMap((secret) => secretsIn(secret)));
  return {
    issuer: `http://localhost:${port}/`,
    sample: `http://localhost:${port + OIDC_SAMPLE_OFFSET}`,
    adminToken: secrets.get('ADMIN_TOKEN') ?? '',
    stop,
  };
}
