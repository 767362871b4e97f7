import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { anyFreePort } from '../../scripts/local/ports.ts';
import { type DevServer, startDevServer } from '../support/dev-server.ts';
import { heardLines, keepOut, letIn } from '../support/heard-lines.ts';
import { secretsIn } from '../support/log-watch.ts';
import { webBrowser } from '../support/web-browser.ts';

/** The commands of docs/partner-quick-start.md, run by a shell as a partner would paste them. */

const PROJECT = resolve(import.meta.dirname, '../..');
const PAGE = readFileSync(join(PROJECT, 'docs/partner-quick-start.md'), 'utf8');
const commands = [...PAGE.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
/** Steps of the page by the number in their heading. */
const [variables = '', keyPair = '', register = '', account = '', example = '', script = '', change = ''] =
  commands;

let server: DevServer;
let folder: string;
let port: number;
let running: ChildProcess | null = null;
beforeAll(async () => {
  server = await startDevServer();
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-quick-start-'));
  port = await anyFreePort();
});
afterAll(async () => {
  running?.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

/** A command with this world's addresses, after the variables of step 1. */
const here = (command: string): string =>
  `${variables}\n${command}`
    .replaceAll('http://localhost:8787', server.issuer.slice(0, -1))
    .replaceAll('localhost:4000', `localhost:${port}`)
    .replaceAll('PORT=4000', `PORT=${port}`)
    .replaceAll('$(mktemp -d)', folder);

const shell = async (command: string): Promise<string> =>
  (await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', here(command)], { cwd: PROJECT })).stdout;

const made = (file: string): Readonly<Record<string, unknown>> =>
  JSON.parse(readFileSync(join(folder, file), 'utf8'));

describe('G4 the partner quick start', () => {
  it('has the seven commands it promises', () => {
    expect(commands).toHaveLength(7);
    expect(example).toContain('docs/examples/oidc-app/server.ts');
    expect(script).toContain('docs/examples/sign-in-script/sign-in.ts');
  });

  it('makes a key pair, registers the app with it, and makes an account', async () => {
    await shell(keyPair);
    expect(await shell(register)).toContain('"sha256"');
    expect(made('app.json')).toMatchObject({ issuer: 'urn:example:my-app', active: true });
    expect(await shell(account)).toContain('totp_secret');
    keepOut(secretsIn(made('account.json')));
  });

  it('runs the example and signs in with a backup code of the account', async () => {
    running = spawn('bash', ['-c', `${here(example).replace(/\n\s*node /, '\n exec node ')}`], {
      cwd: PROJECT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((ready) => running?.stdout?.once('data', ready));
    const health = await fetch(`http://localhost:${port}/api/health`);
    expect(await health.json()).toMatchObject({ healthy: true });

    const { email, password, backup_codes: codes } = made('account.json');
    const browser = webBrowser();
    await browser.open(`http://localhost:${port}/`);
    await browser.submit({ service_level: 'urn:acr.login.gov:auth-only', scope: 'openid email' });
    await browser.submit({ username: String(email), 'current-password': String(password) });
    await browser.open('/login/two_factor/backup_code');
    await browser.submit({ 'one-time-code': Array.isArray(codes) ? String(codes[0]) : '' });
    const home = await browser.submit();
    expect(home.url.href).toBe(`http://localhost:${port}/`);
    expect(home.text).toContain('You are signed in');
    expect(home.text).toContain(String(email));
  });

  it('runs the script', async () => {
    expect(await shell(script)).toContain('signed out  and the access token is void');
  });

  it('changes the app', async () => {
    expect(JSON.parse(await shell(change))).toMatchObject({
      issuer: 'urn:example:my-app',
      description: 'Permits for small boats',
    });
  });
});

describe('O23 the canary of the whole suite, over the log of a server in another process', () => {
  it.fails('fails a test after which a line of it holds what it must not', async () => {
    const event = 'passkey_failed';
    await fetch(`${server.issuer}api/logger`, { method: 'POST', body: JSON.stringify({ event }) });
    const deadline = Date.now() + 10_000;
    // A line that never comes lets the test pass, which is its failure.
    while (Date.now() < deadline && !heardLines().some((line) => line.includes(event)))
      await new Promise((resolve) => setTimeout(resolve, 50));
    keepOut([event]);
    onTestFinished(() => letIn(event));
  });
});
