import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp, changeApp, RETURN, type TestApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import {
  AAL,
  AUTH_ONLY,
  answerOf,
  type Changes,
  ISSUER,
  obtainCode,
  obtainTokens,
  question,
  redeem,
  tokensOf,
  userinfo,
} from '../support/oidc.ts';
import { aPerson, type Person, signOut, walk } from '../support/people.ts';
import { ORIGIN, startWorker, type TestWorker } from '../support/worker.ts';

const SESSION = '__Host-gh_session';
const MINUTE = 60;
const HOUR = 3600;

let worker: TestWorker;
let app: TestApp;
beforeAll(async () => {
  worker = await startWorker({ GH_ENV: 'local' });
  app = await anApp(worker, { allow_prompt_login: true, prompt_create_allowed: true });
});
afterAll(() => worker.close());

/** A browser in which this person is signed in and known to the app. */
async function signedIn(person: Person, known: TestApp = app): Promise<Browser> {
  const browser = new Browser(worker);
  await obtainCode(browser, person, known);
  return browser;
}

const silently = async (browser: Browser, changes: Changes = {}, known: TestApp = app) => {
  await browser.open(question(known, { prompt: 'none', ...changes }).url);
  return answerOf(browser.view);
};

describe('prompt=none (OIDC Core section 3.1.2.6)', () => {
  it('answers login_required to a browser nobody is signed in at, and leaves no page behind', async () => {
    const browser = new Browser(worker);
    const asked = question(app, { prompt: 'none' });
    await browser.open(asked.url);
    const { error, state, url } = answerOf(browser.view);
    expect({ error, state, iss: url.searchParams.get('iss') }).toEqual({
      error: 'login_required',
      state: asked.state,
      iss: ISSUER,
    });
    expect(url.searchParams.has('error_description')).toBe(false);
  });

  it('answers login_required to a cookie of a session that is over', async () => {
    const person = await aPerson(worker);
    const browser = await signedIn(person);
    const cookies = new Map(browser.cookies);
    await signOut(browser);
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    expect((await silently(browser)).error).toBe('login_required');
  });

  it('answers consent_required, interaction_required, or a code', async () => {
    const person = await aPerson(worker);
    const browser = await signedIn(person);
    const stranger = await anApp(worker);
    expect((await silently(browser, {}, stranger)).error, 'never agreed').toBe('consent_required');
    expect(
      (await silently(browser, { scope: 'openid email all_emails' })).error,
      'more than was agreed',
    ).toBe('consent_required');
    expect((await silently(browser)).code).toMatch(/^gh_code_/);
  });

  it('answers login_required to somebody who has given a password and no second factor: nobody is authenticated yet', async () => {
    const person = await aPerson(worker);
    const half = new Browser(worker);
    await half.open(question(app).url);
    await half.submit({ username: person.email, 'current-password': person.password });
    expect((await silently(half)).error).toBe('login_required');
    await half.open('/continue');
    expect(half.view.url.pathname, 'the sign-in under way goes on').toContain('/login/two_factor/');
  });

  it('ends no session and keeps the question of another tab', async () => {
    const person = await aPerson(worker);
    const browser = await signedIn(person);
    expect((await silently(browser, { max_age: '0' })).error).toBe('login_required');
    expect((await silently(browser)).code).not.toBe('');
    const fresh = new Browser(worker);
    await fresh.open(question(app).url);
    await silently(fresh);
    await fresh.open('/');
    expect(fresh.view.text).toContain('Parks');
  });
});

