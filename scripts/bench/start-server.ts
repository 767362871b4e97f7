import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { anyFreePort } from '../local/ports.ts';
import { PROJECT } from '../support/project.ts';
import { Stop } from '../support/stop.ts';
import type { Server } from './measure.ts';

/** Serves the bench build on a free port with the apps of a file registered; resolves when it answers. */
export async function startServer(runtime: 'bare' | 'miniflare', appsFile: string): Promise<Server> {
  const port = await anyFreePort();
  const started = performance.now();
  const args = [
    '--no-warnings',
    join(PROJECT, 'scripts/bench/serve.ts'),
    `--${runtime}`,
    '--port',
    String(port),
    '--apps',
    appsFile,
  ];
  const child = spawn(process.execPath, args, { cwd: PROJECT, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = new Promise<boolean>((resolve) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      if (/^ready /m.test(said)) resolve(true);
    });
    void ended.then(() => resolve(false));
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const insist = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(insist);
  };
  if (!(await ready) || child.pid === undefined) throw new Stop(`the ${runtime} server did not start`);
  return {
    base: `http://127.0.0.1:${port}`,
    pid: child.pid,
    readyMs: Math.round(performance.now() - started),
    stop,
  };
}
