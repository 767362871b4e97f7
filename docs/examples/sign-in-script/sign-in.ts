/**
 * Signs a test person in to an app, the way a browser and the app would, without a browser: a template for automated
 * tests of your own app. Node 22.18 or newer, no packages. It uses public addresses only, and the test interface of a
 * laptop or a sandbox for what a person would bring along: an account and an authentication app.
 *
 *   GATEHOUSE_ISSUER=http://localhost:8787/ ADMIN_TOKEN=... node docs/examples/sign-in-script/sign-in.ts
 *
 * Ends with exit code 0 and one line a step, or with 1 and what went wrong.
 */
import { createHash, createHmac, createPublicKey, randomBytes, verify } from 'node:crypto';

const issuer = process.env.GATEHOUSE_ISSUER ?? 'http://localhost:8787/';
const adminToken = process.env.ADMIN_TOKEN ?? '';
/** Nobody listens there: the script reads the address it is sent to and stops before following it. */
const callback = 'http://localhost:19999/callback';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const fail = (why: string): never => {
  throw new Error(why);
};
const random = (): string => randomBytes(24).toString('base64url');

// --- JSON over HTTP -------------------------------------------------------------------------------------------------

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const text = (of: Json, name: string): string => {
  const value = of[name];
  return typeof value === 'string' ? value : fail(`${name} is missing in ${JSON.stringify(of)}`);
};

async function call(method: string, address: string, init: RequestInit = {}): Promise<Json> {
  const response = await fetch(new URL(address, issuer), { ...init, method });
  const body = await response.text();
  if (!response.ok) fail(`${method} ${address} answered ${response.status}: ${body}`);
  const value: unknown = body === '' ? {} : JSON.parse(body);
  return isJson(value) ? value : fail(`${method} ${address} answered ${body}`);
}

/** Calls the machine interfaces. */
const asAdmin = (method: string, address: string, body?: Json): Promise<Json> =>
  call(method, `api/${address}`, {
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

// --- The browser ----------------------------------------------------------------------------------------------------

interface Page {
  readonly url: URL;
  readonly html: string;
}

const cookies = new Map<string, string>();

/** Opens an address and follows redirects, keeping cookies, until a page comes or the way leads to the app. */
async function open(start: URL, form?: URLSearchParams): Promise<Page> {
  let url = start;
  let body = form;
  for (let hops = 0; hops < 20; hops += 1) {
    if (url.href.startsWith(callback)) return { url, html: '' };
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(body === undefined ? {} : { method: 'POST', body }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) return { url, html: await response.text() };
    url = new URL(location, url);
    body = undefined;
  }
  return fail(`too many redirects at ${url.href}`);
}

/** Text without tags; the few entities our pages use are resolved. */
const plain = (html: string): string => {
  const words = html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return words.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&');
};

const ATTRIBUTE = /\s([\w:-]+)(?:="([^"]*)")?/g;
const attributes = (tag: string): ReadonlyMap<string, string> =>
  new Map([...tag.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, plain(value)]));

/** What the person can type, by the meaning forms give their fields with `autocomplete`. */
type Known = Readonly<Record<string, () => string>>;

/** Sends the page's main form: known fields filled in, boxes that must be ticked ticked, "go on" pressed. */
function goOn(page: Page, known: Known): Promise<Page> {
  const main = /<main[\s\S]*<\/main>/.exec(page.html)?.[0] ?? page.html;
  const forms = [...main.matchAll(/<form[\s\S]*?<\/form>/g)].map(([form]) => form);
  const asked = forms.find((one) => Object.keys(known).some((name) => one.includes(`="${name}"`)));
  const form = asked ?? forms[0] ?? fail(`no form on ${describe(page)}`);
  const fields = new URLSearchParams();
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const input = attributes(tag);
    const name = input.get('name');
    const type = input.get('type') ?? '';
    const off = /^(checkbox|radio)$/.test(type) && !input.has('checked');
    if (name === undefined || (off && !(type === 'checkbox' && input.has('required')))) continue;
    const fill = known[input.get('autocomplete') ?? ''];
    fields.append(name, fill === undefined ? (input.get('value') ?? '') : fill());
  }
  // Pages of several answers name their buttons and put the one that goes on first.
  const button = attributes(/<button[^>]*>/.exec(form)?.[0] ?? '');
  const choice = button.get('name');
  if (choice !== undefined) fields.append(choice, button.get('value') ?? '');
  const action = attributes(/<form[^>]*>/.exec(form)?.[0] ?? '').get('action');
  return open(new URL(action ?? '', page.url), fields);
}

/** A page in one line: its heading and the first thing it complains about. */
function describe({ url, html }: Page): string {
  const heading = plain(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(html)?.[1] ?? '');
  const problem = plain(/<(\w+)[^>]*role="alert"[^>]*>([\s\S]*?)<\/\1>/.exec(html)?.[2] ?? '');
  return `${url.pathname} "${heading}"${problem === '' ? '' : ` (${problem})`}`;
}

