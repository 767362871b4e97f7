import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp, changeApp, RETURN, type TestApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import {
  answerOf,
  type Changes,
  obtainCode,
  obtainTokens,
  question,
  redeem,
  type Tokens,
  userinfo,
} from '../support/oidc.ts';
import { aPerson, type Person } from '../support/people.ts';
import { ORIGIN, startWorker, type TestWorker } from '../support/worker.ts';

const BYE = 'https://app.test/bye';
const STATE = 's'.repeat(22);

let worker: TestWorker;
let app: TestApp;
let other: TestApp;
beforeAll(async () => {
  worker = await startWorker();
  app = await anApp(worker, { redirect_uris: [RETURN, BYE] });
  other = await anApp(worker, {
    friendly_name: 'Rivers',
    redirect_uris: [RETURN, 'https://rivers.test/bye'],
  });
});
afterAll(() => worker.close());

/** The logout address of this app; null leaves a parameter out. */
function logoutUrl(changes: Changes = {}): string {
  const query = new URLSearchParams({ client_id: app.clientId, post_logout_redirect_uri: BYE, state: STATE });
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return `/openid_connect/logout?${query}`;
}

async function signedIn(): Promise<{
  readonly browser: Browser;
  readonly person: Person;
  readonly tokens: Tokens;
}> {
  const person = await aPerson(worker);
  const browser = new Browser(worker);
  return { browser, person, tokens: await obtainTokens(worker, browser, person, app) };
}

const lives = async (browser: Browser): Promise<boolean> => {
  await browser.open(question(app, { prompt: 'none' }).url);
  return answerOf(browser.view).code !== '';
};

const confirm = (browser: Browser) => browser.submit({}, ({ names }) => names.has('confirmation'));

describe('LGO-2 a valid request', () => {
  it('goes on at once when nobody is signed in', async () => {
    const browser = new Browser(worker);
    await browser.open(logoutUrl());
    expect(browser.view.url.href).toBe(`${BYE}?state=${STATE}`);
  });

  it('LGO-5 leaves the address alone without state', async () => {
    const browser = new Browser(worker);
    await browser.open(logoutUrl({ state: null }));
    expect(browser.view.url.href).toBe(BYE);
  });

  it('asks somebody signed in, naming the app, even with a valid hint', async () => {
    const { browser, tokens } = await signedIn();
    for (const changes of [
      {},
      { id_token_hint: tokens.idToken },
      { client_id: null, id_token_hint: tokens.idToken },
    ]) {
      await browser.open(logoutUrl(changes));
      expect(browser.view.status).toBe(200);
      expect(browser.view.url.origin).toBe(ORIGIN);
      expect(browser.view.text).toContain('Parks');
      expect(browser.view.headers.get('cache-control')).toBe('no-store');
    }
    expect(await lives(browser), 'asking ends nothing').toBe(true);
  });

  it('LGO-4 ends the session on yes: tokens die, also those of other apps, and the app is told where it asked', async () => {
    const { browser, person, tokens } = await signedIn();
    const elsewhere = await obtainTokens(worker, browser, person, other);
    await browser.open(logoutUrl());
    await confirm(browser);
    expect(browser.view.url.href).toBe(`${BYE}?state=${STATE}`);
    expect((await userinfo(worker, tokens.accessToken)).status).toBe(401);
    expect((await userinfo(worker, elsewhere.accessToken)).status).toBe(401);
    expect(await lives(browser)).toBe(false);
  });

  it('LGO-4 stays on no: a link to the account, and the app hears nothing', async () => {
    const { browser, tokens } = await signedIn();
    await browser.open(logoutUrl());
    await browser.open(browser.link(/stay|no/i));
    expect(browser.view.url.pathname).toBe('/account');
    expect((await userinfo(worker, tokens.accessToken)).status).toBe(200);
    expect(await lives(browser)).toBe(true);
  });

  it('COD-5 voids the pending code of the app before the person answers, and of no other', async () => {
    const { browser, person } = await signedIn();
    const mine = await obtainCode(browser, person, app);
    const theirs = await obtainCode(browser, person, other);
    await browser.open(logoutUrl());
    expect((await redeem(worker, mine)).status).toBe(400);
    expect((await redeem(worker, theirs)).status).toBe(200);
  });

  it('works under a language of the path', async () => {
    const { browser } = await signedIn();
    await browser.open(`/es${logoutUrl()}`);
    expect(browser.view.html).toMatch(/<html[^>]* lang="es/);
    await confirm(browser);
    expect(browser.view.url.href).toBe(`${BYE}?state=${STATE}`);
  });

  it('LGO-3 turns a POST into a GET of the four parameters', async () => {
    const answer = await worker.fetch('/openid_connect/logout', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://app.test' },
      body: new URLSearchParams({
        client_id: app.clientId,
        post_logout_redirect_uri: BYE,
        state: STATE,
        junk: 'x',
      }).toString(),
    });
    expect(answer.status).toBe(302);
    const location = new URL(answer.headers.get('location') ?? '', ORIGIN);
    expect(location.pathname).toBe('/openid_connect/logout');
    expect([...location.searchParams.keys()].sort()).toEqual([
      'client_id',
      'post_logout_redirect_uri',
      'state',
    ]);
    expect((await worker.fetch(`${location.pathname}${location.search}`)).headers.get('location')).toBe(
      `${BYE}?state=${STATE}`,
    );
  });

  it('uses the list of its own where an app has one', async () => {
    const own = await anApp(worker, { post_logout_redirect_uris: ['https://app.test/signed-out'] });
    const at = (uri: string) =>
      worker.fetch(logoutUrl({ client_id: own.clientId, post_logout_redirect_uri: uri, state: null }));
    expect((await at('https://app.test/signed-out')).headers.get('location')).toBe(
      'https://app.test/signed-out',
    );
    expect((await at(RETURN)).status).toBe(400);
  });
});

