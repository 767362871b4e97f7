import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBase32 } from '../../src/factors/totp/base32.ts';
import { totpAt, totpStep } from '../../src/factors/totp/totp.ts';
import { anApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { linkIn, mailsTo, newestMail } from '../support/mail.ts';
import { AAL, question } from '../support/oidc.ts';
import { aPerson, type Person, signOut, walk } from '../support/people.ts';
import { placeOf } from '../support/place.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const APP_PAGE = '/login/two_factor/authenticator';
const CODE_PAGE = '/login/two_factor/backup_code';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker({ GH_ENV: 'local' });
});
afterAll(() => worker.close());

/** Gives the password and stops at the second factor, or wherever that leads. */
async function passwordOf(person: Person, browser = new Browser(worker)): Promise<Browser> {
  await browser.open('/');
  await browser.submit({ username: person.email, 'current-password': person.password });
  return browser;
}

async function signedIn(person: Person, remember = false, browser = new Browser(worker)): Promise<Browser> {
  await browser.open('/');
  await walk(browser, person, { remember });
  if (placeOf(browser) !== '/account') throw new Error(`not signed in: ${browser.view.text}`);
  return browser;
}

describe('FC-3 choosing a method', () => {
  it('asks for the app first and offers the codes', async () => {
    const person = await aPerson(worker);
    const browser = await passwordOf(person);
    expect(placeOf(browser)).toBe(APP_PAGE);
    await browser.open(browser.link('Use another method'));
    await browser.submit({ selection: 'backup_codes' });
    expect(placeOf(browser)).toBe(CODE_PAGE);
    await browser.submit({ code: person.backupCode().toLowerCase().replaceAll('-', ' ') });
    expect(placeOf(browser), 'BC-1 any case, with or without dashes').toBe('/account');
  });

  it('shows no other method to somebody who has one', async () => {
    const person = await aPerson(worker, { factors: ['totp'] });
    const browser = await passwordOf(person);
    expect(() => browser.link('Use another method')).toThrow();
    expect(browser.link('I cannot use this method')).toBe('/account_reset/recovery_options');
  });

  it('asks nobody who need not be asked', async () => {
    const person = await aPerson(worker);
    const browser = await signedIn(person);
    await browser.open('/login/two_factor');
    expect(placeOf(browser)).toBe('/account');
    await browser.open('/login/two_factor/backup_code');
    expect(placeOf(browser)).toBe('/account');
  });
});

describe('TO-1, BC-2 a code is good once', () => {
  it('refuses the same app code in another session', async () => {
    const person = await aPerson(worker);
    const code = person.nextCode() ?? '';
    const first = await passwordOf(person);
    await first.submit({ 'one-time-code': code });
    expect(placeOf(first)).toBe('/account');
    const second = await passwordOf(person);
    await second.submit({ 'one-time-code': code });
    expect(second.view.status).toBe(422);
    expect(second.view.text).toContain('This code was used before.');
  });

  it('lets one of two simultaneous uses of a backup code through', async () => {
    const person = await aPerson(worker);
    const code = person.backupCode();
    const browsers = [await passwordOf(person), await passwordOf(person)];
    for (const browser of browsers) await browser.open(CODE_PAGE);
    await Promise.all(browsers.map((browser) => browser.submit({ code })));
    expect(browsers.filter((browser) => placeOf(browser) === '/account')).toHaveLength(1);
  });

  it('issues and shows ten new codes when the last one was used', async () => {
    const person = await aPerson(worker, { factors: ['backup_codes'] });
    let browser = new Browser(worker);
    for (let n = 0; n < 10; n += 1) {
      browser = await passwordOf(person);
      await browser.submit({ code: person.backupCode() });
    }
    expect(placeOf(browser)).toBe('/backup_code_setup');
    expect(browser.view.text).toContain('That was your last backup code.');
    const shown = [...browser.view.html.matchAll(/<code>([0-9A-Z-]{14})<\/code>/g)].map(
      ([, code]) => code ?? '',
    );
    expect(shown).toHaveLength(10);
    await expect
      .poll(async () => (await mailsTo(worker, person.email)).map(({ subject }) => subject))
      .toContain('An authentication method was added to your account');
    const again = await passwordOf(person);
    await again.submit({ code: shown[0] ?? '' });
    expect(placeOf(again), 'RT-1: so many sign-ins with one method').toBe('/second_mfa_reminder');
  });
});

