import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntilListening } from '../local/ports.ts';
import { Stop } from '../support/stop.ts';
import { type HttpClient, httpClient } from './http-client.ts';
import { cpuMsOf } from './process-cpu.ts';
import { runtime } from './runtime.ts';
import { startServer } from './start-server.ts';
import { type Rounds, roundsOf } from './statistics.ts';
import { CONFIG_FILE, WORKER_FILE } from './world.ts';

const WARM_UP_REQUESTS = 300;
const WARM_REQUESTS = 300;
const SETTLE_MS = 300;

/** The same bindings and nothing to do: what the runtime itself takes. */
const EMPTY_WORKER = `export class Session {} export class StoredRequest {} export class Attempts {} export class ReplayGuard {}
export default { fetch: () => new Response('{}') };
`;

const PATHS = ['/.well-known/openid-configuration', '/'] as const;

/** CPU milliseconds of a start, of the first request after it, and of one in the long run. */
interface Start {
  readonly start: number;
  readonly first: number;
  readonly warm: number;
}

const settle = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function startOnce(folder: string, base: string, path: string): Promise<Start> {
  const { port } = new URL(base);
  const child = spawn(runtime(), ['serve', join(folder, CONFIG_FILE)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  let gone = false;
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      gone = true;
      resolve();
    }),
  );
  const client = httpClient(base, 1);
  try {
    if (!(await waitUntilListening(Number(port), () => gone)) || child.pid === undefined)
      throw new Stop('the runtime did not start');
    const { pid } = child;
    const used = (): number => {
      const cpu = cpuMsOf(pid);
      if (cpu === null) throw new Stop('this system does not tell how much a process works');
      return cpu;
    };
    await settle(SETTLE_MS);
    const start = used();
    await ask(client, path, 1);
    await settle(SETTLE_MS);
    const first = used() - start;
    await ask(client, path, WARM_UP_REQUESTS);
    const before = used();
    await ask(client, path, WARM_REQUESTS);
    return { start, first, warm: (used() - before) / WARM_REQUESTS };
  } finally {
    client.close();
    child.kill('SIGKILL');
    await ended;
  }
}

async function ask(client: HttpClient, path: string, times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    const { status } = await client.ask({ path });
    if (status !== 200) throw new Stop(`${path} answered ${status}`);
  }
}

/** The world with another Worker in it, in a folder of its own. */
function emptyWorld(world: string): string {
  const folder = `${world}-empty`;
  cpSync(world, folder, { recursive: true });
  const config = readFileSync(join(world, CONFIG_FILE), 'utf8');
  writeFileSync(join(folder, CONFIG_FILE), config.replaceAll(`"${world}/`, `"${folder}/`));
  writeFileSync(join(folder, WORKER_FILE), EMPTY_WORKER);
  // What objects left there would be looked through for alarms.
  for (const name of ['objects', 'stored']) {
    rmSync(join(folder, name), { recursive: true });
    mkdirSync(join(folder, name));
  }
  return folder;
}

export interface Cold {
  readonly path: string;
  readonly worker: 'gatehouse' | 'empty';
  readonly startCpuMs: Rounds | null;
  readonly firstCpuMs: Rounds | null;
  readonly warmCpuMs: Rounds | null;
  readonly firstOverWarm: Rounds | null;
}

/**
 * Starts the runtime alone again and again, turn by turn with this Worker and with an empty one: what a cold isolate
 * costs before, at and long after its first request. `folder` is filled and left to the caller.
 */
export async function measureCold(
  folder: string,
  appsFile: string,
  rounds: number,
): Promise<readonly Cold[]> {
  const world = join(folder, 'world');
  const server = await startServer('bare', appsFile, world);
  await server.stop();
  const workers = [
    ['gatehouse', world],
    ['empty', emptyWorld(world)],
  ] as const;
  const cases = PATHS.flatMap((path) =>
    workers.map(([worker, at]) => ({ path, worker, at, starts: [] as Start[] })),
  );
  for (let round = 0; round < rounds; round += 1)
    for (const one of cases) one.starts.push(await startOnce(one.at, server.base, one.path));
  return cases.map(({ path, worker, starts }) => ({
    path,
    worker,
    startCpuMs: roundsOf(
      starts.map(({ start }) => start),
      1,
    ),
    firstCpuMs: roundsOf(
      starts.map(({ first }) => first),
      2,
    ),
    warmCpuMs: roundsOf(starts.map(({ warm }) => warm)),
    firstOverWarm: roundsOf(
      starts.map(({ first, warm }) => first / warm),
      1,
    ),
  }));
}
