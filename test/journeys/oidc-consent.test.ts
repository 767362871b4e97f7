import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp, changeApp, RETURN, type TestApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { asObject } from '../support/json.ts';
import { mailedLink } from '../support/mail.ts';
import {
  AAL,
  answerOf,
  type Changes,
  obtainCode,
  obtainTokens,
  question,
  redeem,
  tokensOf,
  userinfo,
} from '../support/oidc.ts';
import { aPerson, type Person, signOut, walk } from '../support/people.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const DAY = 86_400;
const CONSENT = '/sign_up/completed';
const LEGACY = 'http://idmanagement.gov/ns/assurance';

let worker: TestWorker;
let app: TestApp;
beforeAll(async () => {
  worker = await startWorker({ GH_ENV: 'local' });
  app = await anApp(worker);
});
afterAll(() => worker.close());

/** Asks as this app in a signed-in browser and says where the person ends up. */
async function reaches(browser: Browser, changes: Changes = {}, known: TestApp = app): Promise<string> {
  await browser.open(question(known, changes).url);
  const { url } = browser.view;
  return url.origin === new URL(RETURN).origin ? 'app' : url.pathname;
}

describe('CNS-1 when consent is asked', () => {
  it('at first, for more attributes, never for fewer', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    const fresh = await anApp(worker);
    await browser.open(question(fresh, { scope: 'openid' }).url);
    await walk(browser, person, { until: CONSENT });
    expect(browser.view.url.pathname, 'CNS-2: openid alone needs the first consent').toBe(CONSENT);
    answerOf(await browser.submit());
    expect(await reaches(browser, { scope: 'openid' }, fresh)).toBe('app');
    expect(await reaches(browser, { scope: 'openid email' }, fresh)).toBe(CONSENT);
    expect(browser.view.text).toContain(person.email);
    answerOf(await browser.submit());
    expect(await reaches(browser, { scope: 'openid' }, fresh), 'fewer').toBe('app');
    expect(await reaches(browser, { scope: 'openid email' }, fresh), 'the union is remembered').toBe('app');
    expect(await reaches(browser, { scope: 'openid email locale' }, fresh)).toBe(CONSENT);
  });

  it('not again for what was agreed to in another browser since, without a page too', async () => {
    const person = await aPerson(worker);
    const fresh = await anApp(worker);
    const [here, elsewhere] = [new Browser(worker), new Browser(worker)];
    for (const [browser, scope] of [
      [here, 'openid'],
      [elsewhere, 'openid email'],
    ] as const) {
      await browser.open(question(fresh, { scope }).url);
      expect(answerOf(await walk(browser, person)).code).not.toBe('');
    }
    await here.open(question(fresh, { scope: 'openid email', prompt: 'none' }).url);
    expect(answerOf(here.view).error).toBeNull();
    expect(await reaches(here, { scope: 'openid email' }, fresh)).toBe('app');
    expect(await reaches(here, { scope: 'openid email locale' }, fresh)).toBe(CONSENT);
  });

  it('again after a year', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await obtainCode(browser, person, app);
    await worker.advance(364 * DAY);
    const later = new Browser(worker);
    await later.open(question(app).url);
    expect(answerOf(await walk(later, person, { until: CONSENT })).code, 'not yet').not.toBe('');
    await worker.advance(2 * DAY);
    const after = new Browser(worker);
    await after.open(question(app).url);
    await walk(after, person, { until: CONSENT });
    expect(after.view.url.pathname).toBe(CONSENT);
    expect(answerOf(await walk(after, person)).code).not.toBe('');
  });

  it('CNS-5 again after the person took it back: live codes and tokens die, the subject stays', async () => {
    const person = await aPerson(worker);
    const other = await anApp(worker, { friendly_name: 'Rivers' });
    const browser = new Browser(worker);
    const elsewhere = new Browser(worker);
    const before = await obtainTokens(worker, browser, person, app);
    const there = await obtainTokens(worker, elsewhere, person, app);
    const kept = await obtainTokens(worker, browser, person, other);
    const pending = await obtainCode(browser, person, app);
    await browser.open(`/account/service_providers/${app.uuid}/revoke`);
    expect(browser.view.url.pathname).toBe(`/account/service_providers/${app.uuid}/revoke`);
    await browser.submit({}, (form) => form.action.includes('/revoke'));
    expect(browser.view.url.pathname).toBe('/account/connected_services');

    expect((await userinfo(worker, before.accessToken)).status).toBe(401);
    expect((await userinfo(worker, there.accessToken)).status, 'in every session').toBe(401);
    expect((await redeem(worker, pending)).status).toBe(400);
    expect((await userinfo(worker, kept.accessToken)).status, 'of another app').toBe(200);
    await browser.open(question(app, { prompt: 'none' }).url);
    expect(answerOf(browser.view).error).toBe('consent_required');
    expect(await reaches(browser)).toBe(CONSENT);
    const after = await obtainTokens(worker, browser, person, app);
    expect(after.claims.sub).toBe(before.claims.sub);
  });

  it('the agreement is per app, not per agency', async () => {
    const person = await aPerson(worker);
    const [one, two] = [
      await anApp(worker, { agency: 'Parks Service' }),
      await anApp(worker, { agency: 'Parks Service' }),
    ];
    const browser = new Browser(worker);
    await obtainCode(browser, person, one);
    await browser.open(question(two).url);
    await walk(browser, person, { until: CONSENT });
    expect(browser.view.url.pathname).toBe(CONSENT);
  });

  it('is not given by leaving: cancelling answers access_denied and shares nothing', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open(question(app).url);
    await walk(browser, person, { until: CONSENT });
    await browser.open('/sign_up/completed/cancel');
    expect(answerOf(browser.view)).toMatchObject({ error: 'access_denied', code: '' });
    await browser.open(question(app, { prompt: 'none' }).url);
    expect(answerOf(browser.view).error).toBe('consent_required');
  });
});

