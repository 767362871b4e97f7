import { applyD1Migrations, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { sessions } from '../../src/platform/objects/sessions.ts';
import { anApp, type TestApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { servedHere } from '../support/isolate.ts';
import { answerOf, obtainCode, question } from '../support/oidc.ts';
import { aPerson, type Person, walk } from '../support/people.ts';
import { ACCOUNT, RULES_PUBLISHED_AT, sessionStart, testKeys } from '../support/sessions.ts';

const single = { ...env, SINGLE_SESSION: 'true' };
const worker = servedHere(single);
let app: TestApp;

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  app = await anApp(worker);
});

const locatorsOf = async (person: Person): Promise<readonly string[]> => {
  const { results } = await env.DB.prepare('SELECT locator FROM sessions WHERE account = ?')
    .bind(person.uuid)
    .all<{ locator: string }>();
  return results.map(({ locator }) => locator);
};

/** A person signed in at an app in one browser, and then signed in somewhere else too. */
async function twoBrowsers(): Promise<{ person: Person; browser: Browser; elsewhere: Browser }> {
  const person = await aPerson(worker);
  const browser = new Browser(worker);
  await obtainCode(browser, person, app);
  const elsewhere = new Browser(worker);
  await elsewhere.open('/');
  await walk(elsewhere, person);
  await expect.poll(() => locatorsOf(person), { timeout: 10_000 }).toHaveLength(1);
  return { person, browser, elsewhere };
}

const OTHER_BROWSER = 'your account was used in another browser';

describe('SE-2 a deployment with one session per account', () => {
  it('explains at the next page why the older one is over', async () => {
    const { browser, elsewhere } = await twoBrowsers();
    await browser.open('/account');
    expect(browser.view.url.pathname).toBe('/');
    expect(browser.view.text).toContain(OTHER_BROWSER);
    await browser.open('/');
    expect(browser.view.text, 'said once').not.toContain(OTHER_BROWSER);
    await elsewhere.open('/account');
    expect(elsewhere.view.url.pathname).toBe('/account');
  });

  it('keeps the question of an app, asked before or after', async () => {
    for (const path of ['ask', 'go on']) {
      const { person, browser } = await twoBrowsers();
      const asked = question(app);
      await browser.open(asked.url);
      expect(browser.view.text, path).toContain(OTHER_BROWSER);
      if (path === 'go on') await browser.open(browser.view.url.href);
      expect(answerOf(await walk(browser, person)).state).toBe(asked.state);
    }
  });

  it('explains at the sign-in page too', async () => {
    const { browser } = await twoBrowsers();
    await browser.open('/');
    expect(browser.view.text).toContain(OTHER_BROWSER);
  });

  it('tells an app that forbids pages only that nobody is signed in', async () => {
    const { browser } = await twoBrowsers();
    await browser.open(question(app, { prompt: 'none' }).url);
    expect(answerOf(browser.view).error).toBe('login_required');
  });
});

describe('SE-6 a session that was ended from elsewhere', () => {
  const store = sessions(env.SESSIONS, testKeys(), {
    secureCookies: true,
    rulesPublishedAt: RULES_PUBLISHED_AT,
  });

  it('tells why to the browser whose it was, and to nobody else', async () => {
    const now = Date.now();
    const handle = await store.begin(sessionStart(now), now);
    expect(await store.whyEnded(handle), 'it lives').toBeNull();
    const rotated = await store.rotate(handle, now, []);
    if (rotated === null) throw new Error('no session');
    expect(await store.endFor(handle.locator, ACCOUNT, 'password')).toBe(true);
    expect(await store.whyEnded(rotated.handle)).toBe('password');
    expect(await store.whyEnded(handle), 'its cookie from before').toBe('password');
    expect(await store.whyEnded({ ...handle, secret: new Uint8Array(32) })).toBeNull();
    expect(await store.view(rotated.handle, now)).toBeNull();
  });

  it('keeps nothing but that, and not for long', async () => {
    const now = Date.now();
    const handle = await store.begin(sessionStart(now), now);
    await store.endFor(handle.locator, ACCOUNT, 'signed-out');
    const stub = env.SESSIONS.getByName(handle.locator);
    const kept = () =>
      runInDurableObject(stub, (_object, { storage }) => [...storage.kv.list()].map(([key]) => key));
    expect(await kept()).toEqual(['ended']);
    expect(await runDurableObjectAlarm(stub)).toBe(true);
    expect(await kept()).toEqual([]);
    expect(await store.whyEnded(handle)).toBeNull();
  });
});
