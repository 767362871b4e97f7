import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { aCardPerson, pathOf, presentCard } from '../support/card-people.ts';
import { type CardWorld, startCardWorld } from '../support/cards.ts';
import { AAL, AUTH_ONLY, answerOf, question } from '../support/oidc.ts';
import { authenticatorOf, usePasskey } from '../support/passkey-pages.ts';
import { aPerson, type Person, signOut } from '../support/people.ts';
import type { TestWorker } from '../support/worker.ts';

const DAY_S = 24 * 3600;
const SECOND_METHOD = '/second_mfa_reminder';
const BACKUP_CODES = '/backup_code_reminder';
const CODE = '/login/two_factor/authenticator';

let world: CardWorld;
let worker: TestWorker;
beforeAll(async () => {
  world = await startCardWorld({ GH_ENV: 'local' });
  worker = world.worker;
});
afterAll(() => world.close());

async function givePassword(person: Person, browser: Browser, at = '/'): Promise<string> {
  await browser.open(at);
  await browser.submit({ username: person.email, 'current-password': person.password });
  return pathOf(browser);
}

/** Password and code; where that leads. */
async function signIn(person: Person, browser: Browser, remember: '1' | null = null): Promise<string> {
  expect(await givePassword(person, browser)).toBe(CODE);
  await browser.submit({ 'one-time-code': person.nextCode() ?? '', remember_device: remember });
  return pathOf(browser);
}

const notNow = (browser: Browser) => browser.submit({}, ({ action }) => action.endsWith('_reminder'));

describe('RT-1 (12) a second method', () => {
  // First, while the clock of the handshake, which nobody moves, finds the card in force.
  it('is suggested after a passkey alone, and after a card alone', async () => {
    const keyholder = await aPerson(worker, { factors: ['security_key'] });
    const clerk = await aCardPerson(world, ['piv']);
    await worker.advance(31 * DAY_S);
    const first = new Browser(worker);
    await first.open('/');
    await usePasskey(first, authenticatorOf(keyholder.made?.credential));
    expect(pathOf(first)).toBe(SECOND_METHOD);
    const second = new Browser(worker);
    await second.open('/login/piv_cac');
    await presentCard(world, second, clerk.card);
    expect(pathOf(second)).toBe(SECOND_METHOD);
    await notNow(second);
    expect(pathOf(second)).toBe('/account');
  });

  it('is suggested once the account is a month old; declined, on no browser again (DM-1)', async () => {
    const person = await aPerson(worker, { factors: ['totp'] });
    const browser = new Browser(worker);
    expect(await signIn(person, browser)).toBe('/account');
    await worker.advance(31 * DAY_S);
    expect(await signIn(person, browser)).toBe(SECOND_METHOD);
    await notNow(browser);
    expect(pathOf(browser)).toBe('/account');
    await worker.advance(DAY_S);
    expect(await signIn(person, new Browser(worker))).toBe('/account');
  });

  it('is declined by nobody who has the password alone', async () => {
    const person = await aPerson(worker, { factors: ['totp'] });
    await worker.advance(31 * DAY_S);
    const thief = new Browser(worker);
    expect(await givePassword(person, thief)).toBe(CODE);
    const csrf = thief.view.forms[0]?.values.get('csrf') ?? '';
    await thief.post(SECOND_METHOD, { csrf });
    expect(pathOf(thief)).toBe(CODE);
    expect(await signIn(person, new Browser(worker))).toBe(SECOND_METHOD);
  });

  it('is suggested at the tenth sign-in of a young account, also where the browser is remembered', async () => {
    const person = await aPerson(worker, { factors: ['totp'] });
    const browser = new Browser(worker);
    expect(await signIn(person, browser, '1')).toBe('/account');
    for (let count = 2; count <= 9; count += 1) {
      await signOut(browser);
      expect(await givePassword(person, browser), `sign-in ${count}`).toBe('/account');
    }
    await signOut(browser);
    expect(await givePassword(person, browser)).toBe(SECOND_METHOD);
  });

  it('is not counted towards by factors shown again in a session', async () => {
    const person = await aPerson(worker, { factors: ['totp'] });
    const browser = new Browser(worker);
    await signIn(person, browser);
    for (let count = 0; count < 10; count += 1) {
      await worker.advance(60);
      await browser.open('/account/reauthentication?return=/account');
      await browser.submit({ 'one-time-code': person.nextCode() ?? '' });
      expect(pathOf(browser)).toBe('/account');
    }
    await worker.advance(60);
    expect(await signIn(person, new Browser(worker))).toBe('/account');
  });
});

describe('RT-1 (13) backup codes', () => {
  it('are asked after when their owner comes back after five months', async () => {
    const person = await aPerson(worker);
    expect(await signIn(person, new Browser(worker))).toBe('/account');
    await worker.advance(151 * DAY_S);
    const browser = new Browser(worker);
    expect(await signIn(person, browser)).toBe(BACKUP_CODES);
    await notNow(browser);
    expect(pathOf(browser)).toBe('/account');
  });

  it('are asked after when they come back with a passkey', async () => {
    const person = await aPerson(worker, { factors: ['security_key', 'backup_codes'] });
    const key = authenticatorOf(person.made?.credential);
    const browser = new Browser(worker);
    await browser.open('/');
    await usePasskey(browser, key);
    expect(pathOf(browser)).toBe('/account');
    await worker.advance(151 * DAY_S);
    const later = new Browser(worker);
    await later.open('/');
    await usePasskey(later, key);
    expect(pathOf(later)).toBe(BACKUP_CODES);
  });
});

describe('RT-2 reminders', () => {
  it('do not stand in the way, and come once in a session', async () => {
    const app = await anApp(worker);
    const person = await aPerson(worker, { factors: ['totp'] });
    await worker.advance(31 * DAY_S);
    const browser = new Browser(worker);
    expect(await givePassword(person, browser, question(app).url)).toBe(CODE);
    await browser.submit({ 'one-time-code': person.nextCode() ?? '' });
    expect(pathOf(browser)).toBe(SECOND_METHOD);
    await browser.open('/continue');
    expect(pathOf(browser), 'left unanswered').toBe('/sign_up/completed');
    await browser.submit();
    expect(answerOf(browser.view).code).toMatch(/^gh_code_/);
    await worker.advance(60);
    await browser.open('/account/reauthentication?return=/continue');
    await browser.submit({ 'one-time-code': person.nextCode() ?? '' });
    expect(pathOf(browser)).toBe('/account');
  });

  it('come after the factor that the app demands, where the browser alone was remembered (RD-4)', async () => {
    const app = await anApp(worker);
    const person = await aPerson(worker, { factors: ['totp'] });
    await worker.advance(25 * DAY_S);
    const browser = new Browser(worker);
    expect(await signIn(person, browser, '1')).toBe('/account');
    await signOut(browser);
    await worker.advance(6 * DAY_S);
    const strict = question(app, { acr_values: `${AUTH_ONLY} ${AAL}/2` });
    expect(await givePassword(person, browser, strict.url)).toBe(CODE);
    await browser.submit({ 'one-time-code': person.nextCode() ?? '' });
    expect(pathOf(browser)).toBe(SECOND_METHOD);
    await notNow(browser);
    expect(pathOf(browser)).toBe('/sign_up/completed');
  });
});
