import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp, RETURN, type TestApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import {
  AAL,
  AUTH_ONLY,
  answerOf,
  type Changes,
  obtainCode,
  obtainTokens,
  question,
  redeem,
  tokensOf,
} from '../support/oidc.ts';
import { aPerson, type Person, signOut, walk } from '../support/people.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const DAY = 86_400;
const DUO = 'urn:gov:gsa:ac:classes:sp:PasswordProtectedTransport:duo';
const FACTOR = '/login/two_factor/authenticator';
const SET_UP = '/authentication_methods_setup';

let worker: TestWorker;
let app: TestApp;
beforeAll(async () => {
  worker = await startWorker({ GH_ENV: 'local' });
  app = await anApp(worker);
});
afterAll(() => worker.close());

/** A browser that remembers this person, signed out, with consent given to these apps. */
async function remembering(person: Person, ...apps: readonly TestApp[]): Promise<Browser> {
  const browser = new Browser(worker);
  for (const known of apps) await obtainCode(browser, person, known, {}, { remember: true });
  await signOut(browser);
  return browser;
}

/** Asks and gives the password; says where that leads. */
async function afterPassword(
  browser: Browser,
  person: Person,
  known: TestApp,
  changes: Changes = {},
): Promise<string> {
  await browser.open(question(known, changes).url);
  await browser.submit({ username: person.email, 'current-password': person.password });
  const { url } = browser.view;
  return url.origin === new URL(RETURN).origin ? 'app' : url.pathname;
}

describe('MFA-1 a remembered device', () => {
  it('stands in for the second factor of a plain request, for thirty days', async () => {
    const person = await aPerson(worker);
    const browser = await remembering(person, app);
    expect(await afterPassword(browser, person, app)).toBe('app');
    await signOut(browser);
    await worker.advance(29 * DAY);
    expect(await afterPassword(browser, person, app)).toBe('app');
    await signOut(browser);
    await worker.advance(2 * DAY);
    expect(await afterPassword(browser, person, app)).toBe(FACTOR);
  });

  it('does not stand in at AAL2: asked for, the default of the app, or implied by its level', async () => {
    const person = await aPerson(worker);
    const strict = await anApp(worker, { default_aal: 2 });
    const verifying = await anApp(worker, { ial: 2 });
    const browser = await remembering(person, app, strict, verifying);
    const cases: readonly (readonly [string, TestApp, Changes])[] = [
      ['aal/2', app, { acr_values: `${AUTH_ONLY} ${AAL}/2` }],
      ['default_aal 2', strict, {}],
      ['ial 2, for an auth-only request', verifying, {}],
    ];
    for (const [what, known, changes] of cases) {
      expect(await afterPassword(browser, person, known, changes), what).toBe(FACTOR);
      await browser.open('/');
      await signOut(browser);
    }
    expect(await afterPassword(browser, person, app), 'a plain request still passes').toBe('app');
  });

  it('is nobody else, and nothing without its cookie', async () => {
    const person = await aPerson(worker);
    const other = await aPerson(worker);
    const browser = await remembering(person, app);
    expect(await afterPassword(browser, other, app)).toBe(FACTOR);
    const plain = new Browser(worker);
    expect(await afterPassword(plain, person, app)).toBe(FACTOR);
  });

  it('MFA-4 the box starts ticked, unless the app defaults to AAL2', async () => {
    const person = await aPerson(worker);
    const strict = await anApp(worker, { default_aal: 2 });
    for (const [known, ticked] of [
      [app, true],
      [strict, false],
    ] as const) {
      const browser = new Browser(worker);
      expect(await afterPassword(browser, person, known)).toBe(FACTOR);
      const form = browser.view.forms.find(({ names }) => names.has('remember_device'));
      expect(form?.values.has('remember_device')).toBe(ticked);
    }
  });

  it('UIN-22 is no authentication for auth_time', async () => {
    const person = await aPerson(worker);
    const browser = await remembering(person, app);
    await worker.advance(3600);
    const { claims } = await obtainTokens(worker, browser, person, app);
    expect(Number(claims.auth_time), 'the password was given just now').toBeGreaterThan(
      worker.now() / 1000 - 60,
    );
  });
});