describe('CNS-4 one address is shared', () => {
  /** Adds a confirmed address through the account's own pages and the mail it sends. */
  async function addAddress(browser: Browser, address: string): Promise<void> {
    await browser.open('/add/email');
    await browser.submit({ email: address });
    const answer = await worker.api('GET', `/api/sandbox/v1/messages?to=${encodeURIComponent(address)}`);
    const messages: unknown = await answer.json();
    const newest: unknown = Array.isArray(messages) ? messages.at(-1) : undefined;
    const { links } = asObject(newest);
    const link = Array.isArray(links)
      ? links.map(String).find((href) => href.includes('/add/email/confirm'))
      : undefined;
    if (link === undefined) throw new Error(`no link to confirm ${address} in ${JSON.stringify(newest)}`);
    const { pathname, search } = new URL(link);
    await browser.open(`${pathname}${search}`);
    if (browser.view.forms.some(({ action }) => action.includes('/add/email/confirm'))) {
      await browser.submit({}, ({ action }) => action.includes('/add/email/confirm'));
    }
  }

  it('the one agreed to stays, whichever address signs in later', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    const first = await obtainTokens(worker, browser, person, app);
    expect(first.claims.email).toBe(person.email);
    const second = `second-${person.email}`;
    await addAddress(browser, second);
    await signOut(browser);
    const later = await obtainTokens(worker, browser, { ...person, email: second }, app);
    expect(later.claims).toMatchObject({ email: person.email, sub: first.claims.sub });
    const everything = await anApp(worker);
    const all = await obtainTokens(worker, browser, person, everything, { scope: 'openid email all_emails' });
    expect(all.claims.all_emails).toEqual(expect.arrayContaining([person.email, second]));
    expect(all.claims.email, 'not pinned: the one last used to sign in').toBe(second);
  });

  it('the one agreed to stays when an agreement about something else follows', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    const fresh = await anApp(worker);
    await obtainTokens(worker, browser, person, fresh);
    const second = `second-${person.email}`;
    await addAddress(browser, second);
    await signOut(browser);
    const other = { ...person, email: second };
    await browser.open(question(fresh, { scope: 'openid locale' }).url);
    expect((await walk(browser, other, { until: CONSENT })).url.pathname).toBe(CONSENT);
    await walk(browser, other);
    const later = await obtainTokens(worker, browser, other, fresh);
    expect(later.claims.email, 'not the one that signed in').toBe(person.email);
    await signOut(browser);
    const anew = await obtainTokens(worker, browser, other, fresh);
    expect(anew.claims.email, 'in another session').toBe(person.email);
  });

  it('another one can be added on the way, and its link brings the question along (EM-5, AP-1)', async () => {
    const person = await aPerson(worker);
    const [desk, phone] = [new Browser(worker), new Browser(worker)];
    const asked = question(await anApp(worker));
    await desk.open(asked.url);
    await walk(desk, person, { until: CONSENT });
    await desk.open(desk.link('Change'));
    await desk.open(desk.link('Add an email address'));
    const second = `second-${person.email}`;
    await desk.submit({ email: second });
    await phone.open(await mailedLink(worker, second, '/add/email/confirm'));
    await phone.submit();
    expect(phone.view.url.pathname).toMatch(/^(\/en)?\/?$/);
    expect(phone.view.text, 'the app is named').toContain('Parks');
    await desk.open('/continue');
    await desk.open(desk.link('Change'));
    expect(desk.view.text).toContain(second);
    await desk.open('/continue');
    expect(answerOf(await desk.submit()).state).toBe(asked.state);
  });

  it('the one picked in another browser since is shared from this one, with nothing asked', async () => {
    const person = await aPerson(worker);
    const fresh = await anApp(worker);
    const [here, elsewhere] = [new Browser(worker), new Browser(worker)];
    const before = await obtainTokens(worker, here, person, fresh);
    expect(before.claims.email).toBe(person.email);
    const second = `second-${person.email}`;
    await addAddress(here, second);
    await elsewhere.open(question(fresh, { scope: 'openid email locale' }).url);
    await walk(elsewhere, person, { until: CONSENT });
    await elsewhere.open('/sign_up/select_email');
    const option = /value="([^"]+)"[^>]*>\s*<label[^>]*>\s*second-/.exec(elsewhere.view.html)?.[1];
    if (option === undefined) throw new Error(`no choice of addresses: ${elsewhere.view.html}`);
    await elsewhere.submit({ selected_email_id: option });
    expect(elsewhere.view.text).toContain(second);
    answerOf(await elsewhere.submit());
    await here.open(question(fresh, { prompt: 'none' }).url);
    expect(answerOf(here.view).error).toBeNull();
    const after = await obtainTokens(worker, here, person, fresh);
    expect(after.claims).toMatchObject({ email: second, sub: before.claims.sub });
    expect(asObject(await (await userinfo(worker, before.accessToken)).json()).email).toBe(second);
  });
});

