import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp, changeApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { asObject, textOf } from '../support/json.ts';
import { answerOf, question } from '../support/oidc.ts';
import { aPerson, walk } from '../support/people.ts';
import { placeOf } from '../support/place.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker({ GH_ENV: 'local' });
});
afterAll(() => worker.close());

/** Tries a password on a fresh sign-in page. */
async function attempt(email: string, password: string, browser = new Browser(worker)): Promise<Browser> {
  await browser.open('/');
  await browser.submit({ username: email, 'current-password': password });
  return browser;
}

/** What a refused sign-in shows: everything but the address. */
const refusalOf = ({ view }: Browser, email: string): string =>
  `${view.status} ${view.text.replaceAll(email, '')}`;

describe('SI-3, AE-1 a sign-in that is refused', () => {
  it('says the same for a wrong password, an unknown address and an account without a password', async () => {
    const person = await aPerson(worker);
    const wrong = await attempt(person.email, 'not the right password');
    const unknown = await attempt('nobody@agency.gov', 'not the right password');
    expect(wrong.view.status).toBe(422);
    expect(wrong.view.text).toContain('do not match');
    expect(refusalOf(unknown, 'nobody@agency.gov')).toBe(refusalOf(wrong, person.email));

    const signUp = new Browser(worker);
    await signUp.open('/sign_up/enter_email');
    await signUp.submit({ email: 'half@agency.gov', terms_accepted: '1' });
    const half = await attempt('half@agency.gov', 'not the right password');
    expect(refusalOf(half, 'half@agency.gov')).toBe(refusalOf(wrong, person.email));
  });

  it('keeps the address and never the password', async () => {
    const browser = await attempt('somebody@agency.gov', 'my typed secret words');
    const form = browser.view.forms.find(({ byAutocomplete }) => byAutocomplete.has('username'));
    expect(form?.values.get('email')).toBe('somebody@agency.gov');
    expect(browser.view.html).not.toContain('my typed secret words');
  });

  it('names the field when one is empty or is no address', async () => {
    const browser = await attempt('not an address', '');
    expect(browser.view.status).toBe(422);
    expect(browser.view.html).toContain('id="email-error"');
    expect(browser.view.html).toContain('id="password-error"');
  });

  it('blocks the sixth try for a minute, the right password included (signin.email_ip)', async () => {
    const person = await aPerson(worker);
    for (let n = 0; n < 5; n += 1) {
      expect((await attempt(person.email, `wrong password ${n}`)).view.status).toBe(422);
    }
    const blocked = await attempt(person.email, person.password);
    expect(blocked.view.status).toBe(429);
    expect(blocked.view.html).toContain('data-error-id="too-many"');
    expect(blocked.view.text).toMatch(/Try again in \d+ seconds|Try again in 1 minute/);
    await worker.advance(61);
    expect(placeOf(await attempt(person.email, person.password))).toBe('/login/two_factor/authenticator');
  });

  it('blocks the sixth try of one browser, whatever the addresses, and no other browser (signin.session_failures)', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open('/');
    const tryAs = (username: string, password: string) =>
      browser.submit({ username, 'current-password': password });
    for (let n = 0; n < 5; n += 1) {
      await tryAs(`somebody-${n}@agency.gov`, 'wrong password');
      expect(browser.view.status).toBe(422);
      expect(browser.view.html).toContain('data-error-id="form-refused"');
    }
    await tryAs(person.email, person.password);
    expect(browser.view.status, 'the password is not looked at').toBe(429);
    expect(placeOf(await attempt(person.email, person.password))).toBe('/login/two_factor/authenticator');
    await worker.advance(61);
    await tryAs(person.email, person.password);
    expect(placeOf(browser)).toBe('/login/two_factor/authenticator');
  });

  it('forgets failures at a success', async () => {
    const person = await aPerson(worker);
    for (let round = 0; round < 3; round += 1) {
      for (let n = 0; n < 3; n += 1) await attempt(person.email, 'wrong password');
      expect(placeOf(await attempt(person.email, person.password))).toBe('/login/two_factor/authenticator');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
});

describe('HD-2 forms belong to the browser that opened them', () => {
  it('refuses a form without its token, changes nothing, and offers the page again', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open('/');
    await browser.post('/', { csrf: 'forged', email: person.email, password: person.password });
    expect(browser.view.status).toBe(403);
    await browser.open(browser.link('Try again'));
    expect(placeOf(browser)).toBe('/');
    await browser.open('/account');
    expect(placeOf(browser), 'nobody was signed in').toBe('/');
  });

  it('refuses a form of another browser', async () => {
    const person = await aPerson(worker);
    const mine = new Browser(worker);
    await mine.open('/');
    const theirs = new Browser(worker);
    await theirs.open('/');
    const form = mine.view.forms.find(({ names }) => names.has('password'));
    const csrf = form?.values.get('csrf') ?? '';
    await theirs.post('/', { csrf, email: person.email, password: person.password });
    expect(theirs.view.status).toBe(403);
  });

  it('refuses a cross-site post and a body that is not a form', async () => {
    const page = new Browser(worker);
    await page.open('/');
    const cookie = [...page.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const csrf = page.view.forms.find(({ names }) => names.has('password'))?.values.get('csrf') ?? '';
    const body = new URLSearchParams({ csrf, email: 'a@agency.gov', password: 'some password' }).toString();
    const urlencoded = 'application/x-www-form-urlencoded';
    const send = (headers: Record<string, string>) =>
      worker.fetch('/', { method: 'POST', headers: { cookie, ...headers }, body });
    expect((await send({ 'content-type': urlencoded })).status, 'the control').toBe(422);
    expect((await send({ 'content-type': urlencoded, origin: 'https://evil.test' })).status).toBe(403);
    expect((await send({ 'content-type': urlencoded, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await send({ 'content-type': 'text/plain' })).status).toBe(403);
  });

  it('refuses a body beyond the limit unread', async () => {
    const page = new Browser(worker);
    await page.open('/');
    await page.submit({ username: 'a@agency.gov', 'current-password': 'x'.repeat(100_000) });
    expect(page.view.status).toBe(413);
  });
});

describe('AP-1 to AP-6 on the way to an app', () => {
  it('names the app, leads back to it with access_denied and the state (FLO-9)', async () => {
    const app = await anApp(worker);
    const asked = question(app);
    const browser = new Browser(worker);
    await browser.open(asked.url);
    expect(browser.view.text).toContain('Parks uses');
    await browser.open(browser.link('Back to Parks'));
    const answer = answerOf(browser.view);
    expect(answer.error).toBe('access_denied');
    expect(answer.state).toBe(asked.state);
    expect(answer.code).toBe('');
  });

  it('shows the app\u2019s help text, cleaned (AP-3)', async () => {
    const app = await anApp(worker, {
      help_text: {
        sign_in: { en: '<p>Use your <strong>badge</strong> address.</p><script>alert(1)</script>' },
      },
    });
    const browser = new Browser(worker);
    await browser.open(question(app).url);
    expect(browser.view.html).toContain('<p>Use your <strong>badge</strong> address.</p>');
    expect(browser.view.html).not.toContain('alert(1)');
  });

  it('does not sign anybody in for an app that was switched off (AP-6)', async () => {
    const app = await anApp(worker);
    const browser = new Browser(worker);
    await browser.open(question(app).url);
    await changeApp(worker, app, { active: false });
    await worker.advance(60);
    await browser.open('/continue');
    expect(placeOf(browser)).toBe('/app_inactive');
    expect(browser.view.status).toBe(403);
  });

  it('goes home when there is no app to go back to', async () => {
    const browser = new Browser(worker);
    await browser.open('/redirect/return_to_sp/cancel');
    expect(placeOf(browser)).toBe('/');
    await browser.open('/redirect/return_to_sp/failure_to_proof');
    expect(placeOf(browser)).toBe('/');
  });
});

describe('UR-10, UR-11, SE-3 staying and leaving', () => {
  const session = async (
    browser: Browser,
    init: { method?: string; headers?: Record<string, string> } = {},
  ) => {
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const { headers, ...rest } = init;
    const answer = await worker.fetch('/api/internal/sessions', { ...rest, headers: { cookie, ...headers } });
    return { status: answer.status, body: asObject(await answer.json()) };
  };

  it('tells whether the session lives without prolonging it, and prolongs it only with the token', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    expect((await session(browser)).body).toEqual({ live: false, timeout: null });
    await browser.open('/');
    await walk(browser, person);
    expect(placeOf(browser)).toBe('/account');
    const csrf = /data-csrf="([^"]*)"/.exec(browser.view.html)?.[1] ?? '';

    await worker.advance(600);
    const told = await session(browser);
    expect(told.body.live).toBe(true);
    const left = Date.parse(textOf(told.body, 'timeout')) - worker.now();
    expect(Math.abs(left - 300_000), 'asking does not count as being there').toBeLessThan(10_000);
    expect((await session(browser, { method: 'PUT' })).status).toBe(403);
    const forged = { 'x-csrf-token': csrf, origin: 'https://evil.test' };
    expect((await session(browser, { method: 'PUT', headers: forged })).status).toBe(403);
    const longer = await session(browser, { method: 'PUT', headers: { 'x-csrf-token': csrf } });
    expect(longer.status).toBe(200);
    const renewed = Date.parse(textOf(longer.body, 'timeout')) - worker.now();
    expect(Math.abs(renewed - 900_000)).toBeLessThan(10_000);

    await worker.advance(901);
    expect((await session(browser)).body).toEqual({ live: false, timeout: null });
    await browser.open('/continue');
    expect(placeOf(browser)).toBe('/');
    expect(browser.view.text).toContain('Please sign in again.');
  });

  it('asks before it signs out, and then does', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open('/');
    await walk(browser, person);
    await browser.open('/sign_out');
    expect(browser.view.status).toBe(200);
    await browser.open('/account');
    expect(placeOf(browser), 'a link ends nothing').toBe('/account');
    await browser.open('/logout');
    const ask = browser.view.forms.find(({ action }) => action === '/sign_out');
    await browser.post('/sign_out', { csrf: ask?.values.get('csrf') ?? '' });
    expect(browser.view.text).toContain('You are signed out.');
    await browser.open('/account');
    expect(placeOf(browser)).toBe('/');
  });

  it('sends somebody who is signed in on from the sign-in page', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open('/');
    await walk(browser, person);
    await browser.open('/es');
    expect(browser.view.url.pathname).toBe('/es/account');
  });

  it('lets machines index three pages only', async () => {
    const answer = await worker.fetch('/robots.txt');
    const lines = (await answer.text()).split('\n');
    expect(lines).toContain('Disallow: /');
    expect(lines.filter((line) => line.startsWith('Allow: '))).toHaveLength(15);
    expect(lines).toContain('Allow: /es/sign_up/enter_email$');
  });
});

describe('G8 every page that says no', () => {
  it.each([
    '/nothing/here',
    '/bounced',
    '/app_inactive',
    '/errors/service_provider_inactive',
    '/openid_connect/authorize',
    '/openid_connect/logout',
    '/api/saml/complete',
    '/api/saml/auth2026',
  ])('names the request by which its log line is found: %s', async (path) => {
    const browser = new Browser(worker);
    await browser.open(path);
    const { headers, text, status } = browser.view;
    expect(status >= 400, String(status)).toBe(path !== '/errors/service_provider_inactive');
    expect(text).toContain(headers.get('x-request-id'));
  });
});
