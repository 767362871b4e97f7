import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { forgetApps } from '../../../src/platform/d1/apps.ts';
import { aKeyApp, anApp, type TestApp } from '../../support/apps.ts';
import { Browser } from '../../support/browser.ts';
import { servedHere } from '../../support/isolate.ts';
import { asObject } from '../../support/json.ts';
import {
  answerOf,
  assertionClaims,
  obtainCode,
  obtainTokens,
  question,
  redeem,
  redeemWith,
  signAssertion,
  tokensOf,
  userinfo,
} from '../../support/oidc.ts';
import { type Binding, fragile } from '../../support/outage.ts';
import { aPerson, type Person, walk } from '../../support/people.ts';
import type { ServedResponse } from '../../support/served.ts';

const stores = fragile(env);
// Passwords cost little here: what fails is looked at, not what guessing costs.
const worker = servedHere(Object.assign(stores.env, { SCRYPT_LOG2N: '8' }));
let app: TestApp;
let keyApp: TestApp;
beforeAll(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  app = await anApp(worker);
  keyApp = await aKeyApp(worker);
});
afterEach(() => {
  stores.down.clear();
  stores.lost.clear();
});

/** What happens while a store is down. */
async function without<T>(binding: Binding, act: () => Promise<T>): Promise<T> {
  stores.down.add(binding);
  try {
    return await act();
  } finally {
    stores.down.delete(binding);
  }
}

/** A page that says so, with a way on, and nothing of what happened inside. */
function expectOutage(browser: Browser): void {
  const { status, headers, html } = browser.view;
  expect(status).toBe(503);
  expect(headers.get('retry-after')).toBe('5');
  expect(headers.get('content-type')).toContain('text/html');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(html).toContain(headers.get('x-request-id') ?? 'no request id');
  expect(html).not.toMatch(/D1_ERROR|Durable Object|storage operation|\bat \w+ \(|\.ts:/);
}

async function expectProblem(answer: ServedResponse): Promise<void> {
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('5');
  const problem = asObject(await answer.json());
  expect(problem.request_id).toBe(answer.headers.get('x-request-id'));
  expect(JSON.stringify(problem)).not.toMatch(/D1_ERROR|Durable Object|storage operation/);
}

describe('a store fails before anybody is signed in', () => {
  for (const binding of ['DB', 'REQUESTS'] as const) {
    it(`${binding}: the question is answered with 503, and asked again it works`, async () => {
      const browser = new Browser(worker);
      const asked = question(app);
      forgetApps();
      await without(binding, () => browser.open(asked.url));
      expectOutage(browser);
      await browser.open(asked.url);
      expect(answerOf(await walk(browser, await aPerson(worker))).state).toBe(asked.state);
    });
  }
});

describe('a laptop, whose clock is in the database', () => {
  it('DB at the very first request: 503 with a page, and a moment later the same page works', async () => {
    const laptop = servedHere(Object.assign({ ...stores.env }, { GH_ENV: 'local' }));
    const browser = new Browser(laptop);
    await without('DB', () => browser.open('/'));
    expectOutage(browser);
    await expectProblem(await without('DB', () => laptop.fetch('/.well-known/openid-configuration')));
    await browser.open('/');
    expect(browser.view.status).toBe(200);
  });
});

/** Presses "Try again" on the page of an outage; anything else is left as it is. */
async function tryAgain(browser: Browser): Promise<void> {
  if (browser.view.status !== 503) return;
  expectOutage(browser);
  await browser.open(browser.link('Try again'));
}

describe('a store fails half-way', () => {
  /** The steps of a sign-in, each with the stores it cannot do without. */
  const steps: readonly {
    readonly at: string;
    readonly act: (browser: Browser, person: Person) => Promise<unknown>;
    readonly needs: readonly Binding[];
  }[] = [
    {
      at: '/',
      act: (browser, person) =>
        browser.submit({ username: person.email, 'current-password': person.password }),
      needs: ['DB', 'ATTEMPTS', 'SESSIONS', 'REQUESTS'],
    },
    {
      at: '/login/two_factor/authenticator',
      act: (browser, person) => browser.submit({ 'one-time-code': person.nextCode() }),
      needs: ['DB', 'ATTEMPTS', 'SESSIONS', 'REQUESTS'],
    },
    { at: '/sign_up/completed', act: (browser) => browser.submit(), needs: ['DB', 'SESSIONS', 'REQUESTS'] },
  ];
  for (const { at, act, needs } of steps) {
    for (const binding of ['DB', 'ATTEMPTS', 'SESSIONS', 'REQUESTS', 'PUBLIC'] as const) {
      it(`${binding} at ${at}: nothing is given away, nothing is lost, and trying again goes on`, async () => {
        const person = await aPerson(worker);
        const browser = new Browser(worker);
        const asked = question(app);
        await browser.open(asked.url);
        await walk(browser, person, { until: at });
        forgetApps();
        await without(binding, () => act(browser, person));
        expect(browser.view.status === 503, `${binding} is needed here`).toBe(needs.includes(binding));
        await tryAgain(browser);
        const { state, code } = answerOf(await walk(browser, person));
        expect(state).toBe(asked.state);
        expect((await redeem(worker, { ...asked, code })).status).toBe(200);
      });
    }
  }

  it('a live session with standing consent needs neither D1 nor KV', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await obtainTokens(worker, browser, person, app);
    const asked = question(app);
    const code = await without('PUBLIC', () =>
      without('DB', async () => {
        await browser.open(asked.url);
        return answerOf(browser.view).code;
      }),
    );
    const answer = await without('DB', () => redeem(worker, { ...asked, code }));
    expect(answer.status).toBe(200);
  });

  it('SESSIONS at a live session: 503, and the session lives on', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await obtainTokens(worker, browser, person, app);
    await without('SESSIONS', () => browser.open(question(app).url));
    expectOutage(browser);
    await browser.open(question(app, { prompt: 'none' }).url);
    expect(answerOf(browser.view).code).not.toBe('');
  });
});

