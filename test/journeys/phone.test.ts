import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { asObject } from '../support/json.ts';
import { mailAbout, mailsTo } from '../support/mail.ts';
import { AAL, question } from '../support/oidc.ts';
import { aPerson, type Person, walk } from '../support/people.ts';
import { placeOf } from '../support/place.ts';
import { newestText, notThis, sentTo } from '../support/texts.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const TEXT_PAGE = '/login/two_factor/sms';
const CALL_PAGE = '/login/two_factor/voice';
const METHODS = '/account/two_factor_authentication';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker({ GH_ENV: 'local' });
});
afterAll(() => worker.close());

async function passwordOf(person: Person, browser = new Browser(worker)): Promise<Browser> {
  await browser.open('/');
  await browser.submit({ username: person.email, 'current-password': person.password });
  return browser;
}

/** The numbers of a test account, in the order they were added. */
function phonesOf({ made }: Person): readonly string[] {
  const phones: unknown = made?.phones;
  return Array.isArray(phones) ? phones.filter((phone) => typeof phone === 'string') : [];
}

const phoneOf = (person: Person): string => phonesOf(person)[0] ?? '';

/** Somebody with no method but phones, at the page that asks for the code; earlier sends are ten seconds ago. */
async function atCodePage(wish: Readonly<Record<string, unknown>> = { factors: ['phone'] }) {
  const person = await aPerson(worker, wish);
  const browser = await passwordOf(person);
  return { person, browser, number: phoneOf(person) };
}

/** Asks for another code, by text or by call, after the ten seconds that must lie between two. */
async function another(browser: Browser, channel: 'sms' | 'voice'): Promise<void> {
  await worker.advance(11);
  await browser.submit({ channel }, ({ action }) => action.endsWith('/otp/send'));
}

let nextLine = 0;
/** A number nobody else in this file has. */
function aNumber(area = '907'): string {
  nextLine += 1;
  return `(${area}) 555-01${String(nextLine).padStart(2, '0')}`;
}
const international = (typed: string): string => `+1${typed.replace(/\D/g, '')}`;

async function openSetUp(person: Person): Promise<Browser> {
  const browser = new Browser(worker);
  await browser.open('/');
  await walk(browser, person);
  await browser.open('/phone_setup');
  return browser;
}