describe('SUB-1 to SUB-3 subjects', () => {
  const subjectAt = async (person: Person, known: TestApp): Promise<unknown> =>
    (await obtainTokens(worker, new Browser(worker), person, known)).claims.sub;

  it('are shared within an agency and differ across', async () => {
    const person = await aPerson(worker);
    const other = await aPerson(worker);
    const parksOne = await anApp(worker, { agency: 'National Parks' });
    const parksTwo = await anApp(worker, { agency: 'National Parks' });
    const rivers = await anApp(worker, { agency: 'Rivers' });
    const [lonely, alone] = [await anApp(worker), await anApp(worker)];
    const subject = await subjectAt(person, parksOne);
    expect(subject).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(await subjectAt(person, parksTwo)).toBe(subject);
    const others = [
      await subjectAt(person, rivers),
      await subjectAt(person, lonely),
      await subjectAt(person, alone),
      await subjectAt(other, parksOne),
    ];
    expect(new Set([subject, ...others]).size, 'all different').toBe(5);
    expect([...others, subject]).not.toContain(person.uuid);
  });

  it('are not used again for an account made anew', async () => {
    const person = await aPerson(worker);
    const subject = await subjectAt(person, app);
    await worker.api('DELETE', `/api/sandbox/v1/accounts/${person.uuid}`);
    const anew = await aPerson(worker, { email: person.email });
    expect(await subjectAt(anew, app)).not.toBe(subject);
  });

  it('hold against two first visits at once', async () => {
    const person = await aPerson(worker);
    const [one, two] = [
      await anApp(worker, { agency: 'At Once' }),
      await anApp(worker, { agency: 'At Once' }),
    ];
    const browsers = [new Browser(worker), new Browser(worker)];
    for (const [at, browser] of browsers.entries()) {
      await browser.open(question(at === 0 ? one : two).url);
      await walk(browser, person, { until: CONSENT });
    }
    await Promise.all(browsers.map((browser) => browser.submit()));
    expect(await subjectAt(person, one)).toBe(await subjectAt(person, two));
  });
});

