import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { asObject } from '../support/json.ts';
import { linkIn, mailsTo, newestMail } from '../support/mail.ts';
import { obtainTokens, question, userinfo } from '../support/oidc.ts';
import { aPerson, type Person, walk } from '../support/people.ts';
import { placeOf } from '../support/place.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

/** Mail goes out after the response; on a busy machine that may be long after. */
const SOON = { timeout: 20_000, interval: 100 } as const;

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker.close());

const REASON = { reason: 'ticket 4711' } as const;
const act = (person: Pick<Person, 'uuid'>, what: string, body: unknown = REASON) =>
  worker.api('POST', `/api/admin/v1/users/${person.uuid}/${what}`, body);

/** Sessions are told apart from other answers of the list by where the browser stands. */
async function atHome(person: Person): Promise<Browser> {
  const browser = new Browser(worker);
  await browser.open('/');
  await walk(browser, person);
  await browser.open('/account');
  expect(placeOf(browser)).toBe('/account');
  return browser;
}

async function history(person: Pick<Person, 'uuid'>): Promise<readonly unknown[]> {
  const lines: unknown = await (await worker.api('GET', `/api/admin/v1/audit?item_id=${person.uuid}`)).json();
  return Array.isArray(lines) ? lines : [];
}

const subjects = async (address: string): Promise<readonly string[]> =>
  (await mailsTo(worker, address)).map(({ subject }) => subject);

async function enter(address: string): Promise<Browser> {
  const browser = new Browser(worker);
  await browser.open('/sign_up/enter_email');
  await browser.submit({ email: address, terms_accepted: '1' });
  expect(placeOf(browser)).toBe('/sign_up/verify_email');
  return browser;
}

describe('SP-1 a suspended account', () => {
  it('loses every session and token, reaches no app, and is told', async () => {
    const person = await aPerson(worker);
    const app = await anApp(worker);
    const browsers = [await atHome(person), new Browser(worker)] as const;
    const { accessToken } = await obtainTokens(worker, browsers[1], person, app);
    expect((await userinfo(worker, accessToken)).status).toBe(200);

    const answer = await act(person, 'suspend');
    expect(answer.status).toBe(200);
    expect(asObject(await answer.json())).toMatchObject({
      uuid: person.uuid,
      suspended: true,
      sessions_ended: 2,
    });
    expect((await userinfo(worker, accessToken)).status).toBe(401);
    for (const browser of browsers) {
      await browser.open('/account');
      expect(placeOf(browser)).toBe('/');
    }
    await expect.poll(() => subjects(person.email), SOON).toContain('Your account is suspended');

    const back = new Browser(worker);
    await back.open(question(app).url);
    await walk(back, person, { until: '/login/two_factor/authenticator' });
    await back.open('/user_please_call');
    expect(placeOf(back), 'not to somebody who knows the password alone').toBe(
      '/login/two_factor/authenticator',
    );
    await walk(back, person);
    expect(placeOf(back)).toBe('/user_please_call');
    expect(back.view.status).toBe(403);
    for (const path of [
      '/account',
      '/account/delete',
      '/login/two_factor',
      '/continue',
      '/authenticator_setup',
    ]) {
      await back.open(path);
      expect(placeOf(back), path).toBe('/user_please_call');
    }
  });

  it('is written down with its reason, once, and only with one', async () => {
    const person = await aPerson(worker);
    for (const body of [null, {}, { reason: ' ' }, { reason: 'x'.repeat(501) }, { reason: 7 }, 'reason']) {
      expect((await act(person, 'suspend', body)).status).toBe(422);
    }
    const answers = await Promise.all([
      act(person, 'suspend'),
      act(person, 'suspend'),
      act(person, 'suspend'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await act(person, 'reinstate')).status).toBe(200);
    expect((await act(person, 'reinstate')).status).toBe(409);
    expect((await act(person, 'revoke-sessions')).status).toBe(200);
    expect(await history(person)).toMatchObject([
      { action: 'revoke-sessions', item_type: 'account', changes: { reason: [null, REASON.reason] } },
      { action: 'reinstate', changes: { suspended: [true, false] } },
      {
        action: 'suspend',
        actor: 'api:admin-token',
        before: { suspended: false },
        after: { suspended: true },
        changes: { suspended: [false, true], reason: [null, REASON.reason] },
      },
    ]);
  });

  it('is asked for by operators only, about accounts that exist', async () => {
    const person = await aPerson(worker);
    for (const what of ['suspend', 'reinstate', 'revoke-sessions', 'require-password-change']) {
      const path = `/api/admin/v1/users/${person.uuid}/${what}`;
      const headers = { 'content-type': 'application/json', authorization: 'Bearer wrong' };
      expect(
        (await worker.fetch(path, { method: 'POST', headers, body: JSON.stringify(REASON) })).status,
      ).toBe(401);
      for (const uuid of ['00000000-0000-4000-8000-000000000000', 'nobody', '%27'])
        expect((await act({ uuid }, what)).status, uuid).toBe(404);
    }
    expect(placeOf(await atHome(person))).toBe('/account');
  });

  it('gets no reset link, only a word about why', async () => {
    const person = await aPerson(worker);
    await act(person, 'suspend');
    const browser = new Browser(worker);
    await browser.open('/users/password/new');
    await browser.submit({ email: person.email });
    await expect.poll(async () => (await mailsTo(worker, person.email)).length, SOON).toBe(2);
    const links = (await mailsTo(worker, person.email)).flatMap((mail) => mail.links);
    expect(links.filter((link) => link.includes('reset_password_token'))).toEqual([]);
  });

  it('is as before when it is reinstated', async () => {
    const person = await aPerson(worker);
    await act(person, 'suspend');
    const suspended = new Browser(worker);
    await suspended.open('/');
    await walk(suspended, person);
    await act(person, 'reinstate');
    await expect.poll(() => subjects(person.email), SOON).toContain('Your account is active again');
    await suspended.open('/account');
    expect(placeOf(suspended), 'what knew it as suspended is over').toBe('/');
    await atHome(person);
  });
});

describe('SU-4 the mailbox of a suspended account', () => {
  it('opens no new account under another spelling; afterwards it does', async () => {
    const stem = `pat${crypto.randomUUID().slice(0, 8)}`;
    const person = await aPerson(worker, { email: `${stem}@gmail.com` });
    await act(person, 'suspend');
    const spelling = `${stem.slice(0, 4)}.${stem.slice(4)}+again@googlemail.com`;
    await enter(spelling);
    expect(
      (await newestMail(worker, spelling)).links.filter((link) => link.includes('confirmation_token')),
    ).toEqual([]);

    const neighbour = `${stem}@agency.gov`;
    await enter(neighbour);
    expect(linkIn(await newestMail(worker, neighbour), '/sign_up/email/confirm')).toContain(
      'confirmation_token',
    );

    await act(person, 'reinstate');
    await enter(spelling);
    expect(linkIn(await newestMail(worker, spelling, 2), '/sign_up/email/confirm')).toContain(
      'confirmation_token',
    );
  });
});

describe('M3 sessions ended by an operator', () => {
  it('are over at once; the account itself is not touched', async () => {
    const person = await aPerson(worker);
    const browser = await atHome(person);
    expect(asObject(await (await act(person, 'revoke-sessions')).json())).toEqual({
      uuid: person.uuid,
      sessions_ended: 1,
    });
    await browser.open('/account');
    expect(placeOf(browser)).toBe('/');
    await atHome(person);
  });
});