describe('a store fails at the machine endpoints', () => {
  it('SESSIONS at the token endpoint: 503, and the same code and assertion work a moment later', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    const plain = await obtainCode(browser, person, app);
    await expectProblem(await without('SESSIONS', () => redeem(worker, plain)));
    expect((await redeem(worker, plain)).status).toBe(200);

    const keyed = await obtainCode(browser, person, keyApp, {
      code_challenge: null,
      code_challenge_method: null,
    });
    const assertion = await signAssertion(assertionClaims(keyApp.clientId, Date.now()));
    await expectProblem(await without('SESSIONS', () => redeemWith(worker, keyed.code, assertion)));
    expect((await redeemWith(worker, keyed.code, assertion)).status).toBe(200);
  });

  it('DB at the token endpoint with nothing in memory: 503, and the code is not spent', async () => {
    const asked = await obtainCode(new Browser(worker), await aPerson(worker), keyApp, {
      code_challenge: null,
      code_challenge_method: null,
    });
    forgetApps();
    const assertion = await signAssertion(assertionClaims(keyApp.clientId, Date.now()));
    await expectProblem(await without('DB', () => redeemWith(worker, asked.code, assertion)));
    expect((await redeemWith(worker, asked.code, assertion)).status).toBe(200);
  });

  it('DB at the token endpoint while addresses changed elsewhere: 503, and the code is not spent', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await obtainCode(browser, person, app);
    const { results } = await env.DB.prepare('SELECT locator FROM sessions WHERE account = ?')
      .bind(person.uuid)
      .all<{ locator: string }>();
    for (const { locator } of results)
      await env.SESSIONS.getByName(locator).refreshFor(person.uuid, [], Date.now());
    const asked = question(app);
    await browser.open(asked.url);
    const { code } = answerOf(await walk(browser, person));
    await expectProblem(await without('DB', () => redeem(worker, { ...asked, code })));
    expect((await tokensOf(await redeem(worker, { ...asked, code }))).claims.email).toBe(person.email);
  });

  it('the answer of a redemption lost on its way: the code is spent, nobody gets a second token', async () => {
    const asked = await obtainCode(new Browser(worker), await aPerson(worker), app);
    stores.lost.add('SESSIONS');
    await expectProblem(await redeem(worker, asked));
    stores.lost.clear();
    expect((await redeem(worker, asked)).status).toBe(400);
  });

  it('userinfo: 503 as JSON, and the token works a moment later', async () => {
    const { accessToken } = await obtainTokens(worker, new Browser(worker), await aPerson(worker), app);
    await expectProblem(await without('SESSIONS', () => userinfo(worker, accessToken)));
    expect((await userinfo(worker, accessToken)).status).toBe(200);
  });

  it('discovery and certs answer without any store once they have answered before', async () => {
    await worker.fetch('/api/openid_connect/certs');
    for (const binding of ['DB', 'PUBLIC', 'SESSIONS'] as const) stores.down.add(binding);
    expect((await worker.fetch('/.well-known/openid-configuration')).status).toBe(200);
    expect((await worker.fetch('/api/openid_connect/certs')).status).toBe(200);
  });

  it('O20 health says so', async () => {
    expect((await without('DB', () => worker.fetch('/api/health'))).status).toBe(500);
    expect((await worker.fetch('/api/health')).status).toBe(200);
  });
});

describe('a store fails at logout', () => {
  it('the session stays until the person tries again', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    const { accessToken } = await obtainTokens(worker, browser, person, app);
    const url = `/openid_connect/logout?${new URLSearchParams({ client_id: app.clientId, post_logout_redirect_uri: 'https://app.test/callback' })}`;
    await without('SESSIONS', () => browser.open(url));
    expectOutage(browser);
    await browser.open(url);
    const confirm = () => browser.submit({}, ({ names }) => names.has('confirmation'));
    await without('SESSIONS', confirm);
    expectOutage(browser);
    expect((await userinfo(worker, accessToken)).status).toBe(200);
    await browser.open(url);
    await confirm();
    expect(browser.view.url.href).toBe('https://app.test/callback');
    expect((await userinfo(worker, accessToken)).status).toBe(401);
  });
});