describe('what a release holds', () => {
  it('REG-9 the attribute bundle of an app bounds nothing here: scope decides', async () => {
    const narrow = await anApp(worker, { attribute_bundle: ['locale'] });
    const person = await aPerson(worker);
    const { claims } = await obtainTokens(worker, new Browser(worker), person, narrow);
    expect(claims.email).toBe(person.email);
    expect(claims).not.toHaveProperty('locale');
  });

  it('UIN-4 gives nothing that was not asked, and nulls where the contract wants them', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    const scope =
      'openid email x509 profile profile:verified_at phone address social_security_number sub junk';
    const { claims, accessToken } = await obtainTokens(worker, browser, person, app, { scope });
    const info = asObject(await (await userinfo(worker, accessToken)).json());
    expect(Object.keys(info).sort()).toEqual([
      'aal',
      'auth_time',
      'email',
      'email_verified',
      'ial',
      'iss',
      'sub',
      'verified_at',
      'x509_issuer',
      'x509_presented',
      'x509_subject',
    ]);
    expect(info).toMatchObject({
      x509_subject: null,
      x509_issuer: null,
      x509_presented: false,
      verified_at: null,
    });
    expect(Object.keys(claims).sort()).toEqual(
      [...Object.keys(info), 'acr', 'nonce', 'aud', 'jti', 'at_hash', 'c_hash', 'exp', 'iat', 'nbf'].sort(),
    );
    expect(claims.jti).toMatch(/^[\w-]{22}$/);
  });

  it('ACR-9, ACR-10 answers in the words of the question', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    const cases: readonly (readonly [string, string, string])[] = [
      [
        'urn:acr.login.gov:auth-only',
        'urn:acr.login.gov:auth-only',
        'urn:gov:gsa:ac:classes:sp:PasswordProtectedTransport:duo',
      ],
      [`${LEGACY}/ial/1`, `${LEGACY}/ial/1`, 'urn:gov:gsa:ac:classes:sp:PasswordProtectedTransport:duo'],
      [`${LEGACY}/loa/1 ${AAL}/2`, `${LEGACY}/ial/1`, `${AAL}/2`],
      [
        `${AAL}/1 junk ${LEGACY}/loa/1 urn:acr.login.gov:auth-only`,
        'urn:acr.login.gov:auth-only',
        'urn:gov:gsa:ac:classes:sp:PasswordProtectedTransport:duo',
      ],
    ];
    for (const [acr_values, acr, aal] of cases) {
      const { claims } = await obtainTokens(worker, browser, person, app, { acr_values });
      expect(claims, acr_values).toMatchObject({ acr, ial: acr, aal });
    }
  });

  it('keeps attributes out of a slim id_token, but not out of userinfo', async () => {
    const person = await aPerson(worker);
    const slim = await anApp(worker, { slim_id_token: true });
    const { claims, accessToken } = await obtainTokens(worker, new Browser(worker), person, slim);
    expect(claims).not.toHaveProperty('email');
    expect(claims).toMatchObject({ aud: slim.clientId, acr: 'urn:acr.login.gov:auth-only' });
    const info = asObject(await (await userinfo(worker, accessToken)).json());
    expect(info).toMatchObject({ sub: claims.sub, email: person.email });
  });

  it('a change of e-mail reaches userinfo of a token that is out already', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    const { accessToken } = await obtainTokens(worker, browser, person, app, { scope: 'openid all_emails' });
    await browser.open('/add/email');
    await browser.submit({ email: `more-${person.email}` });
    const info = asObject(await (await userinfo(worker, accessToken)).json());
    expect(info.all_emails, 'an address that is not confirmed is never shared').toEqual([person.email]);
  });
});

describe('FLO-8 an app that lives on a phone', () => {
  it('signs out on a desktop browser and sends it nowhere', async () => {
    const uri = 'gov.example.parks:/cb';
    const phone = await anApp(worker, { native: true, redirect_uris: [uri] });
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open(question(phone, { redirect_uri: uri }).url);
    await walk(browser, person, { until: CONSENT });
    await browser.submit();
    expect(browser.view.url.pathname).toBe(CONSENT);
    expect(browser.cookies.has('__Host-gh_session')).toBe(false);
    const mobile = new Browser(worker, {
      'user-agent':
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    });
    const asked = question(phone, { redirect_uri: uri });
    await mobile.open(asked.url);
    const { code, url } = answerOf(await walk(mobile, person));
    expect(url.protocol).toBe('gov.example.parks:');
    expect((await tokensOf(await redeem(worker, { ...asked, code }))).claims.aud).toBe(phone.clientId);
  });
});

describe('a request that no longer fits', () => {
  it('an app switched off between question and answer gets no code', async () => {
    const off = await anApp(worker);
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open(question(off).url);
    await walk(browser, person, { until: CONSENT });
    await changeApp(worker, off, { active: false });
    await browser.submit();
    expect(browser.view.url.pathname).toBe('/app_inactive');
  });
});
