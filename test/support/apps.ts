import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asObject, textOf } from './json.ts';
import type { TestWorker } from './worker.ts';

const keyFile = (name: string): string => readFileSync(join(import.meta.dirname, '../vectors/test-keys', name), 'utf8');

/** Two RSA key pairs for apps: certificate to register, private key to sign with. */
export const FIRST_PAIR = { cert: keyFile('first.crt.pem'), key: keyFile('first.key.pem') } as const;
export const SECOND_PAIR = { cert: keyFile('second.crt.pem'), key: keyFile('second.key.pem') } as const;

/** Where the test apps take their answers. */
export const RETURN = 'https://app.test/callback';

export interface TestApp {
  readonly clientId: string;
  readonly uuid: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Registers an app that redeems with PKCE, unless the fields say otherwise. */
export async function anApp(worker: TestWorker, fields: Fields = {}): Promise<TestApp> {
  const issuer = `urn:test:${randomBytes(6).toString('hex')}`;
  const answer = await worker.api('POST', '/api/admin/v1/apps', {
    issuer,
    friendly_name: 'Parks',
    identity_protocol: 'openid_connect_pkce',
    redirect_uris: [RETURN],
    ...fields,
  });
  if (answer.status !== 201) throw new Error(`no app: ${answer.status} ${await answer.text()}`);
  const made = asObject(await answer.json());
  return { clientId: textOf(made, 'issuer'), uuid: textOf(made, 'uuid') };
}

/** Registers an app that proves itself with the key of a certificate. */
export const aKeyApp = (worker: TestWorker, fields: Fields = {}): Promise<TestApp> =>
  anApp(worker, { identity_protocol: 'openid_connect_private_key_jwt', certs: [FIRST_PAIR.cert], ...fields });

/** Changes settings of an app. */
export async function changeApp(worker: TestWorker, app: TestApp, fields: Fields): Promise<void> {
  const answer = await worker.api('PATCH', `/api/admin/v1/apps/${app.uuid}`, fields);
  if (answer.status !== 200) throw new Error(`app unchanged: ${answer.status} ${await answer.text()}`);
  await answer.text();
}