/** Goes on from page to page until the way leads back to the app; returns the address with the answer. */
async function untilCallback(first: Page, known: Known): Promise<URL> {
  let page = first;
  for (let pages = 0; pages < 10; pages += 1) {
    if (page.html === '') return page.url;
    say(`  page      ${describe(page)}`);
    page = await goOn(page, known);
  }
  return fail(`the pages do not end; the last was ${describe(page)}`);
}

// --- The authentication app -----------------------------------------------------------------------------------------

/** RFC 6238: the code of a base32 secret at a time, six digits, 30 seconds, SHA-1. */
function totp(secret: string, at: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const code = (mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff) % 1_000_000;
  return String(code).padStart(6, '0');
}

// --- The app --------------------------------------------------------------------------------------------------------

/** Checks what an id_token must say (OpenID Connect Core section 3.1.3.7) and returns its claims. */
function checkIdToken(token: string, jwks: Json, expected: Readonly<Record<string, string>>): Json {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const read = (part: string): Json => JSON.parse(Buffer.from(part, 'base64url').toString());
  const { alg, kid } = read(header);
  const keys = Array.isArray(jwks.keys) ? jwks.keys : [];
  const found = keys.find((key) => isJson(key) && key.kid === kid) ?? fail('no published key fits');
  const key = createPublicKey({ key: found, format: 'jwk' });
  const sealed = Buffer.from(signature, 'base64url');
  const signed = verify('sha256', Buffer.from(`${header}.${payload}`), key, sealed);
  if (alg !== 'RS256' || !signed) fail('the id_token is not signed as it should be');
  const claims = read(payload);
  for (const [name, value] of Object.entries({ iss: issuer, ...expected })) {
    if (claims[name] !== value) fail(`the id_token says ${name} ${claims[name]}, expected ${value}`);
  }
  if (Number(claims.exp) * 1000 < Date.now()) fail('the id_token has expired');
  return claims;
}

async function main(): Promise<void> {
  const server = await call('GET', '.well-known/openid-configuration');
  const clientId = `urn:example:ci:${random()}`;
  const app = await asAdmin('POST', 'admin/v1/apps', {
    issuer: clientId,
    friendly_name: 'Sign-in script',
    identity_protocol: 'openid_connect_pkce',
    redirect_uris: [callback],
  });
  say(`app         ${clientId}`);
  const started = new Date().toISOString();
  const account = await asAdmin('POST', 'sandbox/v1/accounts', { factors: ['totp'] });
  const email = text(account, 'email');
  say(`account     ${email}`);
  try {
    const [state, nonce, verifier] = [random(), random(), randomBytes(32).toString('base64url')];
    const request = new URL(text(server, 'authorization_endpoint'));
    request.search = new URLSearchParams({
      client_id: clientId,
      redirect_uri: callback,
      response_type: 'code',
      acr_values: 'urn:acr.login.gov:auth-only',
      scope: 'openid email',
      state,
      nonce,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString();
    const answer = await untilCallback(await open(request), {
      username: () => email,
      'current-password': () => text(account, 'password'),
      'one-time-code': () => totp(text(account, 'totp_secret'), Date.now()),
    });
    const said = answer.searchParams;
    if (said.get('state') !== state || said.get('iss') !== issuer) fail(`a foreign answer: ${answer.href}`);
    const code = said.get('code') ?? fail(`no code: ${said.get('error')} ${said.get('error_description')}`);
    say('code        received');

    const proof = { client_id: clientId, code_verifier: verifier };
    const body = new URLSearchParams({ grant_type: 'authorization_code', code, ...proof });
    const tokens = await call('POST', text(server, 'token_endpoint'), { body });
    const jwks = await call('GET', text(server, 'jwks_uri'));
    const claims = checkIdToken(text(tokens, 'id_token'), jwks, { aud: clientId, nonce });
    say(`id_token    signed, for us, about ${text(claims, 'sub')}`);

    const authorization = `Bearer ${text(tokens, 'access_token')}`;
    const userinfo = await call('GET', text(server, 'userinfo_endpoint'), { headers: { authorization } });
    if (userinfo.sub !== claims.sub || userinfo.email !== email) fail('userinfo is about another person');
    say(`userinfo    ${JSON.stringify(userinfo)}`);

    const since = new URLSearchParams({ to: email, after: started });
    const inbox = await asAdmin('GET', `sandbox/v1/messages?${since}`);
    for (const message of Object.values(inbox)) say(`message     ${isJson(message) ? message.subject : ''}`);

    const logout = new URL(text(server, 'end_session_endpoint'));
    const back = { client_id: clientId, post_logout_redirect_uri: callback, state: random() };
    logout.search = new URLSearchParams(back).toString();
    const bye = await untilCallback(await open(logout), {});
    if (bye.searchParams.get('state') !== back.state) fail(`signing out ended at ${bye.href}`);
    const late = await fetch(text(server, 'userinfo_endpoint'), { headers: { authorization } });
    if (late.status !== 401) fail(`the access token outlived the session: ${late.status}`);
    say('signed out  and the access token is void');
  } finally {
    await asAdmin('DELETE', `sandbox/v1/accounts/${text(account, 'uuid')}`);
    await asAdmin('DELETE', `admin/v1/apps/${text(app, 'uuid')}`);
  }
}

await main().catch((error: unknown) => {
  process.stderr.write(`Failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
