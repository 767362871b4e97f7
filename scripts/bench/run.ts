/**
 * `npm run bench`: serves the Worker in the runtime alone and in miniflare, one after the other, signs people in from
 * nothing and again with a live session, and prints what it cost as JSON. Loopback only, every number bounded.
 */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sampleKey } from '../local/sample-keys.ts';
import { runScript, Stop } from '../support/stop.ts';
import { measureCold } from './cold.ts';
import { type HttpClient, headerOf, httpClient } from './http-client.ts';
import { inParallel, type Measured, measure, type Server } from './measure.ts';
import {
  CLIENT_ID,
  checkSignature,
  oidcFlow,
  prepare,
  RETURN_URI,
  signInWarm,
  wronglyAccepted,
} from './relying-party.ts';
import { checkSaml, prepareSaml, samlApps, samlFlow, servingYear } from './service-provider.ts';
import { makePerson, type Person, signInCold, visitApp } from './sign-in.ts';
import { startServer } from './start-server.ts';
import { roundsOf, spreadOf } from './statistics.ts';
import { measureWarm, type WarmFlow, type WarmOptions, type WarmResult } from './warm.ts';
import { ADMIN_TOKEN } from './world.ts';

const USAGE = `npm run bench -- [options]
  --bare, --miniflare   only this runtime; both when neither is named
  --flow A,B            only these flows: oidc, saml, saml-encrypted; all when none is named
  --flows N             warm sign-ins a round (400, at most 20000)
  --rounds N            rounds at each concurrency (3, at most 20)
  --conc A,B            concurrencies (1,8,32; at most 128)
  --logins N            password and TOTP sign-ins timed (16, at most 512)
  --max-seconds N       longest round (20, at most 120)
  --cold                instead of all that: what a start and the first request after it cost (--rounds starts)`;

const FLOWS = ['oidc', 'saml', 'saml-encrypted'] as const;
type FlowName = (typeof FLOWS)[number];

interface Options extends WarmOptions {
  readonly runtimes: readonly ('bare' | 'miniflare')[];
  readonly names: readonly FlowName[];
  readonly logins: number;
  readonly cold: boolean;
}

function readOptions(): Options | null {
  const { values } = parseArgs({
    options: {
      bare: { type: 'boolean', default: false },
      miniflare: { type: 'boolean', default: false },
      flow: { type: 'string', default: FLOWS.join(',') },
      flows: { type: 'string', default: '400' },
      rounds: { type: 'string', default: '3' },
      conc: { type: 'string', default: '1,8,32' },
      logins: { type: 'string', default: '16' },
      'max-seconds': { type: 'string', default: '20' },
      cold: { type: 'boolean', default: false },
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
  const names = FLOWS.filter((name) => values.flow.split(',').includes(name));
  if (names.length !== values.flow.split(',').length) throw new Stop(`--flow takes ${FLOWS.join(', ')}`);
  const both = values.bare === values.miniflare;
  return {
    runtimes: both ? ['bare', 'miniflare'] : [values.bare ? 'bare' : 'miniflare'],
    names,
    flows: bounded(values.flows, 'flows', 20_000),
    rounds: bounded(values.rounds, 'rounds', 20),
    concurrencies: values.conc.split(',').map((text) => bounded(text, 'conc', 128)),
    logins: bounded(values.logins, 'logins', 512),
    maxMs: bounded(values['max-seconds'], 'max-seconds', 120) * 1000,
    cold: values.cold,
  };
}

const PUBLISHED_ROUNDS = 9;
const PUBLISHED_REQUESTS = 500;

/** What anybody may fetch at any time, beside a request that does nothing. */
async function measurePublished(server: Server, client: HttpClient, year: number) {
  const all = new Map<string, readonly Measured[]>();
  const discovery = '/.well-known/openid-configuration';
  const certs = '/api/openid_connect/certs';
  const tag = async (path: string): Promise<string> => headerOf(await client.ask({ path }), 'etag') ?? '';
  const kinds = [
    ['empty', { path: '/bench/empty' }, 200],
    ['discovery', { path: discovery }, 200],
    ['discoveryUnchanged', { path: discovery, headers: { 'if-none-match': await tag(discovery) } }, 304],
    ['certs', { path: certs }, 200],
    ['samlMetadata', { path: `/api/saml/metadata${year}` }, 200],
    ['certsUnchanged', { path: certs, headers: { 'if-none-match': await tag(certs) } }, 304],
  ] as const;
  // Turn by turn: what else the machine does meanwhile falls on all of them alike.
  const rounds = Array.from({ length: PUBLISHED_ROUNDS + 1 }, (_, index) => index);
  for (const round of rounds) {
    for (const [name, request, status] of kinds) {
      const measured = await measure(server, client, () =>
        inParallel(PUBLISHED_REQUESTS, 8, performance.now() + 10_000, async () => {
          const answer = await client.ask(request);
          if (answer.status !== status)
            throw new Error(`${name} answered ${answer.status} instead of ${status}`);
        }),
      );
      // The first round warms up.
      if (round > 0) all.set(name, [...(all.get(name) ?? []), measured]);
    }
  }
  const cpuOf = (name: string): readonly (number | null)[] =>
    (all.get(name) ?? []).map(({ serverCpuMs }) => serverCpuMs);
  const overEmpty = (name: string): readonly (number | null)[] => {
    const empty = cpuOf('empty');
    return cpuOf(name).map((cpu, index) => (cpu === null || !empty[index] ? null : cpu / empty[index]));
  };
  return Object.fromEntries(
    kinds.map(([name]) => [
      name,
      {
        perSecond: roundsOf((all.get(name) ?? []).map(({ perSecond }) => perSecond)),
        serverCpuMs: roundsOf(cpuOf(name), 4),
        overEmpty: roundsOf(overEmpty(name), 2),
        storage: all.get(name)?.at(-1)?.storage,
      },
    ]),
  );
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

    const year = await servingYear(client, new Date());
    for (const wanted of ['signed', 'encrypted'] as const) {
      for (const [i, signedIn] of cookies.entries())
        cookies[i] = await visitApp(client, signedIn, prepareSaml(client.base, year, wanted, key).path);
      await checkSaml(client, cookies[0] ?? '', year, wanted, key);
    }

    const flows: Readonly<Record<FlowName, WarmFlow>> = {
      oidc: oidcFlow(client.base, key),
      saml: samlFlow(client.base, year, 'signed', key),
      'saml-encrypted': samlFlow(client.base, year, 'encrypted', key),
    };
    const warm: WarmResult[] = [];
    for (const name of options.names)
      warm.push(...(await measureWarm(server, client, cookies, flows[name], options)));
    const published = await measurePublished(server, client, year);
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

/** One after the other: what one measures the other must not disturb. */
async function measureRuntimes(options: Options, appsFile: string, key: KeyObject) {
  const runtimes = [];
  for (const runtime of options.runtimes)
    runtimes.push(await measureRuntime(runtime, options, appsFile, key));
  return runtimes;
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
    writeFileSync(appsFile, JSON.stringify([app, ...samlApps(cert)]));
    const measured = options.cold
      ? { cold: await measureCold(folder, appsFile, options.rounds) }
      : { runtimes: await measureRuntimes(options, appsFile, key) };
    const machine = {
      cpu: cpus()[0]?.model.trim() ?? '',
      cores: availableParallelism(),
      node: process.version,
    };
    process.stdout.write(
      `${JSON.stringify({ date: new Date().toISOString(), machine, ...measured }, null, 2)}\n`,
    );
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
