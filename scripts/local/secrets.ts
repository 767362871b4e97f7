import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';

/** The secrets a Worker cannot start without (`secrets.required` in wrangler.toml). */
export const REQUIRED_SECRETS: readonly string[] = ['ROOT_1', 'ADMIN_TOKEN'];

/** Starts every secret made for a laptop; staging and production refuse to run with one. */
export const LAPTOP_MARK = 'local-';

/** Text of a secrets file with what was missing appended, and the names of what was appended. */
export interface Completed {
  readonly text: string;
  readonly added: readonly string[];
}

/**
 * Appends every required secret that a `.dev.vars` text lacks and leaves the rest byte for byte alone, so that a
 * developer's own values survive. `make` returns a fresh secret (32 random bytes as base64url).
 */
export function completeSecrets(text: string, make: () => string): Completed {
  const present = new Set(readSecrets(text).keys());
  const added = REQUIRED_SECRETS.filter((name) => !present.has(name));
  if (added.length === 0) return { text, added };
  const start = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return { text: start + added.map((name) => `${name}=${LAPTOP_MARK}${make()}\n`).join(''), added };
}

/** Names and values of a `.dev.vars` text: `NAME=value` lines, optional quotes, `#` comments. */
export function readSecrets(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line);
    const [, name, value] = match ?? [];
    if (name !== undefined && value) found.set(name, value.replace(/^(["'])(.*)\1$/, '$2'));
  }
  return found;
}

/** {@link completeSecrets} on a file, which only its owner may read. Returns the names that were added. */
export function ensureSecretsFile(path: string, make: () => string): readonly string[] {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const { text, added } = completeSecrets(before, make);
  if (added.length > 0) writeFileSync(path, text, { mode: 0o600 });
  chmodSync(path, 0o600);
  return added;
}
