import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { startDevServer } from '../../support/dev-server.ts';
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
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly world: SharedWorld;
  }
}

/** Starts both once for all files; files that move the clock start a world of their own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startDevServer();
  const browser = await chromium.launchServer(CHROMIUM);
  const { issuer, sample, adminToken } = server;
  project.provide('world', { issuer, sample, adminToken, browser: browser.wsEndpoint() });
  return async () => {
    await browser.close();
    await server.stop();
  };
}
