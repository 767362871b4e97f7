import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { asObject, textOf } from '../support/json.ts';
import { linkIn, mailAbout, mailedLink, mailsTo, newestMail } from '../support/mail.ts';
import { question } from '../support/oidc.ts';
import { authenticatorOf, usePasskey } from '../support/passkey-pages.ts';
import { aPerson, type Person, signOut, walk } from '../support/people.ts';
import { placeOf } from '../support/place.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const PROFILE = { first_name: 'Wilhelmina', last_name: 'Quixote', ssn: '666-12-3489', dob: '1971-02-28' };
const NEW = { password: 'purple-stairs-and-candles', password_confirmation: 'purple-stairs-and-candles' };
const NAME = 'Wilhelmina Quixote';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker({ GH_ENV: 'local' });
});
afterAll(() => worker.close());

/** Somebody whose identity was verified. */
async function aVerifiedPerson(wish: Readonly<Record<string, unknown>> = {}) {
  const person = await aPerson(worker, { profile: PROFILE, ...wish });
  return { ...person, personalKey: textOf(asObject(person.made), 'personal_key') };
}

/** Signs in with password and second factor. */
async function signedIn(person: Person, password = person.password): Promise<Browser> {
  const browser = new Browser(worker);
  await browser.open('/');
  await walk(browser, { ...person, password });
  await browser.open('/account');
  expect(placeOf(browser)).toBe('/account');
  return browser;
}

/** Replaces a forgotten password through the mailbox; `times` it was asked for, this one included. */
async function reset(person: Person, times = 1): Promise<Browser> {
  const browser = new Browser(worker);
  await browser.open('/users/password/new');
  await browser.submit({ email: person.email });
  await browser.open(await mailedLink(worker, person.email, '/users/password/edit', times));
  return browser;
}

const keyOn = (browser: Browser): string =>
  /<code>([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})<\/code>/.exec(browser.view.html)?.[1] ?? '';

describe('AC-1, PI-4, PI-12 verified data', () => {
  it('is open after a password, with numbers masked', async () => {
    const browser = await signedIn(await aVerifiedPerson());
    expect(browser.view.text).toContain(NAME);
    expect(browser.view.text).toContain('89');
    expect(browser.view.html).not.toContain('666123489');
    expect(browser.view.html).not.toContain('666-12-3489');
  });

  it('stays open when addresses change and when the cookie turns over', async () => {
    const person = await aVerifiedPerson();
    const browser = await signedIn(person);
    await browser.open('/add/email');
    await browser.submit({ email: `second-${person.email}` });
    const link = linkIn(await newestMail(worker, `second-${person.email}`), '/add/email/confirm');
    await browser.open(link);
    await browser.submit();
    await browser.open('/account');
    expect(browser.view.text).toContain(`second-${person.email}`);
    expect(browser.view.text).toContain(NAME);
  });

  it('is hidden again on a remembered browser after half an hour (RD-5), until a real factor', async () => {
    const person = await aVerifiedPerson();
    const browser = new Browser(worker);
    await browser.open('/');
    await walk(browser, person, { remember: true });
    await signOut(browser);
    await browser.open('/');
    await browser.submit({ username: person.email, 'current-password': person.password });
    await browser.open('/account');
    expect(browser.view.text).toContain(NAME);
    for (let n = 0; n < 3; n += 1) {
      await worker.advance(14 * 60);
      await browser.open('/account');
    }
    expect(browser.view.text).not.toContain(NAME);
    await browser.open(browser.link('Confirm it is you'));
    await walk(browser, person);
    expect(placeOf(browser)).toBe('/account');
    expect(browser.view.text).toContain(NAME);
  });

  it('is part of the data one can download', async () => {
    const browser = await signedIn(await aVerifiedPerson());
    await browser.open('/account/download');
    await browser.submit({}, (form) => form.action === '/account/download');
    expect(browser.view.html).toContain('"social_security_number": "666123489"');
  });

  it('does not make an app’s verified question answerable yet', async () => {
    const app = await anApp(worker, { ial: 2 });
    const browser = new Browser(worker);
    await browser.open(question(app, { acr_values: 'urn:acr.login.gov:verified' }).url);
    await walk(browser, await aVerifiedPerson());
    expect(placeOf(browser)).toBe('/verify');
  });
});

