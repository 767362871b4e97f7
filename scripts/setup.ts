import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ensureSecretsFile } from './local/secrets.ts';
import { PROJECT } from './support/project.ts';

/** Where a developer's secrets live; never committed. */
export const SECRETS_FILE = join(PROJECT, '.dev.vars');

/**
 * The whole key ceremony of a laptop: writes fresh random secrets into `.dev.vars` where they are missing and never
 * overwrites one (platform KY-7, TC-12). Returns the names that were added.
 */
export const setup = (): readonly string[] =>
  ensureSecretsFile(SECRETS_FILE, () => randomBytes(32).toString('base64url'));

if (import.meta.main) {
  const added = setup();
  process.stdout.write(
    added.length > 0 ? `Added to .dev.vars: ${added.join(', ')}\n` : '.dev.vars is complete.\n',
  );
}
