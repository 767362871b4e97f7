import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp, changeApp, RETURN } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { newestMail } from '../support/mail.ts';
import { answerOf, obtainCode, question, redeem, tokensOf } from '../support/oidc.ts';
import { aPerson, walk } from '../support/people.ts';
import { placeOf } from '../support/place.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const CONSENT = '/sign_up/completed';
const CONTINUE_AS = '/user_authorization_confirmation';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker({ GH_ENV: 'local' });
});
afterAll(() => worker.close());

describe('CNS-1, CO-1 when consent is asked', () => {
  it('at the first visit, with the values that would be shared, and with a mail afterwards', async () => {
    const app = await anApp(worker);
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open(question(app).url);
    await walk(browser, person, { until: CONSENT });
    expect(browser.view.text).toContain('This is your first visit to Parks');
    expect(browser.view.html).toMatch(new RegExp(`<dt>Email address</dt><dd>${person.email}`));
    await browser.submit();
    expect(answerOf(browser.view).code).not.toBe('');
    const mail = await newestMail(worker, person.email, 2);
    expect(`${mail.subject} ${mail.text}`).toContain('Parks');
  });

  it('again when more is asked for, not when less is (CNS-2)', async () => {
    const app = await anApp(worker);
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await obtainCode(browser, person, app);
    await browser.open(question(app, { scope: 'openid email all_emails' }).url);
    expect(placeOf(browser)).toBe(CONSENT);
    expect(browser.view.text).toContain('asks for more information than before');
    expect(browser.view.text).toContain('All email addresses of your account');
    expect(browser.view.html, 'CNS-3 the single line is hidden then').not.toContain('<dt>Email address</dt>');
    await browser.submit();
    await browser.open(question(app, { scope: 'openid' }).url);
    expect(answerOf(browser.view).code).not.toBe('');
  });

  it('for openid alone too', async () => {
    const app = await anApp(worker);
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open(question(app, { scope: 'openid' }).url);
    await walk(browser, person, { until: CONSENT });
    expect(browser.view.text).toContain('does not ask for any information about you');
  });

  it('again after a year', async () => {
    const app = await anApp(worker);
    const person = await aPerson(worker);
    await obtainCode(new Browser(worker), person, app);
    await worker.advance(365 * 86_400 + 60);
    const browser = new Browser(worker);
    await browser.open(question(app).url);
    await walk(browser, person, { until: CONSENT });
    expect(placeOf(browser)).toBe(CONSENT);
    expect(browser.view.text).toContain('more than a year');
  });

  it('is no page to call up by hand', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open('/');
    await walk(browser, person);
    await browser.open(CONSENT);
    expect(placeOf(browser)).toBe('/account');
    await browser.open(CONTINUE_AS);
    expect(placeOf(browser)).toBe('/account');
    await browser.open('/sign_up/select_email');
    expect(placeOf(browser)).toBe('/account');
  });
});

describe('CO-2, CO-3 on the page', () => {
  it('warns somebody with a single method and leads to another', async () => {
    const app = await anApp(worker);
    const person = await aPerson(worker, { factors: ['totp'] });
    const browser = new Browser(worker);
    await browser.open(question(app).url);
    await walk(browser, person, { until: CONSENT });
    expect(browser.view.text).toContain('only one method');
    await browser.open(browser.link('Add another method'));
    expect(placeOf(browser)).toBe('/authentication_methods_setup');
    await browser.open('/continue');
    expect(placeOf(browser)).toBe(CONSENT);
  });

  it('shows the language that is told: of these pages, not of the person’s mail', async () => {
    const app = await anApp(worker);
    const person = await aPerson(worker, { locale: 'es' });
    const browser = new Browser(worker);
    await browser.open(question(app, { scope: 'openid locale', locale: 'fr' }).url);
    await walk(browser, person, { until: CONSENT });
    expect(browser.view.text).toContain('Français');
    const facts = browser.view.html.slice(browser.view.html.indexOf('<main'));
    expect(facts.slice(0, facts.indexOf('</main>'))).not.toContain('Español');
  });

  it('shares nothing when the person cancels', async () => {
    const app = await anApp(worker);
    const asked = question(app);
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open(asked.url);
    await walk(browser, person, { until: CONSENT });
    await browser.open(browser.link(/Cancel and go back/));
    const answer = answerOf(browser.view);
    expect([answer.error, answer.state, answer.code]).toEqual(['access_denied', asked.state, '']);
    await browser.open(question(app).url);
    await walk(browser, person, { until: CONSENT });
    expect(placeOf(browser), 'the app is still a stranger').toBe(CONSENT);
  });

  it('is known to a browser that asked before it was given in another one', async () => {
    const app = await anApp(worker);
    const person = await aPerson(worker);
    const waiting = new Browser(worker);
    await waiting.open(question(app).url);
    await walk(waiting, person, { until: CONSENT });
    await worker.advance(31);
    await obtainCode(new Browser(worker), person, app);
    await waiting.open(question(app, { prompt: 'none' }).url);
    expect(answerOf(waiting.view).error, 'what a new question finds').not.toBe('consent_required');
  });

  it('keeps one subject whatever happens to consent (CO-6)', async () => {
    const app = await anApp(worker);
    const person = await aPerson(worker);
    const first = await obtainCode(new Browser(worker), person, app);
    const before = await tokensOf(await redeem(worker, first));
    await worker.advance(365 * 86_400 + 60);
    const again = await obtainCode(new Browser(worker), person, app);
    const after = await tokensOf(await redeem(worker, again));
    expect(after.claims.sub).toBe(before.claims.sub);
  });
});