describe('max_age and auth_time', () => {
  it('asks again once the sign-in is older, and tells when it was', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    const before = Math.floor(worker.now() / 1000);
    const first = await obtainTokens(worker, browser, person, app);
    const authTime = Number(first.claims.auth_time);
    expect(authTime).toBeGreaterThanOrEqual(before - 1);
    expect(authTime).toBeLessThanOrEqual(Math.floor(worker.now() / 1000) + 1);

    await worker.advance(5 * MINUTE);
    const same = await obtainTokens(worker, browser, person, app, { max_age: String(6 * MINUTE) });
    expect(same.claims.auth_time, 'still young enough: nobody was asked').toBe(authTime);
    expect((await silently(browser, { max_age: String(4 * MINUTE) })).error).toBe('login_required');

    await browser.open(question(app, { max_age: String(4 * MINUTE) }).url);
    expect(browser.view.url.pathname).toBe('/');
    expect(browser.view.text).toContain('Parks');
    const again = await obtainTokens(worker, browser, person, app, { max_age: String(4 * MINUTE) });
    expect(Number(again.claims.auth_time)).toBeGreaterThanOrEqual(authTime + 5 * MINUTE);
  });

  it('max_age=0 asks every time, once', async () => {
    const person = await aPerson(worker);
    const browser = await signedIn(person);
    await worker.advance(MINUTE);
    await browser.open(question(app, { max_age: '0' }).url);
    expect(browser.view.url.pathname).toBe('/');
    expect(answerOf(await walk(browser, person)).code).not.toBe('');
  });
});

describe('MFA-5 prompt=login', () => {
  it('signs out, asks for everything with a notice that names the app, and does not ask twice for one URL', async () => {
    const person = await aPerson(worker);
    const browser = await signedIn(person);
    await worker.advance(10);
    const asked = question(app, { prompt: 'login' });
    await browser.open(asked.url);
    expect(browser.view.url.pathname).toBe('/');
    expect(browser.view.text).toContain('Parks');
    expect(browser.cookies.has(SESSION)).toBe(false);
    await browser.submit({ username: person.email, 'current-password': person.password });
    // The person switches language half-way, or presses "back": the same URL again.
    await browser.open(`/es${asked.url}`);
    expect(browser.view.url.pathname, 'still the same sign-in').toContain('/login/two_factor');
    await browser.open(asked.url);
    expect(answerOf(await walk(browser, person)).code).not.toBe('');
  });

  it('asks again for another state, and again after the hand-off', async () => {
    const person = await aPerson(worker);
    const browser = await signedIn(person);
    const asked = question(app, { prompt: 'login' });
    for (let times = 0; times < 2; times += 1) {
      await worker.advance(40);
      await browser.open(asked.url);
      expect(browser.view.url.pathname, `time ${times}`).toBe('/');
      answerOf(await walk(browser, person));
    }
  });

  it('takes a stronger question under the same state and nonce for another one', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    const plain = question(app, { prompt: 'login' });
    await browser.open(plain.url);
    const strong = `${AUTH_ONLY} ${AAL}/2`;
    plain.query.set('acr_values', strong);
    await browser.open(`/openid_connect/authorize?${plain.query}`);
    const { code, state } = answerOf(await walk(browser, person));
    expect(state).toBe(plain.state);
    expect((await tokensOf(await redeem(worker, { ...plain, code }))).claims.aal).toBe(`${AAL}/2`);
  });

  it('shows a page instead of taking part in a loop', async () => {
    const person = await aPerson(worker);
    const browser = await signedIn(person);
    // On a busy machine two requests may take longer than the window; then the loop is tried once more.
    for (let tries = 0, quick = false; !quick && tries < 10; tries += 1) {
      await obtainCode(browser, person, app);
      // Whoever had to sign in again is signed in now: from here to the end are two requests, the hand-off within them.
      const before = Date.now();
      await obtainCode(browser, person, app);
      await browser.open(question(app, { prompt: 'login' }).url);
      quick = Date.now() - before < 1900;
    }
    expect(browser.view.url.pathname).toBe('/bounced');
    expect(browser.view.html).toContain('data-error-id="bounced"');
    expect(browser.view.status).toBe(400);
    expect(browser.view.text, 'and names the app').toContain('Parks sent you straight back');
    const back = browser.link('Back to Parks');
    await worker.advance(3);
    await browser.open('/');
    expect(browser.view.url.pathname, 'the question is not taken up').toBe('/account');
    expect((await silently(browser)).code, 'the session lives on').not.toBe('');
    await browser.open(back);
    expect(answerOf(browser.view).error).toBe('access_denied');
    await worker.advance(3);
    await browser.open(question(app, { prompt: 'login' }).url);
    expect(browser.view.url.pathname).toBe('/');
  });
});

