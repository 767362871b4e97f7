import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { aCardPerson, presentCard } from '../support/card-people.ts';
import { type CardWorld, startCardWorld } from '../support/cards.ts';
import { asObject } from '../support/json.ts';
import {
  AAL,
  AUTH_ONLY,
  answerOf,
  obtainCode,
  obtainTokens,
  question,
  redeem,
  userinfo,
} from '../support/oidc.ts';
import { authenticatorOf, usePasskey } from '../support/passkey-pages.ts';
import { aPerson, type Person, signOut, walk } from '../support/people.ts';
import { placeOf } from '../support/place.ts';
import { answerXml, aSamlApp, authPath, requestXml, signIn } from '../support/saml.ts';
import type { ServedResponse } from '../support/served.ts';
import type { TestWorker } from '../support/worker.ts';

let world: CardWorld;
let worker: TestWorker;
beforeAll(async () => {
  world = await startCardWorld();
  worker = world.worker;
});
afterAll(() => world.close());

type Who = Pick<Person, 'uuid'>;
const REASON = 'ticket 4712';
const send = (who: Who, what: 'ban' | 'unban', body: unknown) =>
  worker.api('POST', `/api/admin/v1/users/${who.uuid}/${what}`, body);
const ask = (who: Who, what: 'ban' | 'unban', app: unknown, reason: unknown = REASON) =>
  send(who, what, { app, reason });

async function ban(who: Who, app: string): Promise<void> {
  expect((await ask(who, 'ban', app)).status).toBe(200);
}

/** A person signed in at an app, in a browser of their own. */
async function signedInAt(app: { readonly clientId: string }) {
  const person = await aPerson(worker);
  const browser = new Browser(worker);
  const tokens = await obtainTokens(worker, browser, person, app);
  return { person, browser, tokens };
}

const expectRestricted = (browser: Browser, app: string): void => {
  expect(placeOf(browser)).toBe('/restricted');
  expect(browser.view.status).toBe(403);
  expect(browser.view.text).toContain(app);
};

describe('SP-2 a ban of a session that lives', () => {
  it('kills tokens and codes of that app at once, and refuses the next sign-in there', async () => {
    const app = await anApp(worker);
    const { person, browser, tokens } = await signedInAt(app);
    const unredeemed = await obtainCode(browser, person, app);
    expect((await userinfo(worker, tokens.accessToken)).status).toBe(200);

    await ban(person, app.clientId);
    expect((await userinfo(worker, tokens.accessToken)).status).toBe(401);
    expect((await redeem(worker, unredeemed)).status).toBe(400);
    await browser.open(question(app).url);
    expectRestricted(browser, 'Parks');
  });

  it('leaves other apps, their tokens and the account alone', async () => {
    const [closed, open] = [await anApp(worker), await anApp(worker, { friendly_name: 'Harbours' })];
    const { person, browser, tokens } = await signedInAt(open);
    await obtainCode(browser, person, closed);
    await ban(person, closed.uuid);
    expect((await userinfo(worker, tokens.accessToken)).status).toBe(200);
    await browser.open(question(closed).url);
    expectRestricted(browser, 'Parks');
    await obtainTokens(worker, browser, person, open);
    await browser.open('/account');
    expect(placeOf(browser)).toBe('/account');

    const elsewhere = new Browser(worker);
    await obtainTokens(worker, elsewhere, person, open);
  });

  it('of all apps closes every one, and the account stays usable', async () => {
    const apps = [await anApp(worker), await anApp(worker)] as const;
    const { person, browser, tokens } = await signedInAt(apps[0]);
    await ban(person, '*');
    expect((await userinfo(worker, tokens.accessToken)).status).toBe(401);
    for (const app of apps) {
      await browser.open(question(app).url);
      expectRestricted(browser, 'Parks');
    }
    expect(browser.view.text).toContain('may not be used to sign in to other sites');
    await browser.open('/account');
    expect(placeOf(browser)).toBe('/account');
  });

  it('gives an app that forbids pages no word of why (prompt=none)', async () => {
    const app = await anApp(worker);
    const { person, browser } = await signedInAt(app);
    await ban(person, app.uuid);
    const asked = question(app, { prompt: 'none' });
    await browser.open(asked.url);
    expect(answerOf(browser.view)).toMatchObject({
      error: 'interaction_required',
      state: asked.state,
      code: '',
    });
  });

  it('is over once it is lifted, with what was agreed before', async () => {
    const app = await anApp(worker);
    const { person, browser, tokens } = await signedInAt(app);
    await ban(person, app.uuid);
    await browser.open(question(app).url);
    expectRestricted(browser, 'Parks');
    expect((await ask(person, 'unban', app.clientId)).status).toBe(200);
    await browser.open('/restricted');
    expect(placeOf(browser), 'on to the app, at most with a yes to go on').toBe(
      '/user_authorization_confirmation',
    );
    const again = await obtainTokens(worker, browser, person, app);
    expect(again.claims.sub).toBe(tokens.claims.sub);
    expect((await userinfo(worker, tokens.accessToken)).status, 'what died stays dead').toBe(401);
  });

  it('of one app is not lifted with the ban of all, nor the other way round', async () => {
    const app = await anApp(worker);
    const { person, browser } = await signedInAt(app);
    await ban(person, '*');
    await ban(person, app.uuid);
    expect((await ask(person, 'unban', '*')).status).toBe(200);
    await browser.open(question(app).url);
    expectRestricted(browser, 'Parks');
    expect((await ask(person, 'unban', app.uuid)).status).toBe(200);
    await obtainTokens(worker, browser, person, app);
  });
});