describe('MFA-2 a real factor in the session', () => {
  it('is asked for once when AAL2 is needed, and satisfies everything after', async () => {
    const person = await aPerson(worker);
    const browser = await remembering(person, app);
    expect(await afterPassword(browser, person, app)).toBe('app');
    await browser.open(question(app, { acr_values: `${AUTH_ONLY} ${AAL}/2`, prompt: 'none' }).url);
    expect(answerOf(browser.view).error).toBe('interaction_required');
    await browser.open(question(app, { acr_values: `${AUTH_ONLY} ${AAL}/2` }).url);
    expect(browser.view.url.pathname).toBe(FACTOR);
    answerOf(await walk(browser, person));
    await browser.open(question(app, { acr_values: `${AUTH_ONLY} ${AAL}/2` }).url);
    expect(answerOf(browser.view).code).not.toBe('');
  });
});

describe('ACR-8 default_aal', () => {
  it('asks for a phishing-resistant factor at 3, unless the request names a strength itself', async () => {
    const person = await aPerson(worker);
    const strict = await anApp(worker, { default_aal: 3 });
    const browser = new Browser(worker);
    await browser.open(question(strict).url);
    await walk(browser, person, { until: SET_UP });
    expect(browser.view.url.pathname).toBe(SET_UP);
    const asked = question(strict, { acr_values: `${AUTH_ONLY} ${DUO}` });
    await browser.open(asked.url);
    const { code } = answerOf(await walk(browser, person));
    expect((await tokensOf(await redeem(worker, { ...asked, code }))).claims.aal, 'ACR-10: an echo').toBe(
      DUO,
    );
  });

  it('ACR-10 answers with what was sent, not with what was enforced', async () => {
    const person = await aPerson(worker);
    const strict = await anApp(worker, { default_aal: 2 });
    const { claims } = await obtainTokens(worker, new Browser(worker), person, strict);
    expect(claims.aal).toBe(DUO);
  });
});

describe('MFA-3 a stronger factor than the person has', () => {
  for (const value of [
    `${AAL}/2?phishing_resistant=true`,
    `${AAL}/3`,
    `${AAL}/2?hspd12=true`,
    `${AAL}/3?hspd12=true`,
  ]) {
    it(`leads to set-up for ${value}, with a way back to the app and never a code`, async () => {
      const person = await aPerson(worker);
      const browser = new Browser(worker);
      const asked = question(app, { acr_values: `${AUTH_ONLY} ${value}` });
      await browser.open(asked.url);
      await browser.submit({ username: person.email, 'current-password': person.password });
      expect(browser.view.url.pathname, 'first with what they have').toBe(FACTOR);
      await walk(browser, person, { until: SET_UP });
      expect(browser.view.url.pathname).toBe(SET_UP);
      expect(browser.view.status).toBe(200);
      expect(browser.view.text).toContain('Parks');
      await browser.open('/continue');
      expect(browser.view.url.pathname, 'no way round').toBe(SET_UP);
      await browser.open(question(app, { acr_values: `${AUTH_ONLY} ${value}`, prompt: 'none' }).url);
      expect(answerOf(browser.view).error).toBe('interaction_required');
      await browser.open(asked.url);
      expect(browser.view.url.pathname).toBe(SET_UP);
      await browser.open(browser.link(/Back to/));
      expect(answerOf(browser.view)).toMatchObject({ error: 'access_denied', state: asked.state });
    });
  }
});

