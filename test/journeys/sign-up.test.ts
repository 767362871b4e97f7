import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBase32 } from '../../src/factors/totp/base32.ts';
import { totpAt, totpStep } from '../../src/factors/totp/totp.ts';
import { anApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { linkIn, mailsTo, newestMail } from '../support/mail.ts';
import { answerOf, question } from '../support/oidc.ts';
import { aPerson } from '../support/people.ts';
import { placeOf } from '../support/place.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const PASSWORD = 'correct-violet-giraffe-lamp';
const NEW = { password: PASSWORD, password_confirmation: PASSWORD } as const;

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker({ GH_ENV: 'local' });
});
afterAll(() => worker.close());

let people = 0;
const anAddress = (): string => {
  people += 1;
  return `newcomer${people}@agency.gov`;
};

/** Enters an address in a browser and gives the path of the mailed link. */
async function enter(browser: Browser, address: string, mails = 1): Promise<string> {
  await browser.open('/sign_up/enter_email');
  await browser.submit({ email: address, terms_accepted: '1' });
  return linkIn(await newestMail(worker, address, mails), '/sign_up/email/confirm');
}

/** Adds an authentication app on its set-up page. */
async function addApp(browser: Browser): Promise<void> {
  const shown = /class="gh-secret"[^>]*>([^<]+)</.exec(browser.view.html)?.[1] ?? '';
  const secret = fromBase32(shown);
  if (secret === null) throw new Error(`no secret on the page: ${browser.view.text}`);
  await browser.submit({ name: 'My phone', 'one-time-code': totpAt(secret, totpStep(worker.now())) });
}

describe('SU-1 to SU-9 creating an account on the way to an app', () => {
  it('goes from the app to the mailbox, in another browser on to methods and consent, and back to the app', async () => {
    const app = await anApp(worker);
    const asked = question(app);
    const address = anAddress();
    const desk = new Browser(worker);
    await desk.open(asked.url);
    await desk.open(desk.link('Create an account'));
    expect(desk.view.text).toContain('Parks');
    await desk.submit({ email: `  ${address.toUpperCase()} `, email_language: 'es', terms_accepted: '1' });
    expect(placeOf(desk)).toBe('/sign_up/verify_email');
    expect(desk.view.text, 'SU-2 trimmed and lower-cased').toContain(address);

    const mail = await newestMail(worker, address);
    expect(mail.subject, 'LC-2 mail in the chosen language').toMatch(/[Cc]onfirme/);
    const phone = new Browser(worker);
    await phone.open(linkIn(mail, '/sign_up/email/confirm'));
    expect(placeOf(phone)).toBe('/sign_up/enter_password');
    await phone.submit(NEW);
    expect(placeOf(phone)).toBe('/authentication_methods_setup');
    await phone.submit({ selection: 'totp' });
    expect(placeOf(phone)).toBe('/authenticator_setup');
    await addApp(phone);
    expect(placeOf(phone), 'MC-4').toBe('/auth_method_confirmation');
    await phone.open('/es/continue');
    expect(placeOf(phone)).toBe('/sign_up/completed');
    const answer = answerOf(await phone.submit());
    expect(answer.state, 'AP-1 the question travelled with the link').toBe(asked.state);
    expect(answer.code).not.toBe('');
  });

  it('changes its language after a refused password as well (LC-1)', async () => {
    const browser = new Browser(worker);
    await browser.open(await enter(browser, anAddress()));
    await browser.submit({ password: 'short', password_confirmation: 'short' });
    expect(browser.view.status).toBe(422);
    await browser.open(browser.link('Español'));
    expect(browser.view.status).toBe(200);
    await browser.submit(NEW);
    expect(placeOf(browser)).toBe('/authentication_methods_setup');
  });

  it('resumes at the choice of methods when the password was all that was done (SU-11)', async () => {
    const address = anAddress();
    const browser = new Browser(worker);
    const link = await enter(browser, address);
    await browser.open(link);
    await browser.submit(NEW);
    const later = new Browser(worker);
    await later.open('/');
    await later.submit({ username: address, 'current-password': PASSWORD });
    expect(placeOf(later)).toBe('/authentication_methods_setup');
    await later.open('/account');
    expect(placeOf(later), 'nothing else opens before a method is there').toBe(
      '/authentication_methods_setup',
    );
  });
});

