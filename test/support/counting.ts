/** What one run did to storage, by kind of operation. */
export interface StorageOps {
  /** Calls to Durable Objects, RPC and fetch. */
  objects: number;
  /** Statements and batches sent to D1, each one round trip. */
  d1: number;
  /** Reads and writes of KV. */
  kv: number;
  /** Transactions that Durable Objects wrote to disk. */
  commits: number;
}

export const noOps = (): StorageOps => ({ objects: 0, d1: 0, kv: 0, commits: 0 });

type Method = (...args: readonly unknown[]) => unknown;

const isMethod = (value: unknown): value is Method => typeof value === 'function';

/** The same object, with `before` run ahead of every call of one of `names` (all methods when null). */
function tapped<T extends object>(target: T, names: ReadonlySet<string> | null, before: () => void): T {
  const wrapped = new Map<string, Method>();
  return new Proxy(target, {
    get(object, name) {
      const value: unknown = Reflect.get(object, name, object);
      if (typeof name !== 'string' || !isMethod(value)) return value;
      let method = wrapped.get(name);
      if (method === undefined) {
        const counts = names === null || names.has(name);
        method = (...args) => {
          if (counts) before();
          return value.apply(object, [...args]);
        };
        wrapped.set(name, method);
      }
      return method;
    },
  });
}

/** A namespace whose stubs count every call. */
export function countObjects<T extends Rpc.DurableObjectBranded | undefined>(
  namespace: DurableObjectNamespace<T>,
  ops: StorageOps,
): DurableObjectNamespace<T> {
  const count = (): void => {
    ops.objects += 1;
  };
  const stubbed = new Set(['get', 'getByName']);
  return new Proxy(namespace, {
    get(object, name) {
      const value: unknown = Reflect.get(object, name, object);
      if (!isMethod(value)) return value;
      return (...args: readonly unknown[]) => {
        const result: unknown = value.apply(object, [...args]);
        return stubbed.has(String(name)) && typeof result === 'object' && result !== null
          ? countCalls(result, count)
          : result;
      };
    },
  });
}

/** A stub answers every name with a method, so nothing may be looked up that is not called. */
const countCalls = (stub: object, count: () => void): object =>
  new Proxy(stub, {
    get(object, name) {
      const value: unknown = Reflect.get(object, name, object);
      if (!isMethod(value)) return value;
      return (...args: readonly unknown[]) => {
        count();
        return Reflect.apply(value, object, args);
      };
    },
  });

const D1_RUNS: ReadonlySet<string> = new Set(['first', 'run', 'all', 'raw']);

/** A database that counts round trips: each run of a statement, and each batch as one. */
export function countD1(database: D1Database, ops: StorageOps): D1Database {
  const count = (): void => {
    ops.d1 += 1;
  };
  const originals = new WeakMap<object, D1PreparedStatement>();
  const statement = (original: D1PreparedStatement): D1PreparedStatement => {
    const proxy = new Proxy(original, {
      get(object, name) {
        const value: unknown = Reflect.get(object, name, object);
        if (!isMethod(value)) return value;
        if (name === 'bind') return (...args: readonly unknown[]) => statement(object.bind(...args));
        return (...args: readonly unknown[]) => {
          if (D1_RUNS.has(String(name))) count();
          return Reflect.apply(value, object, args);
        };
      },
    });
    originals.set(proxy, original);
    return proxy;
  };
  return new Proxy(database, {
    get(object, name) {
      if (name === 'prepare') return (text: string) => statement(object.prepare(text));
      if (name === 'batch') {
        return (statements: readonly D1PreparedStatement[]) => {
          count();
          return object.batch(statements.map((one) => originals.get(one) ?? one));
        };
      }
      const value: unknown = Reflect.get(object, name, object);
      return isMethod(value) ? (...args: readonly unknown[]) => Reflect.apply(value, object, args) : value;
    },
  });
}

/** A namespace that counts reads and writes. */
export const countKv = (kv: KVNamespace, ops: StorageOps): KVNamespace =>
  tapped(kv, null, () => {
    ops.kv += 1;
  });

/** The environment with every binding that stores anything counted. */
export const countEnv = (env: Env, ops: StorageOps): Env => ({
  ...env,
  DB: countD1(env.DB, ops),
  PUBLIC: countKv(env.PUBLIC, ops),
  SESSIONS: countObjects(env.SESSIONS, ops),
  REQUESTS: countObjects(env.REQUESTS, ops),
  ATTEMPTS: countObjects(env.ATTEMPTS, ops),
  REPLAY: countObjects(env.REPLAY, ops),
});

const KV_WRITES: ReadonlySet<string> = new Set(['put', 'delete']);
const STORAGE_WRITES: ReadonlySet<string> = new Set([
  'put',
  'delete',
  'deleteAll',
  'setAlarm',
  'deleteAlarm',
]);

/**
 * The state of a Durable Object, counting its commits: everything written before the object next waits is one
 * transaction, so only the first write until then counts.
 */
export function countCommits<T>(ctx: DurableObjectState<T>, ops: StorageOps): DurableObjectState<T> {
  let open = false;
  const wrote = (): void => {
    if (open) return;
    open = true;
    ops.commits += 1;
    queueMicrotask(() => {
      open = false;
    });
  };
  const kv = tapped(ctx.storage.kv, KV_WRITES, wrote);
  const sql = new Proxy(ctx.storage.sql, {
    get(object, name) {
      const value: unknown = Reflect.get(object, name, object);
      if (!isMethod(value)) return value;
      return (...args: readonly unknown[]) => {
        const result: unknown = Reflect.apply(value, object, args);
        if (
          typeof result === 'object' &&
          result !== null &&
          'rowsWritten' in result &&
          result.rowsWritten !== 0
        )
          wrote();
        return result;
      };
    },
  });
  const tappedStorage = tapped(ctx.storage, STORAGE_WRITES, wrote);
  const storage = new Proxy(tappedStorage, {
    get: (object, name) => (name === 'kv' ? kv : name === 'sql' ? sql : Reflect.get(object, name, object)),
  });
  return new Proxy(ctx, {
    get(object, name) {
      if (name === 'storage') return storage;
      const value: unknown = Reflect.get(object, name, object);
      return isMethod(value) ? (...args: readonly unknown[]) => Reflect.apply(value, object, args) : value;
    },
  });
}
