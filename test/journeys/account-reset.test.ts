import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { linkIn, mailAbout, mailsTo } from '../support/mail.ts';
import { answerOf, obtainTokens, question, userinfo } from '../support/oidc.ts';
import { aPerson, type Person, signOut, walk } from '../support/people.ts';
import { placeOf } from '../support/place.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const HOUR = 3600;
/** Mail goes out after the response; on a busy machine that may be long after. */
const SOON = { timeout: 20_000, interval: 100 } as const;

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker({ GH_ENV: 'local' });
});
afterAll(() => worker.close());

/** Past the password. */
async function passwordOf(person: Person): Promise<Browser> {
  const browser = new Browser(worker);
  await browser.open('/');
  await browser.submit({ username: person.email, 'current-password': person.password });
  return browser;
}

const subjects = async (address: string): Promise<readonly string[]> =>
  (await mailsTo(worker, address)).map(({ subject }) => subject);
const mailed = (address: string, subject: string) => mailAbout(worker, address, subject);

const REQUESTED = 'Someone asked to delete your account';
const READY = 'You can now delete your account';
const CANCELLED = 'Your account will not be deleted';

/** From the list of methods to the request, as somebody locked out would go. */
async function ask(person: Person): Promise<Browser> {
  const browser = await passwordOf(person);
  await browser.open('/login/two_factor/options');
  await browser.open(browser.link('I cannot use any of these methods'));
  expect(placeOf(browser)).toBe('/account_reset/recovery_options');
  await browser.open(browser.link('Delete my account'));
  expect(placeOf(browser)).toBe('/account_reset/request');
  expect(browser.view.text).toContain('24 hours');
  await browser.submit({}, (form) => form.action.endsWith('/account_reset/request'));
  expect(placeOf(browser)).toBe('/account_reset/confirm_request');
  return browser;
}

const READY_LINK = '/account_reset/delete_account';
const CANCEL_LINK = '/account_reset/cancel';

describe('FC-3, AR-1 the way out of having lost every method', () => {
  it.each([['totp'], ['backup_codes'], ['security_key'], ['personal_key'], ['phone']])(
    'is found by somebody whose only method is %s',
    async (kind) => {
      const browser = await passwordOf(await aPerson(worker, { factors: [kind] }));
      // Phones are several choices, so their page leads by the list of methods.
      if (kind === 'phone') await browser.open(browser.link('Use another method'));
      await browser.open(
        browser.link(kind === 'phone' ? 'I cannot use any of these methods' : 'I cannot use this method'),
      );
      expect(placeOf(browser)).toBe('/account_reset/recovery_options');
      await browser.open(browser.link('Delete my account'));
      expect(placeOf(browser)).toBe('/account_reset/request');
    },
  );

  it('is found in a browser that is remembered, once it is asked for the method (RA-1)', async () => {
    const person = await aPerson(worker, { factors: ['totp'] });
    const browser = new Browser(worker);
    await browser.open('/');
    await walk(browser, person, { remember: true });
    await signOut(browser);
    await browser.open('/');
    await browser.submit({ username: person.email, 'current-password': person.password });
    expect(placeOf(browser)).toBe('/account');
    await browser.open('/account_reset/request');
    expect(placeOf(browser), 'nobody asked for anything yet').toBe('/account');
    await browser.open('/account/delete');
    await browser.open(browser.link('I cannot use this method'));
    await browser.open(browser.link('Delete my account'));
    expect(placeOf(browser)).toBe('/account_reset/request');
  });
});

describe('AR-1 to AR-4 an account nobody can get into', () => {
  it('is deleted a day after its owner asked, through the mailbox', async () => {
    const person = await aPerson(worker);
    const app = await anApp(worker);
    const elsewhere = new Browser(worker);
    const { accessToken } = await obtainTokens(worker, elsewhere, person, app);
    await ask(person);
    await mailed(person.email, REQUESTED);

    await worker.advance(23 * HOUR);
    expect(await subjects(person.email)).not.toContain(READY);
    await worker.advance(HOUR + 1);
    const link = linkIn(await mailed(person.email, READY), READY_LINK);

    const browser = new Browser(worker);
    await browser.open(link);
    expect(placeOf(browser), 'opening it deletes nothing').toBe(READY_LINK);
    expect(placeOf(await passwordOf(person))).toBe('/account_reset/pending');
    await browser.submit({}, (form) => form.action.endsWith(READY_LINK));
    expect(placeOf(browser), browser.view.text).toBe('/account_reset/confirm_delete_account');
    await mailed(person.email, 'Your account was deleted');
    expect((await passwordOf(person)).view.status, 'unknown now').toBe(422);
    expect((await userinfo(worker, accessToken)).status).toBe(401);
    const again = new Browser(worker);
    await again.open(link);
    expect(placeOf(again)).toBe('/');
  });

  it('is asked for once; asking again tells nobody anything (AR-3, TR-22)', async () => {
    const person = await aPerson(worker);
    await ask(person);
    await mailed(person.email, REQUESTED);
    const browser = await passwordOf(person);
    await browser.submit({ choice: 'continue' }, (form) => form.values.get('choice') === 'continue');
    for (let n = 0; n < 3; n += 1) {
      await browser.open('/account_reset/request');
      await browser.submit({}, (form) => form.action.endsWith('/account_reset/request'));
      expect(placeOf(browser)).toBe('/account_reset/confirm_request');
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await subjects(person.email)).filter((subject) => subject === REQUESTED)).toHaveLength(1);
  });

  it('is offered only to somebody who is past the password and short of the second factor', async () => {
    const paths = ['recovery_options', 'request', 'confirm_request', 'pending'].map(
      (name) => `/account_reset/${name}`,
    );
    const stranger = new Browser(worker);
    for (const path of paths) {
      await stranger.open(path);
      expect(placeOf(stranger), path).toBe('/');
    }
    const person = await aPerson(worker);
    const browser = await passwordOf(person);
    await walk(browser, person);
    for (const path of paths) {
      await browser.open(path);
      expect(placeOf(browser), path).toBe('/account');
    }
  });

  it('expires unused, and the process starts over', async () => {
    const person = await aPerson(worker);
    await ask(person);
    await mailed(person.email, REQUESTED);
    await worker.advance(24 * HOUR + 1);
    const link = linkIn(await mailed(person.email, READY), READY_LINK);
    await worker.advance(24 * HOUR + 1);
    const browser = new Browser(worker);
    await browser.open(link);
    expect(placeOf(browser)).toBe('/');
    expect(browser.view.text).toContain('This link no longer works.');
    expect(placeOf(await passwordOf(person)), 'nothing is pending').not.toBe('/account_reset/pending');
    await ask(person);
    await expect
      .poll(
        async () => (await subjects(person.email)).filter((subject) => subject === REQUESTED).length,
        SOON,
      )
      .toBe(2);
  });
});