describe('LGO-8 what is wrong is shown and never redirected', () => {
  const SHORT = 'state-too-short';
  const cases: readonly (readonly [string, Changes, string])[] = [
    ['an unknown client', { client_id: 'urn:nobody' }, 'client-id-not-recognized'],
    ['no client and no hint', { client_id: null }, 'logout-misconfigured'],
    [
      'an unknown client with an unreadable hint',
      { client_id: 'urn:nobody', id_token_hint: 'junk' },
      'client-id-not-recognized',
    ],
    [
      'an unknown client, a bad hint and a target of its own',
      { client_id: 'urn:nobody', id_token_hint: 'a.b.c', post_logout_redirect_uri: 'https://evil.test/' },
      'client-id-not-recognized',
    ],
    ['a bad hint alone', { client_id: null, id_token_hint: 'junk' }, 'id-token-hint-not-recognized'],
    ['no target', { post_logout_redirect_uri: null }, 'post-logout-redirect-uri-blank'],
    ['an empty target', { post_logout_redirect_uri: '' }, 'post-logout-redirect-uri-blank'],
    [
      'a target that is not registered',
      { post_logout_redirect_uri: 'https://evil.test/' },
      'oidc-redirect-match',
    ],
    ['a target that nearly is', { post_logout_redirect_uri: `${BYE}/` }, 'oidc-redirect-match'],
    ['a script for a target', { post_logout_redirect_uri: 'javascript:alert(1)' }, 'oidc-invalid-redirect'],
    ['a short state', { state: 'x' }, SHORT],
    ['an empty state', { state: '' }, SHORT],
    ['an endless state', { state: 'x'.repeat(9000) }, 'parameter-too-long'],
    ['an endless hint', { id_token_hint: 'x'.repeat(9000) }, 'parameter-too-long'],
  ];
  for (const [what, changes, id] of cases) {
    it(`for ${what}`, async () => {
      const { browser, tokens } = await signedIn();
      await browser.open(logoutUrl(changes));
      expect(browser.view.status).toBe(400);
      expect(browser.view.url.origin).toBe(ORIGIN);
      expect(browser.view.html).toContain(`data-error-id="${id}"`);
      expect((await userinfo(worker, tokens.accessToken)).status, 'the session is kept').toBe(200);
      const nobody = await worker.fetch(logoutUrl(changes));
      expect(nobody.status, 'nor when nobody is signed in').toBe(400);
      expect(nobody.headers.get('location')).toBeNull();
    });
  }

  it('for a hint that names another app than client_id', async () => {
    const { browser, person } = await signedIn();
    const { idToken } = await obtainTokens(worker, browser, person, other);
    await browser.open(logoutUrl({ id_token_hint: idToken }));
    expect(browser.view.status).toBe(400);
    expect(browser.view.html).toContain('data-error-id="id-token-hint-mismatch"');
  });

  it('for a hint whose signature was tampered with, or that claims no algorithm', async () => {
    const { tokens } = await signedIn();
    const [head = '', body = '', signature = ''] = tokens.idToken.split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const forged = Buffer.from(JSON.stringify({ ...tokens.claims, sub: 'x' })).toString('base64url');
    for (const hint of [
      `${none}.${body}.`,
      `${head}.${forged}.${signature}`,
      `${head}.${body}.${signature.slice(2)}`,
    ]) {
      const answer = await worker.fetch(logoutUrl({ client_id: null, id_token_hint: hint }));
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain('id-token-hint-not-recognized');
    }
  });

  it('escapes what it shows', async () => {
    const html = await (
      await worker.fetch(
        logoutUrl({ client_id: '"><script>alert(1)</script>', state: '<img src=x onerror=alert(1)>' }),
      )
    ).text();
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img src=x');
  });

  it('answers a posted request that cannot be read with a page', async () => {
    const post = (body: string) =>
      worker.fetch('/openid_connect/logout', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
      });
    expect((await post('client_id=%ff')).status).toBe(400);
    expect((await post(`state=${'x'.repeat(1_000_000)}`)).status).toBe(400);
  });
});

