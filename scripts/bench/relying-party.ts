import { createHash, createPublicKey, type KeyObject, randomBytes, sign, verify } from 'node:crypto';
import { isRecord, stringAt } from '../support/record.ts';
import type { Answer, HttpClient } from './http-client.ts';
import { headerOf } from './http-client.ts';
import type { WarmFlow } from './warm.ts';

export const CLIENT_ID = 'urn:gatehouse:bench';
export const RETURN_URI = 'https://app.bench.test/callback';

const PATHS = {
  authorize: '/openid_connect/authorize',
  token: '/api/openid_connect/token',
  userinfo: '/api/openid_connect/userinfo',
  certs: '/api/openid_connect/certs',
} as const;

const base64Url = (data: Uint8Array | string): string => Buffer.from(data).toString('base64url');

/** Everything of one sign-in that is the app's own work, made before the clock starts. */
export interface Prepared {
  readonly authorizePath: string;
  readonly state: string;
  readonly nonce: string;
  /** Complete but for the code. */
  readonly tokenBody: string;
}

/** Prepares a sign-in: private_key_jwt and PKCE, as a new app would. */
export function prepare(base: string, key: KeyObject): Prepared {
  const [verifier, state, nonce] = [randomBytes(32), randomBytes(18), randomBytes(18)].map(base64Url);
  if (verifier === undefined || state === undefined || nonce === undefined)
    throw new Error('no random values');
  const query = new URLSearchParams({
    client_id: CLIENT_ID,
    response_type: 'code',
    redirect_uri: RETURN_URI,
    scope: 'openid email',
    acr_values: 'urn:acr.login.gov:auth-only',
    state,
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: CLIENT_ID,
    sub: CLIENT_ID,
    aud: `${base}${PATHS.token}`,
    jti: base64Url(randomBytes(16)),
    iat: now,
    exp: now + 300,
  };
  const input = `${base64Url(JSON.stringify({ alg: 'RS256', typ: 'JWT' }))}.${base64Url(JSON.stringify(claims))}`;
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code_verifier: verifier,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: `${input}.${base64Url(sign('sha256', Buffer.from(input), key))}`,
    code: '',
  });
  return { authorizePath: `${PATHS.authorize}?${query}`, state, nonce, tokenBody: body.toString() };
}

export const FORM = { 'content-type': 'application/x-www-form-urlencoded' } as const;

/** The code in an authorization response, after its state was checked. */
export function codeOf(answer: Answer, prepared: Prepared): string {
  const location = headerOf(answer, 'location');
  if (answer.status !== 302 || location === null || !location.startsWith(RETURN_URI)) {
    throw new Error(`authorize answered ${answer.status} ${location ?? answer.text.slice(0, 200)}`);
  }
  const answered = new URL(location).searchParams;
  const code = answered.get('code');
  if (code === null || answered.get('state') !== prepared.state)
    throw new Error('authorize: no code, or another state');
  return code;
}

/** Posts to the token endpoint. */
export const exchange = (client: HttpClient, prepared: Prepared, code: string): Promise<Answer> =>
  client.ask({
    method: 'POST',
    path: PATHS.token,
    headers: FORM,
    body: prepared.tokenBody + encodeURIComponent(code),
  });

/** Milliseconds of the steps of one sign-in. */
type Steps = Readonly<Record<'authorize' | 'token' | 'userinfo' | 'flow', number>>;

function claimsIn(jwt: string): Readonly<Record<string, unknown>> {
  const claims: unknown = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
  if (!isRecord(claims)) throw new Error('id_token: no claims');
  return claims;
}