describe('FLO-7, SI-7 somebody who is signed in already', () => {
  it('is asked once per app whether to continue as themselves', async () => {
    const person = await aPerson(worker);
    const known = await anApp(worker);
    await obtainCode(new Browser(worker), person, known);
    const browser = new Browser(worker);
    await browser.open('/');
    await walk(browser, person);
    await browser.open(question(known).url);
    expect(placeOf(browser)).toBe(CONTINUE_AS);
    expect(browser.view.text).toContain(person.email);
    await browser.submit({ choice: 'continue' });
    expect(answerOf(browser.view).code).not.toBe('');
    await browser.open(question(known).url);
    expect(answerOf(browser.view).code, 'SI-8').not.toBe('');
  });

  it('may be somebody else, who answers the same question', async () => {
    const [one, two] = [await aPerson(worker), await aPerson(worker)];
    const app = await anApp(worker);
    await obtainCode(new Browser(worker), one, app);
    const browser = new Browser(worker);
    await browser.open('/');
    await walk(browser, one);
    const asked = question(app);
    await browser.open(asked.url);
    await browser.submit({ choice: 'other' });
    expect(placeOf(browser)).toBe('/');
    expect(browser.view.text).toContain('Parks uses');
    const answer = answerOf(await walk(browser, two));
    expect(answer.state).toBe(asked.state);
    const tokens = await tokensOf(await redeem(worker, { ...asked, code: answer.code }));
    expect(tokens.claims.email).toBe(two.email);
  });
});

describe('CO-4, FLO-8 an app that lives on a phone', () => {
  const CUSTOM = 'gov.parks.app:/callback';
  const PHONE =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1';

  it('sends a desktop browser back to the phone and signs it out', async () => {
    // It is the address of this very question that decides, whatever else the app registered.
    for (const uris of [[CUSTOM], [RETURN, CUSTOM]]) {
      const app = await anApp(worker, { redirect_uris: uris });
      const person = await aPerson(worker);
      const browser = new Browser(worker);
      await browser.open(question(app, { redirect_uri: CUSTOM }).url);
      await walk(browser, person, { until: CONSENT });
      await browser.submit();
      expect(browser.view.text).toContain('Go back to the app on your phone');
      await browser.open('/account');
      expect(placeOf(browser)).toBe('/');
    }
  });

  it('hands a desktop browser the answer to a web address of the same app', async () => {
    const app = await anApp(worker, { redirect_uris: [RETURN, CUSTOM], native: true });
    const browser = new Browser(worker);
    await browser.open(question(app).url);
    const person = await aPerson(worker);
    await walk(browser, person, { until: CONSENT });
    const answer = await browser.submit();
    expect(answer.url.href.startsWith(RETURN)).toBe(true);
  });

  it('hands a phone the answer', async () => {
    const app = await anApp(worker, { redirect_uris: [CUSTOM], native: true });
    const person = await aPerson(worker);
    const browser = new Browser(worker, { 'user-agent': PHONE });
    await browser.open(question(app, { redirect_uri: CUSTOM }).url);
    await walk(browser, person, { until: CONSENT });
    const answer = await browser.submit();
    expect(answer.url.protocol).toBe('gov.parks.app:');
  });
});

describe('AP-4, AP-5 ways back', () => {
  it('leads people without a verified identity to the failure address, else to the app', async () => {
    const app = await anApp(worker, {
      ial: 2,
      failure_to_proof_url: 'https://app.test/not-proofed',
      return_to_sp_url: 'https://app.test/home',
    });
    const person = await aPerson(worker);
    const asked = question(app, { acr_values: 'urn:acr.login.gov:verified', scope: 'openid email profile' });
    const browser = new Browser(worker);
    await browser.open(asked.url);
    await walk(browser, person);
    expect(placeOf(browser)).toBe('/verify');
    await browser.open(browser.link('Go back to Parks without verifying'));
    expect(browser.view.url.href).toBe('https://app.test/not-proofed');
    const departure = { event: 'left_for_app', app: app.uuid, what: 'failure_to_proof' };
    const lines = () => worker.logs().map((line) => line.trim());
    await expect.poll(lines, { timeout: 5000 }).toContain(JSON.stringify({ level: 'info', ...departure }));
  });

  it('leads people who were verified to the follow-up address in their language, else to the app (UR-9)', async () => {
    const followed = await anApp(worker, { post_idv_follow_up_url: 'https://app.test/%{locale}/verified' });
    const plain = await anApp(worker, { return_to_sp_url: 'https://app.test/home' });
    for (const [app, target] of [
      [followed, 'https://app.test/fr/verified'],
      [plain, 'https://app.test/home'],
    ] as const) {
      const browser = new Browser(worker);
      await browser.open(question(app).url);
      await browser.open('/fr/redirect/return_to_sp/account_verified_cta');
      expect(browser.view.url.href).toBe(target);
    }
    const stranger = new Browser(worker);
    await stranger.open('/redirect/return_to_sp/account_verified_cta');
    expect(placeOf(stranger), 'no app waits').toBe('/');
  });

  it('goes to the return address when the question no longer fits the registration', async () => {
    const app = await anApp(worker, { return_to_sp_url: 'https://app.test/home' });
    const browser = new Browser(worker);
    await browser.open(question(app).url);
    await changeApp(worker, app, { redirect_uris: ['https://app.test/other'] });
    await worker.advance(60);
    await browser.open('/redirect/return_to_sp/cancel');
    expect(browser.view.url.href).toBe('https://app.test/home');
    expect(RETURN).not.toBe('https://app.test/other');
  });
});