describe('LGO-4 the confirmation cannot be forged', () => {
  const post = (browser: Browser, fields: Readonly<Record<string, string>>) =>
    browser.post('/openid_connect/logout', { _method: 'delete', ...fields });
  const formOf = (browser: Browser) =>
    browser.view.forms.find(({ names }) => names.has('confirmation'))?.values ?? new Map<string, string>();

  it('ends nothing without the token of the form', async () => {
    const { browser } = await signedIn();
    await browser.open(logoutUrl());
    const confirmation = formOf(browser).get('confirmation') ?? '';
    for (const fields of [{}, { confirmation }, { confirmation, csrf: 'x' }]) {
      await post(browser, fields);
      expect(browser.view.status).toBe(403);
    }
    expect(await lives(browser)).toBe(true);
  });

  it('opens the question anew where the form was no longer valid: the app gets its answer after all', async () => {
    const { browser, tokens } = await signedIn();
    await browser.open(logoutUrl({ client_id: null, id_token_hint: tokens.idToken }));
    await browser.submit({ csrf: 'of another browser' }, ({ names }) => names.has('confirmation'));
    expect(browser.view.status).toBe(403);
    expect(browser.view.html, 'the hint holds personal data').not.toContain(tokens.idToken);
    await browser.open(browser.link('Try again'));
    expect(browser.view.status).toBe(200);
    await confirm(browser);
    expect(browser.view.url.href).toBe(`${BYE}?state=${STATE}`);
    expect(await lives(browser)).toBe(false);
  });

  it('asks anew where another tab asked something else meanwhile, in the language of the page', async () => {
    const { browser } = await signedIn();
    await browser.open(`/fr${logoutUrl()}`);
    const first = browser.view.forms.find(({ names }) => names.has('confirmation'));
    await browser.open(logoutUrl({ client_id: other.clientId, post_logout_redirect_uri: RETURN }));
    await browser.post(first?.action ?? '', Object.fromEntries(first?.values ?? []));
    expect(browser.view.url.pathname).toBe('/fr/openid_connect/logout');
    expect(await lives(browser), 'nothing was ended yet').toBe(true);
    await browser.open(`/fr${logoutUrl()}`);
    await confirm(browser);
    expect(browser.view.url.href).toBe(`${BYE}?state=${STATE}`);
  });

  it('ends nothing without the confirmation that was shown, and takes no target from the form', async () => {
    const { browser } = await signedIn();
    await browser.open(logoutUrl());
    const form = formOf(browser);
    const csrf = form.get('csrf') ?? '';
    await post(browser, { csrf, confirmation: 'x', post_logout_redirect_uri: 'https://evil.test/' });
    expect(browser.view.url.origin).toBe(ORIGIN);
    expect(await lives(browser)).toBe(true);
    await browser.open(logoutUrl());
    const again = formOf(browser);
    await post(browser, {
      csrf: again.get('csrf') ?? '',
      confirmation: again.get('confirmation') ?? '',
      post_logout_redirect_uri: 'https://evil.test/',
    });
    expect(browser.view.url.href).toBe(`${BYE}?state=${STATE}`);
  });

  it('a second question replaces the first', async () => {
    const { browser } = await signedIn();
    await browser.open(logoutUrl());
    const first = formOf(browser);
    await browser.open(logoutUrl({ state: null }));
    await post(browser, { csrf: first.get('csrf') ?? '', confirmation: first.get('confirmation') ?? '' });
    expect(browser.view.url.origin).toBe(ORIGIN);
    expect(await lives(browser)).toBe(true);
  });

  it('the confirmation of one browser is nothing in another', async () => {
    const one = await signedIn();
    const two = await signedIn();
    await one.browser.open(logoutUrl());
    await two.browser.open(logoutUrl());
    const foreign = formOf(one.browser).get('confirmation') ?? '';
    await post(two.browser, { csrf: formOf(two.browser).get('csrf') ?? '', confirmation: foreign });
    expect(two.browser.view.url.origin).toBe(ORIGIN);
    expect(await lives(two.browser)).toBe(true);
  });

  it('CSP lets the form lead to the app, and to nobody else', async () => {
    const { browser } = await signedIn();
    await browser.open(logoutUrl());
    expect(browser.view.headers.get('content-security-policy')).toMatch(
      /form-action 'self' https:\/\/app\.test(?:;|$)/,
    );
  });
});