describe('FC-1, FC-2 wrong codes', () => {
  it('locks at the tenth, signs out, refuses the right code, and opens again after ten minutes', async () => {
    const person = await aPerson(worker);
    const browser = await passwordOf(person);
    for (let n = 1; n < 10; n += 1) {
      await browser.submit({ 'one-time-code': person.wrongCode() });
      expect(browser.view.status, `try ${n}`).toBe(422);
    }
    expect(browser.view.text).toContain('one more try');
    const second = await passwordOf(person);
    await browser.submit({ 'one-time-code': person.wrongCode() });
    expect(browser.view.status).toBe(429);
    expect(browser.view.text).toContain('Try again in 10 minutes.');
    await browser.open('/account');
    expect(placeOf(browser), 'signed out').toBe('/');

    await second.submit({ 'one-time-code': person.nextCode() ?? '' });
    expect(second.view.status, 'even a right code is refused').toBe(429);
    const third = await passwordOf(person);
    expect(third.view.status, 'the lock page comes right after the password').toBe(429);

    await worker.advance(601);
    const later = await signedIn(person);
    expect(placeOf(later)).toBe('/account');
  });

  it('keeps a remembered browser out as well while the lock stands', async () => {
    const person = await aPerson(worker);
    const remembered = await signedIn(person, true);
    await signOut(remembered);
    const guessing = await passwordOf(person);
    for (let n = 0; n < 10; n += 1) await guessing.submit({ 'one-time-code': person.wrongCode(n) });
    expect(guessing.view.status).toBe(429);
    await passwordOf(person, remembered);
    expect(remembered.view.status, 'the lock page comes right after the password').toBe(429);
    await remembered.open('/account');
    expect(placeOf(remembered)).toBe('/');
    await worker.advance(601);
    expect(placeOf(await passwordOf(person, remembered)), 'still remembered').toBe('/account');
  });

  it('goes on counting when the owner comes by on a remembered browser: that is no right answer', async () => {
    const person = await aPerson(worker);
    const remembered = await signedIn(person, true);
    await signOut(remembered);
    const guessing = await passwordOf(person);
    for (let n = 0; n < 9; n += 1) await guessing.submit({ 'one-time-code': person.wrongCode(n) });
    expect(placeOf(await passwordOf(person, remembered))).toBe('/account');
    const again = await passwordOf(person);
    await again.submit({ 'one-time-code': person.wrongCode(9) });
    expect(again.view.status).toBe(429);
  });

  it('counts over all methods together', async () => {
    const person = await aPerson(worker);
    const browser = await passwordOf(person);
    for (let n = 0; n < 5; n += 1) await browser.submit({ 'one-time-code': person.wrongCode() });
    await browser.open(CODE_PAGE);
    for (let n = 0; n < 5; n += 1) await browser.submit({ code: '0000-0000-0000' });
    expect(browser.view.status).toBe(429);
  });

  it('does not count what cannot be a code, and forgets failures at a success', async () => {
    const person = await aPerson(worker);
    const browser = await passwordOf(person);
    for (let n = 0; n < 12; n += 1) await browser.submit({ 'one-time-code': '12 34' });
    expect(browser.view.status).toBe(422);
    for (let n = 0; n < 9; n += 1) await browser.submit({ 'one-time-code': person.wrongCode() });
    await browser.submit({ 'one-time-code': person.nextCode() ?? '' });
    expect(placeOf(browser)).toBe('/account');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const again = await passwordOf(person);
    await again.submit({ 'one-time-code': person.wrongCode() });
    expect(again.view.status).toBe(422);
    expect(again.view.text).not.toContain('before your account is locked');
  });
});

