import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { linkIn, mailAbout, mailedLink, mailsTo, newestMail } from '../support/mail.ts';
import { answerOf, question } from '../support/oidc.ts';
import { aPerson, type Person, walk } from '../support/people.ts';
import { placeOf } from '../support/place.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const PASSWORD = 'purple-stairs-and-candles';
const NEW = { password: PASSWORD, password_confirmation: PASSWORD } as const;

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker({ GH_ENV: 'local' });
});
afterAll(() => worker.close());

/** Asks for a reset and gives the mailed link; `mails` is how many messages the address has then. */
async function ask(address: string, mails = 1, browser = new Browser(worker)): Promise<string> {
  await browser.open('/users/password/new');
  await browser.submit({ email: address });
  return linkIn(await newestMail(worker, address, mails), '/users/password/edit');
}

async function passwordWorks(person: Person, password: string): Promise<boolean> {
  const browser = new Browser(worker);
  await browser.open('/');
  await browser.submit({ username: person.email, 'current-password': password });
  return placeOf(browser).startsWith('/login/two_factor');
}

/** Signs in and waits until the mail about the new browser is there. */
async function signedIn(person: Person, remember = false): Promise<Browser> {
  const browser = new Browser(worker);
  await browser.open('/');
  await walk(browser, person, { remember });
  await newestMail(worker, person.email);
  return browser;
}

describe('PW-1 to PW-3 a forgotten password', () => {
  it('is replaced through the mailbox; nobody is signed in by it, and every address is told', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open('/');
    await browser.open(browser.link('Forgot your password?'));
    const link = await ask(person.email, 1, browser);
    expect(placeOf(browser)).toBe('/forgot_password');
    await browser.open(link);
    expect(browser.view.text).toContain('Only go on if you asked for this yourself.');
    await browser.submit(NEW);
    expect(placeOf(browser)).toBe('/');
    expect(browser.view.text).toContain('Your password was changed.');
    expect(await passwordWorks(person, person.password)).toBe(false);
    expect(await passwordWorks(person, PASSWORD)).toBe(true);
    const told = await newestMail(worker, person.email, 2);
    expect(linkIn(told, '/events/disavow')).toContain('disavowal_token');
  });

  it('answers alike for every address; only the mailbox learns more (AE-1)', async () => {
    const person = await aPerson(worker);
    const answers: string[] = [];
    for (const address of [person.email, 'nobody@agency.gov']) {
      const browser = new Browser(worker);
      await browser.open('/users/password/new');
      await browser.submit({ email: address });
      answers.push(`${browser.view.status} ${browser.view.text.replaceAll(address, 'ADDRESS')}`);
    }
    expect(answers[0]).toBe(answers[1]);
    const told = await newestMail(worker, 'nobody@agency.gov');
    expect(told.links.join()).not.toContain('reset_password_token');
    expect(told.links.some((link) => link.includes('/sign_up/enter_email'))).toBe(true);
  });

  it('refuses what is no address, and keeps it in the field', async () => {
    const browser = new Browser(worker);
    await browser.open('/users/password/new');
    await browser.submit({ email: 'no address' });
    expect(browser.view.status).toBe(422);
    expect(browser.view.html).toContain('value="no address"');
    expect(browser.view.html).toContain('id="email-error"');
  });

  it('holds the new password to the same rules (SU-7)', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open(await ask(person.email));
    await browser.submit({ password: person.email, password_confirmation: person.email });
    expect(browser.view.status).toBe(422);
    expect(browser.view.html).toContain('id="password-error"');
    await browser.submit(NEW);
    expect(placeOf(browser)).toBe('/');
  });

  it('can be read in another language after a refusal as well (LC-1)', async () => {
    const person = await aPerson(worker);
    const reset = await ask(person.email);
    await signedIn(person);
    const disavow = await mailedLink(worker, person.email, '/events/disavow');
    for (const link of [reset, disavow]) {
      const browser = new Browser(worker);
      await browser.open(link);
      const before = placeOf(browser);
      await browser.submit({ password: 'short', password_confirmation: 'short' });
      expect(browser.view.status).toBe(422);
      await browser.open(browser.link('Español'));
      expect(placeOf(browser)).toBe(before);
      expect(browser.view.text).toContain('Contraseña');
    }
  });

  it('sends nothing more after nineteen mails in an hour, and says nothing about it (reset_email.max)', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await ask(person.email, 1, browser);
    for (let n = 0; n < 21; n += 1) {
      await browser.submit({}, (form) => form.action.endsWith('/forgot_password'));
      expect(browser.view.status).toBe(200);
    }
    await newestMail(worker, person.email, 19);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await mailsTo(worker, person.email)).toHaveLength(19);
  });
});

