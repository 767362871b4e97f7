import { LAPTOP_MARK } from '../local/secrets.ts';
import type { Environment, EnvironmentFile } from './environment-file.ts';

/** What is known before anything is touched. */
export interface Situation {
  readonly environment: Environment;
  readonly file: EnvironmentFile;
  /** Values of the secrets this deploy would set, by name. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Values in the laptop's `.dev.vars`. */
  readonly laptopSecrets: ReadonlyMap<string, string>;
  /** `git status --porcelain`, trimmed. */
  readonly uncommitted: string;
  readonly allowDirty: boolean;
}

/** RFC 2606 and RFC 6761 names: nobody's host, therefore a placeholder. */
const PLACEHOLDER_HOST =
  /(?:^|\.)(?:example|test|invalid|local|localhost)$|(?:^|\.)example\.(?:com|net|org|gov)$/;
const SECRET_BYTES = 32;

/**
 * Every reason not to deploy, as sentences; none means go. The address rules hold everywhere; production also
 * refuses a working copy that no commit describes.
 */
export function refusals(situation: Situation): readonly string[] {
  const { environment, file, secrets, laptopSecrets } = situation;
  const host = hostOf(file.issuer);
  const found: string[] = [];
  if (host === null) found.push(`issuer ${file.issuer} is not an https address`);
  else if (PLACEHOLDER_HOST.test(host) || /^[0-9.]+$/.test(host) || !host.includes('.')) {
    found.push(`issuer ${file.issuer} is a placeholder or names a single machine`);
  }
  if (PLACEHOLDER_HOST.test(file.mail_from.split('@')[1] ?? ''))
    found.push(`mail_from ${file.mail_from} is a placeholder`);

  const reserved = ['GH_ENV', 'ISSUER', 'ROOT_1', 'ADMIN_TOKEN'].filter((name) => name in file.vars);
  for (const name of reserved) found.push(`vars may not set ${name}`);

  const laptop = new Set(laptopSecrets.values());
  for (const [name, value] of secrets) {
    if (laptop.has(value) || value.startsWith(LAPTOP_MARK))
      found.push(`${name} is the secret of a laptop (.dev.vars)`);
    if (/^ROOT_\d+$/.test(name) && !isRoot(value))
      found.push(`${name} must be ${SECRET_BYTES} random bytes in base64url`);
    if (name === 'ADMIN_TOKEN' && value.length < SECRET_BYTES)
      found.push(`${name} is too short to be a secret`);
  }
  if (environment === 'production' && situation.uncommitted !== '' && !situation.allowDirty) {
    found.push('the working copy has changes that no commit describes (--allow-dirty overrides this)');
  }
  return found;
}

function hostOf(issuer: string): string | null {
  try {
    const url = new URL(issuer);
    return url.protocol === 'https:' ? url.hostname : null;
  } catch {
    return null;
  }
}

const isRoot = (value: string): boolean =>
  /^[A-Za-z0-9_-]{43}$/.test(value) &&
  new Set(value).size > 8 &&
  Buffer.from(value, 'base64url').length === SECRET_BYTES;