describe('AR-3 cancelling', () => {
  it('works by the mailed link, without a session; the deletion never comes', async () => {
    const person = await aPerson(worker);
    await ask(person);
    const link = linkIn(await mailed(person.email, REQUESTED), CANCEL_LINK);
    const browser = new Browser(worker);
    await browser.open(link);
    expect(placeOf(browser), 'opening it changes nothing').toBe(CANCEL_LINK);
    await browser.submit({}, (form) => form.action.endsWith(CANCEL_LINK));
    expect(browser.view.text).toContain('Your account will not be deleted.');
    await mailed(person.email, CANCELLED);
    await browser.open(link);
    expect(placeOf(browser)).toBe('/');
    await worker.advance(25 * HOUR);
    expect(await subjects(person.email)).not.toContain(READY);
  });

  it('ends a deletion link that was mailed already', async () => {
    const person = await aPerson(worker);
    await ask(person);
    const cancel = linkIn(await mailed(person.email, REQUESTED), CANCEL_LINK);
    await worker.advance(24 * HOUR + 1);
    const remove = linkIn(await mailed(person.email, READY), READY_LINK);
    const open = new Browser(worker);
    await open.open(remove);
    const browser = new Browser(worker);
    await browser.open(cancel);
    await browser.submit({}, (form) => form.action.endsWith(CANCEL_LINK));
    await open.submit({}, (form) => form.action.endsWith(READY_LINK));
    expect(placeOf(open)).toBe('/');
    const later = await passwordOf(person);
    expect(placeOf(later)).toContain('/login/two_factor');
  });

  it('is offered after the password, before the second factor, and the question goes on', async () => {
    const person = await aPerson(worker);
    const app = await anApp(worker);
    await ask(person);
    await mailed(person.email, REQUESTED);
    const browser = new Browser(worker);
    const asked = question(app);
    await browser.open(asked.url);
    await browser.submit({ username: person.email, 'current-password': person.password });
    expect(placeOf(browser)).toBe('/account_reset/pending');
    await browser.open('/login/two_factor/authenticator');
    expect(placeOf(browser), 'no way past it').toBe('/account_reset/pending');
    await browser.submit({ choice: 'cancel' }, (form) => form.values.get('choice') === 'cancel');
    expect(placeOf(browser)).toContain('/login/two_factor');
    expect(answerOf(await walk(browser, person)).state).toBe(asked.state);
    await mailed(person.email, CANCELLED);
    await worker.advance(25 * HOUR);
    expect(await subjects(person.email)).not.toContain(READY);
  });

  it('may be left; then it is asked at the next sign-in again', async () => {
    const person = await aPerson(worker);
    await ask(person);
    await mailed(person.email, REQUESTED);
    for (let n = 0; n < 2; n += 1) {
      const browser = await passwordOf(person);
      expect(placeOf(browser)).toBe('/account_reset/pending');
      await browser.submit({ choice: 'continue' }, (form) => form.values.get('choice') === 'continue');
      await walk(browser, person);
      await browser.open('/account');
      expect(placeOf(browser)).toBe('/account');
    }
  });

  it('is possible for a suspended account, deletion is not (DL-2)', async () => {
    const person = await aPerson(worker);
    await ask(person);
    const cancel = linkIn(await mailed(person.email, REQUESTED), CANCEL_LINK);
    await worker.advance(24 * HOUR + 1);
    const remove = linkIn(await mailed(person.email, READY), READY_LINK);
    const answer = await worker.api('POST', `/api/admin/v1/users/${person.uuid}/suspend`, {
      reason: 'a test',
    });
    expect(answer.status).toBe(200);
    const browser = new Browser(worker);
    await browser.open(remove);
    expect(placeOf(browser)).toBe('/');
    await browser.open(cancel);
    expect(placeOf(browser)).toBe(CANCEL_LINK);
    await mailed(person.email, 'Your account is suspended');
  });

  it('answers links that are none alike', async () => {
    for (const path of [CANCEL_LINK, READY_LINK]) {
      for (const token of ['', 'x', 'x'.repeat(5000), '%00']) {
        const browser = new Browser(worker);
        await browser.open(`${path}?token=${token}`);
        expect(placeOf(browser), `${path} ${token.slice(0, 5)}`).toBe('/');
        expect(browser.view.text).toContain('This link no longer works.');
      }
    }
  });
});