describe('PW-5 a password change', () => {
  it('keeps the data open, under the new password alone, and issues a new personal key', async () => {
    const person = await aVerifiedPerson();
    const browser = await signedIn(person);
    await browser.open('/manage/password');
    await browser.submit(NEW);
    expect(placeOf(browser)).toBe('/manage/personal_key');
    const key = keyOn(browser);
    expect(key).not.toBe('');
    expect(key).not.toBe(person.personalKey);
    await browser.submit();
    expect(browser.view.status).toBe(422);
    expect(keyOn(browser), 'still there until it is acknowledged').toBe(key);
    await browser.submit({ acknowledged: '1' });
    expect(placeOf(browser)).toBe('/account');
    expect(browser.view.text).toContain(NAME);
    await browser.open('/manage/personal_key');
    expect(placeOf(browser), 'shown once').toBe('/account/personal_key');

    await expect
      .poll(async () => (await mailsTo(worker, person.email)).map(({ subject }) => subject))
      .toEqual(expect.arrayContaining(['Your password was changed', 'You have a new personal key']));

    const again = await signedIn(person, NEW.password);
    expect(again.view.text).toContain(NAME);
    const history = await again.open('/account/history');
    expect(history.text).toContain('Password changed');
    expect(history.text).toContain('New personal key');
  });
});

describe('PW-4, PW-7 a password reset', () => {
  it('warns, locks the data, and the personal key gets it back as it was', async () => {
    const person = await aVerifiedPerson();
    const stale = await signedIn(person);
    const forgetful = await reset(person);
    expect(forgetful.view.text).toContain('you need your personal key');
    await forgetful.submit(NEW);
    expect((await stale.open('/account')).url.pathname).toBe('/');

    const browser = await signedIn(person, NEW.password);
    expect(browser.view.text).not.toContain(NAME);
    expect(browser.view.text).toContain('Your verified information is locked.');
    await browser.open('/account/personal_key');
    expect(placeOf(browser), 'no key is issued for locked data').toBe('/account');
    await browser.open('/account/reactivate/verify_password');
    expect(placeOf(browser), 'the key comes first').toBe('/account/reactivate/verify_personal_key');

    await browser.open('/account/reactivate/start');
    await browser.open(browser.link('I have my personal key'));
    const typed = person.personalKey
      .toLowerCase()
      .replaceAll('-', ' ')
      .replaceAll('0', 'o')
      .replaceAll('1', 'l');
    await browser.submit({ personal_key: typed });
    expect(placeOf(browser)).toBe('/account/reactivate/verify_password');
    await browser.submit({ 'current-password': person.password });
    expect(browser.view.status, 'the password before the reset').toBe(422);
    await browser.submit({ 'current-password': NEW.password });
    expect(placeOf(browser)).toBe('/manage/personal_key');
    const key = keyOn(browser);
    expect(key).not.toBe(person.personalKey);
    await browser.submit({ acknowledged: '1' });
    await browser.open('/account');
    expect(browser.view.text).toContain(NAME);
    await mailAbout(worker, person.email, 'Your personal key was used');
    await mailAbout(worker, person.email, 'You have a new personal key');
    expect((await signedIn(person, NEW.password)).view.text).toContain(NAME);

    const second = await reset(person, 2);
    await second.submit({
      password: 'walnut-cathedral-spinnaker',
      password_confirmation: 'walnut-cathedral-spinnaker',
    });
    const later = await signedIn(person, 'walnut-cathedral-spinnaker');
    await later.open('/account/reactivate/verify_personal_key');
    await later.submit({ personal_key: person.personalKey });
    expect(later.view.status, 'the first key is void').toBe(422);
    await later.submit({ personal_key: key });
    expect(placeOf(later)).toBe('/account/reactivate/verify_password');
  });

  it('leaves four tries at the key, counted before they are made', async () => {
    const person = await aVerifiedPerson();
    await (await reset(person)).submit(NEW);
    const browser = await signedIn(person, NEW.password);
    const wrong = '0000-0000-0000-0000';
    await browser.open('/account/reactivate/verify_personal_key');
    await browser.submit({ personal_key: 'not a key' });
    expect(browser.view.status, 'what cannot be a key costs nothing').toBe(422);
    const page = browser.view;
    for (let n = 0; n < 4; n += 1) {
      await browser.submit({ personal_key: wrong });
      expect(browser.view.status).toBe(422);
      expect(browser.view.html).not.toContain(wrong);
    }
    await browser.submit({ personal_key: person.personalKey });
    expect(browser.view.status, 'even the right one').toBe(429);
    expect(page.status).toBe(422);
    await worker.advance(15 * 60 - 120);
    await browser.open('/account');
    await worker.advance(150);
    await browser.open('/account/reactivate/verify_personal_key');
    if (placeOf(browser).startsWith('/login/two_factor')) await walk(browser, person);
    await browser.open('/account/reactivate/verify_personal_key');
    await browser.submit({ personal_key: person.personalKey });
    expect(placeOf(browser)).toBe('/account/reactivate/verify_password');
  });

  it('leaves four tries also to twenty that arrive at once', async () => {
    const person = await aVerifiedPerson();
    await (await reset(person)).submit(NEW);
    const browser = await signedIn(person, NEW.password);
    const page = await browser.open('/account/reactivate/verify_personal_key');
    const form = page.forms.find(({ action }) => action.endsWith('/verify_personal_key'));
    if (form === undefined) throw new Error('no form');
    const fields = { ...Object.fromEntries(form.values), personal_key: '0000-0000-0000-0000' };
    const views = await Promise.all(
      Array.from({ length: 20 }, () => {
        const same = new Browser(worker);
        for (const [name, value] of browser.cookies) same.cookies.set(name, value);
        return same.post(form.action, fields);
      }),
    );
    const statuses = views.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(4).fill(422), ...Array(16).fill(429)]);
  });

  it('leads people whose app asks for a verified identity to the key (RT-1)', async () => {
    const person = await aVerifiedPerson();
    await (await reset(person)).submit(NEW);
    const app = await anApp(worker, { ial: 2 });
    const browser = new Browser(worker);
    await browser.open(question(app, { acr_values: 'urn:acr.login.gov:verified' }).url);
    await walk(browser, { ...person, password: NEW.password });
    expect(placeOf(browser)).toBe('/account/reactivate/start');
    await browser.open(browser.link('Verify my identity again'));
    expect(placeOf(browser)).toBe('/verify');
  });
});

