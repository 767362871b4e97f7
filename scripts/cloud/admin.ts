import { join } from 'node:path';
import { readSecrets } from '../local/secrets.ts';
import { stringAt } from '../support/record.ts';
import { isEnvironment, readEnvironmentFile } from './environment-file.ts';

/** Where the machine interface of an environment is and what opens it. */
export interface AdminAccess {
  /** Origin and path without a trailing slash: `https://idp.agency.gov/api/admin/v1`. */
  readonly base: string;
  readonly token: string;
}

/** What finding the access needs to know; `read` answers a file's text or null. */
export interface AdminQuery {
  /** `local` or an environment's name. */
  readonly environment: string;
  /** Overrides the address; null takes the environment's own. */
  readonly url: string | null;
  /** `GATEHOUSE_ADMIN_TOKEN`, which comes first where it is set. */
  readonly givenToken: string | null;
  readonly project: string;
  readonly secretsFolder: string;
  readonly read: (path: string) => string | null;
}

const LOCAL_URL = 'http://localhost:8787/';

/**
 * Finds address and token: on a laptop from `.dev.vars`, elsewhere from `deploy/<environment>.json` and
 * `GATEHOUSE_ADMIN_TOKEN` or the secrets an earlier deploy kept. Answers with a sentence when something is missing.
 * A token never goes over plain http to another machine.
 */
export function findAdmin(
  query: AdminQuery,
): { readonly ok: true; readonly access: AdminAccess } | { readonly ok: false; readonly said: string } {
  const { environment } = query;
  const local = environment === 'local';
  if (!local && !isEnvironment(environment))
    return { ok: false, said: `${environment} is not an environment.` };
  const url = query.url ?? (local ? LOCAL_URL : issuerOf(query));
  if (url === null)
    return { ok: false, said: `deploy/${environment}.json does not name an issuer; use --url.` };
  if (!/^https:\/\//.test(url) && !/^http:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?(?:\/|$)/.test(url)) {
    return { ok: false, said: `${url} would send the token in the clear.` };
  }
  const token = query.givenToken ?? storedToken(query);
  if (token === null) {
    return {
      ok: false,
      said: local ? 'No ADMIN_TOKEN in .dev.vars: run npm run dev once.' : 'Set GATEHOUSE_ADMIN_TOKEN.',
    };
  }
  return { ok: true, access: { base: `${url.replace(/\/+$/, '')}/api/admin/v1`, token } };
}

function issuerOf(query: AdminQuery): string | null {
  const text = query.read(join(query.project, 'deploy', `${query.environment}.json`));
  const read = text === null ? null : readEnvironmentFile(text);
  return read?.ok ? read.file.issuer : null;
}

function storedToken(query: AdminQuery): string | null {
  if (query.environment === 'local') {
    return readSecrets(query.read(join(query.project, '.dev.vars')) ?? '').get('ADMIN_TOKEN') ?? null;
  }
  const text = query.read(join(query.secretsFolder, `${query.environment}.secrets.json`));
  if (text === null) return null;
  try {
    return stringAt(JSON.parse(text), 'ADMIN_TOKEN');
  } catch {
    return null;
  }
}