describe('SI-2 signing in with a ban', () => {
  it('ends right after the password: before the second factor, and not before', async () => {
    const app = await anApp(worker);
    const person = await aPerson(worker);
    await ban(person, app.uuid);
    const browser = new Browser(worker);
    await browser.open(question(app).url);
    expect(placeOf(browser)).toBe('/');
    expect(browser.view.text).not.toContain('may not be used');
    await browser.submit({ username: person.email, 'current-password': 'not the password' });
    expect([placeOf(browser), browser.view.status]).toEqual(['/', 422]);
    const wrong = browser.view.text;
    const nobody = new Browser(worker);
    await nobody.open(question(app).url);
    await nobody.submit({ username: `${randomUUID()}@mailbox.test`, 'current-password': 'not the password' });
    expect(nobody.view.text, 'the same words as for nobody (SI-3)').toBe(wrong);
    await browser.submit({ username: person.email, 'current-password': person.password });
    expectRestricted(browser, 'Parks');
  });

  it('shows its page to nobody who is not banned', async () => {
    const app = await anApp(worker);
    const stranger = new Browser(worker);
    await stranger.open('/restricted');
    expect(placeOf(stranger)).toBe('/');
    await stranger.open(question(app).url);
    await stranger.open('/restricted');
    expect(placeOf(stranger)).toBe('/');
    const { browser } = await signedInAt(app);
    await browser.open('/restricted');
    expect(placeOf(browser)).toBe('/account');
  });

  it('is the same with a remembered browser', async () => {
    const app = await anApp(worker);
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await obtainCode(browser, person, app, {}, { remember: true });
    await signOut(browser);
    await ban(person, app.uuid);
    await browser.open(question(app).url);
    await walk(browser, person);
    expectRestricted(browser, 'Parks');
  });

  it('is the same with a passkey instead of a password', async () => {
    const app = await anApp(worker);
    const person = await aPerson(worker, { factors: ['platform_passkey', 'backup_codes'] });
    await ban(person, app.uuid);
    const browser = new Browser(worker);
    await browser.open(question(app).url);
    await usePasskey(browser, authenticatorOf(person.made?.credential));
    expectRestricted(browser, 'Parks');
    await browser.open('/account');
    expect(placeOf(browser)).toBe('/account');
  });

  it('is the same with a card instead of a password', async () => {
    const app = await anApp(worker);
    const person = await aCardPerson(world, ['piv', 'totp']);
    await ban(person, app.uuid);
    const browser = new Browser(worker);
    await browser.open(question(app).url);
    await browser.open('/login/piv_cac');
    await presentCard(world, browser, person.card);
    expectRestricted(browser, 'Parks');
  });

  it('comes before a request for more assurance, and after prompt=login', async () => {
    const app = await anApp(worker, { allow_prompt_login: true });
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open('/');
    await walk(browser, person);
    await ban(person, app.uuid);
    await browser.open(question(app, { acr_values: `${AUTH_ONLY} ${AAL}/2?phishing_resistant=true` }).url);
    expectRestricted(browser, 'Parks');
    await browser.open(question(app, { prompt: 'login' }).url);
    expect(placeOf(browser)).toBe('/');
    await walk(browser, person);
    expectRestricted(browser, 'Parks');
  });
});

