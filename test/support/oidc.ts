import { createHash, randomBytes } from 'node:crypto';
import { importPKCS8, type JWTPayload, SignJWT } from 'jose';
import { FIRST_PAIR, RETURN, type TestApp } from './apps.ts';
import type { Browser, View } from './browser.ts';
import { asObject, type JsonObject, textOf } from './json.ts';
import { type Person, type Walk, walk } from './people.ts';
import { ORIGIN, type Served, type ServedResponse } from './served.ts';

export const ISSUER = `${ORIGIN}/`;
export const TOKEN_URL = `${ORIGIN}/api/openid_connect/token`;
export const AUTH_ONLY = 'urn:acr.login.gov:auth-only';
export const AAL = 'http://idmanagement.gov/ns/assurance/aal';

/** Parameters to change; null leaves one out. */
export type Changes = Readonly<Record<string, string | null>>;

/** An authorization request as an app makes it, and what the app keeps to check the answer. */
export interface Question {
  readonly url: string;
  readonly query: URLSearchParams;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export const s256 = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

/** A complete request of this app with fresh state, nonce and challenge. */
export function question(app: Pick<TestApp, 'clientId'>, changes: Changes = {}): Question {
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(16).toString('hex');
  const nonce = randomBytes(16).toString('hex');
  const query = new URLSearchParams({
    client_id: app.clientId,
    response_type: 'code',
    redirect_uri: RETURN,
    scope: 'openid email',
    acr_values: AUTH_ONLY,
    state,
    nonce,
    code_challenge: s256(verifier),
    code_challenge_method: 'S256',
  });
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return { url: `/openid_connect/authorize?${query}`, query, state, nonce, verifier };
}

/** Where the browser was sent at the app, with the parameters it carries. */
export function answerOf(view: View): {
  readonly url: URL;
  readonly code: string;
  readonly error: string | null;
  readonly state: string | null;
} {
  if (view.url.origin === ORIGIN)
    throw new Error(`no app was reached: ${view.url.pathname} ${view.status} ${view.text.slice(0, 300)}`);
  const { searchParams } = view.url;
  return {
    url: view.url,
    code: searchParams.get('code') ?? '',
    error: searchParams.get('error'),
    state: searchParams.get('state'),
  };
}

/** Asks as this app and walks the person through to a code. */
export async function obtainCode(
  browser: Browser,
  person: Person,
  app: Pick<TestApp, 'clientId'>,
  changes: Changes = {},
  how: Walk = {},
): Promise<Question & { readonly code: string }> {
  const asked = question(app, changes);
  await browser.open(asked.url);
  const { code, url } = answerOf(await walk(browser, person, how));
  if (code === '') throw new Error(`no code: ${url.href}`);
  return { ...asked, code };
}

type Fields = Readonly<Record<string, string>>;

/** Posts a form to the token endpoint. */
export const postToken = (
  worker: Served,
  fields: Fields | string,
  headers: Fields = {},
): Promise<ServedResponse> =>
  worker.fetch('/api/openid_connect/token', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
  });

/** Redeems a code with its verifier. */
export const redeem = (
  worker: Served,
  { code, verifier }: { readonly code: string; readonly verifier: string },
): Promise<ServedResponse> =>
  postToken(worker, { grant_type: 'authorization_code', code, code_verifier: verifier });

export interface Tokens {
  readonly accessToken: string;
  readonly idToken: string;
  readonly expiresIn: number;
  /** Of the id_token, unverified. */
  readonly claims: JsonObject;
}

/** Reads a successful token answer. */
export async function tokensOf(answer: ServedResponse): Promise<Tokens> {
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`no tokens: ${answer.status} ${text}`);
  const body = asObject(JSON.parse(text));
  const idToken = textOf(body, 'id_token');
  return {
    accessToken: textOf(body, 'access_token'),
    idToken,
    expiresIn: Number(body.expires_in),
    claims: claimsOf(idToken),
  };
}

/** The claims of a token, unverified. */
export const claimsOf = (token: string): JsonObject =>
  asObject(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()));

/** Asks, signs in and redeems: everything an app gets about a person. */
export async function obtainTokens(
  worker: Served,
  browser: Browser,
  person: Person,
  app: Pick<TestApp, 'clientId'>,
  changes: Changes = {},
): Promise<Tokens & Question> {
  const asked = await obtainCode(browser, person, app, changes);
  return { ...asked, ...(await tokensOf(await redeem(worker, asked))) };
}

export const userinfo = (worker: Served, accessToken: string): Promise<ServedResponse> =>
  worker.fetch('/api/openid_connect/userinfo', { headers: { authorization: `Bearer ${accessToken}` } });

/** The claims of a client assertion that this server accepts. */
export const assertionClaims = (clientId: string, now: number): JWTPayload => ({
  iss: clientId,
  sub: clientId,
  aud: TOKEN_URL,
  jti: randomBytes(12).toString('hex'),
  exp: Math.floor(now / 1000) + 300,
});

/** Signs claims as a client assertion. */
export const signAssertion = async (claims: JWTPayload, key: string = FIRST_PAIR.key): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(await importPKCS8(key, 'RS256'));

/** Redeems a code with a client assertion. */
export const redeemWith = (
  worker: Served,
  code: string,
  assertion: string,
  more: Fields = {},
): Promise<ServedResponse> =>
  postToken(worker, {
    grant_type: 'authorization_code',
    code,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    ...more,
  });
