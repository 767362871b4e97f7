import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { ValidateInResponseTo } from '@node-saml/node-saml';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { utf8 } from '../../src/kernel/bytes.ts';
import { verificationKey } from '../../src/saml/xml/keys.ts';
import { messageRules } from '../../src/saml/xml/limits.ts';
import { readXml } from '../../src/saml/xml/read.ts';
import { verifyEnvelopedSignature } from '../../src/saml/xml/verify.ts';
import { Browser } from '../support/browser.ts';
import { aPerson, type Person } from '../support/people.ts';
import {
  answerForm,
  answerXml,
  aSamlApp,
  aServiceProvider,
  attributeValues,
  authPath,
  logoutXml,
  OTHER_KEY,
  publishedCertificate,
  requestXml,
  rootOf,
  type SamlApp,
  SLO,
  SP_CERT,
  SP_KEY,
  sessionIndex,
  signedQuery,
  signIn,
  YEAR,
} from '../support/saml.ts';
import { startWorker, type TestWorker, type WorkerResponse } from '../support/worker.ts';
import { partnerSigned, unwrap } from '../support/xml.ts';

let worker: TestWorker;
let person: Person;
let app: SamlApp;
beforeAll(async () => {
  worker = await startWorker();
  app = await aSamlApp(worker);
});
beforeEach(async () => {
  person = await aPerson(worker);
});
afterAll(() => worker.close());

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const errorsIn = (html: string): readonly string[] =>
  [...html.matchAll(/data-error-code="(\w+)"/g)].map(([, code]) => code ?? '');

/** A browser in which the person is signed in, and what the app was told. */
async function signedIn(
  at: SamlApp = app,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ browser: Browser; subject: string; index: string }> {
  const browser = new Browser(worker, headers);
  await browser.open(authPath(requestXml(at)));
  const xml = answerXml(await signIn(browser, person));
  return {
    browser,
    subject: attributeValues(xml, 'uuid')?.[0] ?? '',
    index: /SessionIndex="([^"]+)"/.exec(xml)?.[1] ?? '',
  };
}
const isSignedIn = async (browser: Browser): Promise<boolean> =>
  (await browser.open('/account')).url.pathname === '/account';
const logoutPath = (xml: string, relay: string | null = 'r', key = SP_KEY): string =>
  `/api/saml/logout${YEAR}?${signedQuery({ SAMLRequest: base64(xml), ...(relay === null ? {} : { RelayState: relay }) }, key)}`;

