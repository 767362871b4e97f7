import { isRecord, stringAt } from '../support/record.ts';

/** An app document, as `POST /api/admin/v1/apps` takes it. */
export type AppDocument = { readonly issuer: string } & Readonly<Record<string, unknown>>;

export const SAMPLE_OIDC = 'urn:gatehouse:sample:oidc';
export const SAMPLE_OIDC_PKCE = 'urn:gatehouse:sample:oidc-pkce';
export const SAMPLE_SAML = 'urn:gatehouse:sample:saml';
export const SAMPLE_SAML_PLAIN = 'urn:gatehouse:sample:saml-plain';

/** What the sample's start page lets a developer try needs the operator's switches. */
const everythingAllowed = (origin: string) => ({
  ial: 2,
  redirect_uris: [`${origin}/callback`, `${origin}/`],
  failure_to_proof_url: `${origin}/failure_to_proof`,
  allow_prompt_login: true,
  prompt_create_allowed: true,
  ialmax_allowed: true,
  verified_within_allowed: true,
  facial_match_allowed: true,
});

/** The two OpenID Connect apps of the sample relying party at `origin` (no trailing slash). */
export const oidcSamples = (origin: string, cert: string): readonly AppDocument[] => [
  {
    issuer: SAMPLE_OIDC,
    friendly_name: 'Sample app',
    identity_protocol: 'openid_connect_private_key_jwt',
    ...everythingAllowed(origin),
    certs: [cert],
  },
  {
    issuer: SAMPLE_OIDC_PKCE,
    friendly_name: 'Sample app without a server',
    identity_protocol: 'openid_connect_pkce',
    ...everythingAllowed(origin),
    // Apps that may ask for verified people never accept a remembered browser (accounts RD-4); this one shows it.
    ial: 1,
  },
];

/** The two SAML apps of the sample service provider at `origin`: one is told everything encrypted, one in the clear. */
export const samlSamples = (origin: string, cert: string): readonly AppDocument[] =>
  (
    [
      [SAMPLE_SAML, 'Sample SAML app', 'aes256-gcm'],
      [SAMPLE_SAML_PLAIN, 'Sample SAML app without encryption', 'none'],
    ] as const
  ).map(([issuer, friendly_name, block_encryption]) => ({
    issuer,
    friendly_name,
    identity_protocol: 'saml',
    ial: 2,
    acs_url: `${origin}/acs`,
    assertion_consumer_logout_service_url: `${origin}/logout`,
    return_to_sp_url: `${origin}/`,
    failure_to_proof_url: `${origin}/failure_to_proof`,
    block_encryption,
    signed_request_required: false,
    signed_response_message_requested: true,
    email_nameid_format_allowed: true,
    prompt_create_allowed: true,
    ialmax_allowed: true,
    facial_match_allowed: true,
    attribute_bundle: ['email'],
    saml_options: { signed_logout_response: true, no_passive: true },
    certs: [cert],
  }));

/** How registering one app ended; `said` is what the server answered when it refused. */
export type Registered =
  | { readonly issuer: string; readonly outcome: 'created' | 'updated' | 'unchanged' }
  | { readonly issuer: string; readonly outcome: 'refused'; readonly said: string };

/**
 * Registers an app over the machine interface at `base` (no trailing slash), or brings an existing registration in
 * line: a persisted world started on another port has sample apps with the old redirect addresses.
 */
export async function registerApp(base: string, adminToken: string, app: AppDocument): Promise<Registered> {
  const call = (method: string, path: string, body?: unknown, etag?: string | null): Promise<Response> =>
    fetch(`${base}/api/admin/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${adminToken}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(etag ? { 'if-match': `"${etag}"` } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const refused = async (response: Response): Promise<Registered> => ({
    issuer: app.issuer,
    outcome: 'refused',
    said: `${response.status} ${(await response.text()).slice(0, 1000)}`,
  });

  const created = await call('POST', '/apps', app);
  if (created.status === 201) return { issuer: app.issuer, outcome: 'created' };
  if (created.status !== 409) return refused(created);

  const found = await call('GET', `/apps?issuer=${encodeURIComponent(app.issuer)}`);
  if (!found.ok) return refused(found);
  const current = firstApp(await found.json());
  const uuid = stringAt(current, 'uuid');
  if (uuid === null)
    return { issuer: app.issuer, outcome: 'refused', said: 'the app exists but is not listed' };
  if (isRecord(current) && saysTheSame(current, app)) return { issuer: app.issuer, outcome: 'unchanged' };
  const { issuer: _, ...changes } = app;
  const updated = await call('PATCH', `/apps/${uuid}`, changes, stringAt(current, 'etag'));
  return updated.ok ? { issuer: app.issuer, outcome: 'updated' } : refused(updated);
}

/** Whether every field of the wanted document stands in the current one with the same value. */
export const saysTheSame = (current: Readonly<Record<string, unknown>>, wanted: AppDocument): boolean =>
  Object.entries(wanted).every(
    ([key, value]) => JSON.stringify(normal(current[key])) === JSON.stringify(normal(value)),
  );

/** PEM texts may come back with other line ends or none at the end. */
const normal = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(normal)
    : typeof value === 'string'
      ? value.replace(/\s+/g, ' ').trim()
      : value;

/** The one app of a listing, which may be a bare array or an object with the array under some name. */
function firstApp(body: unknown): unknown {
  if (Array.isArray(body)) return body[0];
  if (!isRecord(body)) return null;
  if (typeof body.uuid === 'string') return body;
  const list = Object.values(body).find((value) => Array.isArray(value));
  return Array.isArray(list) ? list[0] : null;
}
