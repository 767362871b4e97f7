import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ensureSecretsFile } from './local/secrets.ts';
import { PROJECT } from './support/project.ts';

/** Where a developer's secrets live; never committed. */
export const SECRETS_FILE = join(PROJECT, '.dev.vars');

/**
 * Laptop secrets begin like this and are still 32 bytes of base64url, 222 bits of them random. Deployed Workers and
 * `npm run deploy` refuse what begins like it, whoever copied it there.
 */
export const LAPTOP_PREFIX = 'local-';

/**
 * The whole key ceremony of a laptop: writes fresh random secrets into `.dev.vars` where they are missing and never
 * overwrites one (platform KY-7, TC-12). Returns the names that were added.
 */
export const setup = (): readonly string[] =>
  ensureSecretsFile(
    SECRETS_FILE,
    () => LAPTOP_PREFIX + randomBytes(32).toString('base64url').slice(LAPTOP_PREFIX.length),
  );

if (import.meta.main) {
  const added = setup();
  process.stdout.write(
    added.length > 0 ? `Added to .dev.vars: ${added.join(', ')}\n` : '.dev.vars is complete.\n',
  );
}
