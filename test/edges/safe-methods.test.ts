import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { yearInSeason } from '../../src/platform/keys/saml-calendar.ts';
import { anApp, RETURN, type TestApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { countEnv, noOps } from '../support/counting.ts';
import { servedHere } from '../support/isolate.ts';
import { answerOf, obtainCode, question, redeem } from '../support/oidc.ts';
import { aPerson, type Person, walk } from '../support/people.ts';

/** In January the endpoints of the year before are the open ones. */
const YEAR = yearInSeason(Date.now());
const ops = noOps();
const worker = servedHere(countEnv(env, ops));
let app: TestApp;
let person: Person;

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  app = await anApp(worker, { allow_prompt_login: true });
  person = await aPerson(worker);
});

const cookieOf = (browser: Browser): string =>
  [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');

const listed = async (uuid: string): Promise<number> => {
  const { results } = await env.DB.prepare('SELECT locator FROM sessions WHERE account = ?').bind(uuid).all();
  return results.length;
};

describe('RFC 9110 section 9.2.1 a HEAD does nothing', () => {
  it('answers no question, though a GET of the same address would', async () => {
    const browser = new Browser(worker);
    await obtainCode(browser, person, app);
    const asked = question(app);
    const leave = new URLSearchParams({
      client_id: app.clientId,
      post_logout_redirect_uri: RETURN,
      state: 'x'.repeat(32),
    });
    const paths = [asked.url, '/continue', '/account', `/openid_connect/logout?${leave}`, '/sign_out'];
    for (const path of [
      ...paths,
      '/account/reauthentication?return=/account',
      '/redirect/return_to_sp/cancel',
    ]) {
      const before = ops.objects + ops.d1;
      const answer = await worker.fetch(path, { method: 'HEAD', headers: { cookie: cookieOf(browser) } });
      expect(await answer.text()).toBe('');
      expect(answer.status, path).toBe(200);
      expect(answer.headers.getSetCookie(), path).toEqual([]);
      expect(answer.headers.get('location'), path).toBeNull();
      expect(ops.objects + ops.d1 - before, path).toBe(0);
    }
    await browser.open(asked.url);
    expect((await redeem(worker, { ...asked, code: answerOf(browser.view).code })).status).toBe(200);
  });

  it('E7 signs nobody out by SAML', async () => {
    const browser = new Browser(worker);
    await obtainCode(browser, person, app);
    const path = `/api/saml/logout${YEAR}`;
    const answer = await worker.fetch(path, { method: 'HEAD', headers: { cookie: cookieOf(browser) } });
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []]);
    await browser.open('/account');
    expect(browser.view.url.pathname).toBe('/account');
  });

  it.each([
    ['/openid_connect/authorize', 400],
    ['/openid_connect/authorize?client_id=urn:nobody', 400],
    ['/openid%5Fconnect/authorize', 400],
    ['/openid_connect/logout?client_id=x', 400],
    ['/fr/openid_connect/logout', 400],
    [`/api/saml/auth${YEAR}?SAMLRequest=nonsense`, 400],
    ['/api/saml/auth', 400],
    ['/api/saml/auth1999', 404],
    ['/api/saml/complete', 404],
    [`/api/saml/authpost${YEAR}`, 404],
  ])('E7 tells of an unusable request what a GET is told: %s', async (path, status) => {
    const [head, get] = await Promise.all(['HEAD', 'GET'].map((method) => worker.fetch(path, { method })));
    expect([head?.status, get?.status]).toEqual([status, status]);
    expect([await head?.text(), head?.headers.getSetCookie()]).toEqual(['', []]);
  });

  it('still tells about what is only read, and about what is not there', async () => {
    const head = (path: string) => worker.fetch(path, { method: 'HEAD' });
    expect((await head('/.well-known/openid-configuration')).status).toBe(200);
    expect((await head('/')).status).toBe(200);
    expect((await head('/nothing/here')).status).toBe(404);
  });
});

describe('MFA-5 a forced re-authentication', () => {
  it('takes the session it ends off the list of its account', async () => {
    const known = await aPerson(worker);
    const browser = new Browser(worker);
    await obtainCode(browser, known, app);
    expect(await listed(known.uuid)).toBe(1);
    // Longer ago than the window in which the same app would be looping.
    await new Promise<void>((done) => setTimeout(done, 2100));
    await browser.open(question(app, { prompt: 'login' }).url);
    expect(browser.view.url.pathname).toBe('/');
    expect(await listed(known.uuid)).toBe(0);
  });
});

describe('RA-1 where somebody goes on after their second factor', () => {
  const ask = (browser: Browser, site: string, tag = '') =>
    worker.fetch(`/account/reauthentication?return=%2Faccount%2Fdelete${tag}`, {
      headers: { cookie: cookieOf(browser), 'sec-fetch-site': site },
    });

  it('is not chosen by pages of other sites', async () => {
    const browser = new Browser(worker);
    await browser.open('/');
    await walk(browser, await aPerson(worker));
    expect(browser.view.url.pathname).toBe('/account');
    const foreign = await ask(browser, 'cross-site');
    expect(foreign.headers.get('location')).toBe('/account');
    const neighbour = await ask(browser, 'same-site', '&tag=guessed');
    expect(neighbour.headers.get('location')).toBe('/account');
    await browser.open('/login/two_factor/authenticator');
    expect(browser.view.url.pathname, 'nothing was kept').toBe('/account');
    const own = await ask(browser, 'same-origin');
    expect(own.headers.get('location')).toBe('/login/two_factor');
  });
});
