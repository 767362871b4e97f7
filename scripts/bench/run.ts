/**
 * `npm run bench`: serves the Worker in the runtime alone and in miniflare, one after the other, signs people in from
 * nothing and again with a live session, and prints what it cost as JSON. Loopback only, every number bounded.
 */
import { spawn } from 'node:child_process';
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { anyFreePort } from '../local/ports.ts';
import { sampleKey } from '../local/sample-keys.ts';
import { PROJECT } from '../support/project.ts';
import { isRecord } from '../support/record.ts';
import { runScript, Stop } from '../support/stop.ts';
import { type HttpClient, headerOf, httpClient } from './http-client.ts';
import { cpuMsOf } from './process-cpu.ts';
import {
  CLIENT_ID,
  checkSignature,
  prepare,
  RETURN_URI,
  type Steps,
  signInWarm,
  wronglyAccepted,
} from './relying-party.ts';
import { makePerson, type Person, signInCold } from './sign-in.ts';
import { roundsOf, spreadOf } from './statistics.ts';
import { ADMIN_TOKEN } from './world.ts';

const USAGE = `npm run bench -- [options]
  --bare, --miniflare   only this runtime; both when neither is named
  --flows N             warm sign-ins a round (400, at most 20000)
  --rounds N            rounds at each concurrency (3, at most 20)
  --conc A,B            concurrencies (1,8,32; at most 128)
  --logins N            password and TOTP sign-ins timed (16, at most 512)
  --max-seconds N       longest round (20, at most 120)`;

interface Options {
  readonly runtimes: readonly ('bare' | 'miniflare')[];
  readonly flows: number;
  readonly rounds: number;
  readonly concurrencies: readonly number[];
  readonly logins: number;
  readonly maxMs: number;
}

