import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBase32 } from '../../src/factors/totp/base32.ts';
import { totpAt, totpStep } from '../../src/factors/totp/totp.ts';
import { type DevServer, startDevServer } from '../support/dev-server.ts';
import { type WebBrowser, type WebPage, webBrowser } from '../support/web-browser.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const AUTH_ONLY = 'urn:acr.login.gov:auth-only';

let server: DevServer;
beforeAll(async () => {
  server = await startDevServer();
}, 180_000);
afterAll(() => server.stop());

interface Account {
  readonly email: string;
  readonly password: string;
  readonly totpSecret: string;
}

async function anAccount(): Promise<Account> {
  const response = await fetch(`${server.issuer}api/sandbox/v1/accounts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.adminToken}` },
    body: JSON.stringify({ factors: ['totp'] }),
  });
  const body: unknown = await response.json();
  const text = (name: string): string => {
    const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : null;
    if (typeof value !== 'string') throw new Error(`no ${name}: ${response.status} ${JSON.stringify(body)}`);
    return value;
  };
  return { email: text('email'), password: text('password'), totpSecret: text('totp_secret') };
}

/** Presses "Sign in" at the sample app with these choices changed. */
async function ask(browser: WebBrowser, choices: Readonly<Record<string, string>> = {}): Promise<WebPage> {
  await browser.open(`${server.sample}/`);
  return browser.submit({ service_level: AUTH_ONLY, scope: 'openid email', ...choices });
}

/** From the sign-in page through password, code and consent, up to the app. */
async function signIn(browser: WebBrowser, account: Account): Promise<WebPage> {
  await browser.submit({ username: account.email, 'current-password': account.password });
  const secret = fromBase32(account.totpSecret) ?? new Uint8Array();
  await browser.submit({ 'one-time-code': totpAt(secret, totpStep(Date.now())) });
  expect(browser.page().url.pathname).toMatch(/\/sign_up\/completed$/);
  return browser.submit();
}

/** The value the sample app shows for a claim. */
const shown = ({ html }: WebPage, claim: string): string | undefined =>
  new RegExp(`<th scope="row">${claim}</th><td>([^<]*)</td>`).exec(html)?.[1];

const errorOf = ({ html }: WebPage): readonly (string | undefined)[] => [
  /<dd id="error">([^<]*)</.exec(html)?.[1],
  /<dd id="error-description">([^<]*)</.exec(html)?.[1],
];

