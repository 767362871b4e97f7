import { randomBytes } from 'node:crypto';
import { it } from 'vitest';
import { asObject, textOf } from '../../support/json.ts';
import { type Eyes, openEyes } from '../support/inspect.ts';
import { api, type Place, type profiles, world } from '../support/world.ts';

export type NewProfile = ReturnType<typeof profiles>;

/** Milliseconds for one walk: many pages in four languages, on a machine that may be busy. */
const PATIENCE = 400_000;

/** A test with eyes of its own: a fresh profile, closed afterwards. */
export function pages(
  newProfile: NewProfile,
  place: Place,
  title: string,
  walk: (eyes: Eyes) => Promise<void>,
): void {
  it(title, { timeout: PATIENCE }, async () => {
    const context = await newProfile();
    try {
      await walk(await openEyes(place, context));
    } finally {
      await context.close();
    }
  });
}

const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><rect width="90" height="30" fill="#b3501f"/></svg>';
const HELP = {
  en: '<p>Questions? Call the <strong>harbour office</strong>.</p>',
  es: '<p>¿Preguntas? Llame a la oficina.</p>',
};

export interface RegisteredApp {
  readonly issuer: string;
  readonly uuid: string;
  /** Path of an authorization request of this app. */
  readonly ask: (more?: Readonly<Record<string, string>>) => string;
}

/** Where the answers of the apps made here go: the sample app, which says that it waits for no such answer. */
export const CALLBACK = `${world.sample}/callback`;

/** Registers an app with help texts and logo. */
export async function anApp(
  place: Place,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<RegisteredApp> {
  const issuer = `urn:test:${randomBytes(6).toString('hex')}`;
  const made = asObject(
    await api(place, 'POST', '/api/admin/v1/apps', {
      issuer,
      friendly_name: 'Harbor Permits',
      identity_protocol: 'openid_connect_pkce',
      redirect_uris: [CALLBACK],
      help_text: { sign_in: HELP, sign_up: HELP, forgot_password: HELP },
      ...fields,
    }),
  );
  const uuid = textOf(made, 'uuid');
  const logo = await fetch(new URL(`/api/admin/v1/apps/${uuid}/logo`, place.issuer), {
    method: 'PUT',
    headers: { authorization: `Bearer ${place.adminToken}`, 'content-type': 'image/svg+xml' },
    body: LOGO,
    signal: AbortSignal.timeout(30_000),
  });
  // Read to its end in any case: an answer left unread keeps its connection.
  const said = await logo.text();
  if (!logo.ok) throw new Error(`no logo: ${logo.status} ${said}`);
  const [redirect] = Array.isArray(fields.redirect_uris) ? fields.redirect_uris : [CALLBACK];
  return {
    issuer,
    uuid,
    ask: (more = {}) =>
      `/openid_connect/authorize?${new URLSearchParams({
        client_id: issuer,
        response_type: 'code',
        redirect_uri: String(redirect),
        scope: 'openid email',
        acr_values: 'urn:acr.login.gov:auth-only',
        state: randomBytes(16).toString('hex'),
        nonce: randomBytes(16).toString('hex'),
        code_challenge: randomBytes(32).toString('base64url'),
        code_challenge_method: 'S256',
        ...more,
      })}`,
  };
}
