import { join } from 'node:path';
import { createTestHarness, type TestHarness } from 'wrangler';
import { ADMIN_TOKEN, ORIGIN } from './served.ts';

const CONFIG = join(import.meta.dirname, '../../wrangler.toml');

// Requests are delivered in process, no port is opened.
export { ADMIN_TOKEN, ORIGIN };

type Fetch = TestHarness['fetch'];
export type WorkerResponse = Awaited<ReturnType<Fetch>>;
export type WorkerInit = NonNullable<Parameters<Fetch>[1]>;

/** The built Worker on real D1, Durable Objects and KV. */
export interface TestWorker {
  /** Redirects are not followed. */
  readonly fetch: (pathOrUrl: string, init?: WorkerInit) => Promise<WorkerResponse>;
  /** Calls the machine interface with its token and a JSON body. */
  readonly api: (method: string, path: string, body?: unknown) => Promise<WorkerResponse>;
  readonly runCron: () => Promise<void>;
  /** The Worker's clock; it runs ahead of the machine's after `advance`. */
  readonly now: () => number;
  /** Moves the clock forward. Only for a Worker started with `GH_ENV: 'local'`. */
  readonly advance: (seconds: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts the Worker with an empty, migrated database. `vars` override the test defaults. */
export async function startWorker(vars: Readonly<Record<string, string>> = {}): Promise<TestWorker> {
  const harness = createTestHarness({
    workers: [
      {
        configPath: CONFIG,
        vars: { GH_ENV: 'test', ISSUER: `${ORIGIN}/`, SCRYPT_LOG2N: '8', MAIL_PROVIDER: 'inbox', ...vars },
        secrets: { ROOT_1: 'dGVzdC1vbmx5LXRlc3Qtb25seS10ZXN0LW9ubHkhISE', ADMIN_TOKEN },
      },
    ],
  });
  await harness.listen();
  const worker = harness.getWorker();
  await worker.applyD1Migrations('DB');
  const fetchPath = (path: string, init: WorkerInit = {}): Promise<WorkerResponse> =>
    harness.fetch(path.startsWith('/') ? `${ORIGIN}${path}` : path, { redirect: 'manual', ...init });
  const api: TestWorker['api'] = (method, path, body) =>
    fetchPath(path, {
      method,
      headers: {
        authorization: `Bearer ${ADMIN_TOKEN}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  let ahead = 0;
  return {
    fetch: fetchPath,
    api,
    now: () => Date.now() + ahead,
    advance: async (seconds) => {
      const answer = await api('POST', '/api/sandbox/v1/clock', { advance_seconds: seconds });
      if (answer.status !== 200)
        throw new Error(`the clock did not move: ${answer.status} ${await answer.text()}`);
      await answer.text();
      ahead += seconds * 1000;
    },
    runCron: async () => {
      await worker.scheduled({ cron: '*/5 * * * *' });
    },
    close: () => harness.close(),
  };
}
