import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routesWith } from '../browser/support/routes.ts';
import { Browser } from '../support/browser.ts';
import { aPerson, type Person, walk } from '../support/people.ts';
import { placeOf } from '../support/place.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker.close());

/** Addresses that take no form of our own: protocols and machines prove themselves by other means. */
const NO_FORM = /^\/(?:api\/|:uuid\/|openid_connect\/authorize$|openid_connect\/logout$)/;
/** Nothing to act on, told before the form is read: methods this person does not have, no verified identity. */
const NOTHING_THERE: readonly (readonly [RegExp, number])[] = [
  [/^\/manage\/(?:phone|piv_cac|webauthn|personal_key)\/:id/, 404],
  [/^\/account\/(?:personal_key$|reactivate\/)/, 303],
];
const expectedAt = (route: string): number => NOTHING_THERE.find(([form]) => form.test(route))?.[1] ?? 403;

const FORMS = [
  ...routesWith('post').filter((route) => !NO_FORM.test(route)),
  '/login/two_factor/sms',
  '/login/two_factor/voice',
];

async function signedIn(person: Person): Promise<Browser> {
  const browser = new Browser(worker);
  await browser.open('/');
  await walk(browser, person);
  await browser.open('/account');
  expect(placeOf(browser)).toBe('/account');
  return browser;
}

const tokenOf = ({ view }: Browser): string =>
  view.forms.find(({ names }) => names.has('csrf'))?.values.get('csrf') ?? '';

async function account(person: Person): Promise<unknown> {
  const answer = await worker.api('GET', `/api/sandbox/v1/accounts/${person.uuid}`);
  expect(answer.status).toBe(200);
  return answer.json();
}

/** Where the authentication app of this person is managed: a method that is really there. */
async function ownMethod(browser: Browser): Promise<string> {
  await browser.open('/account');
  const [, id] = /\/manage\/auth_app\/([\w-]+)/.exec(browser.view.html) ?? [];
  if (id === undefined) throw new Error('the account page shows no authentication app');
  return id;
}

const history = async (browser: Browser): Promise<string> => {
  await browser.open('/account/history');
  expect(placeOf(browser)).toBe('/account/history');
  return browser.view.text;
};

const TOKENS: readonly (readonly [string, () => Promise<string>])[] = [
  ['none', async () => ''],
  ['that of another browser', async () => tokenOf(await signedIn(await aPerson(worker)))],
];

describe('HD-2 a form without its token', () => {
  it('there are forms to try', () => expect(FORMS.length).toBeGreaterThan(50));

  it.each(TOKENS)('does nothing anywhere: %s', async (_, makeToken) => {
    const person = await aPerson(worker);
    const browser = await signedIn(person);
    const csrf = await makeToken();
    const before = [await account(person), await history(browser)];
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const method = await ownMethod(browser);
    for (const route of FORMS) {
      const path = route.replace('/auth_app/:id', `/auth_app/${method}`).replace(/:\w+/g, person.uuid);
      const answer = await worker.fetch(path, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          csrf,
          email: person.email,
          password: person.password,
          confirm: '1',
        }).toString(),
      });
      await answer.text();
      expect(answer.status, route).toBe(expectedAt(route));
    }
    expect([await account(person), await history(browser)]).toEqual(before);
  });
});

describe('HD-2 a form of another site', () => {
  const FOREIGN = [
    { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.test' },
    { origin: 'https://elsewhere.test' },
    { origin: 'null' },
  ] as const;

  it.each(FOREIGN)('takes no cookie away that its browser keeps back: %o', async (headers) => {
    for (const path of [
      '/',
      '/nothing/here',
      '/sign_out',
      '/fr/sign_out',
      '/api/saml/logout',
      '/openid_connect/logout',
    ]) {
      const answer = await worker.fetch(path, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        body: 'a=b',
      });
      expect(answer.headers.getSetCookie(), path).toEqual([]);
    }
  });

  it('a page asked for by a link brings them', async () => {
    const answer = await worker.fetch('/', { headers: { 'sec-fetch-site': 'cross-site' } });
    expect(answer.headers.getSetCookie().join()).toMatch(/gh_visit=.*gh_device=/);
  });
});
