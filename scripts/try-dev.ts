/**
 * Starts `npm run dev` in a fresh world on a free port, as a newcomer would, waits for its ready line, asks for a few
 * addresses, and stops it; then the same with `npx wrangler dev` on what it left. Fails when any of that does.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NEIGHBOURS } from './local/options.ts';
import { anyFreePort, isPortFree } from './local/ports.ts';
import { PROJECT } from './support/project.ts';
import { runScript, Stop } from './support/stop.ts';

const START_MILLISECONDS = 120_000;
const STOP_MILLISECONDS = 15_000;

/** What a command shows once it answers. */
interface Attempt {
  readonly command: string;
  readonly args: readonly string[];
  readonly readyLine: string;
  /** Whether the command alone is told to end, as by `kill $!` in somebody's script, or all that it started. */
  readonly tell: 'alone' | 'all';
}

await runScript(async () => {
  const world = mkdtempSync(join(tmpdir(), 'gatehouse-dev-'));
  const port = await anyFreePort(NEIGHBOURS);
  const origin = `http://localhost:${port}`;
  try {
    const seconds = await attempt(origin, {
      command: 'npm',
      args: ['run', '--silent', 'dev', '--', '--port', String(port), '--persist-to', world],
      readyLine: `\nGatehouse is ready at ${origin}\n`,
      tell: 'alone',
    });
    process.stdout.write(`npm run dev was ready after ${seconds} s and stopped when asked.\n`);
    // It left everything that the runtime's own command needs; only port and world are not the usual ones here.
    const own = ['--port', String(port), '--inspector-port', '0', '--persist-to', world];
    await attempt(origin, {
      command: 'npx',
      args: ['wrangler', 'dev', ...own, '--var', `ISSUER:${origin}/`],
      readyLine: 'Ready on ',
      tell: 'all',
    });
    process.stdout.write('npx wrangler dev works on what npm run dev left.\n');
    return 0;
  } finally {
    rmSync(world, { recursive: true, force: true });
  }
});
process.exit();

/** Starts a server, asks it a few things, stops it; tells after how many seconds it was ready. */
async function attempt(origin: string, { command, args, readyLine, tell }: Attempt): Promise<string> {
  const said = [command, ...args].join(' ');
  const started = performance.now();
  const child = spawn(command, args, {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let output = '';
  const ready = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (output.includes(readyLine)) resolve();
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
    if (how !== 'ready') throw new Stop(`${said} did not become ready (${how}):\n${output}`);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    for (const path of ['/', '/sandbox', '/api/health', '/.well-known/openid-configuration']) {
      const response = await fetch(`${origin}${path}`);
      if (response.status !== 200) throw new Stop(`${path} of ${said} answered ${response.status}`);
    }
    if (tell === 'alone') child.kill('SIGTERM');
    else signal('SIGTERM');
    const stopped = await Promise.race([
      ended.then(() => untilFree(Number(new URL(origin).port))),
      after(STOP_MILLISECONDS),
    ]);
    if (stopped !== 'free') throw new Stop(`${said} did not stop when asked to`);
    return seconds;
  } finally {
    try {
      signal('SIGKILL');
    } catch {
      // Nobody of its group is left.
    }
  }
}

async function untilFree(port: number): Promise<'free'> {
  while (!(await isPortFree(port))) await new Promise((resolve) => setTimeout(resolve, 200));
  return 'free';
}

function after(milliseconds: number): Promise<string> {
  return new Promise((resolve) => setTimeout(() => resolve(`${milliseconds / 1000} s passed`), milliseconds));
}