describe('PK-2 a personal key issued anew', () => {
  it('replaces the one before, and every address is told', async () => {
    const person = await aVerifiedPerson();
    const browser = await signedIn(person);
    await browser.open('/account/personal_key');
    await browser.submit();
    expect(placeOf(browser)).toBe('/manage/personal_key');
    const key = keyOn(browser);
    await browser.submit({ acknowledged: '1' });
    await mailAbout(worker, person.email, 'You have a new personal key');
    await (await reset(person)).submit(NEW);
    const later = await signedIn(person, NEW.password);
    await later.open('/account/reactivate/verify_personal_key');
    await later.submit({ personal_key: person.personalKey });
    expect(later.view.status).toBe(422);
    await later.submit({ personal_key: key });
    expect(placeOf(later)).toBe('/account/reactivate/verify_password');
  });

  it('is nothing for people who were never verified', async () => {
    const browser = await signedIn(await aPerson(worker));
    for (const path of [
      '/account/personal_key',
      '/manage/personal_key',
      '/account/reactivate/start',
      '/login/password',
    ]) {
      await browser.open(path);
      expect(placeOf(browser), path).toBe('/account');
    }
  });
});

describe('BT-1, PV-3 people who sign in without a password', () => {
  it('find their data closed, and open it with the password where it is needed', async () => {
    const person = await aVerifiedPerson({ factors: ['platform_passkey', 'backup_codes'] });
    const browser = new Browser(worker);
    await browser.open('/');
    await usePasskey(browser, authenticatorOf(person.made?.credential));
    await browser.open('/account');
    expect(browser.view.text).not.toContain(NAME);
    expect(browser.view.text).toContain('Your verified information is encrypted with your password.');
    await browser.open('/manage/password');
    expect(placeOf(browser)).toBe('/login/password');
    await browser.submit({ 'current-password': 'not the password' });
    expect(browser.view.status).toBe(422);
    await browser.submit({ 'current-password': person.password });
    expect(placeOf(browser)).toBe('/manage/password');
    await browser.open('/account');
    expect(browser.view.text).toContain(NAME);
  });
});

