import { randomBytes } from 'node:crypto';
import FIRST_CERT from '../vectors/test-keys/first.crt.pem?raw';
import FIRST_KEY from '../vectors/test-keys/first.key.pem?raw';
import SECOND_CERT from '../vectors/test-keys/second.crt.pem?raw';
import SECOND_KEY from '../vectors/test-keys/second.key.pem?raw';
import { asObject, textOf } from './json.ts';
import type { Served } from './served.ts';

/** Two RSA key pairs for apps: certificate to register, private key to sign with. */
export const FIRST_PAIR = { cert: FIRST_CERT, key: FIRST_KEY } as const;
export const SECOND_PAIR = { cert: SECOND_CERT, key: SECOND_KEY } as const;

/** Where the test apps take their answers. */
export const RETURN = 'https://app.test/callback';

export interface TestApp {
  readonly clientId: string;
  readonly uuid: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Registers an app that redeems with PKCE, unless the fields say otherwise. */
export async function anApp(worker: Served, fields: Fields = {}): Promise<TestApp> {
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
export const aKeyApp = (worker: Served, fields: Fields = {}): Promise<TestApp> =>
  anApp(worker, { identity_protocol: 'openid_connect_private_key_jwt', certs: [FIRST_PAIR.cert], ...fields });

/** Changes settings of an app. */
export async function changeApp(worker: Served, app: TestApp, fields: Fields): Promise<void> {
  const answer = await worker.api('PATCH', `/api/admin/v1/apps/${app.uuid}`, fields);
  if (answer.status !== 200) throw new Error(`app unchanged: ${answer.status} ${await answer.text()}`);
  await answer.text();
}