/** One warm sign-in: authorize with the session cookie, token, userinfo. Every answer is checked. */
export async function signInWarm(
  client: HttpClient,
  cookie: string,
  prepared: Prepared,
): Promise<Steps & { readonly idToken: string }> {
  const start = performance.now();
  const authorized = await client.ask({ path: prepared.authorizePath, headers: { cookie } });
  const authorizedAt = performance.now();
  const code = codeOf(authorized, prepared);
  const exchangeAt = performance.now();
  const answered = await exchange(client, prepared, code);
  const exchangedAt = performance.now();
  if (answered.status !== 200)
    throw new Error(`token answered ${answered.status}: ${answered.text.slice(0, 200)}`);
  const tokens: unknown = JSON.parse(answered.text);
  const idToken = stringAt(tokens, 'id_token') ?? '';
  const claims = claimsIn(idToken);
  if (claims.nonce !== prepared.nonce) throw new Error('id_token: another nonce');
  const headers = { authorization: `Bearer ${stringAt(tokens, 'access_token') ?? ''}` };
  const userinfoAt = performance.now();
  const told = await client.ask({ path: PATHS.userinfo, headers });
  const end = performance.now();
  if (told.status !== 200 || stringAt(JSON.parse(told.text), 'sub') !== claims.sub) {
    throw new Error(`userinfo answered ${told.status}: ${told.text.slice(0, 200)}`);
  }
  const steps = {
    authorize: authorizedAt - start,
    token: exchangedAt - exchangeAt,
    userinfo: end - userinfoAt,
  };
  return { ...steps, flow: steps.authorize + steps.token + steps.userinfo, idToken };
}

/** The warm OpenID Connect sign-in as the bench times it. */
export const oidcFlow = (base: string, key: KeyObject): WarmFlow => ({
  name: 'oidc',
  prepare() {
    const prepared = prepare(base, key);
    return async (client, cookie) => {
      const { authorize, token, userinfo, flow } = await signInWarm(client, cookie, prepared);
      return { authorize, token, userinfo, flow };
    };
  },
});

/** Checks an id_token against the published keys. */
export async function checkSignature(client: HttpClient, idToken: string): Promise<boolean> {
  const [header = '', body = '', signature = ''] = idToken.split('.');
  const kid = stringAt(JSON.parse(Buffer.from(header, 'base64url').toString()), 'kid');
  const published: unknown = JSON.parse((await client.ask({ path: PATHS.certs })).text);
  const keys = isRecord(published) && Array.isArray(published.keys) ? published.keys : [];
  const jwk: unknown = keys.find((key: unknown) => stringAt(key, 'kid') === kid);
  const [n, e] = [stringAt(jwk, 'n'), stringAt(jwk, 'e')];
  if (n === null || e === null) return false;
  const key = createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });
  return verify('sha256', Buffer.from(`${header}.${body}`), key, Buffer.from(signature, 'base64url'));
}

/** What must be refused, and was not: a server that accepts one of these is not fast but broken. */
export async function wronglyAccepted(
  client: HttpClient,
  cookie: string,
  key: KeyObject,
): Promise<readonly string[]> {
  const code = async (prepared: Prepared): Promise<string> =>
    codeOf(await client.ask({ path: prepared.authorizePath, headers: { cookie } }), prepared);
  const replaced = (prepared: Prepared, name: string, by: string): Prepared => {
    const body = new URLSearchParams(prepared.tokenBody);
    body.set(name, by);
    return { ...prepared, tokenBody: body.toString() };
  };
  const accepted: string[] = [];
  const one = prepare(client.base, key);
  const other = replaced(one, 'code_verifier', base64Url(randomBytes(32)));
  if ((await exchange(client, other, await code(one))).status === 200) accepted.push('another verifier');
  const two = prepare(client.base, key);
  const spent = await code(two);
  if ((await exchange(client, two, spent)).status !== 200)
    throw new Error('a good token request was refused');
  const again = prepare(client.base, key);
  const used = new URLSearchParams(two.tokenBody);
  if (
    (await exchange(client, replaced(again, 'code_verifier', used.get('code_verifier') ?? ''), spent))
      .status === 200
  )
    accepted.push('a code twice');
  const three = prepare(client.base, key);
  const replay = replaced(three, 'client_assertion', used.get('client_assertion') ?? '');
  if ((await exchange(client, replay, await code(three))).status === 200) accepted.push('an assertion twice');
  return accepted;
}