describe('SP-2, AP-4 the page of a banned account', () => {
  async function atThePage() {
    const app = await anApp(worker);
    const person = await aPerson(worker);
    await ban(person, app.uuid);
    const browser = new Browser(worker);
    const asked = question(app);
    await browser.open(asked.url);
    await walk(browser, person);
    expectRestricted(browser, 'Parks');
    return { app, person, browser, asked };
  }

  it('leads back to the app, which hears that nobody signed in', async () => {
    const { browser, asked } = await atThePage();
    expect(browser.view.html).toContain('href="/redirect/return_to_sp/cancel');
    await browser.open('/redirect/return_to_sp/cancel');
    expect(answerOf(browser.view)).toMatchObject({ error: 'access_denied', state: asked.state, code: '' });
  });

  it('leads to the account, where the rest of the sign-in follows and the app is no more asked about', async () => {
    const { person, browser } = await atThePage();
    expect(browser.view.html).toContain('href="/restricted/account"');
    await browser.open('/restricted/account');
    expect(placeOf(browser)).toBe('/login/two_factor/authenticator');
    await walk(browser, person);
    expect(placeOf(browser)).toBe('/account');
  });

  it('keeps the language, and goes with the session', async () => {
    const { browser, person } = await atThePage();
    await browser.open('/es/restricted');
    expect(browser.view.text).toContain('No puede usar esta cuenta para Parks');
    await signOut(browser);
    await browser.open('/restricted');
    expect(placeOf(browser)).toBe('/');
    expect(browser.view.text).not.toContain(person.email);
  });
});

describe('SP-2 at the SAML door', () => {
  it('ends a sign-in after the password, and a silent return', async () => {
    const app = await aSamlApp(worker);
    const person = await aPerson(worker);
    const live = new Browser(worker);
    await live.open(authPath(requestXml(app)));
    expect(answerXml(await signIn(live, person))).toContain(':status:Success');
    await ban(person, app.issuer);
    await live.open(authPath(requestXml(app)));
    expectRestricted(live, 'Harbours');

    const browser = new Browser(worker);
    await browser.open(authPath(requestXml(app)));
    await walk(browser, person);
    expectRestricted(browser, 'Harbours');
  });

  it('answers IsPassive without a word of why', async () => {
    const app = await aSamlApp(worker, { saml_options: { no_passive: true } });
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open(authPath(requestXml(app)));
    await signIn(browser, person);
    await ban(person, app.uuid);
    await browser.open(authPath(requestXml(app, { attributes: ' IsPassive="true"' })));
    const xml = answerXml(browser.view);
    expect(xml).toContain(':status:NoPassive');
    expect(xml).not.toContain('Assertion ');
  });
});

