import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { anApp, type TestApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { countEnv, noOps } from '../support/counting.ts';
import { servedHere } from '../support/isolate.ts';
import { answerOf, obtainCode, question, redeem } from '../support/oidc.ts';
import { aPerson, type Person, walk } from '../support/people.ts';

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
    const paths = [asked.url, '/continue', '/account', '/openid_connect/logout?client_id=x', '/sign_out'];
    for (const path of [
      ...paths,
      '/account/reauthentication?return=/account',
      '/redirect/return_to_sp/cancel',
    ]) {
      const before = ops.objects + ops.d1;
      const answer = await worker.fetch(path, { method: 'HEAD', headers: { cookie: cookieOf(browser) } });
      expect(await answer.text()).toBe('');
      expect(answer.headers.getSetCookie(), path).toEqual([]);
      expect(answer.headers.get('location'), path).toBeNull();
      expect(ops.objects + ops.d1 - before, path).toBe(0);
    }
    await browser.open(asked.url);
    expect((await redeem(worker, { ...asked, code: answerOf(browser.view).code })).status).toBe(200);
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
