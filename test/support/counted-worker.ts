import { env } from 'cloudflare:workers';
import { expect } from 'vitest';
import { countEnv, noOps, type StorageOps } from './counting.ts';
import { servedHere } from './isolate.ts';
import { ORIGIN, type Served } from './served.ts';

/** The application in the test's isolate, with every request's storage calls counted, work after its response included. */
export interface CountedWorker {
  readonly worker: Served;
  /** Every request so far: `METHOD /path`, and what it did to storage. */
  readonly log: { readonly what: string; readonly did: StorageOps }[];
  readonly ops: StorageOps;
  /** Expects the last request of this kind to have stayed within these calls, and to have left KV alone. */
  readonly within: (what: string, most: { readonly objects: number; readonly d1: number }) => void;
  /** Subjects of the mails sent so far. */
  readonly mailed: readonly string[];
}

/** Starts one; `vars` are bindings beyond the usual. */
export function countedWorker(vars: Readonly<Record<string, string>> = {}): CountedWorker {
  const ops = noOps();
  // A mail provider of its own: what is sent leaves the house instead of resting in the sandbox's inbox.
  const mailed: string[] = [];
  const MAIL: SendEmail = {
    send: async (message: object) => {
      mailed.push('subject' in message ? String(message.subject) : '');
      return { messageId: 'test' };
    },
  };
  const here = servedHere({ ...countEnv(env, ops), MAIL, MAIL_PROVIDER: 'binding', ...vars });
  /** Waits for work after a response: until nothing has happened for a while. */
  const settled = async (): Promise<void> => {
    let before: string;
    do {
      before = JSON.stringify(ops);
      await new Promise<void>((done) => setTimeout(done, 50));
    } while (before !== JSON.stringify(ops));
  };
  const log: { readonly what: string; readonly did: StorageOps }[] = [];
  const worker: Served = {
    ...here,
    async fetch(pathOrUrl, init = {}) {
      const before = { ...ops };
      const response = await here.fetch(pathOrUrl, init);
      await settled();
      const what = `${init.method ?? 'GET'} ${new URL(pathOrUrl, ORIGIN).pathname}`;
      const did = {
        objects: ops.objects - before.objects,
        d1: ops.d1 - before.d1,
        kv: ops.kv - before.kv,
        commits: 0,
      };
      log.push({ what, did });
      return response;
    },
  };
  const within: CountedWorker['within'] = (what, most) => {
    const found = log.findLast((entry) => entry.what === what);
    if (found === undefined)
      throw new Error(`${what} was not asked: ${log.map((one) => one.what).join(', ')}`);
    expect(found.did.kv, `${what}: KV`).toBe(0);
    expect(found.did.objects, `${what}: calls to objects`).toBeLessThanOrEqual(most.objects);
    expect(found.did.d1, `${what}: calls to the database`).toBeLessThanOrEqual(most.d1);
  };
  return { worker, log, ops, within, mailed };
}