describe('SP-2 the interface for operators', () => {
  const list = async (who: Who): Promise<unknown> =>
    (await worker.api('GET', `/api/admin/v1/users/${who.uuid}/bans`)).json();

  it('says what is in force, and writes down who did it and why, once', async () => {
    const app = await anApp(worker);
    const person = await aPerson(worker);
    expect(await list(person)).toEqual([]);
    const answers = await Promise.all([1, 2, 3].map(() => ask(person, 'ban', app.clientId)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const done = answers.find(({ status }) => status === 200);
    expect(asObject(await done?.json())).toEqual({ uuid: person.uuid, banned_from: [app.uuid] });
    expect(await list(person)).toEqual([
      { app: app.uuid, actor: 'api:admin-token', reason: REASON, since: expect.stringMatching(/^20\d\d-/) },
    ]);
    const shown = await worker.api('GET', `/api/sandbox/v1/accounts/${person.uuid}`);
    expect(asObject(await shown.json())).toMatchObject({ banned_from: [app.uuid] });
    const lifted = await ask(person, 'unban', app.uuid, 'a mistake');
    expect(asObject(await lifted.json())).toEqual({ uuid: person.uuid, banned_from: [] });
    expect((await ask(person, 'unban', app.uuid)).status).toBe(409);
    const history = await worker.api('GET', `/api/admin/v1/audit?item_id=${person.uuid}`);
    expect(await history.json()).toMatchObject([
      { action: 'unban', before: { ban: app.uuid }, after: null, changes: { reason: [null, 'a mistake'] } },
      {
        action: 'ban',
        actor: 'api:admin-token',
        item_type: 'account',
        before: null,
        after: { ban: app.uuid },
        changes: { ban: [null, app.uuid], reason: [null, REASON] },
      },
    ]);
  });

  it('refuses what it cannot do, and names the field', async () => {
    const app = await anApp(worker);
    const person = await aPerson(worker);
    const code = async (answer: ServedResponse): Promise<unknown> => {
      expect(answer.status).toBe(422);
      const { errors } = asObject(await answer.json());
      return Array.isArray(errors) ? asObject(errors[0]).code : undefined;
    };
    for (const body of [null, [], 'x', { app: app.uuid }])
      expect(await code(await send(person, 'ban', body))).toBe('reason.missing');
    for (const reason of ['', '  ', 7, 'x'.repeat(501)])
      expect(await code(await ask(person, 'ban', app.uuid, reason))).toBe('reason.missing');
    for (const named of [undefined, '', 7, null, ['*'], 'x'.repeat(1025)])
      expect(await code(await ask(person, 'ban', named))).toBe('app.missing');
    for (const what of ['ban', 'unban'] as const)
      expect(await code(await ask(person, what, 'urn:test:nothing'))).toBe('app.unknown');
    expect(await code(await ask(person, 'ban', randomUUID()))).toBe('app.unknown');
    expect(await list(person)).toEqual([]);
  });

  it('lifts the ban of an app that was deleted since', async () => {
    const app = await anApp(worker);
    const person = await aPerson(worker);
    await ban(person, app.uuid);
    expect((await worker.api('DELETE', `/api/admin/v1/apps/${app.uuid}`)).status).toBe(204);
    expect((await ask(person, 'unban', app.uuid)).status).toBe(200);
    expect((await ask(person, 'unban', randomUUID())).status).toBe(409);
  });

  it('is for operators only, about accounts that exist', async () => {
    const app = await anApp(worker);
    const person = await aPerson(worker);
    for (const what of ['ban', 'unban', 'bans']) {
      const path = `/api/admin/v1/users/${person.uuid}/${what}`;
      const method = what === 'bans' ? 'GET' : 'POST';
      const headers = { authorization: 'Bearer wrong', 'content-type': 'application/json' };
      const body = method === 'GET' ? {} : { body: JSON.stringify({ app: app.uuid, reason: REASON }) };
      expect((await worker.fetch(path, { method, headers, ...body })).status, what).toBe(401);
      for (const uuid of [randomUUID(), 'nobody', '%27']) {
        const answer = await worker.api(
          method,
          `/api/admin/v1/users/${uuid}/${what}`,
          method === 'GET' ? undefined : { app: app.uuid, reason: REASON },
        );
        expect(answer.status, `${what} ${uuid}`).toBe(404);
      }
    }
  });
});
