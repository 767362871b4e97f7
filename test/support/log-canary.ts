import { afterAll, afterEach } from 'vitest';
import { expectNobodyInLines, forgetLines, hearLine } from './heard-lines.ts';

/**
 * The canary of the whole suite (O23): after each test and after each file, no line of any log may hold personal data.
 * What the code under test writes to this process's console is heard even while a test holds a method of it; Workers
 * and servers in processes of their own are listened to where they are started.
 */

const LEVELS: ReadonlySet<PropertyKey> = new Set(['log', 'info', 'warn', 'error', 'debug', 'trace']);

const wordsOf = (part: unknown): string => {
  if (part instanceof Error) return part.stack ?? String(part);
  return typeof part === 'object' ? JSON.stringify(part) : String(part);
};

const own = globalThis.console;
globalThis.console = new Proxy(own, {
  get: (target, name) => {
    const method: unknown = Reflect.get(target, name);
    if (typeof method !== 'function' || !LEVELS.has(name)) return method;
    return new Proxy(method, {
      apply: (write, self, parts: readonly unknown[]) => {
        hearLine(parts.map(wordsOf).join(' '));
        return Reflect.apply(write, self === globalThis.console ? target : self, parts);
      },
    });
  },
});

afterEach(() => expectNobodyInLines(false));
afterAll(() => {
  globalThis.console = own;
  try {
    expectNobodyInLines(true);
  } finally {
    forgetLines();
  }
});