function readOptions(): Options | null {
  const { values } = parseArgs({
    options: {
      bare: { type: 'boolean', default: false },
      miniflare: { type: 'boolean', default: false },
      flows: { type: 'string', default: '400' },
      rounds: { type: 'string', default: '3' },
      conc: { type: 'string', default: '1,8,32' },
      logins: { type: 'string', default: '16' },
      'max-seconds': { type: 'string', default: '20' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const bounded = (text: string, name: string, most: number): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1 || value > most)
      throw new Stop(`--${name} must be 1 to ${most}`);
    return value;
  };
  const both = values.bare === values.miniflare;
  return {
    runtimes: both ? ['bare', 'miniflare'] : [values.bare ? 'bare' : 'miniflare'],
    flows: bounded(values.flows, 'flows', 20_000),
    rounds: bounded(values.rounds, 'rounds', 20),
    concurrencies: values.conc.split(',').map((text) => bounded(text, 'conc', 128)),
    logins: bounded(values.logins, 'logins', 512),
    maxMs: bounded(values['max-seconds'], 'max-seconds', 120) * 1000,
  };
}

/** A served world: where it answers and which process it is. */
interface Server {
  readonly base: string;
  readonly pid: number;
  readonly readyMs: number;
  readonly stop: () => Promise<void>;
}

async function startServer(runtime: 'bare' | 'miniflare', appsFile: string): Promise<Server> {
  const port = await anyFreePort();
  const started = performance.now();
  const args = [
    '--no-warnings',
    join(PROJECT, 'scripts/bench/serve.ts'),
    `--${runtime}`,
    '--port',
    String(port),
    '--apps',
    appsFile,
  ];
  const child = spawn(process.execPath, args, { cwd: PROJECT, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = new Promise<boolean>((resolve) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      if (/^ready /m.test(said)) resolve(true);
    });
    void ended.then(() => resolve(false));
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const insist = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(insist);
  };
  if (!(await ready) || child.pid === undefined) throw new Stop(`the ${runtime} server did not start`);
  return {
    base: `http://127.0.0.1:${port}`,
    pid: child.pid,
    readyMs: Math.round(performance.now() - started),
    stop,
  };
}

/** Runs `work` for every index below `count`, `width` at a time, until the deadline; returns how many were done. */
async function inParallel(
  count: number,
  width: number,
  deadline: number,
  work: (index: number, lane: number) => Promise<void>,
): Promise<number> {
  let next = 0;
  let done = 0;
  const lane = async (id: number): Promise<void> => {
    while (next < count && performance.now() < deadline) {
      const index = next;
      next += 1;
      await work(index, id);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, (_, id) => lane(id)));
  return done;
}

async function readOps(client: HttpClient): Promise<Readonly<Record<string, unknown>>> {
  const ops: unknown = JSON.parse((await client.ask({ path: '/bench/ops' })).text);
  return isRecord(ops) ? ops : {};
}

/** CPU, storage and time around some work, per unit of it. */
async function measure(server: Server, client: HttpClient, work: () => Promise<number>) {
  const ops = await readOps(client);
  const cpu = cpuMsOf(server.pid);
  const start = performance.now();
  const done = await work();
  const seconds = (performance.now() - start) / 1000;
  const cpuAfter = cpuMsOf(server.pid);
  const opsAfter = await readOps(client);
  const each = (value: number): number => Number((value / Math.max(1, done)).toFixed(3));
  return {
    done,
    perSecond: Number((done / seconds).toFixed(1)),
    serverCpuMs: cpu === null || cpuAfter === null ? null : each(cpuAfter - cpu),
    storage: Object.fromEntries(
      Object.entries(opsAfter).map(([name, value]) => [name, each(Number(value) - Number(ops[name] ?? 0))]),
    ),
  };
}

async function measureWarm(
  server: Server,
  client: HttpClient,
  cookies: readonly string[],
  key: KeyObject,
  options: Options,
) {
  const results = [];
  for (const concurrency of options.concurrencies) {
    const round = async (flows: number) => {
      const prepared = Array.from({ length: flows }, () => prepare(client.base, key));
      const steps: Record<keyof Steps, number[]> = { authorize: [], token: [], userinfo: [], flow: [] };
      const deadline = performance.now() + options.maxMs;
      const measured = await measure(server, client, () =>
        inParallel(flows, concurrency, deadline, async (index, lane) => {
          const [one, cookie] = [prepared[index], cookies[lane % cookies.length]];
          if (one === undefined || cookie === undefined) throw new Error('nothing prepared');
          const took = await signInWarm(client, cookie, one);
          for (const name of ['authorize', 'token', 'userinfo', 'flow'] as const)
            steps[name].push(took[name]);
        }),
      );
      const ms = {
        authorize: spreadOf(steps.authorize),
        token: spreadOf(steps.token),
        userinfo: spreadOf(steps.userinfo),
        flow: spreadOf(steps.flow),
      };
      return { ...measured, ms };
    };
    await round(Math.max(concurrency * 4, 100));
    const rounds = [];
    for (let i = 0; i < options.rounds; i += 1) rounds.push(await round(options.flows));
    results.push({
      concurrency,
      flowsPerSecond: roundsOf(
        rounds.map((one) => one.perSecond),
        1,
      ),
      serverCpuMsPerFlow: roundsOf(rounds.map((one) => one.serverCpuMs)),
      tail: roundsOf(
        rounds.map((one) => one.ms.flow.p99 / one.ms.flow.p50),
        2,
      ),
      storagePerFlow: rounds.at(-1)?.storage,
      rounds,
    });
  }
  return results;
}

/** What anybody may fetch at any time, beside a request that does nothing. */
async function measurePublished(server: Server, client: HttpClient) {
  const result: Record<string, unknown> = {};
  const requests = 2000;
  const discovery = '/.well-known/openid-configuration';
  const certs = '/api/openid_connect/certs';
  const tag = async (path: string): Promise<string> => headerOf(await client.ask({ path }), 'etag') ?? '';
  const kinds = [
    ['empty', { path: '/bench/empty' }, 200],
    ['discovery', { path: discovery }, 200],
    ['discoveryUnchanged', { path: discovery, headers: { 'if-none-match': await tag(discovery) } }, 304],
    ['certs', { path: certs }, 200],
    ['certsUnchanged', { path: certs, headers: { 'if-none-match': await tag(certs) } }, 304],
  ] as const;
  for (const timed of [false, true]) {
    for (const [name, request, status] of kinds) {
      const measured = await measure(server, client, () =>
        inParallel(timed ? requests : 300, 8, performance.now() + 10_000, async () => {
          const answer = await client.ask(request);
          if (answer.status !== status)
            throw new Error(`${name} answered ${answer.status} instead of ${status}`);
        }),
      );
      if (timed) result[name] = measured;
    }
  }
  return result;
}

async function measureRuntime(
  runtime: 'bare' | 'miniflare',
  options: Options,
  appsFile: string,
  key: KeyObject,
) {
  const server = await startServer(runtime, appsFile);
  try {
    const most = Math.max(...options.concurrencies);
    const client = httpClient(server.base, Math.max(8, most));
    const people: Person[] = [];
    const count = Math.max(Math.min(most, 32), options.logins);
    for (let i = 0; i < count; i += 1) people.push(await makePerson(client, ADMIN_TOKEN, i + 1));

    const cookies: string[] = [];
    const times: number[] = [];
    const signIn = async (person: Person | undefined): Promise<void> => {
      if (person === undefined) throw new Error('nobody to sign in');
      const start = performance.now();
      cookies.push(await signInCold(client, person, prepare(client.base, key).authorizePath));
      times.push(performance.now() - start);
    };
    const cold = await measure(server, client, () =>
      inParallel(options.logins, 2, performance.now() + 60_000, (index) => signIn(people[index])),
    );
    for (const person of people.slice(options.logins)) await signIn(person);

    const [cookie = ''] = cookies;
    const { idToken } = await signInWarm(client, cookie, prepare(client.base, key));
    if (!(await checkSignature(client, idToken)))
      throw new Stop('the id_token does not verify against the published keys');
    const accepted = await wronglyAccepted(client, cookie, key);
    if (accepted.length > 0) throw new Stop(`accepted what must be refused: ${accepted.join(', ')}`);

    const warm = await measureWarm(server, client, cookies, key, options);
    const published = await measurePublished(server, client);
    client.close();
    return {
      runtime,
      readyMs: server.readyMs,
      signIns: { ...cold, ms: spreadOf(times.slice(0, options.logins)) },
      warm,
      published,
    };
  } finally {
    await server.stop();
  }
}

await runScript(async () => {
  const options = readOptions();
  if (options === null) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-app-'));
  try {
    const { keyFile, cert } = await sampleKey(folder, 'bench', new Date());
    const key = createPrivateKey(readFileSync(keyFile, 'utf8'));
    const appsFile = join(folder, 'apps.json');
    const app = {
      issuer: CLIENT_ID,
      friendly_name: 'Bench',
      identity_protocol: 'openid_connect_private_key_jwt',
      ial: 1,
      redirect_uris: [RETURN_URI],
      certs: [cert],
    };
    writeFileSync(appsFile, JSON.stringify([app]));
    const runtimes = [];
    for (const runtime of options.runtimes)
      runtimes.push(await measureRuntime(runtime, options, appsFile, key));
    const machine = {
      cpu: cpus()[0]?.model.trim() ?? '',
      cores: availableParallelism(),
      node: process.version,
    };
    process.stdout.write(
      `${JSON.stringify({ date: new Date().toISOString(), machine, runtimes }, null, 2)}\n`,
    );
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
