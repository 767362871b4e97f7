import { join } from 'node:path';
import { createTestHarness, type TestHarness } from 'wrangler';
import { hearLine, listenTo } from './heard-lines.ts';
import { ADMIN_TOKEN, ORIGIN, ROOT_1 } from './served.ts';
import { keepOutAnswer, keepOutRequest } from './traffic.ts';

const CONFIG = join(import.meta.dirname, '../../wrangler.toml');

// Requests are delivered in process, no port is opened.
export { ADMIN_TOKEN, ORIGIN };

/** No jurisdiction: the local runtime knows none. */
const TEST_VARS = {
  GH_ENV: 'test',
  ISSUER: `${ORIGIN}/`,
  SCRYPT_LOG2N: '8',
  MAIL_PROVIDER: 'inbox',
  JURISDICTION: '',
};

type Fetch = TestHarness['fetch'];
export type WorkerResponse = Awaited<ReturnType<Fetch>>;
export type WorkerInit = NonNullable<Parameters<Fetch>[1]>;

/** The built Worker on real D1, Durable Objects and KV. */
export interface TestWorker {
  /** Redirects are not followed. */
  readonly fetch: (pathOrUrl: string, init?: WorkerInit) => Promise<WorkerResponse>;
  /** Calls the machine interface with its token and a JSON body. */
  readonly api: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<WorkerResponse>;
  readonly runCron: () => Promise<void>;
  /** Every line the Worker has written to its log. */
  readonly logs: () => readonly string[];
  /** The Worker's clock; it runs ahead of the machine's after `advance`. */
  readonly now: () => number;
  /** Moves the clock forward. Only for a Worker started with `GH_ENV: 'local'`. */
  readonly advance: (seconds: number) => Promise<void>;
  /** Ends it. What its log held is judged with the file's (O23). */
  readonly close: () => Promise<void>;
}

/**
 * Starts the Worker with an empty, migrated database. `vars` override the test defaults. With an environment's name it is
 * the bundle that is deployed there.
 */
export async function startWorker(
  vars: Readonly<Record<string, string>> = {},
  asDeployed?: 'sandbox' | 'staging' | 'production',
): Promise<TestWorker> {
  const harness = createTestHarness({
    workers: [
      {
        configPath: CONFIG,
        ...(asDeployed === undefined ? {} : { env: asDeployed }),
        vars: { ...TEST_VARS, ...vars },
        secrets: { ROOT_1, ADMIN_TOKEN },
      },
    ],
  });
  await harness.listen();
  const worker = harness.getWorker();
  await worker.applyD1Migrations('DB');
  const fetchPath = async (path: string, init: WorkerInit = {}): Promise<WorkerResponse> => {
    const address = path.startsWith('/') ? `${ORIGIN}${path}` : path;
    keepOutRequest(address, init.headers, init.body);
    const answer = await harness.fetch(address, { redirect: 'manual', ...init });
    await keepOutAnswer(address, answer);
    return answer;
  };
  const api: TestWorker['api'] = (method, path, body, headers) =>
    fetchPath(path, {
      method,
      headers: {
        authorization: `Bearer ${ADMIN_TOKEN}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const logs = (): readonly string[] => harness.getLogs().map(({ message }) => message);
  let heard = 0;
  const further = (): readonly string[] => {
    const lines = logs().slice(heard);
    heard += lines.length;
    return lines;
  };
  const stopListening = listenTo(further);
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
    logs,
    close: async () => {
      for (const line of further()) hearLine(line);
      stopListening();
      await harness.close();
    },
  };
}