describe('RD-1 to RD-4 remembered browsers', () => {
  it('asks for no code for 30 days, then again', async () => {
    const person = await aPerson(worker);
    const browser = await signedIn(person, true);
    await worker.advance(29 * 86_400);
    expect(placeOf(await passwordOf(person, browser))).toBe('/account');
    expect(placeOf(await passwordOf(person)), 'only this browser').toBe(APP_PAGE);
    await worker.advance(86_400);
    expect(placeOf(await passwordOf(person, browser))).toBe(APP_PAGE);
  });

  it('does not stand in where an app asks for AAL2', async () => {
    const person = await aPerson(worker);
    const browser = await signedIn(person, true);
    await worker.advance(13 * 3600);
    const app = await anApp(worker);
    await browser.open(question(app).url);
    await browser.submit({ username: person.email, 'current-password': person.password });
    expect(placeOf(browser)).toBe('/sign_up/completed');
    await browser.open(question(app, { acr_values: `urn:acr.login.gov:auth-only ${AAL}/2` }).url);
    expect(placeOf(browser)).toBe(APP_PAGE);
  });

  it('keeps the choice of the box for the next time', async () => {
    const person = await aPerson(worker);
    const browser = await passwordOf(person);
    const box = () =>
      browser.view.forms.find(({ names }) => names.has('remember_device'))?.values.get('remember_device');
    expect(box(), 'RD-1 on when no app waits').toBe('1');
    await browser.submit({ 'one-time-code': person.nextCode() ?? '', remember_device: null });
    await worker.advance(13 * 3600);
    await passwordOf(person, browser);
    expect(box()).toBeUndefined();
  });

  it('stays remembered when a later code comes without the box: that revokes nothing (RD-3)', async () => {
    const person = await aPerson(worker);
    const browser = await signedIn(person, true);
    const app = await anApp(worker);
    await worker.advance(13 * 3600);
    await browser.open(question(app, { acr_values: `urn:acr.login.gov:auth-only ${AAL}/2` }).url);
    await walk(browser, person, { remember: false });
    await worker.advance(13 * 3600);
    expect(placeOf(await passwordOf(person, browser))).toBe('/account');
    await worker.advance(29 * 86_400);
    expect(placeOf(await passwordOf(person, browser)), 'nor does it prolong').toBe(APP_PAGE);
  });

  it('is of no use to another account, nor after it was tampered with', async () => {
    const one = await aPerson(worker);
    const two = await aPerson(worker);
    const browser = await signedIn(one, true);
    await worker.advance(13 * 3600);
    expect(placeOf(await passwordOf(two, browser))).toBe(APP_PAGE);
    const [name, value] = [...browser.cookies].find(([key]) => key.endsWith('gh_remember')) ?? ['', ''];
    const copy = new Browser(worker);
    copy.cookies.set(name, value.slice(0, -2) + (value.endsWith('AA') ? 'BB' : 'AA'));
    expect(placeOf(await passwordOf(one, copy))).toBe(APP_PAGE);
  });
});

describe('SI-5 news about a new browser', () => {
  it('goes out after the second factor, not for a browser that is known', async () => {
    const person = await aPerson(worker);
    const browser = await signedIn(person);
    const mail = await newestMail(worker, person.email);
    expect(mail.text).toContain('Firefox 140');
    expect(mail.text, 'the events').toMatch(/Password entered: .*\n.*Signed in with a second method: /);
    expect(linkIn(mail, '/events/disavow')).toContain('disavowal_token');
    await signOut(browser);
    await worker.advance(120);
    await signedIn(person, false, browser);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await mailsTo(worker, person.email)).toHaveLength(1);
  });

  it('goes out by itself when the second factor does not follow', async () => {
    const person = await aPerson(worker);
    await passwordOf(person);
    await worker.advance(301);
    await worker.runCron();
    const mail = await newestMail(worker, person.email);
    expect(linkIn(mail, '/events/disavow')).toContain('disavowal_token');
  });

  it('goes out although its owner signs in elsewhere meanwhile', async () => {
    const person = await aPerson(worker);
    const own = await signedIn(person);
    await newestMail(worker, person.email);
    await signOut(own);
    await passwordOf(person);
    await worker.advance(60);
    await signedIn(person, false, own);
    await worker.advance(301);
    await worker.runCron();
    const mail = await newestMail(worker, person.email, 2);
    expect(mail.subject).toBe('Someone used your password on a new browser');
  });

  it('goes out for a browser that gave no more than the password before', async () => {
    const person = await aPerson(worker);
    const browser = await passwordOf(person);
    await worker.advance(1000);
    await worker.runCron();
    await newestMail(worker, person.email);
    await signedIn(person, false, browser);
    expect((await newestMail(worker, person.email, 2)).subject).toBe('New sign-in to your account');
    await signOut(browser);
    await worker.advance(120);
    await signedIn(person, false, browser);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await mailsTo(worker, person.email), 'it is known now').toHaveLength(2);
  });
});

describe('RA-1, RA-2 asking again before the methods change', () => {
  it('lets a fresh sign-in add a method, a stale one only after a code, and comes back', async () => {
    const person = await aPerson(worker, { factors: ['totp'] });
    const browser = await signedIn(person);
    await browser.open('/backup_code_setup');
    expect(placeOf(browser)).toBe('/backup_code_setup');
    for (let n = 0; n < 2; n += 1) {
      await worker.advance(700);
      await browser.open('/account');
    }
    await browser.open('/backup_code_setup');
    expect(placeOf(browser)).toBe(APP_PAGE);
    await browser.submit({ 'one-time-code': person.nextCode() ?? '' });
    expect(placeOf(browser)).toBe('/backup_code_setup');
  });

  it('does not take a remembered browser for a code', async () => {
    const person = await aPerson(worker);
    const browser = await signedIn(person, true);
    await worker.advance(13 * 3600);
    await passwordOf(person, browser);
    expect(placeOf(browser)).toBe('/account');
    await browser.open('/authenticator_setup');
    expect(placeOf(browser)).toBe(APP_PAGE);
  });

  it('leads back to our own pages only', async () => {
    const person = await aPerson(worker);
    const browser = await signedIn(person);
    for (const target of ['https://evil.test/', '//evil.test', '/\\evil.test', 'account']) {
      await browser.open(`/account/reauthentication?return=${encodeURIComponent(target)}`);
      await browser.open(CODE_PAGE);
      await browser.submit({ code: person.backupCode() });
      expect(placeOf(browser), target).toBe('/account');
    }
  });
});

