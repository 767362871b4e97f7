/** `npm run keys -- list | roots | rotate oidc | activate KID | retire KID`: key ceremonies, see docs/operations.md. */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findAdmin } from './cloud/admin.ts';
import { keyRequest } from './cloud/key-request.ts';
import { renderKeys } from './cloud/render-keys.ts';
import { PROJECT, secretsFolder } from './support/project.ts';
import { runScript, Stop } from './support/stop.ts';

const USAGE = `Usage: npm run keys -- list                     [--env NAME] [--url URL]
       npm run keys -- roots                    [--env NAME] [--url URL]
       npm run keys -- rotate oidc  --reason TEXT [--force] [--env NAME]
       npm run keys -- activate KID --reason TEXT [--force] [--env NAME]
       npm run keys -- retire KID   --reason TEXT [--force] [--env NAME]

  --env NAME     local (default), sandbox, staging or production
  --url URL      another address than the environment's own
  --reason TEXT  why; goes into the audit trail
  --force        shorten the waiting times: an emergency
The token is GATEHOUSE_ADMIN_TOKEN, else ADMIN_TOKEN of .dev.vars or of the secrets a deploy kept.`;

const OPTIONS = {
  env: { type: 'string' },
  url: { type: 'string' },
  reason: { type: 'string' },
  force: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

function parse() {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new Stop(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

await runScript(async () => {
  const { values, positionals } = parse();
  if (values.help || positionals.length === 0) {
    process.stdout.write(`${USAGE}\n`);
    return values.help ? 0 : 1;
  }
  const asked = keyRequest(positionals, { reason: values.reason ?? null, force: values.force ?? false });
  if (!asked.ok) throw new Stop(`${asked.said}\n\n${USAGE}`);
  const found = findAdmin({
    environment: values.env ?? 'local',
    url: values.url ?? null,
    givenToken: process.env.GATEHOUSE_ADMIN_TOKEN || null,
    project: PROJECT,
    secretsFolder: secretsFolder(),
    read: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null),
  });
  if (!found.ok) throw new Stop(found.said);

  const { method, path, body } = asked.request;
  const response = await fetch(found.access.base + path, {
    method,
    redirect: 'error',
    headers: {
      authorization: `Bearer ${found.access.token}`,
      ...(body === null ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === null ? {} : { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw new Stop(
      `${found.access.base} does not answer: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  const text = await response.text();
  if (!response.ok) throw new Stop(`${method} ${path} answered ${response.status}:\n${text.slice(0, 2000)}`);
  process.stdout.write(`${renderKeys(text === '' ? {} : JSON.parse(text))}\n`);
  return 0;
});