describe('BT-2 a passkey with the PRF extension', () => {
  const withPrf = (credential: unknown) => {
    const authenticator = authenticatorOf(credential);
    authenticator.prfSecret = Buffer.from('what only this authenticator knows');
    return authenticator;
  };

  it('opens verified data by itself once it was used beside the password, until the password is reset', async () => {
    const person = await aVerifiedPerson({ factors: ['platform_passkey', 'backup_codes'] });
    const authenticator = withPrf(person.made?.credential);
    const first = new Browser(worker);
    await first.open('/');
    await usePasskey(first, authenticator);
    await first.open('/account');
    expect(first.view.text, 'it has no wrap yet').not.toContain(NAME);

    const beside = new Browser(worker);
    await beside.open('/');
    await beside.submit({ username: person.email, 'current-password': person.password });
    await beside.open('/login/two_factor/webauthn?platform=true');
    await usePasskey(beside, authenticator);
    expect(placeOf(beside)).toBe('/account');

    const alone = new Browser(worker);
    await alone.open('/');
    await usePasskey(alone, authenticator);
    await alone.open('/account');
    expect(alone.view.text).toContain(NAME);
    await alone.open('/manage/password');
    expect(placeOf(alone), 'nothing is left to unlock').toBe('/manage/password');
    await alone.submit(NEW);
    await alone.submit({ acknowledged: '1' });

    const changed = new Browser(worker);
    await changed.open('/');
    await usePasskey(changed, authenticator);
    await changed.open('/account');
    expect(changed.view.text, 'the data key is the same after a change').toContain(NAME);

    const other = withPrf(person.made?.credential);
    other.signCount = authenticator.signCount;
    other.prfSecret = Buffer.from('another secret');
    const wrong = new Browser(worker);
    await wrong.open('/');
    await usePasskey(wrong, other);
    await wrong.open('/account');
    expect(wrong.view.text).toContain('Your verified information is encrypted with your password.');

    await (await reset(person)).submit({
      password: 'walnut-cathedral-spinnaker',
      password_confirmation: 'walnut-cathedral-spinnaker',
    });
    const locked = new Browser(worker);
    await locked.open('/');
    authenticator.signCount = other.signCount;
    await usePasskey(locked, authenticator);
    await locked.open('/account');
    expect(locked.view.text).toContain('Your verified information is locked.');
  });
});

describe('PK-1 a personal key as second factor of an account that still has it', () => {
  it('works once, and its owner is told', async () => {
    const person = await aPerson(worker, { factors: ['personal_key'] });
    const key = textOf(asObject(person.made), 'personal_key');
    const browser = new Browser(worker);
    await browser.open('/');
    await browser.submit({ username: person.email, 'current-password': person.password });
    expect(placeOf(browser)).toBe('/login/two_factor/personal_key');
    await browser.submit({ personal_key: 'too short' });
    expect(browser.view.status).toBe(422);
    await browser.submit({ personal_key: '0000-0000-0000-0000' });
    expect(browser.view.status).toBe(422);
    await browser.submit({ personal_key: key.toLowerCase() });
    expect(placeOf(browser), 'nothing is left, so another method is set up').toBe(
      '/authentication_methods_setup',
    );
    await mailAbout(worker, person.email, 'Your personal key was used');

    const again = new Browser(worker);
    await again.open('/');
    await again.submit({ username: person.email, 'current-password': person.password });
    expect(placeOf(again)).toBe('/authentication_methods_setup');
  });

  it('locks the account after ten wrong ones, like every other method (FC-1)', async () => {
    const person = await aPerson(worker, { factors: ['personal_key', 'backup_codes'] });
    const key = textOf(asObject(person.made), 'personal_key');
    const browser = new Browser(worker);
    await browser.open('/');
    await browser.submit({ username: person.email, 'current-password': person.password });
    await browser.open('/login/two_factor/personal_key');
    for (let n = 0; n < 9; n += 1) await browser.submit({ personal_key: '0000-0000-0000-0000' });
    expect(browser.view.text).toContain('one more try');
    await browser.submit({ personal_key: '0000-0000-0000-0000' });
    expect(browser.view.status).toBe(429);
    await browser.open('/');
    await browser.submit({ username: person.email, 'current-password': person.password });
    expect(browser.view.status).toBe(429);
    expect(key).toHaveLength(19);
  });

  it('is no page for people who do not have one', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open('/');
    await browser.submit({ username: person.email, 'current-password': person.password });
    await browser.open('/login/two_factor/personal_key');
    expect(placeOf(browser)).toBe('/login/two_factor/options');
  });
});