describe('a session that was opened before the account had a method', () => {
  /** Two browsers past the password; the first then finishes the account. */
  async function twoBrowsers(): Promise<readonly [Browser, Browser]> {
    const address = anAddress();
    const finishing = new Browser(worker);
    await finishing.open(await enter(finishing, address));
    await finishing.submit(NEW);
    const early = new Browser(worker);
    await early.open('/');
    await early.submit({ username: address, 'current-password': PASSWORD });
    expect(placeOf(early)).toBe('/authentication_methods_setup');
    await finishing.submit({ selection: 'totp' });
    await addApp(finishing);
    return [finishing, early];
  }

  it('cannot add a method of its own: it has to use the one that is there now (RA-2)', async () => {
    const [, early] = await twoBrowsers();
    await early.open('/authenticator_setup');
    expect(placeOf(early)).toBe('/login/two_factor/authenticator');
  });

  it('cannot delete the account as unfinished (SU-10)', async () => {
    const [finishing, early] = await twoBrowsers();
    await early.open('/sign_up/cancel');
    await early.submit({}, (form) => form.action.endsWith('/sign_up/cancel'));
    await finishing.open('/account');
    expect(placeOf(finishing)).toBe('/account');
    await finishing.open('/authentication_methods_setup');
    expect(placeOf(finishing)).toBe('/authentication_methods_setup');
  });
});

describe('SU-2 what is refused before anything is mailed', () => {
  it.each([
    ['nothing', '', /Enter your email address/],
    ['no address', 'pat at agency', /such as name@example.com/],
    ['a domain that is not ASCII', 'pat@bücher.example', /after the @/],
    ['a throw-away domain', 'pat@mailinator.com', /./],
  ])('%s', async (_what, typed, words) => {
    const browser = new Browser(worker);
    await browser.open('/sign_up/enter_email');
    await browser.submit({ email: typed, terms_accepted: '1' });
    expect(browser.view.status).toBe(422);
    expect(placeOf(browser)).toBe('/sign_up/enter_email');
    const error = /id="email-error"[^>]*>([^<]*)</.exec(browser.view.html)?.[1] ?? '';
    expect(error).toMatch(words);
  });

  it('the rules not accepted; what was typed stays', async () => {
    const browser = new Browser(worker);
    await browser.open('/sign_up/enter_email');
    await browser.submit({ email: 'pat@agency.gov', email_language: 'fr', terms_accepted: null });
    expect(browser.view.status).toBe(422);
    expect(browser.view.html).toContain('id="terms_accepted-error"');
    const [form] = browser.view.forms.filter(({ names }) => names.has('email'));
    expect(form?.values.get('email')).toBe('pat@agency.gov');
    expect(form?.values.get('email_language')).toBe('fr');
  });
});

describe('AE-1 sign-up tells nobody whether an address is known', () => {
  it('answers alike for a new, an unfinished and an existing address; only the mailboxes differ', async () => {
    const existing = await aPerson(worker);
    const unfinished = anAddress();
    await enter(new Browser(worker), unfinished);
    const fresh = anAddress();
    const answers: string[] = [];
    for (const address of [fresh, unfinished, existing.email]) {
      const browser = new Browser(worker);
      await browser.open('/sign_up/enter_email');
      await browser.submit({ email: address, terms_accepted: '1' });
      expect(browser.view.status).toBe(200);
      expect(placeOf(browser)).toBe('/sign_up/verify_email');
      answers.push(browser.view.text.replaceAll(address, 'ADDRESS'));
    }
    expect(new Set(answers).size).toBe(1);

    expect((await newestMail(worker, fresh)).links.join()).toContain('confirmation_token');
    expect((await newestMail(worker, unfinished, 2)).links.join()).toContain('confirmation_token');
    const told = await newestMail(worker, existing.email);
    expect(told.links.join()).not.toContain('confirmation_token');
    expect(told.links.some((link) => link.includes('/users/password/new'))).toBe(true);
  });

  it('sends again on request, and takes another address', async () => {
    const address = anAddress();
    const browser = new Browser(worker);
    await enter(browser, address);
    await browser.submit({}, (form) => form.action.endsWith('/sign_up/verify_email'));
    expect(browser.view.text).toContain('We sent another email.');
    await newestMail(worker, address, 2);
    await browser.open(browser.link('Use another email address'));
    expect(placeOf(browser)).toBe('/sign_up/enter_email');
  });
});

describe('SU-1, EM-6 the language of messages', () => {
  it('is the one chosen last before the account was finished', async () => {
    const address = anAddress();
    const browser = new Browser(worker);
    await enter(browser, address);
    await browser.open('/sign_up/enter_email');
    await browser.submit({ email: address, email_language: 'es', terms_accepted: '1' });
    await browser.open(linkIn(await newestMail(worker, address, 2), '/sign_up/email/confirm'));
    await browser.submit(NEW);
    await browser.submit({ selection: 'totp' });
    await addApp(browser);
    expect((await newestMail(worker, address, 3)).text).toContain('autenticación');
  });
});

