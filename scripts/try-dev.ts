/**
 * Starts `npm run dev` in a fresh world on a free port, as a newcomer would, waits for its ready line, asks for its
 * health and discovery, and stops it. Fails when any of that does.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyFreePort } from './local/ports.ts';
import { PROJECT } from './support/project.ts';
import { runScript, Stop } from './support/stop.ts';

const START_MILLISECONDS = 120_000;
const STOP_MILLISECONDS = 15_000;

await runScript(async () => {
  const world = mkdtempSync(join(tmpdir(), 'gatehouse-dev-'));
  const port = await anyFreePort();
  const started = performance.now();
  const child = spawn(
    'npm',
    ['run', '--silent', 'dev', '--', '--port', String(port), '--persist-to', world],
    {
      cwd: PROJECT,
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    },
  );
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let output = '';
  const ready = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (output.includes(`\nGatehouse is ready at http://localhost:${port}\n`)) resolve();
    });
  });
  const signal = (name: NodeJS.Signals): void => {
    if (child.pid !== undefined) process.kill(-child.pid, name);
  };
  try {
    const how = await Promise.race([
      ready.then(() => 'ready'),
      ended.then(() => 'ended'),
      after(START_MILLISECONDS),
    ]);
    if (how !== 'ready') throw new Stop(`npm run dev did not become ready (${how}):\n${output}`);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    for (const path of ['/api/health', '/.well-known/openid-configuration']) {
      const response = await fetch(`http://localhost:${port}${path}`);
      if (response.status !== 200) throw new Stop(`${path} answered ${response.status}`);
    }
    signal('SIGTERM');
    const stopped = await Promise.race([ended.then(() => 'ended'), after(STOP_MILLISECONDS)]);
    if (stopped !== 'ended') throw new Stop('npm run dev did not stop when asked to');
    process.stdout.write(`npm run dev was ready after ${seconds} s and stopped when asked.\n`);
    return 0;
  } finally {
    if (child.exitCode === null && child.signalCode === null) signal('SIGKILL');
    rmSync(world, { recursive: true, force: true });
  }
});
process.exit();

function after(milliseconds: number): Promise<string> {
  return new Promise((resolve) => setTimeout(() => resolve(`${milliseconds / 1000} s passed`), milliseconds));
}
