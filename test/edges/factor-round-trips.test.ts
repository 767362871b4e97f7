import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { findingName, writeFinding } from '../../src/factors/piv/card-token.ts';
import type { Card } from '../../src/factors/piv/model.ts';
import { cookieSeal } from '../../src/platform/cookie-seal.ts';
import { oneDatabase } from '../../src/platform/d1/database.ts';
import { factorsIn } from '../../src/platform/d1/factors.ts';
import { phonesIn } from '../../src/platform/d1/phones.ts';
import { Browser } from '../support/browser.ts';
import { countedWorker } from '../support/counted-worker.ts';
import { authenticatorOf, usePasskey } from '../support/passkey-pages.ts';
import { aPerson, type Person, walk } from '../support/people.ts';
import { testKeys } from '../support/sessions.ts';
import { newestText } from '../support/texts.ts';
import CERT from '../vectors/test-keys/first.crt.pem?raw';

/** A host for cards: what it finds out is said by the test itself, under the same root. */
const { worker, within } = countedWorker({
  PIV_HOST: 'card.idp.test',
  PIV_PROXY_SECRET: 'the-word-of-the-local-edge',
  PIV_ANCHOR_1: CERT,
});
const keys = testKeys();
const pick = oneDatabase(env.DB);
const factors = factorsIn(pick, keys);
const phones = phonesIn(pick, keys);
/** Where limits by network are enforced, which on a laptop everybody would share. */
const outside = countedWorker({ GH_ENV: 'staging', PIV_HOST: 'card.idp.test', PIV_ANCHOR_1: CERT });

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  for (const each of [worker, outside.worker]) {
    const browser = new Browser(each);
    await browser.open('/');
    await walk(browser, await aPerson(worker));
  }
});

const MOST = { objects: 3, d1: 2 } as const;

/** Past the password, at the page of this method. */
async function atFactor(person: Person, path: string): Promise<Browser> {
  const browser = new Browser(worker);
  await browser.open('/');
  await browser.submit({ username: person.email, 'current-password': person.password });
  await browser.open(path);
  return browser;
}

async function withCard(...kinds: readonly string[]): Promise<{ person: Person; card: Card }> {
  const person = await aPerson(worker, { factors: kinds });
  const subject = `CN=${person.email}`;
  const card = { identity: `identity of ${subject}`, subject, issuer: 'CN=Authority', keyId: 'ab' };
  const event = { kind: 'piv_cac_enabled', at: Date.now(), browser: null } as const;
  const added = await factors.addCard({ account: person.uuid, name: 'Card', card, replaces: null, event });
  expect(added.ok).toBe(true);
  return { person, card };
}

/** Presses the button that asks for a card, and comes back with what the other host found. */
async function present(browser: Browser, card: Card): Promise<string> {
  const path = browser.view.url.pathname;
  await browser.submit({}, ({ action }) => /piv_cac/.test(action));
  const ticket = browser.view.url.searchParams.get('ticket') ?? '';
  const finding = writeFinding({ at: Date.now(), result: { card } });
  const token = await cookieSeal(keys).seal(findingName(ticket.split('.')[0] ?? ''), finding);
  const back = `${path}?token=${encodeURIComponent(token)}`;
  await browser.open(back);
  return back;
}

describe('PE-2 storage calls of every second factor, work after the response included', () => {
  it('a code by text', async () => {
    const person = await aPerson(worker, { factors: ['phone'] });
    const browser = await atFactor(person, '/login/two_factor/sms');
    const [number] = Array.isArray(person.made?.phones) ? person.made.phones : [];
    await browser.submit({ 'one-time-code': (await newestText(worker, String(number))).code });
    expect(browser.view.url.pathname).toBe('/account');
    within('POST /login/two_factor/sms', MOST);
  });

  it('a code by voice', async () => {
    const person = await aPerson(worker, { factors: ['phone'] });
    const [phone] = await phones.list(person.uuid);
    if (phone === undefined) throw new Error('no phone');
    await phones.change(person.uuid, phone.id, { delivery: 'voice', makeDefault: true }, Date.now());
    const browser = await atFactor(person, '/login/two_factor/voice');
    const [number] = Array.isArray(person.made?.phones) ? person.made.phones : [];
    await browser.submit({ 'one-time-code': (await newestText(worker, String(number))).code });
    expect(browser.view.url.pathname).toBe('/account');
    within('POST /login/two_factor/voice', MOST);
  });

  it('a personal key', async () => {
    const person = await aPerson(worker, { factors: ['personal_key', 'totp'] });
    const browser = await atFactor(person, '/login/two_factor/personal_key');
    await browser.submit({ personal_key: String(person.made?.personal_key) });
    expect(browser.view.url.pathname).toBe('/account');
    within('POST /login/two_factor/personal_key', MOST);
  });

  it('a card', async () => {
    const { person, card } = await withCard('totp');
    const browser = await atFactor(person, '/login/two_factor/piv_cac');
    await present(browser, card);
    expect(browser.view.url.pathname).toBe('/account');
    within('GET /login/two_factor/piv_cac', MOST);
  });
});

describe('PE-2 storage calls of a sign-in without a password, work after the response included', () => {
  it('with a passkey', async () => {
    const person = await aPerson(worker, { factors: ['platform_passkey', 'totp'] });
    const browser = new Browser(outside.worker);
    await browser.open('/');
    await usePasskey(browser, authenticatorOf(person.made?.credential));
    expect(browser.view.url.pathname).toBe('/account');
    outside.within('POST /login/passkey', MOST);
  });

  it('with a card', async () => {
    const { card } = await withCard('totp');
    const browser = new Browser(outside.worker);
    await browser.open('/login/piv_cac');
    await present(browser, card);
    expect(browser.view.url.pathname).toBe('/account');
    outside.within('GET /login/piv_cac', MOST);
  });
});