describe('SU-5 the link', () => {
  it('leads back to the start when it is unknown', async () => {
    const browser = new Browser(worker);
    await browser.open('/sign_up/email/confirm?confirmation_token=nothing');
    expect(placeOf(browser)).toBe('/sign_up/enter_email');
    expect(browser.view.text).toContain('This link no longer works.');
  });

  it('leads to sign-in when the address is confirmed already', async () => {
    const address = anAddress();
    const browser = new Browser(worker);
    const link = await enter(browser, address);
    await browser.open(link);
    await browser.submit(NEW);
    const again = new Browser(worker);
    await again.open(link);
    expect(placeOf(again)).toBe('/');
    expect(again.view.text).toContain('confirmed already');
  });

  it('reserves nothing by being opened (SU-6)', async () => {
    const address = anAddress();
    const browser = new Browser(worker);
    const link = await enter(browser, address);
    await browser.open(link);
    expect(placeOf(browser)).toBe('/sign_up/enter_password');
    const other = new Browser(worker);
    await enter(other, address, 2);
    expect(placeOf(other)).toBe('/sign_up/verify_email');
  });

  it('makes one account however often its form is sent', async () => {
    const address = anAddress();
    const link = await enter(new Browser(worker), address);
    const browsers = [new Browser(worker), new Browser(worker), new Browser(worker)];
    for (const browser of browsers) await browser.open(link);
    await Promise.all(browsers.map((browser) => browser.submit(NEW)));
    const through = browsers.filter((browser) => placeOf(browser) === '/authentication_methods_setup');
    expect(through).toHaveLength(1);
  });

  it('ends after 24 hours', async () => {
    const address = anAddress();
    const link = await enter(new Browser(worker), address);
    await worker.advance(24 * 3600);
    const browser = new Browser(worker);
    await browser.open(link);
    expect(placeOf(browser)).toBe('/sign_up/enter_email');
    expect(browser.view.text).toContain('This link no longer works.');
  });
});

describe('SU-6, SU-7 the password', () => {
  it.each([
    ['too short', 'short-words', 'short-words', 'password-error'],
    ['easy to guess', 'password1234', 'password1234', 'password-error'],
    ['not repeated', PASSWORD, 'correct-violet-giraffe', 'password_confirmation-error'],
  ])('is refused when it is %s, beside its field', async (_what, password, password_confirmation, error) => {
    const browser = new Browser(worker);
    await browser.open(await enter(browser, anAddress()));
    await browser.submit({ password, password_confirmation });
    expect(browser.view.status).toBe(422);
    expect(browser.view.html).toContain(`id="${error}"`);
    expect(browser.view.html, 'secrets are never put back').not.toContain(`value="${password}"`);
    await browser.submit(NEW);
    expect(placeOf(browser)).toBe('/authentication_methods_setup');
  });

  it('is refused when it is made of the address', async () => {
    const address = anAddress();
    const browser = new Browser(worker);
    await browser.open(await enter(browser, address));
    await browser.submit({ password: address, password_confirmation: address });
    expect(browser.view.status).toBe(422);
    expect(browser.view.html).toContain('id="password-error"');
  });
});

describe('SU-10 canceling', () => {
  it('deletes the unfinished account and its link', async () => {
    const address = anAddress();
    const browser = new Browser(worker);
    const link = await enter(browser, address);
    await browser.open(link);
    await browser.open(browser.link('Cancel creating the account'));
    expect(browser.view.text).toContain('will be deleted');
    await browser.submit({}, (form) => form.action.endsWith('/sign_up/cancel'));
    expect(browser.view.text).toContain('Nothing was kept.');
    await browser.open(link);
    expect(placeOf(browser)).toBe('/sign_up/enter_email');
  });

  it('after the password deletes the account that has no method yet, and frees the address', async () => {
    const address = anAddress();
    const browser = new Browser(worker);
    await browser.open(await enter(browser, address));
    await browser.submit(NEW);
    await browser.open(browser.link('Cancel creating the account'));
    await browser.submit({}, (form) => form.action.endsWith('/sign_up/cancel'));
    await browser.open('/');
    await browser.submit({ username: address, 'current-password': PASSWORD });
    expect(browser.view.status).toBe(422);
    const link = await enter(new Browser(worker), address, 2);
    expect(link).toContain('confirmation_token');
  });
});

describe('SU-10 canceling in one browser', () => {
  it('ends what the account has open in others', async () => {
    const address = anAddress();
    const browser = new Browser(worker);
    await browser.open(await enter(browser, address));
    await browser.submit(NEW);
    const other = new Browser(worker);
    await other.open('/');
    await other.submit({ username: address, 'current-password': PASSWORD });
    expect(placeOf(other)).toBe('/authentication_methods_setup');
    await browser.open('/sign_up/cancel');
    await browser.submit({}, (form) => form.action.endsWith('/sign_up/cancel'));
    await other.open('/authenticator_setup');
    expect(placeOf(other)).toBe('/');
  });
});

describe('the limits of sign-up (register.email)', () => {
  it('mails nothing more to one address after twenty, and still answers alike', async () => {
    const address = anAddress();
    const browser = new Browser(worker);
    await enter(browser, address);
    for (let n = 0; n < 22; n += 1) {
      await browser.submit({}, (form) => form.action.endsWith('/sign_up/verify_email'));
      expect(browser.view.status).toBe(200);
    }
    await newestMail(worker, address, 20);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await mailsTo(worker, address)).toHaveLength(20);
  });
});