describe('PW-2 the link', () => {
  it('works once', async () => {
    const person = await aPerson(worker);
    const link = await ask(person.email);
    const browsers = [new Browser(worker), new Browser(worker)];
    for (const browser of browsers) await browser.open(link);
    await Promise.all(browsers.map((browser) => browser.submit(NEW)));
    expect(browsers.filter(({ view }) => view.text.includes('Your password was changed.'))).toHaveLength(1);
    const late = new Browser(worker);
    await late.open(link);
    expect(placeOf(late)).toBe('/users/password/new');
    expect(late.view.text).toContain('This link no longer works.');
  });

  it('dies when a newer one is made', async () => {
    const person = await aPerson(worker);
    const first = await ask(person.email);
    const second = await ask(person.email, 2);
    const browser = new Browser(worker);
    await browser.open(first);
    expect(placeOf(browser)).toBe('/users/password/new');
    await browser.open(second);
    expect(placeOf(browser)).toBe('/users/password/edit');
  });

  it('ends after 30 minutes, also while its page stands open', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open(await ask(person.email));
    await worker.advance(1801);
    await browser.submit(NEW);
    expect(placeOf(browser)).toBe('/users/password/new');
    expect(await passwordWorks(person, person.password)).toBe(true);
  });

  it('brings the app\u2019s question along (AP-1)', async () => {
    const app = await anApp(worker);
    const asked = question(app);
    const person = await aPerson(worker);
    const desk = new Browser(worker);
    await desk.open(asked.url);
    await desk.open(desk.link('Forgot your password?'));
    await desk.submit({ email: person.email });
    const link = linkIn(await newestMail(worker, person.email), '/users/password/edit');
    const phone = new Browser(worker);
    await phone.open(link);
    await phone.submit(NEW);
    expect(phone.view.text).toContain('Parks uses');
    await phone.open('/');
    const answer = answerOf(await walk(phone, { ...person, password: PASSWORD }));
    expect(answer.state).toBe(asked.state);
  });
});

describe('SE-6, RD-3, BT-4, BT-5 what else a reset ends', () => {
  it('signs out every browser and forgets remembered ones', async () => {
    const person = await aPerson(worker);
    const open = await signedIn(person, true);
    const other = new Browser(worker);
    await other.open(await ask(person.email, 2));
    await other.submit(NEW);
    await open.open('/account');
    expect(placeOf(open)).toBe('/');
    await open.submit({ username: person.email, 'current-password': PASSWORD });
    expect(placeOf(open)).toBe('/login/two_factor/authenticator');
  });

  it('also ends the session of a remembered browser that never gave a code', async () => {
    const person = await aPerson(worker);
    const open = await signedIn(person, true);
    await worker.advance(13 * 3600);
    await open.open('/');
    await open.submit({ username: person.email, 'current-password': person.password });
    expect(placeOf(open)).toBe('/account');
    const other = new Browser(worker);
    await other.open(await ask(person.email, 2));
    await other.submit(NEW);
    await open.open('/account');
    expect(placeOf(open)).toBe('/');
  });
});

describe('SI-6 "this was not me"', () => {
  it('sets a new password, marks the event, ends sessions, and works once', async () => {
    const person = await aPerson(worker);
    const intruder = await signedIn(person);
    const link = linkIn(await newestMail(worker, person.email), '/events/disavow');
    const owner = new Browser(worker);
    await owner.open(link);
    expect(owner.view.text).toContain('Secure your account');
    await owner.submit(NEW);
    expect(owner.view.text).toContain('Your password was changed.');
    await intruder.open('/account');
    expect(placeOf(intruder)).toBe('/');
    expect(await passwordWorks(person, PASSWORD)).toBe(true);
    await owner.open(link);
    expect(placeOf(owner)).toBe('/users/password/new');
  });

  it('dies when the password changes otherwise', async () => {
    const person = await aPerson(worker);
    await signedIn(person);
    const link = linkIn(await newestMail(worker, person.email), '/events/disavow');
    const browser = new Browser(worker);
    await browser.open(await ask(person.email, 2));
    await browser.submit(NEW);
    await browser.open(link);
    expect(placeOf(browser)).toBe('/users/password/new');
  });

  it('goes to each address as a link of its own, which ends when that address is removed', async () => {
    const person = await aPerson(worker);
    const second = `second-${person.email}`;
    const browser = await signedIn(person);
    await browser.open('/add/email');
    await browser.submit({ email: second });
    await browser.open(await mailedLink(worker, second, '/add/email/confirm'));
    await browser.submit();
    await signedIn(person);
    const kept = await mailedLink(worker, person.email, '/events/disavow', 2);
    const lost = await mailedLink(worker, second, '/events/disavow');
    expect(lost).not.toBe(kept);
    const opened = async (path: string) => {
      const elsewhere = new Browser(worker);
      await elsewhere.open(path);
      return placeOf(elsewhere);
    };
    expect(await opened(lost)).toBe('/events/disavow');

    await browser.open('/account');
    const removals = browser.view.html.matchAll(
      /href="(\/manage\/email\/confirm_delete\/[^"]+)"[^>]*>[^<]*<span[^>]*>([^<]*)</g,
    );
    const path = [...removals].find((match) => match[2] === second)?.[1] ?? '';
    await browser.open(path);
    await browser.submit({}, (form) => form.action === path);
    await mailAbout(worker, second, 'An email address was removed from your account');
    expect(await opened(lost), 'the removed address').toBe('/users/password/new');
    expect(await opened(kept), 'the address that stays').toBe('/events/disavow');
  });

  it('refuses an unknown link', async () => {
    const browser = new Browser(worker);
    await browser.open('/events/disavow?disavowal_token=nothing');
    expect(placeOf(browser)).toBe('/users/password/new');
    expect(browser.view.text).toContain('This link no longer works.');
  });
});