describe('an app that was switched off', () => {
  it('still gets its people back from logout', async () => {
    const off = await anApp(worker, { redirect_uris: [BYE] });
    await changeApp(worker, off, { active: false });
    expect((await worker.fetch(logoutUrl({ client_id: off.clientId }))).headers.get('location')).toBe(
      `${BYE}?state=${STATE}`,
    );
  });
});

describe('LGO-6 a deployment that rejects hints', () => {
  it('insists on client_id and refuses any hint, also a good one', async () => {
    const strict = await startWorker({ REJECT_LOGOUT_HINTS: 'true' });
    try {
      const client = await anApp(strict, { redirect_uris: [BYE] });
      const ask = async (changes: Changes) => {
        const answer = await strict.fetch(logoutUrl({ client_id: client.clientId, ...changes }));
        const html = await answer.text();
        return {
          status: answer.status,
          ids: [...html.matchAll(/data-error-id="([^"]+)"/g)].map(([, id]) => id),
        };
      };
      expect((await strict.fetch(logoutUrl({ client_id: client.clientId }))).status).toBe(302);
      expect(await ask({ id_token_hint: 'a.b.c' })).toEqual({ status: 400, ids: ['id-token-hint'] });
      expect(await ask({ client_id: null, id_token_hint: 'a.b.c' })).toEqual({
        status: 400,
        ids: ['client-id-missing', 'id-token-hint'],
      });
    } finally {
      await strict.close();
    }
  });
});
