import { isRecord } from '../support/record.ts';
import type { HttpClient } from './http-client.ts';
import { cpuMsOf } from './process-cpu.ts';

/** A served world: where it answers and which process it is. */
export interface Server {
  readonly base: string;
  readonly pid: number;
  readonly readyMs: number;
  readonly stop: () => Promise<void>;
}

/** CPU, storage and time per unit of some work. */
export interface Measured {
  readonly done: number;
  readonly perSecond: number;
  /** Null where the system does not tell. */
  readonly serverCpuMs: number | null;
  readonly storage: Readonly<Record<string, number>>;
}

/** Runs `work` for every index below `count`, `width` at a time, until the deadline; returns how many were done. */
export async function inParallel(
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

/** CPU, storage and time around some work, per unit of it; `work` answers how many units it did. */
export async function measure(
  server: Server,
  client: HttpClient,
  work: () => Promise<number>,
): Promise<Measured> {
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
