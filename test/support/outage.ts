/** A binding whose calls can be made to fail. */
export type Binding = 'DB' | 'PUBLIC' | 'SESSIONS' | 'REQUESTS' | 'ATTEMPTS' | 'REPLAY';

type Method = (...args: readonly unknown[]) => unknown;
const isMethod = (value: unknown): value is Method => typeof value === 'function';

const MESSAGES: Readonly<Record<Binding, string>> = {
  DB: 'D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.',
  PUBLIC: 'KV GET failed: 503 Service Unavailable',
  SESSIONS: 'Durable Object storage operation exceeded timeout which caused object to be reset.',
  REQUESTS: 'Network connection lost.',
  ATTEMPTS: 'Durable Object is overloaded. Requests queued for too long.',
  REPLAY: 'Durable Object reset because its code was updated.',
};

/** Calls that only hand out something to call: they never fail themselves. */
const HANDLES: ReadonlySet<string> = new Set(['getByName', 'get', 'idFromName', 'prepare', 'bind']);

/**
 * The environment with switches on its stores. While `down` holds a binding, every call that would reach it is
 * rejected before it arrives, the way the platform words it. With `lost` the call arrives and only its answer is lost.
 */
export function fragile(env: Env): {
  readonly env: Env;
  readonly down: Set<Binding>;
  readonly lost: Set<Binding>;
} {
  const down = new Set<Binding>();
  const lost = new Set<Binding>();
  const originals = new WeakMap<object, object>();
  const own = (value: unknown): unknown =>
    typeof value === 'object' && value !== null ? (originals.get(value) ?? value) : value;
  const wrap = <T extends object>(binding: Binding, target: T, handles: boolean): T => {
    const fault = (): Error => new Error(MESSAGES[binding]);
    const proxy = new Proxy(target, {
      get(object, name) {
        const value: unknown = Reflect.get(object, name, object);
        if (!isMethod(value)) return value;
        return (...args: readonly unknown[]) => {
          const call = (): unknown =>
            Reflect.apply(
              value,
              object,
              args.map((arg) => (Array.isArray(arg) ? arg.map(own) : own(arg))),
            );
          if (handles && HANDLES.has(String(name)) && binding !== 'PUBLIC') {
            const handle = call();
            return typeof handle === 'object' && handle !== null
              ? wrap(binding, handle, binding === 'DB')
              : handle;
          }
          if (down.has(binding)) return Promise.reject(fault());
          const answer = call();
          return lost.has(binding) ? Promise.resolve(answer).then(() => Promise.reject(fault())) : answer;
        };
      },
    });
    originals.set(proxy, target);
    return proxy;
  };
  return {
    env: {
      ...env,
      DB: wrap('DB', env.DB, true),
      PUBLIC: wrap('PUBLIC', env.PUBLIC, true),
      SESSIONS: wrap('SESSIONS', env.SESSIONS, true),
      REQUESTS: wrap('REQUESTS', env.REQUESTS, true),
      ATTEMPTS: wrap('ATTEMPTS', env.ATTEMPTS, true),
      REPLAY: wrap('REPLAY', env.REPLAY, true),
    },
    down,
    lost,
  };
}