describe('PH-1, PH-3 setting up a phone on the way to an app', () => {
  it('asks for number and code, adds the phone, and goes on to the app', async () => {
    const person = await aPerson(worker, { factors: [] });
    const app = await anApp(worker);
    const browser = new Browser(worker);
    const typed = aNumber();
    await browser.open(question(app).url);
    await walk(browser, person);
    expect(placeOf(browser)).toBe('/authentication_methods_setup');
    await browser.submit({ selection: 'phone' });
    expect(placeOf(browser)).toBe('/phone_setup');
    await browser.submit({ country: 'US', number: typed, channel: 'sms' });
    expect(placeOf(browser)).toBe('/phone_setup/code');
    expect(browser.view.text).toContain(`*** *** ${international(typed).slice(-4)}`);
    const sent = await newestText(worker, international(typed));
    expect(sent.channel).toBe('sms');
    expect(sent.text, 'PH-4 the last line is for this site').toMatch(/\n\n@\S+ #\d{6}$/);
    await browser.submit({ 'one-time-code': `#${sent.code}` });
    expect(placeOf(browser)).toBe('/auth_method_confirmation');
    await browser.open(browser.link('Skip for now'));
    await walk(browser, person);
    expect(browser.view.url.searchParams.get('code')).not.toBeNull();
    const mailed = async () => (await mailsTo(worker, person.email)).map(({ text }) => text).join('\n');
    await expect.poll(mailed).toContain(`*** *** ${international(typed).slice(-4)}`);
  });

  it.each([
    ['PH-2 impossible', { number: '555 123' }, 'cannot be a phone number'],
    ['PH-2 premium', { number: '900 555 0123' }, 'toll-free, premium'],
    ['PH-2 by look-up an internet number', { number: '225 555 2000' }, 'internet phone numbers'],
    ['PH-2 by look-up a landline for texts', { number: '225 555 3000' }, 'looks like a landline'],
    [
      'PH-1 no calls to new numbers there',
      { country: 'FR', number: '06 12 34 56 78', channel: 'voice' },
      'cannot call',
    ],
    ['PH-2 unsupported country', { number: '+53 5 1234567' }, 'do not reach phones there'],
    ['PH-7 delivery failed', { number: '225 555 1000' }, 'could not reach your phone'],
    ['PH-7 unknown to its carrier', { number: '225 555 3001' }, 'does not know this number'],
    ['PH-7 throttled', { number: '225 555 4000' }, 'Too many codes were sent'],
  ])('says what is wrong: %s', async (_rule, fields, words) => {
    const browser = await openSetUp(await aPerson(worker, { factors: ['totp'] }));
    await browser.submit({ country: 'US', channel: 'sms', ...fields });
    expect(browser.view.text).toContain(words);
  });

  it('offers a call to a landline, and reads the code three times', async () => {
    const browser = await openSetUp(await aPerson(worker, { factors: ['totp'] }));
    await browser.submit({ country: 'US', number: '225 555 3000', channel: 'sms' });
    await browser.submit({ tel: '225 555 3000' });
    expect(placeOf(browser)).toBe('/phone_setup/code');
    const call = await newestText(worker, '+12255553000');
    expect(call.channel).toBe('voice');
    expect(call.text.split([...call.code].join(', '))).toHaveLength(4);
  });

  it('refuses a number that is on the account already, and a sixth phone', async () => {
    const person = await aPerson(worker, { factors: ['totp', 'phone', 'phone', 'phone', 'phone'] });
    const browser = await openSetUp(person);
    await browser.submit({ country: 'US', number: phoneOf(person), channel: 'sms' });
    expect(browser.view.text).toContain('on your account already');
    const typed = aNumber();
    await browser.submit({ country: 'US', number: typed, channel: 'sms' });
    await browser.submit({ 'one-time-code': (await newestText(worker, international(typed))).code });
    await browser.open('/phone_setup');
    expect(placeOf(browser)).toBe('/authentication_methods_setup');
    expect(browser.view.text).toContain('five phones already');
  });
});

describe('PH-3 signing in by phone', () => {
  it('sends a text when the page opens, and nothing more when it is loaded again', async () => {
    const { browser, number } = await atCodePage();
    expect(placeOf(browser)).toBe(TEXT_PAGE);
    await browser.open(TEXT_PAGE);
    expect(browser.view.html, 'otp.expiry_warning_s').toMatch(/data-code-seconds="(?:600|59\d)"/);
    expect(await sentTo(worker, number)).toHaveLength(1);
    await browser.submit({ 'one-time-code': (await newestText(worker, number)).code });
    expect(placeOf(browser)).toBe('/account');
  });

  it('switches to a call; the code of the text is dead', async () => {
    const { browser, number } = await atCodePage();
    const texted = await newestText(worker, number);
    await another(browser, 'voice');
    expect(placeOf(browser)).toBe(CALL_PAGE);
    const called = await newestText(worker, number, 2);
    expect(called.channel).toBe('voice');
    if (texted.code !== called.code) {
      await browser.submit({ 'one-time-code': texted.code });
      expect(browser.view.status).toBe(422);
      expect(browser.view.text).toContain('This code is not right.');
    }
    await browser.submit({ 'one-time-code': called.code });
    expect(placeOf(browser)).toBe('/account');
  });

  it('takes a code only in the browser it was sent for', async () => {
    const { person, browser, number } = await atCodePage();
    const first = await newestText(worker, number);
    await worker.advance(11);
    const other = await passwordOf(person);
    await other.submit({ 'one-time-code': first.code });
    expect(other.view.status).toBe(422);
    await browser.submit({ 'one-time-code': first.code });
    expect(placeOf(browser)).toBe('/account');
  });

  it('refuses a code after ten minutes and says so', async () => {
    const { browser, number } = await atCodePage();
    await worker.advance(10 * 60);
    await browser.submit({ 'one-time-code': (await newestText(worker, number)).code });
    expect(browser.view.status).toBe(422);
    expect(browser.view.text).toContain('codes work for ten minutes');
  });

  it('asks for ten seconds of patience between two codes', async () => {
    const { browser, number } = await atCodePage();
    await browser.submit({ channel: 'sms' }, ({ action }) => action.endsWith('/otp/send'));
    expect(browser.view.text).toContain('Wait ten seconds');
    expect(await sentTo(worker, number)).toHaveLength(1);
  });

  it('lists each phone masked, and sends to the one that is chosen', async () => {
    const { person, browser } = await atCodePage({ factors: ['phone', 'phone'] });
    const [first = '', second = ''] = phonesOf(person);
    expect(await sentTo(worker, second), 'PH-5 the newest goes first').toHaveLength(1);
    await browser.open('/login/two_factor/options');
    expect(browser.view.text).toContain(`*** *** ${first.slice(-4)}`);
    expect(browser.view.text).not.toContain(first);
    const value = /value="(phone:[^"]+)"/.exec(browser.view.html)?.[1] ?? '';
    await browser.submit({ selection: value });
    await browser.submit({ 'one-time-code': (await newestText(worker, first)).code });
    expect(placeOf(browser)).toBe('/account');
  });
});