describe('ACR-3 identity', () => {
  const VERIFIED = [
    'urn:acr.login.gov:verified',
    'http://idmanagement.gov/ns/assurance/ial/2',
    'http://idmanagement.gov/ns/assurance/loa/3',
  ];
  const FACIAL = [
    'urn:acr.login.gov:verified-facial-match-required',
    'urn:acr.login.gov:verified-facial-match-preferred',
    'http://idmanagement.gov/ns/assurance/ial/2?bio=required',
  ];

  it('is refused to an app that may only authenticate, and a face match to one without the switch', async () => {
    const verifying = await anApp(worker, { ial: 2 });
    for (const [known, values] of [
      [app, [...VERIFIED, ...FACIAL, 'http://idmanagement.gov/ns/assurance/ial/0']],
      [verifying, [...FACIAL, 'http://idmanagement.gov/ns/assurance/ial/0']],
    ] as const) {
      for (const acr_values of values) {
        const location =
          (await worker.fetch(question(known, { acr_values }).url)).headers.get('location') ?? '';
        expect(new URL(location).searchParams.get('error_description'), acr_values).toContain(
          'The acr_values are not authorized.',
        );
      }
    }
  });

  it('is answered honestly to an app that may ask: a page, the ways back, and never a lower level', async () => {
    const verifying = await anApp(worker, {
      ial: 2,
      facial_match_allowed: true,
      failure_to_proof_url: 'https://app.test/unproofed',
    });
    const person = await aPerson(worker);
    for (const acr_values of [...VERIFIED, ...FACIAL, `urn:acr.login.gov:verified ${AUTH_ONLY}`]) {
      const browser = new Browser(worker);
      const asked = question(verifying, { acr_values });
      await browser.open(asked.url);
      await walk(browser, person, { until: '/verify' });
      expect(browser.view.url.pathname, acr_values).toBe('/verify');
      await browser.open('/continue');
      expect(browser.view.url.pathname).toBe('/verify');
      await browser.open(question(verifying, { acr_values, prompt: 'none' }).url);
      expect(answerOf(browser.view).error).toBe('interaction_required');
      await browser.open(asked.url);
      await browser.open('/redirect/return_to_sp/failure_to_proof');
      expect(browser.view.url.href).toBe('https://app.test/unproofed');
      await browser.open(asked.url);
      await browser.open('/redirect/return_to_sp/cancel');
      expect(answerOf(browser.view)).toMatchObject({ error: 'access_denied', state: asked.state });
    }
  });

  it('ial/0 passes a person without one, at AAL2, and says so', async () => {
    const max = await anApp(worker, { ialmax_allowed: true });
    const person = await aPerson(worker);
    const browser = await remembering(person, max);
    expect(
      await afterPassword(browser, person, max, { acr_values: 'http://idmanagement.gov/ns/assurance/ial/0' }),
    ).toBe(FACTOR);
    await walk(browser, person);
    const { claims } = await obtainTokens(worker, browser, person, max, {
      acr_values: 'http://idmanagement.gov/ns/assurance/ial/0',
      scope: 'openid email profile',
    });
    expect(claims.acr).toBe('http://idmanagement.gov/ns/assurance/ial/1');
    expect(claims).not.toHaveProperty('given_name');
    expect(claims.verified_at).toBeNull();
  });

  it('AUT-15 reads verified_within only from apps that may send it', async () => {
    const within = await anApp(worker, { verified_within_allowed: true });
    const ignored = await worker.fetch(question(app, { verified_within: 'junk' }).url);
    expect(ignored.headers.get('location')).toContain('/?request_id=');
    for (const [value, sentence] of [
      ['junk', 'Unrecognized format for verified_within'],
      ['29d', 'value must be at least 30 days or older'],
    ] as const) {
      const location =
        (await worker.fetch(question(within, { verified_within: value }).url)).headers.get('location') ?? '';
      expect(new URL(location).searchParams.get('error_description')).toContain(sentence);
    }
    expect(
      (await worker.fetch(question(within, { verified_within: '5w' }).url)).headers.get('location'),
    ).toContain('/?request_id=');
  });
});

describe('NET-4 form-action', () => {
  it('names the origins of the app on every page whose form may lead there', async () => {
    const linked = await anApp(worker, {
      redirect_uris: [RETURN, 'https://other.app.test:8443/cb?x=1', 'gov.example.parks://done'],
    });
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    const expected = ["'self'", 'https://app.test', 'https://other.app.test:8443', 'gov.example.parks:'];
    const check = (): void => {
      const policy = browser.view.headers.get('content-security-policy') ?? '';
      const directive =
        policy
          .split(';')
          .map((part) => part.trim())
          .find((part) => part.startsWith('form-action')) ?? '';
      expect(directive.split(' ').slice(1).sort(), browser.view.url.pathname).toEqual([...expected].sort());
    };
    await browser.open(question(linked).url);
    check();
    await browser.submit({ username: person.email, 'current-password': person.password });
    check();
    await walk(browser, person, { until: '/sign_up/completed' });
    check();
  });
});
