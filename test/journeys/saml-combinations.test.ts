import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser, type View } from '../support/browser.ts';
import { aPerson, type Person, walk } from '../support/people.ts';
import {
  answerForm,
  answerXml,
  aSamlApp,
  aServiceProvider,
  attributeValues,
  authPath,
  classes,
  logoutXml,
  requestXml,
  type SamlApp,
  signedQuery,
  signIn,
  YEAR,
} from '../support/saml.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

/* What a request may ask for, several things at once. */

let worker: TestWorker;
let person: Person;
let app: SamlApp;
let passive: SamlApp;
beforeAll(async () => {
  worker = await startWorker();
  app = await aSamlApp(worker, { attribute_bundle: ['email', 'locale'] });
  passive = await aSamlApp(worker, { saml_options: { no_passive: true } });
});
beforeEach(async () => {
  person = await aPerson(worker);
});
afterAll(() => worker.close());

const AAL = 'http://idmanagement.gov/ns/assurance/aal';
const DUO = 'urn:gov:gsa:ac:classes:sp:PasswordProtectedTransport:duo';
const PASSWORD = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport';
const REQ_ATTR = 'http://idmanagement.gov/ns/requested_attributes?ReqAttr=';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const anId = (): string => `_${randomBytes(6).toString('hex')}`;
const errorsIn = (html: string): readonly string[] =>
  [...html.matchAll(/data-error-code="(\w+)"/g)].map(([, code]) => code ?? '');