describe('prompt=create', () => {
  it('starts a visitor at sign-up, and takes somebody signed in for who they are', async () => {
    const browser = new Browser(worker);
    await browser.open(question(app, { prompt: 'create' }).url);
    expect(browser.view.url.pathname).toBe('/sign_up/enter_email');
    const person = await aPerson(worker);
    const known = await signedIn(person);
    await known.open(question(app, { prompt: 'create' }).url);
    expect(answerOf(known.view).code).not.toBe('');
  });
});

describe('hints', () => {
  it('login_hint fills the e-mail field, whoever it names', async () => {
    for (const hint of ['pat@example.com', '"><script>alert(1)</script>@x.y', 'not an address']) {
      const browser = new Browser(worker);
      await browser.open(question(app, { login_hint: hint }).url);
      const form = browser.view.forms.find(({ byAutocomplete }) => byAutocomplete.has('username'));
      expect(form?.values.get(form.byAutocomplete.get('username') ?? '')).toBe(hint);
    }
  });

  it('locale and ui_locales choose the language of the pages', async () => {
    const cases: readonly (readonly [Changes, string])[] = [
      [{ locale: 'es' }, 'es'],
      [{ locale: 'FR-CA' }, 'fr'],
      [{ ui_locales: 'de zh-Hans en' }, 'zh'],
      [{ locale: 'fr', ui_locales: 'es' }, 'fr'],
      [{ locale: 'xx' }, 'en'],
    ];
    for (const [changes, lang] of cases) {
      const browser = new Browser(worker);
      await browser.open(question(app, changes).url);
      expect(/<html[^>]* lang="([^"]+)"/.exec(browser.view.html)?.[1], JSON.stringify(changes)).toMatch(
        new RegExp(`^${lang}`),
      );
    }
  });

  it('UIN-10 tells the language last used in the session', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker, { 'accept-language': 'es' });
    const { claims } = await obtainTokens(worker, browser, person, app, { scope: 'openid locale' });
    expect(claims.locale).toBe('es');
    await browser.open('/fr/account');
    const asked = question(app, { scope: 'openid locale' });
    await browser.open(asked.url);
    const { code } = answerOf(await walk(browser, person));
    const later = await tokensOf(await redeem(worker, { ...asked, code }));
    expect(later.claims.locale, 'the person switched to French meanwhile').toBe('fr');
    const quiet = question(app, { scope: 'openid locale', prompt: 'none', ui_locales: 'zh' });
    await browser.open(quiet.url);
    const last = await tokensOf(await redeem(worker, { ...quiet, code: answerOf(browser.view).code }));
    expect(last.claims.locale).toBe('zh');
    const info = await userinfo(worker, last.accessToken);
    expect(await info.json()).toMatchObject({ locale: 'zh' });
  });

  it('id_token_hint lets the right person through and nobody else', async () => {
    const right = await aPerson(worker);
    const wrong = await aPerson(worker);
    const { idToken, claims } = await obtainTokens(worker, new Browser(worker), right, app);
    const hint = { id_token_hint: idToken };
    const hers = await signedIn(right);
    expect((await silently(hers, hint)).code).not.toBe('');
    const his = await signedIn(wrong);
    expect((await silently(his, hint)).error).toBe('login_required');
    await worker.advance(10);
    await his.open(question(app, hint).url);
    expect(his.view.url.pathname, 'somebody else has to sign in').toBe('/');
    const asked = question(app, hint);
    await his.open(asked.url);
    const { code } = answerOf(await walk(his, right));
    expect((await tokensOf(await redeem(worker, { ...asked, code }))).claims.sub).toBe(claims.sub);
  });

  it('id_token_hint never yields a code for another person, known to the app or not', async () => {
    const right = await aPerson(worker);
    const { idToken } = await obtainTokens(worker, new Browser(worker), right, app);
    const unknown = await aPerson(worker);
    const elsewhere = await anApp(worker);
    const browser = await signedIn(unknown, elsewhere);
    expect(
      (await silently(browser, { id_token_hint: idToken })).error,
      'not consent_required: it is the wrong person',
    ).toBe('login_required');
    await worker.advance(10);
    await browser.open(question(app, { id_token_hint: idToken }).url);
    expect(browser.view.url.pathname).toBe('/');
    expect(answerOf(await walk(browser, unknown))).toMatchObject({ code: '', error: 'login_required' });
  });

  it('ignores a hint that is not ours, or was issued to another app', async () => {
    const person = await aPerson(worker);
    const other = await anApp(worker);
    const { idToken } = await obtainTokens(worker, new Browser(worker), await aPerson(worker), other);
    const browser = await signedIn(person);
    const [head, body] = idToken.split('.');
    for (const hint of [
      idToken,
      `${head}.${body}.AAAA`,
      'x',
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`,
    ]) {
      expect((await silently(browser, { id_token_hint: hint })).code, hint.slice(0, 20)).not.toBe('');
    }
  });
});

describe('FLO-7 continue-as', () => {
  it('asks somebody signed in before, once per app and session', async () => {
    const person = await aPerson(worker);
    await signedIn(person);
    const browser = new Browser(worker);
    const other = await anApp(worker, { friendly_name: 'Rivers' });
    await obtainCode(browser, person, other);
    await browser.open(question(app).url);
    expect(browser.view.url.pathname).toBe('/user_authorization_confirmation');
    expect(browser.view.text).toContain(person.email);
    await browser.submit({ choice: 'continue' });
    expect(answerOf(browser.view).code).not.toBe('');
    await browser.open(question(app).url);
    expect(answerOf(browser.view).code, 'not a second time').not.toBe('');
  });

  it('lets somebody else sign in and answers the same question', async () => {
    const person = await aPerson(worker);
    await signedIn(person);
    const other = await aPerson(worker);
    const browser = new Browser(worker);
    await obtainCode(browser, person, await anApp(worker));
    const asked = question(app);
    await browser.open(asked.url);
    await browser.submit({ choice: 'other' });
    expect(browser.view.url.pathname).toBe('/');
    expect(browser.view.text).toContain('Parks');
    const { code, state } = answerOf(await walk(browser, other));
    expect(state).toBe(asked.state);
    expect((await tokensOf(await redeem(worker, { ...asked, code }))).claims.email).toBe(other.email);
  });
});

describe('FLO-9 the way back to the app', () => {
  it('answers access_denied without a description', async () => {
    const browser = new Browser(worker);
    const asked = question(app);
    await browser.open(asked.url);
    await browser.open('/redirect/return_to_sp/cancel');
    const { url, error, state } = answerOf(browser.view);
    expect({ error, state, keys: [...url.searchParams.keys()] }).toEqual({
      error: 'access_denied',
      state: asked.state,
      keys: ['error', 'iss', 'state'],
    });
  });

  it('AP-1 leads to the app that the page names, whatever another tab asks meanwhile', async () => {
    const browser = new Browser(worker);
    const asked = question(app);
    await browser.open(asked.url);
    const back = browser.link('Back to Parks');
    await browser.open(question(await anApp(worker, { friendly_name: 'Rivers' })).url);
    await browser.open(back);
    expect(answerOf(browser.view)).toMatchObject({ error: 'access_denied', state: asked.state });
    await browser.open(back.replace(/request_id=.*/, 'request_id=nobodys'));
    expect(browser.view.url.pathname, 'of no question at all').toBe('/');
  });

  it('leads to return_to_sp_url when the address is no longer registered', async () => {
    const moved = await anApp(worker, { return_to_sp_url: 'https://home.app.test/start' });
    const browser = new Browser(worker);
    await browser.open(question(moved).url);
    await changeApp(worker, moved, { redirect_uris: ['https://new.app.test/cb'] });
    await browser.open('/redirect/return_to_sp/cancel');
    expect(browser.view.url.href).toBe('https://home.app.test/start');
  });

  it('RED-1 hands no code to an address that was taken away meanwhile', async () => {
    const moved = await anApp(worker);
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open(question(moved).url);
    await changeApp(worker, moved, { redirect_uris: ['https://new.app.test/cb'] });
    await walk(browser, person, { until: '/app_inactive' });
    expect(browser.view.url.origin).toBe(ORIGIN);
  });
});

describe('SN: sessions of one person', () => {
  it('keeps several at once, each with tokens of its own', async () => {
    const person = await aPerson(worker);
    const [one, two] = [new Browser(worker), new Browser(worker)];
    const first = await obtainTokens(worker, one, person, app);
    const second = await obtainTokens(worker, two, person, app);
    expect(first.claims.sub).toBe(second.claims.sub);
    await signOut(one);
    expect((await userinfo(worker, first.accessToken)).status, 'UIN-2: dies with its session').toBe(401);
    expect((await userinfo(worker, second.accessToken)).status).toBe(200);
  });

  it('CFG-2 ends after fifteen idle minutes, and page views renew it', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    const { accessToken, expiresIn } = await obtainTokens(worker, browser, person, app);
    expect(expiresIn).toBeLessThanOrEqual(900);
    await worker.advance(14 * MINUTE);
    expect((await silently(browser)).code).not.toBe('');
    await worker.advance(14 * MINUTE);
    expect((await userinfo(worker, accessToken)).status, 'renewed by the page view').toBe(200);
    await worker.advance(2 * MINUTE);
    expect((await userinfo(worker, accessToken)).status, 'userinfo renews nothing').toBe(401);
    expect((await silently(browser)).error).toBe('login_required');
  });

  it('CFG-2 ends after twelve hours however busy', async () => {
    const person = await aPerson(worker);
    const browser = await signedIn(person);
    for (let passed = 0; passed < 12 * HOUR; passed += 14 * MINUTE) {
      expect((await silently(browser)).code, `after ${passed} s`).not.toBe('');
      await worker.advance(14 * MINUTE);
    }
    expect((await silently(browser)).error).toBe('login_required');
  });

  it('COD-2 a code lives 300 seconds', async () => {
    const person = await aPerson(worker);
    const browser = await signedIn(person);
    const early = await obtainCode(browser, person, app);
    await worker.advance(270);
    expect((await redeem(worker, early)).status).toBe(200);
    const late = await obtainCode(browser, person, app);
    await worker.advance(300);
    const refused = await redeem(worker, late);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      error: 'invalid_grant',
      error_description: expect.stringContaining('Code is expired.'),
    });
  });

  it('COD-5 a code of a session that ended is no code', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    const asked = await obtainCode(browser, person, app);
    await signOut(browser);
    expect((await redeem(worker, asked)).status).toBe(400);
  });
});

describe('fixation', () => {
  it('gives every browser a session of its own making, and a new secret with every step', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    const planted = 'A'.repeat(75);
    browser.cookies.set(SESSION, planted);
    await browser.open(question(app).url);
    await browser.submit({ username: person.email, 'current-password': person.password });
    const afterPassword = browser.cookies.get(SESSION);
    answerOf(await walk(browser, person));
    const afterFactor = browser.cookies.get(SESSION);
    expect(new Set([planted, afterPassword, afterFactor]).size).toBe(3);

    const thief = new Browser(worker);
    await worker.advance(15);
    thief.cookies.set(SESSION, afterPassword ?? '');
    expect((await silently(thief)).error, 'the secret from before the second factor').toBe('login_required');
    expect((await silently(browser)).code).not.toBe('');
  });

  it('somebody who planted their own session gets nothing of the person who signs in over it', async () => {
    const attacker = await aPerson(worker);
    const trap = await signedIn(attacker);
    const victim = await aPerson(worker);
    const browser = new Browser(worker);
    browser.cookies.set(SESSION, trap.cookies.get(SESSION) ?? '');
    await signOut(browser);
    const { claims } = await obtainTokens(worker, browser, victim, app);
    expect(claims.email).toBe(victim.email);
    expect((await silently(trap)).error, 'the planted session is over').toBe('login_required');
  });

  it('cookies are bound to the host, out of reach of scripts, and not sent across sites', async () => {
    const answer = await worker.fetch(question(app).url);
    const lines = answer.headers.getSetCookie();
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines)
      expect(line).toMatch(
        /^__Host-[^=]+=[^;]*(?=.*; ?Path=\/(;|$))(?=.*; ?Secure)(?=.*; ?HttpOnly)(?=.*; ?SameSite=Lax)(?!.*Domain=)/i,
      );
  });

  it('believes no request cookie it did not make', async () => {
    const other = await anApp(worker, { friendly_name: 'Rivers' });
    const browser = new Browser(worker);
    await browser.open(question(app).url);
    const name = '__Host-gh_request';
    const [id, , tag] = (browser.cookies.get(name) ?? '').split('.');
    browser.cookies.set(name, `${id}.${other.uuid}.${tag}`);
    await browser.open('/');
    expect(browser.view.text).not.toContain('Rivers');
  });
});

describe('HD-2 forms of others', () => {
  const login = (person: Person) => ({ email: person.email, password: person.password });

  it('refuses sign-in without a token, with a foreign one, and from a foreign origin', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open(question(app).url);
    const csrf = browser.view.forms.find(({ names }) => names.has('csrf'))?.values.get('csrf') ?? '';
    const elsewhere = new Browser(worker);
    await elsewhere.open('/');
    const foreign = elsewhere.view.forms.find(({ names }) => names.has('csrf'))?.values.get('csrf') ?? '';
    expect(csrf).not.toBe('');
    expect(foreign).not.toBe(csrf);
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const post = (fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
      worker.fetch('/', {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams(fields).toString(),
      });
    const refused = [
      await post(login(person)),
      await post({ ...login(person), csrf: '' }),
      await post({ ...login(person), csrf: foreign }),
      await post({ ...login(person), csrf }, { origin: 'https://evil.test' }),
      await post({ ...login(person), csrf }, { 'sec-fetch-site': 'cross-site' }),
      await post({ ...login(person), csrf }, { 'content-type': 'text/plain' }),
    ];
    for (const answer of refused) {
      expect(answer.status).toBe(403);
      expect(answer.headers.getSetCookie().join()).not.toContain(`${SESSION}=`);
      expect(await answer.text()).toContain('href="/"');
    }
    const oversize = await post({ ...login(person), csrf, more: 'x'.repeat(200_000) });
    expect(oversize.status).toBe(413);
    expect(oversize.headers.getSetCookie().join()).not.toContain(`${SESSION}=`);
    const page = await oversize.text();
    expect(page).toContain('data-error-id="too-large"');
    expect(page).toContain('href="/"');
    const foreignToo = await post(
      { ...login(person), more: 'x'.repeat(200_000) },
      { origin: 'https://evil.test' },
    );
    expect(foreignToo.status, 'a form of another site is told nothing about itself').toBe(403);
    expect((await post({ ...login(person), csrf })).status).toBe(303);
  });

  it('agrees to nothing on a foreign form', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    const fresh = await anApp(worker);
    await browser.open(question(fresh).url);
    await walk(browser, person, { until: '/sign_up/completed' });
    await browser.post('/sign_up/completed', {});
    expect(browser.view.status).toBe(403);
    expect((await silently(browser, {}, fresh)).error).toBe('consent_required');
    await browser.open('/continue');
    expect(answerOf(await walk(browser, person)).code).not.toBe('');
  });
});

describe('CFG-3 a stored request', () => {
  it('waits a day, in whichever browser brings its id', async () => {
    const person = await aPerson(worker);
    const asked = question(app);
    const start = new Browser(worker);
    await start.open(asked.url);
    const link = `${start.view.url.pathname}${start.view.url.search}`;
    await worker.advance(20 * HOUR);
    const elsewhere = new Browser(worker);
    await elsewhere.open(link);
    expect(elsewhere.view.text).toContain('Parks');
    expect(answerOf(await walk(elsewhere, person)).state).toBe(asked.state);
    const late = new Browser(worker);
    await late.open(link);
    expect(late.view.text, 'answered once').not.toContain('Parks');
  });

  it('is forgotten after a day: the person ends at their account, nobody is redirected', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open(question(app, { redirect_uri: RETURN }).url);
    await worker.advance(25 * HOUR);
    await browser.open(`${browser.view.url.pathname}${browser.view.url.search}`);
    expect(browser.view.status).toBe(200);
    await walk(browser, person, { until: '/account' });
    expect(browser.view.url.pathname).toBe('/account');
  });
});