describe('MM-2, MM-3 a personal key that shall sign in no more', () => {
  const removalIn = (browser: Browser): string =>
    /href="(\/manage\/personal_key\/[^"]+\/confirm_delete)"/.exec(browser.view.html)?.[1] ?? '';

  it('is removed with a question before it, an event, a mail, and remembered browsers forgotten', async () => {
    const person = await aVerifiedPerson({ factors: ['personal_key', 'backup_codes'] });
    const remembered = new Browser(worker);
    await remembered.open('/');
    await walk(remembered, person, { remember: true });
    await signOut(remembered);

    const browser = await signedIn(person);
    const path = removalIn(browser);
    await browser.open(path);
    expect(browser.view.text).toContain('Stop signing in with your personal key?');
    await browser.submit({}, (form) => form.action === path);
    expect(placeOf(browser)).toBe('/account/two_factor_authentication');
    expect(browser.view.text).toContain('The personal key was removed as a way to sign in.');
    expect(removalIn(browser)).toBe('');
    expect((await browser.open(path)).status).toBe(404);
    expect((await browser.open('/account/history')).text).toContain('Personal key removed');
    await mailAbout(worker, person.email, 'An authentication method was removed from your account');

    await remembered.open('/');
    await remembered.submit({ username: person.email, 'current-password': person.password });
    expect(placeOf(remembered), 'asked again').toBe('/login/two_factor/backup_code');
    await remembered.open('/login/two_factor/personal_key');
    expect(placeOf(remembered)).toBe('/login/two_factor/options');

    await (await reset(person)).submit(NEW);
    const later = await signedIn(person, NEW.password);
    await later.open('/account/reactivate/verify_personal_key');
    await later.submit({ personal_key: person.personalKey });
    expect(placeOf(later), 'verified information still opens (PK-2)').toBe(
      '/account/reactivate/verify_password',
    );
  });

  it('stays while nothing but face or touch unlock would be left', async () => {
    const person = await aPerson(worker, { factors: ['personal_key', 'platform_passkey'] });
    const browser = new Browser(worker);
    await browser.open('/');
    await usePasskey(browser, authenticatorOf(person.made?.credential));
    await browser.open('/account');
    const path = removalIn(browser);
    expect((await browser.open(path)).status).toBe(409);
    expect(browser.view.text).toContain('This method has to stay');
    const token = (await browser.open('/account/email_language')).forms.at(-1)?.values ?? new Map();
    const refused = await browser.post(path, Object.fromEntries(token));
    expect(refused.status).toBe(409);
    await browser.open('/account');
    expect(removalIn(browser)).toBe(path);
  });

  it('asks for a recent second factor first (RA-1), and is nobody else’s', async () => {
    const person = await aPerson(worker, { factors: ['personal_key', 'backup_codes'] });
    const browser = await signedIn(person);
    const path = removalIn(browser);
    const other = await signedIn(await aPerson(worker));
    expect((await other.open(path)).status).toBe(404);
    await worker.advance(14 * 60);
    await browser.open('/account');
    await worker.advance(7 * 60);
    await browser.open(path);
    expect(placeOf(browser)).toBe('/login/two_factor/backup_code');
    await browser.submit({ code: person.backupCode() });
    expect(placeOf(browser)).toBe(path);
  });
});