const statusOf = (view: View): readonly string[] =>
  [...answerXml(view).matchAll(/StatusCode Value="[^"]*:(\w+)"/g)].map(([, code]) => code ?? '');
const classOf = (view: View): string | undefined =>
  /<AuthnContextClassRef>([^<]+)</.exec(answerXml(view))?.[1];

async function signedIn(at: SamlApp): Promise<Browser> {
  const browser = new Browser(worker);
  await browser.open(authPath(requestXml(at)));
  await signIn(browser, person);
  return browser;
}
/** In the house alone: an app that sends somebody back at once with ForceAuthn is told that it goes in circles (CFG-6). */
async function signedInHere(): Promise<Browser> {
  const browser = new Browser(worker);
  await browser.open('/');
  await walk(browser, person);
  expect(browser.view.url.pathname).toBe('/account');
  return browser;
}
const isSignedIn = async (browser: Browser): Promise<boolean> =>
  (await browser.open('/account')).url.pathname === '/account';

describe('A4 ForceAuthn with A5 IsPassive', () => {
  const both = ' ForceAuthn="1" IsPassive="true"';

  it('IsPassive is ignored: the session ends, and the person signs in again', async () => {
    const browser = await signedInHere();
    const id = anId();
    await browser.open(authPath(requestXml(app, { id, attributes: both }), { RelayState: 'r' }));
    expect(browser.view.url.pathname).toBe('/');
    expect(browser.view.url.searchParams.get('again')).toBe('1');
    const view = await signIn(browser, person);
    expect(answerXml(view)).toContain(`InResponseTo="${id}"`);
    expect(answerForm(view).fields.RelayState).toBe('r');
  });

  it.each([['r'], ['']])(
    'section 17: nobody is asked and nobody signed out, RelayState %j comes back',
    async (RelayState) => {
      const browser = await signedIn(passive);
      await browser.open(authPath(requestXml(passive, { attributes: both }), { RelayState }));
      expect(statusOf(browser.view)).toEqual(['Responder', 'NoPassive']);
      expect(answerForm(browser.view).fields).toHaveProperty('RelayState', RelayState);
      expect(await isSignedIn(browser)).toBe(true);
      await browser.open(authPath(requestXml(passive, { attributes: both })));
      expect(answerForm(browser.view).fields).not.toHaveProperty('RelayState');
    },
  );

  it('section 17: a class the session does not meet is NoPassive, one it meets is answered', async () => {
    const browser = await signedIn(passive);
    const asks = (...refs: readonly string[]): string =>
      authPath(requestXml(passive, { attributes: ' IsPassive="true"', content: classes(...refs) }));
    await browser.open(asks(`${AAL}/2`, `${AAL}/3`));
    expect(statusOf(browser.view)).toEqual(['Responder', 'NoPassive']);
    await browser.open(asks(`${AAL}/2`));
    expect(statusOf(browser.view)).toEqual(['Success']);
    expect(classOf(browser.view)).toBe(`${AAL}/2`);
    const fresh = await aSamlApp(worker, { saml_options: { no_passive: true }, attribute_bundle: ['email'] });
    await browser.open(authPath(requestXml(fresh, { attributes: ' IsPassive="1"' })));
    expect(statusOf(browser.view), 'nor is the person asked to agree').toEqual(['Responder', 'NoPassive']);
  });

  it('section 17: by the POST binding the session is met after the bounce', async () => {
    const browser = await signedIn(passive);
    const fields = {
      SAMLRequest: base64(requestXml(passive, { attributes: ' IsPassive="true"' })),
      RelayState: '',
    };
    await browser.post(`/api/saml/auth${YEAR}`, fields);
    expect(browser.view.html).not.toContain('SAMLResponse');
    await browser.submit();
    expect(statusOf(browser.view)).toEqual(['Success']);
    expect(answerForm(browser.view).fields).toHaveProperty('RelayState', '');
  });
});

describe('A4 ForceAuthn by POST, with language and class', () => {
  it('comes round once, in the language asked for, and brings everything back', async () => {
    const browser = await signedInHere();
    const id = anId();
    const content =
      '<samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient" AllowCreate="true"/>' +
      `<samlp:RequestedAuthnContext Comparison="minimum"><saml:AuthnContextClassRef>${PASSWORD}</saml:AuthnContextClassRef>` +
      `<saml:AuthnContextClassRef>${AAL}/2</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>`;
    const SAMLRequest = base64(requestXml(app, { id, attributes: ' ForceAuthn="true"', content }));
    const relay = `https://sp.test/back?${'é&'.repeat(60)}`;
    await browser.post(`/api/saml/auth${YEAR}?locale=fr`, { SAMLRequest, RelayState: relay });
    await browser.submit();
    expect(browser.view.url.pathname).toBe('/fr');
    expect(browser.view.url.searchParams.get('again')).toBe('1');
    const view = await signIn(browser, person);
    expect(answerForm(view).fields.RelayState).toBe(relay);
    expect(answerXml(view)).toContain(`InResponseTo="${id}"`);
    expect(attributeValues(answerXml(view), 'locale')).toEqual(['fr']);
    expect(classOf(view)).toBe(`${AAL}/2`);
    expect(answerXml(view)).toContain(
      '<NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">',
    );
  });
});

describe('A10 to A16 RequestedAuthnContext on the wire', () => {
  const context = (comparison: string | null, ...refs: readonly string[]): string =>
    `<samlp:RequestedAuthnContext${comparison === null ? '' : ` Comparison="${comparison}"`}>${refs.map((ref) => `<saml:AuthnContextClassRef>${ref}</saml:AuthnContextClassRef>`).join('')}</samlp:RequestedAuthnContext>`;

  it.each([
    ['maximum', [PASSWORD, `${AAL}/2`, 'urn:acr.login.gov:auth-only'], `${AAL}/2`],
    ['maximum', ['urn:acr.login.gov:auth-only', `${AAL}/1`], `${AAL}/1`],
    ['maximum', [`${REQ_ATTR}email`], DUO],
    ['better', [PASSWORD], DUO],
    ['minimum', [PASSWORD, 'urn:unknown'], DUO],
    ['exact', [DUO, `${AAL}/2`], DUO],
    [null, [`${AAL}/2`], `${AAL}/2`],
    ['exact', [], DUO],
  ])('%s of %j is answered with %s', async (comparison, refs, reported) => {
    const browser = new Browser(worker);
    await browser.open(authPath(requestXml(app, { content: context(comparison, ...refs) })));
    const view = await signIn(browser, person);
    expect(classOf(view)).toBe(reported);
    expect(attributeValues(answerXml(view), 'aal')).toEqual([reported]);
  });

  it.each([
    ['maximum', [PASSWORD, 'urn:unknown']],
    ['maximum', [`${AAL}/1`]],
    ['exact', [PASSWORD]],
    [null, [PASSWORD]],
    ['nonsense', [PASSWORD]],
    ['better', ['urn:acr.login.gov:verified', PASSWORD]],
    ['minimum', ['C1', PASSWORD]],
  ])('%s of %j is refused', async (comparison, refs) => {
    const answer = await worker.fetch(
      authPath(requestXml(app, { content: context(comparison, ...refs), attributes: ' ForceAuthn="true"' })),
    );
    expect(answer.status).toBe(400);
    expect(errorsIn(await answer.text())).toEqual(['unauthorized_authn_context']);
  });

  it('A4 a request that is refused signs nobody out', async () => {
    const browser = await signedIn(app);
    const content = classes('urn:unknown');
    await browser.open(authPath(requestXml(app, { content, attributes: ' ForceAuthn="true"' })));
    expect(browser.view.status).toBe(400);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it('A16 what is enforced is the strictest, whichever is reported', async () => {
    const browser = await signedIn(app);
    await browser.open(authPath(requestXml(app, { content: context('maximum', `${AAL}/2`, `${AAL}/3`) })));
    expect(browser.view.html, 'a code of an authentication app is not enough').not.toContain('SAMLResponse');
  });

  it('A17, B7 an empty list of attributes replaces the bundle', async () => {
    const browser = new Browser(worker);
    await browser.open(authPath(requestXml(app, { content: context('minimum', REQ_ATTR, PASSWORD) })));
    const xml = answerXml(await signIn(browser, person));
    expect([...xml.matchAll(/ FriendlyName="(\w+)"/g)].map(([, name]) => name)).toEqual([
      'uuid',
      'aal',
      'ial',
    ]);
  });
});

describe('R1 RelayState', () => {
  const LONG = 'x'.repeat(81);
  const MOST = `${'é'.repeat(2047)}ab`;

  it.each([
    ['empty', ''],
    ['81 bytes', LONG],
    ['4096 bytes of other scripts', MOST],
    ['markup and an address', '"><script>alert(1)</script>&amp; https://evil.test/?a=b+c%20d'],
  ])('%s comes back unchanged by redirect, POST and logout', async (_, RelayState) => {
    const browser = new Browser(worker);
    await browser.open(authPath(requestXml(app), { RelayState }));
    expect(answerForm(await signIn(browser, person)).fields.RelayState).toBe(RelayState);
    await browser.post(`/api/saml/auth${YEAR}`, { SAMLRequest: base64(requestXml(app)), RelayState });
    await browser.submit();
    expect(answerForm(browser.view).fields.RelayState).toBe(RelayState);
    await browser.open(
      `/api/saml/logout${YEAR}?${signedQuery({ SAMLRequest: base64(logoutXml(app)), RelayState })}`,
    );
    expect(answerForm(browser.view).fields.RelayState).toBe(RelayState);
  });

  it('4097 bytes are refused at every endpoint, before anything happens', async () => {
    const browser = await signedIn(app);
    const RelayState = `${MOST}c`;
    const signed = signedQuery({ SAMLRequest: base64(logoutXml(app)), RelayState });
    await browser.open(`/api/saml/logout${YEAR}?${signed}`);
    expect(errorsIn(browser.view.html)).toEqual(['relay_state_too_long']);
    const fields = { SAMLRequest: base64(requestXml(app, { attributes: ' ForceAuthn="true"' })), RelayState };
    for (const name of ['auth', 'authpost']) {
      await browser.post(`/api/saml/${name}${YEAR}`, fields);
      expect(errorsIn(browser.view.html)).toEqual(['relay_state_too_long']);
    }
    expect(await isSignedIn(browser)).toBe(true);
  });

  it('node-saml finds it in an answer to a signed POST that forces a new sign-in', async () => {
    const provider = await aServiceProvider(worker, app, { forceAuthn: true, passive: true });
    const browser = await signedInHere();
    await browser.open(await provider.getAuthorizeUrlAsync(LONG, undefined, {}));
    const { fields } = answerForm(await signIn(browser, person));
    expect(fields.RelayState).toBe(LONG);
    const { profile } = await provider.validatePostResponseAsync({ ...fields });
    expect(profile?.email).toBe(person.email);
  });
});

describe('section 17 error Responses', () => {
  const second = 'https://dev.sp.test/acs';
  const hears = (more: Readonly<Record<string, unknown>> = {}): Promise<SamlApp> =>
    aSamlApp(worker, {
      acs_urls: [second],
      saml_options: { error_responses: true, no_passive: true },
      ...more,
    });
  const wrong = classes('urn:unknown');

  it('go to the registered address that was asked for, with the RelayState, and sign nobody out', async () => {
    const hearing = await hears();
    const browser = await signedInHere();
    const asking = (url: string): string =>
      authPath(
        requestXml(hearing, {
          attributes: ` ForceAuthn="true" IsPassive="true" AssertionConsumerServiceURL="${url}"`,
          content: wrong,
        }),
        { RelayState: '' },
      );
    await browser.open(asking(second));
    expect(answerForm(browser.view).action).toBe(second);
    expect(statusOf(browser.view)).toEqual(['Requester', 'NoAuthnContext']);
    expect(answerForm(browser.view).fields).toHaveProperty('RelayState', '');
    expect(browser.view.headers.get('content-security-policy')).toContain(
      "form-action 'self' https://dev.sp.test",
    );
    await browser.open(asking('https://evil.test/acs'));
    expect(answerForm(browser.view).action).toBe('https://sp.test/acs');
    expect(await isSignedIn(browser)).toBe(true);
  });

  it('are not sent for what the app cannot be told safely', async () => {
    const errors = async (xml: string): Promise<readonly string[]> => {
      const answer = await worker.fetch(authPath(xml));
      expect(answer.status).toBe(400);
      const html = await answer.text();
      expect(html).not.toContain('SAMLResponse');
      return errorsIn(html);
    };
    const strict = await hears({ signed_request_required: true });
    expect(await errors(requestXml(strict, { content: wrong })), 'nobody vouches for it').toEqual([
      'invalid_signature',
      'unauthorized_authn_context',
    ]);
    const off = await hears({ active: false });
    expect(await errors(requestXml(off, { content: wrong }))).toEqual(['unauthorized_authn_context']);
  });

  it('A1 an app that is switched off hears nothing of who is signed in either', async () => {
    const off = await hears({ active: false });
    const answer = await worker.fetch(authPath(requestXml(off, { attributes: ' IsPassive="true"' })));
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toContain('/errors/service_provider_inactive');
  });
});

describe('P13 AuthnInstant', () => {
  it('is the last sign-in, and the time of the Response for apps that ask for it', async () => {
    const local = await startWorker({ GH_ENV: 'local' });
    try {
      const plain = await aSamlApp(local);
      const impatient = await aSamlApp(local, { saml_options: { authn_instant_is_response_time: true } });
      const browser = new Browser(local);
      const timesOf = (view: View): readonly [instant: number, issued: number] => {
        const read = (name: string) =>
          Date.parse(new RegExp(`${name}="([^"]+)"`).exec(answerXml(view))?.[1] ?? '');
        return [read('AuthnInstant'), read('IssueInstant')];
      };
      await browser.open(authPath(requestXml(plain)));
      const [signedInAt] = timesOf(await signIn(browser, await aPerson(local)));
      await local.advance(300);
      const [again, issued] = timesOf(await browser.open(authPath(requestXml(plain))));
      expect(again).toBe(signedInAt);
      expect(issued).toBeGreaterThanOrEqual(signedInAt + 300_000);
      await browser.open(authPath(requestXml(impatient)));
      const [instant, now] = timesOf(await signIn(browser, await aPerson(local)));
      expect(instant).toBe(now);
    } finally {
      await local.close();
    }
  });
});

describe('what an app asked for and did not get is told to its developers by the log', () => {
  const heard = async (act: () => Promise<unknown>): Promise<readonly string[]> => {
    const before = worker.logs().length;
    await act();
    return (
      worker
        .logs()
        .slice(before)
        // X8: every request has one line of its own.
        .filter((line) => line.includes('"saml_') && !line.includes('"saml_request"'))
    );
  };
  const begins = async (path: string): Promise<void> => {
    const answer = await worker.fetch(path);
    await answer.text();
    expect(answer.status).toBe(303);
  };

  it('A2, A3, A11 an address, a destination and classes that were passed over', async () => {
    const attributes =
      ' AssertionConsumerServiceURL="https://other.test/acs" Destination="https://elsewhere.test/api/saml/auth2026"';
    const content = classes('urn:one', 'urn:two', 'urn:acr.login.gov:auth-only');
    const lines = (await heard(() => begins(authPath(requestXml(app, { attributes, content }))))).join('\n');
    for (const event of ['saml_acs_ignored', 'saml_foreign_destination', 'saml_classes_ignored'])
      expect(lines).toContain(event);
    expect(lines).toContain('"count":2');
    expect(await heard(() => begins(authPath(requestXml(app))))).toEqual([]);
  });

  it('section 14 whom remote logout did not find', async () => {
    const query = signedQuery({
      SAMLRequest: base64(
        logoutXml(app, '<samlp:SessionIndex>0c6f3e5e-52a8-4c39-bb0f-1d2e3f405162</samlp:SessionIndex>'),
      ),
    });
    const lines = await heard(async () => {
      const answer = await worker.fetch(`/api/saml/remotelogout${YEAR}?${query}`, { method: 'POST' });
      expect([answer.status, await answer.text()]).toEqual([400, '']);
    });
    expect(lines.join('\n')).toContain('no_user_found_from_session_index');
  });
});

describe('section 17 the full metadata view over its life', () => {
  it('is asked for by its exact name, ends in two weeks and never after the certificate, and goes with its year', async () => {
    const local = await startWorker({ GH_ENV: 'local' });
    const ask = async (year: number, query: string): Promise<{ status: number; text: string }> => {
      const answer = await local.fetch(`/api/saml/metadata${year}${query}`);
      return { status: answer.status, text: await answer.text() };
    };
    const ends = async (year: number): Promise<number> =>
      Date.parse(/validUntil="([^"]+)"/.exec((await ask(year, '?profile=full')).text)?.[1] ?? '');
    const goTo = (year: number, month: number, day: number): Promise<void> =>
      local.advance(Math.ceil((Date.UTC(year, month - 1, day, 12) - local.now()) / 1000));
    const days = (count: number): number => count * 86_400_000;
    try {
      const common = await ask(YEAR, '');
      for (const query of ['?profile=', '?profile=FULL', '?profile=full2', '?full', '?x=profile%3Dfull'])
        expect((await ask(YEAR, query)).text, query).toBe(common.text);
      expect((await ask(YEAR, '?a=b&profile=full')).text).toContain('SingleLogoutService');
      expect((await ask(YEAR + 1, '?profile=full')).status).toBe(404);

      await goTo(YEAR + 1, 2, 10);
      for (const year of [YEAR, YEAR + 1]) {
        const left = (await ends(year)) - local.now();
        expect(left).toBeGreaterThan(days(14) - 3_700_000);
        expect(left).toBeLessThanOrEqual(days(14));
      }
      const shows = async (year: number): Promise<number> => {
        const [, role = ''] = (await ask(year, '?profile=full')).text.split('IDPSSODescriptor');
        return role.split('<KeyDescriptor ').length - 1;
      };
      expect([await shows(YEAR), await shows(YEAR + 1)]).toEqual([2, 1]);

      await goTo(YEAR + 1, 3, 25);
      expect(new Date(await ends(YEAR)).toISOString()).toBe(`${YEAR + 1}-04-01T00:00:00.000Z`);
      await goTo(YEAR + 1, 4, 2);
      expect((await ask(YEAR, '?profile=full')).status).toBe(404);
      expect((await ask(YEAR + 1, '?profile=full')).status).toBe(200);
    } finally {
      await local.close();
    }
  });
});
