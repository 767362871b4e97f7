import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { startDevServer } from '../../support/dev-server.ts';
import { personalLines } from '../../support/log-watch.ts';
import { CHROMIUM } from './chromium.ts';

/** What every file of the browser suite shares: one Gatehouse with its sample app, and one Chromium. */
export interface SharedWorld {
  /** With its trailing slash. */
  readonly issuer: string;
  /** Origin of the OpenID Connect sample app. */
  readonly sample: string;
  readonly adminToken: string;
  /** Where the browser listens for us. */
  readonly browser: string;
  /** Files of what it logs, and of what no line of that may hold: a list in JSON from each test file. */
  readonly log: { readonly lines: string; readonly secrets: string };
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly world: SharedWorld;
  }
}

/** Starts both once for all files; files that move the clock start a world of their own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-log-'));
  const log = { lines: join(folder, 'lines'), secrets: join(folder, 'secrets') };
  for (const file of Object.values(log)) writeFileSync(file, '');
  const server = await startDevServer((line) => appendFileSync(log.lines, `${line}\n`));
  const browser = await chromium.launchServer(CHROMIUM);
  const { issuer, sample, adminToken } = server;
  project.provide('world', { issuer, sample, adminToken, browser: browser.wsEndpoint(), log });
  return async () => {
    await browser.close();
    await server.stop();
    const linesOf = (file: string): readonly string[] => readFileSync(file, 'utf8').trim().split('\n');
    const secrets: readonly string[] = linesOf(log.secrets).flatMap((line) => JSON.parse(line || '[]'));
    const personal = personalLines(linesOf(log.lines), new Set(secrets));
    rmSync(folder, { recursive: true });
    if (personal.length > 0) throw new Error(`personal data in the log (O23):\n${personal.join('\n')}`);
  };
}