describe('FC-1, FC-2, otp_send.max locks', () => {
  it('locks at the tenth wrong code, together with every other method', async () => {
    const { browser, number, person } = await atCodePage();
    const wrong = notThis((await newestText(worker, number)).code);
    for (let n = 1; n < 10; n += 1) {
      await browser.submit({ 'one-time-code': wrong });
      expect(browser.view.status, `try ${n}`).toBe(422);
    }
    expect(browser.view.text).toContain('one more try');
    await browser.submit({ 'one-time-code': wrong });
    expect(browser.view.status).toBe(429);
    await passwordOf(person, browser);
    expect(browser.view.status, 'FC-2 shown right after the password').toBe(429);
  });

  it('locks at the eleventh code asked for in five minutes', async () => {
    const { browser, number } = await atCodePage();
    for (let n = 2; n <= 10; n += 1) await another(browser, 'sms');
    expect(await sentTo(worker, number)).toHaveLength(10);
    await another(browser, 'sms');
    expect(browser.view.status).toBe(429);
    expect(browser.view.text).toContain('Codes were asked for too many times.');
    expect(await sentTo(worker, number)).toHaveLength(10);
  });
});

describe('PH-6 a call instead', () => {
  it('brings the code to a number that wants no texts', async () => {
    await worker.advance(11);
    const { browser } = await atCodePage({ phones: ['+12255559999'], factors: [] });
    expect(placeOf(browser)).toMatch(/\/opt_in$/);
    await worker.advance(11);
    await browser.submit({ channel: 'voice' }, ({ action }) => action.endsWith('/otp/send'));
    expect(placeOf(browser)).toBe(CALL_PAGE);
    const { channel, code } = await newestText(worker, '+12255559999');
    expect(channel).toBe('voice');
    await browser.submit({ 'one-time-code': code });
    expect(placeOf(browser)).toBe('/account');
  });
});

describe('PH-6 a number that asked for no more texts', () => {
  it('explains, lets its owner opt back in, and sends the code that waited', async () => {
    const { browser } = await atCodePage({ phones: ['+12255559999'], factors: [] });
    expect(placeOf(browser)).toMatch(/^\/login\/two_factor\/sms\/[0-9a-f-]{36}\/opt_in$/);
    expect(browser.view.text).toContain('*** *** 9999');
    const there = placeOf(browser);
    await worker.advance(11);
    await browser.submit({}, ({ action }) => action.endsWith('/opt_in'));
    expect(placeOf(browser)).toBe(TEXT_PAGE);
    await browser.submit({ 'one-time-code': (await newestText(worker, '+12255559999')).code });
    expect(placeOf(browser)).toBe('/account');
    const stranger = await atCodePage();
    await stranger.browser.open(there);
    expect(placeOf(stranger.browser), 'nobody else sees whose number it is').toBe(TEXT_PAGE);
  });
});

describe('RA-1 asked again', () => {
  it('sends a fresh code for a new occasion, not the page of an old one', async () => {
    const person = await aPerson(worker, { factors: ['phone', 'totp'] });
    const browser = await passwordOf(person);
    await browser.open(TEXT_PAGE);
    await browser.open('/login/two_factor/authenticator');
    await browser.submit({ 'one-time-code': person.nextCode() ?? '' });
    expect(placeOf(browser)).toBe('/account');
    await worker.advance(600);
    await browser.open('/account');
    await worker.advance(700);
    await browser.open('/phone_setup');
    await browser.open(TEXT_PAGE);
    expect(browser.view.status).toBe(200);
    await browser.submit({ 'one-time-code': (await newestText(worker, phoneOf(person), 2)).code });
    expect(placeOf(browser)).toBe('/phone_setup');
  });
});