describe('MC-1 to MC-8 setting methods up', () => {
  it('walks through everything that was ticked, and mails about each', async () => {
    const person = await aPerson(worker, { factors: ['totp'] });
    const browser = await signedIn(person);
    await newestMail(worker, person.email);
    await browser.open('/authentication_methods_setup');
    await browser.submit({ selection: 'totp' });
    const shown = /class="gh-secret"[^>]*>([^<]+)</.exec(browser.view.html)?.[1] ?? '';
    await browser.open('/authenticator_setup');
    expect(browser.view.html, 'TO-2 a reload keeps the secret').toContain(shown);
    const secret = fromBase32(shown) ?? new Uint8Array();
    await browser.submit({ name: '', 'one-time-code': '111111' });
    expect(browser.view.html).toContain('id="name-error"');
    expect(browser.view.html).toContain('id="code-error"');
    await browser.submit({ name: 'Tablet', 'one-time-code': totpAt(secret, totpStep(worker.now())) });
    expect(browser.view.text).toContain('Your authentication app was added.');
    const mail = await newestMail(worker, person.email, 2);
    expect(mail.text).toContain('Tablet');

    await browser.open('/authenticator_setup');
    const third = fromBase32(/class="gh-secret"[^>]*>([^<]+)</.exec(browser.view.html)?.[1] ?? '') ?? secret;
    expect(third).not.toEqual(secret);
    await browser.submit({ name: 'Third', 'one-time-code': totpAt(third, totpStep(worker.now())) });
    expect(browser.view.text, 'totp.max').toContain('two authentication apps already');
  });

  it('suggests a second method after backup codes alone (MC-5), and keeps the last one (MM-2)', async () => {
    const person = await aPerson(worker, { factors: ['backup_codes'] });
    const browser = new Browser(worker);
    await passwordOf(person, browser);
    await browser.submit({ code: person.backupCode() });
    await browser.open('/confirm_backup_codes');
    expect(browser.view.text).toContain('Are your backup codes saved?');
    await browser.open('/backup_code_delete');
    await browser.submit({}, (form) => form.action.endsWith('/backup_code_delete'));
    expect(browser.view.text).toContain('last method');
    const again = await passwordOf(person);
    await again.submit({ code: person.backupCode() });
    expect(placeOf(again), 'the codes still work').toBe('/account');
  });

  it('new codes void the old ones and remembered browsers (BC-3)', async () => {
    const person = await aPerson(worker);
    const browser = await signedIn(person, true);
    await browser.open('/backup_code_regenerate');
    await browser.submit({}, (form) => form.action.endsWith('/backup_code_regenerate'));
    expect(placeOf(browser)).toBe('/backup_code_setup');
    expect(browser.view.html.match(/<code>[0-9A-Z-]{14}<\/code>/g)).toHaveLength(10);
    await browser.submit({}, (form) => form.action.endsWith('/backup_code_continue'));
    await browser.open('/backup_code_setup');
    expect(browser.view.html, 'shown once').not.toContain('<code>');

    await worker.advance(13 * 3600);
    await passwordOf(person, browser);
    expect(placeOf(browser)).toBe(APP_PAGE);
    await browser.open(CODE_PAGE);
    await browser.submit({ code: person.backupCode() });
    expect(browser.view.status).toBe(422);
  });

  it('offers nothing and the way back where the app demands a kind we cannot set up here (AL-4)', async () => {
    const person = await aPerson(worker);
    const app = await anApp(worker);
    const browser = new Browser(worker);
    await browser.open(
      question(app, { acr_values: `urn:acr.login.gov:auth-only ${AAL}/2?phishing_resistant=true` }).url,
    );
    await walk(browser, person);
    expect(placeOf(browser)).toBe('/authentication_methods_setup');
    expect(browser.view.text).toContain('Parks asks for a stronger method');
    expect(browser.link('Back to Parks')).toContain('/redirect/return_to_sp/cancel');
  });
});
