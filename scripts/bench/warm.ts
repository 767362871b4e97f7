import type { HttpClient } from './http-client.ts';
import { inParallel, type Measured, measure, type Server } from './measure.ts';
import { type Rounds, roundsOf, type Spread, spreadOf } from './statistics.ts';

/** Milliseconds of the steps of one sign-in; `flow` is all of them together. */
export type StepTimes = Readonly<Record<string, number>> & { readonly flow: number };

/** A sign-in with a live session, over one protocol. */
export interface WarmFlow {
  readonly name: string;
  /** Does the app's own part, before the clock starts, and gives the rest: to be run once, with a browser's cookies. */
  readonly prepare: () => (client: HttpClient, cookie: string) => Promise<StepTimes>;
}

export interface WarmOptions {
  readonly flows: number;
  readonly rounds: number;
  readonly concurrencies: readonly number[];
  readonly maxMs: number;
}

type Round = Measured & { readonly ms: Readonly<Record<string, Spread>> };

/** What one flow costs at one concurrency. */
export interface WarmResult {
  readonly flow: string;
  readonly concurrency: number;
  readonly flowsPerSecond: Rounds | null;
  readonly serverCpuMsPerFlow: Rounds | null;
  /** The slowest in a hundred beside the median. */
  readonly tail: Rounds | null;
  readonly storagePerFlow: Measured['storage'] | undefined;
  readonly rounds: readonly Round[];
}

const WARM_UP_FLOWS = 100;

/** Signs in again and again at each concurrency, after a warm-up that is not counted. */
export async function measureWarm(
  server: Server,
  client: HttpClient,
  cookies: readonly string[],
  flow: WarmFlow,
  options: WarmOptions,
): Promise<readonly WarmResult[]> {
  const results: WarmResult[] = [];
  for (const concurrency of options.concurrencies) {
    const round = (flows: number) =>
      runRound(server, client, cookies, flow, { ...options, flows }, concurrency);
    await round(Math.max(concurrency * 4, WARM_UP_FLOWS));
    const rounds: Round[] = [];
    for (let i = 0; i < options.rounds; i += 1) rounds.push(await round(options.flows));
    const perSecond = rounds.map((one) => one.perSecond);
    const tails = rounds.map(({ ms }) => (ms.flow === undefined ? null : ms.flow.p99 / ms.flow.p50));
    results.push({
      flow: flow.name,
      concurrency,
      flowsPerSecond: roundsOf(perSecond, 1),
      serverCpuMsPerFlow: roundsOf(rounds.map((one) => one.serverCpuMs)),
      tail: roundsOf(tails, 2),
      storagePerFlow: rounds.at(-1)?.storage,
      rounds,
    });
  }
  return results;
}

async function runRound(
  server: Server,
  client: HttpClient,
  cookies: readonly string[],
  flow: WarmFlow,
  { flows, maxMs }: WarmOptions,
  concurrency: number,
): Promise<Round> {
  const prepared = Array.from({ length: flows }, () => flow.prepare());
  const steps = new Map<string, number[]>();
  const deadline = performance.now() + maxMs;
  const measured = await measure(server, client, () =>
    inParallel(flows, concurrency, deadline, async (index, lane) => {
      const [signIn, cookie] = [prepared[index], cookies[lane % cookies.length]];
      if (signIn === undefined || cookie === undefined) throw new Error('nothing prepared');
      for (const [name, took] of Object.entries(await signIn(client, cookie))) {
        const times = steps.get(name) ?? [];
        steps.set(name, times);
        times.push(took);
      }
    }),
  );
  return { ...measured, ms: Object.fromEntries([...steps].map(([name, times]) => [name, spreadOf(times)])) };
}