describe('AL-3 phones and assurance', () => {
  it('meets AAL2, and not a need for phishing resistance', async () => {
    const app = await anApp(worker);
    const { person, browser, number } = await atCodePage();
    await browser.submit({ 'one-time-code': (await newestText(worker, number)).code });
    await browser.open(question(app, { acr_values: `urn:acr.login.gov:auth-only ${AAL}/2` }).url);
    await walk(browser, person);
    expect(browser.view.url.searchParams.get('code')).not.toBeNull();
    await browser.open(
      question(app, { acr_values: `urn:acr.login.gov:auth-only ${AAL}/2?phishing_resistant=true` }).url,
    );
    expect(placeOf(browser)).toBe('/authentication_methods_setup');
  });
});

describe('MM-1, MM-3, PH-5 a phone on the account pages', () => {
  it('becomes the default, prefers calls, and is removed with word to its owner', async () => {
    // Made-up numbers may end alike; these differ in the four digits that are shown.
    const phones = [international(aNumber()), international(aNumber())];
    const person = await aPerson(worker, { factors: ['totp'], phones });
    const [first = '', second = ''] = phonesOf(person);
    const browser = new Browser(worker);
    await browser.open('/');
    await walk(browser, person);
    await browser.open(METHODS);
    expect(browser.view.text).toContain(`*** *** ${first.slice(-4)}`);
    const pages = [...browser.view.html.matchAll(/href="(\/manage\/phone\/[^"/]+)"/g)].map(
      ([, path]) => path ?? '',
    );
    expect(pages).toHaveLength(2);
    await browser.open('/account/download');
    await browser.submit({}, ({ action }) => action === '/account/download');
    expect(browser.view.html, 'BT-16 in full, for their owner').toContain(first);
    await browser.open(pages[0] ?? '');
    await browser.submit({ channel: 'voice', default: '1' });
    expect(placeOf(browser)).toBe(METHODS);
    expect(browser.view.text).toContain('Your choice was saved.');

    const again = await passwordOf(person);
    await again.open(TEXT_PAGE);
    expect(placeOf(again)).toBe(CALL_PAGE);
    expect(await sentTo(worker, second)).toHaveLength(0);
    await again.submit({ 'one-time-code': (await newestText(worker, first)).code });
    expect(placeOf(again)).toBe('/account');

    await browser.open(`${pages[0]}/confirm_delete`);
    await browser.submit({}, ({ action }) => action.endsWith('/confirm_delete'));
    expect(browser.view.text).toContain('The phone was removed.');
    expect(browser.view.text).not.toContain(first.slice(-4));
    const told = await mailAbout(
      worker,
      person.email,
      'An authentication method was removed from your account',
    );
    expect(told.text).toContain(`*** *** ${first.slice(-4)}`);
  });

  it('is nobody else’s: another person’s phone is not found', async () => {
    const other = await aPerson(worker, { factors: ['phone', 'totp'] });
    const theirs = new Browser(worker);
    await theirs.open('/');
    await walk(theirs, other);
    await theirs.open(METHODS);
    const path = /href="(\/manage\/phone\/[^"/]+)"/.exec(theirs.view.html)?.[1] ?? '';
    const browser = await openSetUp(await aPerson(worker, { factors: ['totp'] }));
    expect((await browser.open(path)).status).toBe(404);
    expect((await theirs.open(path)).status).toBe(200);
  });
});

describe('AR-1, AR-3 account reset', () => {
  it('texts the phones when it is asked for and when it is canceled', async () => {
    const { browser, number } = await atCodePage();
    await browser.open('/account_reset/request');
    await browser.submit({}, ({ action }) => action.endsWith('/account_reset/request'));
    await expect.poll(async () => (await sentTo(worker, number)).at(-1)?.text).toContain('asked to delete');
    await browser.open('/account_reset/pending');
    await browser.submit({ choice: 'cancel' });
    await expect.poll(async () => (await sentTo(worker, number)).at(-1)?.text).toContain('was canceled');
  });
});

describe('UR-10 the country list', () => {
  it('is public, cached for fifteen minutes, and named in the asked language', async () => {
    const answer = await worker.fetch('/fr/api/country-support');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=900');
    const { countries } = asObject(await answer.json());
    expect(asObject(countries).US).toEqual({
      country_code: '1',
      name: 'États-Unis',
      supports_sms: true,
      supports_sms_unconfirmed: true,
      supports_voice: true,
      supports_voice_unconfirmed: true,
    });
  });
});
