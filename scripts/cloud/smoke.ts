import { isRecord } from '../support/record.ts';
import type { Environment } from './environment-file.ts';
import type { World } from './world.ts';

const ATTEMPTS = 30;
const PAUSE_MILLISECONDS = 4000;

/**
 * What a freshly deployed environment must show before anybody is sent there; answers with a sentence per failure.
 * Waits up to two minutes for the first healthy answer, since a new custom domain needs its certificate.
 */
export async function smoke(
  issuer: string,
  environment: Environment,
  world: Pick<World, 'get' | 'pause'>,
): Promise<readonly string[]> {
  const health = await firstHealthy(`${issuer}api/health`, world);
  if (health !== null) return [`${issuer}api/health ${health}`];
  const failures: string[] = [];

  const discovery = await world.get(`${issuer}.well-known/openid-configuration`);
  const document = parse(discovery?.body ?? '');
  if (discovery?.status !== 200 || document?.issuer !== issuer) {
    failures.push(`discovery does not name ${issuer} as issuer (${discovery?.status ?? 'no answer'})`);
  }
  const jwks = await world.get(`${issuer}api/openid_connect/certs`);
  const keys = parse(jwks?.body ?? '')?.keys;
  if (jwks?.status !== 200 || !Array.isArray(keys) || keys.length === 0)
    failures.push('no signing key is published');

  const admin = await world.get(`${issuer}api/admin/v1/apps`);
  if (admin?.status !== 401)
    failures.push(`the machine interface answers ${admin?.status ?? 'nothing'} without a token`);

  if (environment !== 'sandbox') {
    for (const path of ['sandbox', 'sandbox/inbox', 'api/sandbox/v1/messages']) {
      const answer = await world.get(issuer + path);
      if (answer?.status !== 404)
        failures.push(`/${path} answers ${answer?.status ?? 'nothing'} and must not exist here`);
    }
  }
  return failures;
}

async function firstHealthy(url: string, world: Pick<World, 'get' | 'pause'>): Promise<string | null> {
  let last = 'does not answer';
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const answer = await world.get(url);
    if (answer?.status === 200 && parse(answer.body)?.healthy === true) return null;
    if (answer !== null) last = `answers ${answer.status} ${answer.body.slice(0, 300)}`;
    if (attempt < ATTEMPTS) await world.pause(PAUSE_MILLISECONDS);
  }
  return last;
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const body: unknown = JSON.parse(text);
    return isRecord(body) ? body : null;
  } catch {
    return null;
  }
}
