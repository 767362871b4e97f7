import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The checkout's folder, absolute, without a trailing slash. */
export const PROJECT = resolve(import.meta.dirname, '..', '..');

/**
 * The wrangler of this checkout, run by the Node that runs us. Its command-line program is the package's main
 * file; starting it directly keeps one process fewer between a signal and the runtime.
 */
export const WRANGLER: readonly string[] = [
  '--no-warnings',
  createRequire(import.meta.url).resolve('wrangler'),
];

/** Folder for secrets this machine makes; outside any checkout, so that no commit can carry them. */
export const secretsFolder = (): string => process.env.GATEHOUSE_SECRETS_DIR ?? join(homedir(), '.gatehouse');
