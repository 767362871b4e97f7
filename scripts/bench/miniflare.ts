import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** What the Worker is served with. Paths are absolute. */
export interface MiniflareWorld {
  readonly workerFile: string;
  readonly assetsFolder: string;
  /** Where its storage lives. */
  readonly stateFolder: string;
  readonly port: number;
  readonly compatibilityDate: string;
  readonly text: Readonly<Record<string, string>>;
}

/** Serves the Worker with the local bindings that wrangler uses, without wrangler's proxy and inspector in the way. */
export async function serveInMiniflare(
  world: MiniflareWorld,
): Promise<{ readonly ended: Promise<unknown>; readonly stop: () => void }> {
  // The miniflare that wrangler brings along: it fits the runtime.
  const wrangler = createRequire(createRequire(import.meta.url).resolve('wrangler'));
  const { Miniflare }: typeof import('miniflare') = wrangler('miniflare');
  const object = (exportName: string) =>
    ({ type: 'durable-object', worker: 'gatehouse', exportName }) as const;
  const sqlite = { type: 'durable-object', storage: 'sqlite' } as const;
  const miniflare = new Miniflare({
    host: '127.0.0.1',
    port: world.port,
    resourcePersistencePath: world.stateFolder,
    workers: [
      {
        config: {
          name: 'gatehouse',
          compatibilityDate: world.compatibilityDate,
          manifest: {
            mainModule: 'gatehouse.js',
            modules: { 'gatehouse.js': { type: 'esm', contents: readFileSync(world.workerFile, 'utf8') } },
          },
          exports: { Session: sqlite, StoredRequest: sqlite, Attempts: sqlite, ReplayGuard: sqlite },
          env: {
            ...Object.fromEntries(
              Object.entries(world.text).map(([name, value]) => [name, { type: 'text', value } as const]),
            ),
            DB: { type: 'd1', id: 'bench' },
            PUBLIC: { type: 'kv', id: 'bench' },
            SESSIONS: object('Session'),
            REQUESTS: object('StoredRequest'),
            ATTEMPTS: object('Attempts'),
            REPLAY: object('ReplayGuard'),
            ASSETS: { type: 'disk', path: world.assetsFolder },
          },
        },
      },
    ],
  });
  await miniflare.ready;
  let tell: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return { ended, stop: () => void miniflare.dispose().finally(tell) };
}