describe('SAML Profiles section 4.4 front-channel logout', () => {
  it('L3, L4 ends the session and posts Success with RelayState to the registered address', async () => {
    const { browser } = await signedIn();
    expect(await isSignedIn(browser)).toBe(true);
    const provider = await aServiceProvider(worker, app);
    const url = await provider.getLogoutUrlAsync(
      {
        issuer: app.issuer,
        nameID: 'made up',
        nameIDFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
        sessionIndex: 'made up',
      },
      'r',
      {},
    );
    await browser.open(url);
    const { action, fields } = answerForm(browser.view);
    expect(action).toBe(SLO);
    expect(fields.RelayState).toBe('r');
    expect(browser.view.headers.get('content-security-policy')).toContain(
      "form-action 'self' https://sp.test;",
    );
    const xml = answerXml(browser.view);
    expect(xml).toMatch(
      /^<LogoutResponse xmlns="urn:oasis:names:tc:SAML:2.0:protocol" Destination="https:\/\/sp.test\/slo" ID="_/,
    );
    expect(xml).toContain('status:Success');
    expect(xml).not.toContain('Signature');
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('nobody signed in is just as well, and no RelayState brings none', async () => {
    const browser = new Browser(worker);
    await browser.open(logoutPath(logoutXml(app), null));
    const { fields } = answerForm(browser.view);
    expect(fields).not.toHaveProperty('RelayState');
    expect(Object.keys(fields)).toEqual(['SAMLResponse']);
  });

  it('where the session did not come along, the same request ends it when it does', async () => {
    const { browser } = await signedIn();
    const path = logoutPath(logoutXml(app));
    // A frame of another site: browsers keep the cookie back.
    await new Browser(worker, { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' }).open(path);
    await browser.open(path);
    expect(answerXml(browser.view)).toContain('status:Success');
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('S4 takes an embedded signature as well', async () => {
    const { browser } = await signedIn();
    const id = `_${randomBytes(6).toString('hex')}`;
    const text = partnerSigned({ text: logoutXml(app, '%SIGNATURE%', '', id), uri: `#${id}` });
    await browser.open(`/api/saml/logout${YEAR}?${new URLSearchParams({ SAMLRequest: base64(text) })}`);
    expect(answerXml(browser.view)).toContain(`InResponseTo="${id}"`);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it.each([
    [
      'unsigned',
      (xml: string) => `/api/saml/logout${YEAR}?${new URLSearchParams({ SAMLRequest: base64(xml) })}`,
      ['invalid_signature'],
    ],
    ['signed with another key', (xml: string) => logoutPath(xml, 'r', OTHER_KEY), ['invalid_signature']],
    [
      'signed over another RelayState',
      (xml: string) => logoutPath(xml).replace('RelayState=r', 'RelayState=s'),
      ['invalid_signature'],
    ],
    [
      'no message at all',
      () => `/api/saml/logout${YEAR}?SAMLRequest=`,
      ['issuer_missing_or_invalid', 'no_auth_or_logout_request', 'unauthorized_service_provider'],
    ],
  ])('L2 %s is refused and ends nothing', async (_, path, errors) => {
    const { browser } = await signedIn();
    await browser.open(path(logoutXml(app)));
    expect(browser.view.status).toBe(400);
    expect(errorsIn(browser.view.html)).toEqual(errors);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it('refuses both kinds of message at once, an encrypted name, one that is over, and no address to answer', async () => {
    const refused = async (xml: string): Promise<readonly string[]> =>
      errorsIn(await (await worker.fetch(logoutPath(xml))).text());
    expect(await refused(logoutXml(app, requestXml(app)))).toEqual(['both_auth_and_logout_request']);
    expect(await refused(requestXml(app))).toContain('no_auth_or_logout_request');
    expect(await refused(logoutXml(app, '<saml:EncryptedID/>'))).toEqual(['encrypted_name_id']);
    expect(await refused(logoutXml(app, '', ' NotOnOrAfter="2020-01-01T00:00:00Z"'))).toEqual([
      'request_too_old',
    ]);
    const silent = await aSamlApp(worker, { assertion_consumer_logout_service_url: null });
    expect(await refused(logoutXml(silent))).toEqual(['no_response_url']);
  });

  it('S17 a repeated request is answered alike and signs nobody out again', async () => {
    const { browser } = await signedIn();
    const path = logoutPath(logoutXml(app));
    await browser.open(path);
    expect(await isSignedIn(browser)).toBe(false);
    await browser.open(authPath(requestXml(app)));
    await signIn(browser, person);
    await browser.open(path);
    expect(answerXml(browser.view)).toContain('status:Success');
    expect(await isSignedIn(browser)).toBe(true);
  });

  it.each([
    ['that says so', { 'sec-fetch-site': 'cross-site' }],
    ['in a browser that tells no more than its origin', { origin: 'https://sp.test' }],
  ])(
    'a POST from another site %s comes back to itself once, so that the session is there to be ended',
    async (_, headers) => {
      const { browser } = await signedIn();
      const outside = new Browser(worker, headers);
      const query = new URLSearchParams(
        signedQuery({ SAMLRequest: base64(logoutXml(app)), RelayState: 'r' }),
      );
      const page = await outside.post(`/api/saml/logout${YEAR}`, Object.fromEntries(query));
      const [form] = page.forms;
      expect(form?.action).toBe(`/api/saml/logout${YEAR}`);
      expect([...(form?.values.keys() ?? [])]).toEqual(['SAMLRequest', 'RelayState', 'SigAlg', 'Signature']);
      await browser.post(`/api/saml/logout${YEAR}`, Object.fromEntries(form?.values ?? []));
      expect(answerXml(browser.view)).toContain('status:Success');
      expect(await isSignedIn(browser)).toBe(false);
    },
  );

  it('section 17: signs its answer for apps that ask for it, and node-saml takes it', async () => {
    const signing = await aSamlApp(worker, { saml_options: { signed_logout_response: true } });
    const { browser } = await signedIn(signing);
    const provider = await aServiceProvider(worker, signing, {
      wantAuthnResponseSigned: true,
      validateInResponseTo: ValidateInResponseTo.ifPresent,
    });
    const url = await provider.getLogoutUrlAsync(
      { issuer: signing.issuer, nameID: 'x', nameIDFormat: 'y' },
      '',
      {},
    );
    await browser.open(url);
    const key = unwrap(await verificationKey(Buffer.from(await publishedCertificate(worker), 'base64')));
    const document = unwrap(readXml(utf8(answerXml(browser.view)), messageRules));
    expect((await verifyEnvelopedSignature(document, [key])).ok).toBe(true);
    expect(await provider.validatePostResponseAsync({ ...answerForm(browser.view).fields })).toMatchObject({
      loggedOut: true,
    });
  });
});

describe('L1 without a request', () => {
  it.each(['GET', 'DELETE'])('%s ends the session and leads home with a notice', async (method) => {
    const { browser } = await signedIn();
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await worker.fetch(`/api/saml/logout${YEAR}`, { method, headers: { cookie } });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/');
    expect(answer.headers.get('pragma')).toBe('no-cache');
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('asks first when another site leads here', async () => {
    const { browser } = await signedIn();
    const foreign = new Browser(worker, { 'sec-fetch-site': 'cross-site' });
    for (const [name, value] of browser.cookies) foreign.cookies.set(name, value);
    const page = await foreign.open(`/api/saml/logout${YEAR}`);
    expect(page.status).toBe(200);
    expect(await isSignedIn(browser)).toBe(true);
    const form = page.forms.find(({ action }) => action === `/api/saml/logout${YEAR}`);
    await browser.post(form?.action ?? '', Object.fromEntries(form?.values ?? []));
    expect(browser.view.text).toContain('signed out');
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('a posted SAMLResponse falls under it', async () => {
    const { browser } = await signedIn();
    await browser.post(`/api/saml/logout${YEAR}`, { SAMLResponse: 'x' });
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('asks after a POST from another site too, which brings no cookie to tell who is signed in', async () => {
    const { browser } = await signedIn();
    const foreign = new Browser(worker, { 'sec-fetch-site': 'cross-site' });
    const page = await foreign.post(`/api/saml/logout${YEAR}`, { SAMLResponse: 'x' });
    expect(page.status).toBe(200);
    expect(page.text).not.toContain('signed out');
    const form = page.forms.find(({ action }) => action === `/api/saml/logout${YEAR}`);
    await browser.post(form?.action ?? '', Object.fromEntries(form?.values ?? []));
    expect(browser.view.text).toContain('signed out');
    expect(await isSignedIn(browser)).toBe(false);
  });
});

describe('Q1 to Q6 remote logout', () => {
  const post = (xml: string, key = SP_KEY): Promise<WorkerResponse> =>
    worker.fetch(`/api/saml/remotelogout${YEAR}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: signedQuery({ SAMLRequest: base64(xml) }, key),
    });
  const emptyRefusal = async (answer: WorkerResponse): Promise<void> => {
    expect(answer.status).toBe(400);
    expect(await answer.text()).toBe('');
  };

  it('Q4 ends the sessions of the person named, in every browser, and of nobody else', async () => {
    const one = await signedIn();
    const two = await signedIn();
    const somebody = person;
    person = await aPerson(worker);
    const bystander = await signedIn();
    person = somebody;
    expect(two.subject).toBe(one.subject);
    const answer = await post(logoutXml(app, sessionIndex(one.subject)));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    const root = rootOf(await answer.text());
    expect(root.local).toBe('LogoutResponse');
    expect(await isSignedIn(one.browser)).toBe(false);
    expect(await isSignedIn(two.browser)).toBe(false);
    expect(await isSignedIn(bystander.browser)).toBe(true);
    const again = await post(logoutXml(app, sessionIndex(one.subject)));
    expect(again.status, 'none alive is still Success').toBe(200);
  });

  it('Q1 takes the message in the query of a POST, and by GET', async () => {
    const { subject } = await signedIn();
    for (const method of ['POST', 'GET']) {
      const query = signedQuery({ SAMLRequest: base64(logoutXml(app, sessionIndex(subject))) });
      expect((await worker.fetch(`/api/saml/remotelogout${YEAR}?${query}`, { method })).status).toBe(200);
    }
    expect((await worker.fetch(`/api/saml/remotelogout${YEAR}`, { method: 'DELETE' })).status).toBe(404);
  });

  it('Q2 finds SessionIndex in the assertion namespace too', async () => {
    const { browser, subject } = await signedIn();
    await post(logoutXml(app, `<saml:SessionIndex>${subject}</saml:SessionIndex>`));
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('Q3, Q6 every miss is an empty 400', async () => {
    const { browser, subject } = await signedIn();
    const stranger = await aSamlApp(worker);
    await emptyRefusal(await worker.fetch(`/api/saml/remotelogout${YEAR}`, { method: 'POST' }));
    await emptyRefusal(await post(logoutXml(app)));
    await emptyRefusal(await post(logoutXml(app, sessionIndex('0c6f3e5e-52a8-4c39-bb0f-1d2e3f405162'))));
    await emptyRefusal(await post(logoutXml(app, sessionIndex(subject)), OTHER_KEY));
    await emptyRefusal(await post(logoutXml(stranger, sessionIndex(subject))));
    await emptyRefusal(await post(requestXml(app)));
    expect(await isSignedIn(browser)).toBe(true);
  });

  it('Q3 a person of the same agency who never came to this app is nobody here', async () => {
    const one = await aSamlApp(worker, { agency: 'Lighthouse Board' });
    const two = await aSamlApp(worker, { agency: 'Lighthouse Board' });
    const { browser, subject } = await signedIn(one);
    await emptyRefusal(await post(logoutXml(two, sessionIndex(subject))));
    expect(await isSignedIn(browser)).toBe(true);
  });

  it('S17 a repeat answers Success and ends nothing', async () => {
    const { subject } = await signedIn();
    const xml = logoutXml(app, sessionIndex(subject));
    expect((await post(xml)).status).toBe(200);
    const { browser } = await signedIn();
    expect((await post(xml)).status).toBe(200);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it('S17 nor by another binding, or signed anew with the same ID', async () => {
    const { subject } = await signedIn();
    const id = `_${randomBytes(6).toString('hex')}`;
    const xml = logoutXml(app, sessionIndex(subject), '', id);
    const inside = partnerSigned({
      text: logoutXml(app, `%SIGNATURE%${sessionIndex(subject)}`, '', id),
      uri: `#${id}`,
      by: 'first',
    });
    expect((await post(xml)).status).toBe(200);
    const { browser } = await signedIn();
    const path = `/api/saml/remotelogout${YEAR}`;
    const query = signedQuery({ SAMLRequest: deflateRawSync(xml).toString('base64') });
    expect((await worker.fetch(`${path}?${query}`, { method: 'POST' })).status).toBe(200);
    const embedded = new URLSearchParams({ SAMLRequest: base64(inside) });
    expect((await worker.fetch(`${path}?${embedded}`, { method: 'GET' })).status).toBe(200);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it('Q4 an app that was disconnected ends what may have been used for it, and nothing that began later', async () => {
    const left = await aSamlApp(worker);
    const { browser, subject } = await signedIn(left);
    await browser.open(`/account/service_providers/${left.uuid}/revoke`);
    await browser.submit({}, (form) => form.action.endsWith('/revoke'));
    expect(browser.view.text).toContain('was disconnected');
    const later = await signedIn();
    const answer = await post(logoutXml(left, sessionIndex(subject)));
    expect(answer.status, 'Q3 the person has signed in there').toBe(200);
    expect(await isSignedIn(browser)).toBe(false);
    expect(await isSignedIn(later.browser)).toBe(true);
    const again = await signedIn(left);
    expect(again.subject).toBe(subject);
    expect((await post(logoutXml(left, sessionIndex(subject)))).status).toBe(200);
    expect(await isSignedIn(again.browser), 'connected anew, it is as it was').toBe(false);
  });

  it('section 14: an app that is switched off is served, so that its people are not left signed in', async () => {
    const off = await aSamlApp(worker);
    const { browser, subject } = await signedIn(off);
    const answer = await worker.api('PATCH', `/api/admin/v1/apps/${off.uuid}`, { active: false });
    expect(answer.status, await answer.clone().text()).toBe(200);
    expect((await worker.fetch(authPath(requestXml(off)))).status).toBe(302);
    expect((await post(logoutXml(off, sessionIndex(subject)))).status).toBe(200);
    expect(await isSignedIn(browser)).toBe(false);
    const front = await signedIn();
    await front.browser.open(logoutPath(logoutXml(off)));
    expect(answerXml(front.browser.view)).toContain('status:Success');
    expect(await isSignedIn(front.browser)).toBe(false);
  });

  it('section 17: by the SessionIndex of an assertion ends that one session', async () => {
    const asking = await aSamlApp(worker, { saml_options: { remote_logout_by_session_index: true } });
    const one = await signedIn(asking);
    const two = await signedIn(asking);
    const name = `<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">${one.subject}</saml:NameID>`;
    expect((await post(logoutXml(asking, name + sessionIndex(one.index)))).status).toBe(200);
    expect(await isSignedIn(one.browser)).toBe(false);
    expect(await isSignedIn(two.browser)).toBe(true);
    await emptyRefusal(await post(logoutXml(app, name + sessionIndex(one.index))));
  });

  it('section 17: by several of them ends each of those sessions, and by too many nothing', async () => {
    const asking = await aSamlApp(worker, { saml_options: { remote_logout_by_session_index: true } });
    const [one, two, three] = [await signedIn(asking), await signedIn(asking), await signedIn(asking)];
    const name = `<saml:NameID>${one.subject}</saml:NameID>`;
    const named = [one, two].map(({ index }) => sessionIndex(index)).join('');
    const many = sessionIndex(three.index).repeat(100);
    await emptyRefusal(await post(logoutXml(asking, name + named + many)));
    expect(await isSignedIn(one.browser)).toBe(true);
    expect((await post(logoutXml(asking, name + named))).status).toBe(200);
    expect(await isSignedIn(one.browser)).toBe(false);
    expect(await isSignedIn(two.browser)).toBe(false);
    expect(await isSignedIn(three.browser)).toBe(true);
  });

  it('section 17: an address names nobody to an app that may not have addresses', async () => {
    const saml_options = { remote_logout_by_session_index: true };
    const may = await aSamlApp(worker, { saml_options, email_nameid_format_allowed: true });
    const mayNot = await aSamlApp(worker, { saml_options });
    const name = `<saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">${person.email}</saml:NameID>`;
    const one = await signedIn(may);
    const two = await signedIn(mayNot);
    await emptyRefusal(await post(logoutXml(mayNot, name + sessionIndex(two.index))));
    expect(await isSignedIn(two.browser)).toBe(true);
    expect((await post(logoutXml(may, name + sessionIndex(one.index)))).status).toBe(200);
    expect(await isSignedIn(one.browser)).toBe(false);
    const again = await signedIn(may);
    await again.browser.open(`/account/service_providers/${may.uuid}/revoke`);
    await again.browser.submit({}, (form) => form.action.endsWith('/revoke'));
    await emptyRefusal(await post(logoutXml(may, name + sessionIndex(again.index))));
    expect(await isSignedIn(again.browser), 'it may no longer ask whose address that is').toBe(true);
  });
});

describe('C2, S6 which key', () => {
  it('a certificate shown that is not registered helps nobody', async () => {
    const id = `_${randomBytes(6).toString('hex')}`;
    const keyInfo = `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${SP_CERT.replace(/-----[^-]+-----|\s/g, '')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`;
    const foreign = partnerSigned({
      text: logoutXml(app, '%SIGNATURE%', '', id),
      uri: `#${id}`,
      by: 'second',
      keyInfo,
    });
    const answer = await worker.fetch(
      `/api/saml/logout${YEAR}?${new URLSearchParams({ SAMLRequest: base64(foreign) })}`,
    );
    expect(errorsIn(await answer.text())).toEqual(['invalid_signature']);
  });
});