describe('G1, G2 the sample app', () => {
  it('is healthy: discovery reachable, key fingerprint told', async () => {
    const response = await fetch(`${server.sample}/api/health`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      healthy: true,
      discovery: { issuer: server.issuer, reachable: true },
      key: { sha256: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/) },
    });
  });

  it('signs in with private_key_jwt, shows the claims, and signs out on both sides', async () => {
    const account = await anAccount();
    const browser = webBrowser();
    await ask(browser);
    expect(browser.page().url.origin).toBe(new URL(server.issuer).origin);
    expect(browser.page().text).toContain('Sample app');
    const home = await signIn(browser, account);
    expect(home.url.href).toBe(`${server.sample}/`);
    expect(home.text).toContain('You are signed in');
    expect(shown(home, 'email')).toBe(account.email);
    expect(shown(home, 'acr')).toBe(AUTH_ONLY);
    expect(shown(home, 'aud')).toBe('urn:gatehouse:sample:oidc');
    expect(shown(home, 'iss')).toBe(server.issuer);

    const asked = await browser.submit();
    expect(asked.url.pathname).toBe('/openid_connect/logout');
    const bye = await browser.submit();
    expect(bye.url.origin).toBe(server.sample);
    expect(bye.text).toContain('You signed out here and at the identity provider.');
    expect(bye.text).toContain('Nobody is signed in here.');
    const again = await ask(browser, { prompt: 'none' });
    expect(errorOf(again)[0], 'the session at the identity provider is over').toBe('login_required');
  });

  it.each(['pkce', 'both'])(
    'signs in with %s, by a posted request, and again without a page',
    async (authentication) => {
      const account = await anAccount();
      const browser = webBrowser();
      const post = await ask(browser, { authentication, method: 'POST', locale: 'es' });
      expect(post.text).toContain('This request travels as a form.');
      const arrived = await browser.submit();
      expect(arrived.html).toContain('<html lang="es">');
      const home = await signIn(browser, account);
      expect(shown(home, 'email')).toBe(account.email);
      const sub = shown(home, 'sub');
      const again = await ask(browser, { authentication, prompt: 'none', max_age: '300' });
      expect(again.text).toContain('You are signed in');
      expect(shown(again, 'sub')).toBe(sub);
      const hint = /id_token as it came<\/summary><code>([^<]+)/.exec(again.html)?.[1] ?? '';
      expect(hint.split('.')).toHaveLength(3);
      const tag = { attempts_api_session_id: 'case-123' };
      const expected = await ask(browser, { authentication, prompt: 'none', id_token_hint: hint, ...tag });
      expect(shown(expected, 'sub')).toBe(sub);
    },
  );

  it('shows refusals in the identity provider’s words, with the way to the error dictionary', async () => {
    const browser = webBrowser();
    const short = await ask(browser, { state_length: '21' });
    expect(short.status).toBe(400);
    expect(errorOf(short)).toEqual(['invalid_request', 'State is too short (minimum is 22 characters)']);
    const none = await ask(browser, { service_level: '', aal: 'http://idmanagement.gov/ns/assurance/aal/2' });
    expect(errorOf(none)[1]).toContain('Missing a valid IAL level.');
    expect(none.html).toContain(`<a href="${server.issuer}developers/support/#oidc-missing-ial">`);
    const entry = await browser.open(`${server.issuer}developers/support/#oidc-missing-ial`);
    expect(entry.html).toContain('<h3 id="oidc-missing-ial">');
    const silent = await ask(browser, { prompt: 'none' });
    expect(errorOf(silent)[0]).toBe('login_required');
  });

  it('passes on whom the app expects and in which languages it speaks to them', async () => {
    const browser = webBrowser();
    const page = await ask(browser, { login_hint: 'ana@example.com', ui_locales: 'de fr-CA' });
    expect(page.html).toContain('<html lang="fr">');
    expect(page.forms.some((form) => form.values.get('email') === 'ana@example.com')).toBe(true);
  });

  it('says so when the person goes back without signing in', async () => {
    const browser = webBrowser();
    await ask(browser);
    expect(errorOf(await browser.open('/redirect/return_to_sp/cancel'))[0]).toBe('access_denied');
  });

  it('takes an answer once, in the browser that asked, from the issuer it asked', async () => {
    const account = await anAccount();
    const browser = webBrowser();
    await ask(browser);
    await browser.open(`${server.sample}/callback?code=made-up&state=made-up`);
    expect(errorOf(browser.page())[0]).toBe('unknown_state');

    browser.holdAt(`${server.sample}/callback`);
    await ask(browser);
    const { url: answer } = await signIn(browser, account);
    expect(answer.searchParams.get('iss')).toBe(server.issuer);
    const stolen = await webBrowser().open(answer.href);
    expect(errorOf(stolen)[0], 'in another browser').toBe('unknown_state');

    const foreign = new URL(answer);
    foreign.searchParams.set('iss', 'http://localhost:1/');
    expect((await browser.open(foreign.href)).status, 'from another issuer').toBe(400);
    expect(errorOf(await browser.open(answer.href))[0], 'looked at once').toBe('unknown_state');
    expect((await browser.open(`${server.sample}/`)).text).toContain('Nobody is signed in here.');
  });

  it('simulates a redirect that leaves the registered hosts', async () => {
    const account = await anAccount();
    const browser = webBrowser();
    await ask(browser, { leave_registered_hosts: 'yes' });
    await expect(signIn(browser, account)).rejects.toThrow(/form-action of .* forbids http:\/\/127\.0\.0\.1/);
  });

  it('has a page for people who could not be verified, and sends nothing that runs', async () => {
    const browser = webBrowser();
    const page = await browser.open(`${server.sample}/failure_to_proof`);
    expect(page.text).toContain('We could not verify you');
    expect(page.policy).toContain("default-src 'none'");
    expect((await browser.open(`${server.sample}/no-such-page`)).status).toBe(404);
    const foreign = await fetch(`${server.sample}/sign-in`, {
      method: 'POST',
      headers: { origin: 'https://elsewhere.example' },
      body: new URLSearchParams({ service_level: AUTH_ONLY }),
      redirect: 'manual',
    });
    expect(foreign.status).toBe(400);
  });
});

describe('G4 the sign-in script', () => {
  const run = promisify(execFile);
  const script = join(PROJECT, 'docs/examples/sign-in-script/sign-in.ts');

  it('signs in, reads userinfo and inbox, and signs out', async () => {
    const env = { ...process.env, GATEHOUSE_ISSUER: server.issuer, ADMIN_TOKEN: server.adminToken };
    const { stdout } = await run(process.execPath, [script], { env });
    const lines = stdout.split('\n');
    for (const start of ['app ', 'account ', 'code ', 'id_token ', 'userinfo ', 'message ', 'signed out ']) {
      expect(
        lines.some((line) => line.startsWith(start)),
        `${start}in\n${stdout}`,
      ).toBe(true);
    }
  });

  it('fails with exit code 1 and the reason when it may not', async () => {
    const env = { ...process.env, GATEHOUSE_ISSUER: server.issuer, ADMIN_TOKEN: 'wrong' };
    await expect(run(process.execPath, [script], { env })).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('answered 401'),
    });
  });
});
