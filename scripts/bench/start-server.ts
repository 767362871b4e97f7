import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { anyFreePort } from '../local/ports.ts';
import { PROJECT } from '../support/project.ts';
import { Stop } from '../support/stop.ts';
import type { Server } from './measure.ts';

/**
 * Serves the bench build on a free port with the apps of a file registered; resolves when it answers. The world is left
 * in `folder` when one is named.
 */
export async function startServer(
  runtime: 'bare' | 'miniflare',
  appsFile: string,
  folder?: string,
): Promise<Server> {
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
    ...(folder === undefined ? [] : ['--world', folder]),
  ];
  const child = spawn(process.execPath, args, { cwd: PROJECT, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = new Promise<boolean>((resolve) => {
    let said = '';
    const hear = (chunk: string): void => {
      said += chunk;
      if (!/^ready /m.test(said)) return;
      // What the Worker logs from now on would only grow here.
      child.stdout.off('data', hear).resume();
      resolve(true);
    };
    child.stdout.setEncoding('utf8').on('data', hear);
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
