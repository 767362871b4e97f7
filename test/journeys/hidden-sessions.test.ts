import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.ts';
import { aPerson, type Person, walk } from '../support/people.ts';
import { placeOf } from '../support/place.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const SESSION = 'gh_session';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker({ GH_ENV: 'local' });
});
afterAll(() => worker.close());

const nameOf = ({ cookies }: Browser): string =>
  [...cookies.keys()].find((name) => name.endsWith(SESSION)) ?? '';

async function atHome(person: Person, browser = new Browser(worker)): Promise<Browser> {
  await browser.open('/');
  await walk(browser, person);
  await browser.open('/account');
  expect(placeOf(browser)).toBe('/account');
  return browser;
}

/** The cookie of a browser with the name of its session and a secret nobody made. */
const posing = (as: Browser): string =>
  `${(as.cookies.get(nameOf(as)) ?? '').slice(0, -43)}${'A'.repeat(43)}`;

/** A page of the session shows what its forms must bring along. */
async function csrfOf(browser: Browser): Promise<string> {
  const { forms } = await browser.open('/sign_out');
  return forms.find(({ action }) => action.endsWith('/sign_out'))?.values.get('csrf') ?? '';
}

const endAll = (person: Person) =>
  worker.api('POST', `/api/admin/v1/users/${person.uuid}/revoke-sessions`, { reason: 'ticket 4712' });

const expectOver = async (browser: Browser): Promise<void> => {
  await browser.open('/account');
  expect(placeOf(browser)).toBe('/');
};

describe('SE-6 who knows the name of a session and not its secret', () => {
  it('takes it off no list by signing out: it can still be ended from elsewhere', async () => {
    const person = await aPerson(worker);
    const victim = await atHome(person);
    const poser = new Browser(worker);
    poser.cookies.set(nameOf(victim), posing(victim));
    await poser.post('/sign_out', { csrf: await csrfOf(victim) });
    expect(poser.view.status).toBe(200);
    await victim.open('/account');
    expect(placeOf(victim)).toBe('/account');

    expect((await endAll(person)).status).toBe(200);
    await expectOver(victim);
  });

  it('takes it off no list by signing in over it', async () => {
    const person = await aPerson(worker);
    const victim = await atHome(person);
    const { email, password } = await aPerson(worker);
    const poser = new Browser(worker);
    poser.cookies.set(nameOf(victim), posing(victim));
    await poser.post('/', { csrf: await csrfOf(victim), email, password });
    expect(placeOf(poser)).toBe('/login/two_factor/authenticator');
    await victim.open('/account');
    expect(placeOf(victim)).toBe('/account');

    expect((await endAll(person)).status).toBe(200);
    await expectOver(victim);
  });

  it('while a browser that signs in over its own session ends that', async () => {
    const person = await aPerson(worker);
    const first = await atHome(person);
    const again = new Browser(worker);
    again.cookies.set(nameOf(first), first.cookies.get(nameOf(first)) ?? '');
    const { email, password } = person;
    await again.post('/', { csrf: await csrfOf(first), email, password });
    expect(placeOf(again)).toBe('/login/two_factor/authenticator');
    await expectOver(first);
  });
});
