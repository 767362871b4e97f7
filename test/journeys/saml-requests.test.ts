import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Browser } from '../support/browser.ts';
import { aPerson, type Person, walk } from '../support/people.ts';
import {
  ACS,
  answerForm,
  answerXml,
  aSamlApp,
  aServiceProvider,
  attributeValues,
  authPath,
  classes,
  logoutXml,
  OTHER_CERT,
  OTHER_KEY,
  requestXml,
  type SamlApp,
  SP_CERT,
  SP_KEY,
  signedQuery,
  signIn,
  YEAR,
} from '../support/saml.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;
let person: Person;
let app: SamlApp;
beforeAll(async () => {
  worker = await startWorker();
  app = await aSamlApp(worker);
});
// Codes are used up, so each test has somebody of its own.
beforeEach(async () => {
  person = await aPerson(worker);
});
afterAll(() => worker.close());

const REQ_ATTR = 'http://idmanagement.gov/ns/requested_attributes?ReqAttr=';
const EMAIL = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const errorsIn = (html: string): readonly string[] =>
  [...html.matchAll(/data-error-code="(\w+)"/g)].map(([, code]) => code ?? '');

describe('E3 the POST binding', () => {
  it('bounces off a page that reads and sets no cookie, then signs in', async () => {
    const browser = new Browser(worker);
    const fields = { SAMLRequest: base64(requestXml(app)), RelayState: 'a<b>&"c', Unknown: 'x' };
    const page = await browser.post(`/api/saml/auth${YEAR}`, fields);
    expect(page.status).toBe(200);
    expect(page.headers.get('set-cookie')).toBeNull();
    expect(browser.cookies.size).toBe(0);
    const [form] = page.forms;
    expect(form?.action).toBe(`/api/saml/authpost${YEAR}`);
    expect([...(form?.values ?? [])]).toEqual([
      ['SAMLRequest', fields.SAMLRequest],
      ['RelayState', fields.RelayState],
    ]);
    expect(page.html).toContain('<button');
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'nonce-[\w-]+'; /);
    await browser.submit();
    expect(browser.view.url.pathname).toBe('/');
    const answer = answerForm(await signIn(browser, person));
    expect(answer.fields.RelayState).toBe(fields.RelayState);
  });

  it('passes what it cannot read through, and refuses it after the bounce', async () => {
    const browser = new Browser(worker);
    await browser.post(`/api/saml/auth${YEAR}`, { SAMLRequest: '%%%' });
    expect((await browser.submit()).status).toBe(400);
  });

  it('keeps language and message in the address of the POST', async () => {
    const browser = new Browser(worker);
    const query = new URLSearchParams({ SAMLRequest: base64(requestXml(app)), locale: 'es' });
    const page = await browser.post(`/api/saml/auth${YEAR}?${query}`, { RelayState: 'r' });
    expect(page.forms[0]?.action).toBe(`/api/saml/authpost${YEAR}?locale=es`);
    await browser.submit();
    expect(browser.view.url.pathname).toBe('/es');
    expect(attributeValues(answerXml(await signIn(browser, person)), 'locale')).toBeUndefined();
  });

  it('works for node-saml with an embedded signature and deflated form', async () => {
    const provider = await aServiceProvider(worker, app, { authnRequestBinding: 'HTTP-POST' });
    const html = await provider.getAuthorizeFormAsync('r');
    const fields = Object.fromEntries(
      [...html.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [
        name ?? '',
        (value ?? '').replaceAll('&#x2B;', '+').replaceAll('&#x3D;', '=').replaceAll('&#x2F;', '/'),
      ]),
    );
    const browser = new Browser(worker);
    await browser.post(`/api/saml/auth${YEAR}`, fields);
    await browser.submit();
    const answer = answerForm(await signIn(browser, person));
    const { profile } = await provider.validatePostResponseAsync({ ...answer.fields });
    expect(profile?.nameID).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('X8 IssueInstant', () => {
  /** What the log says about one request, and the status it was answered with. */
  const sent = async (path: string): Promise<readonly unknown[]> => {
    const before = worker.logs().length;
    const answer = await worker.fetch(path);
    await answer.text();
    return vi.waitFor(() => {
      const lines = worker
        .logs()
        .slice(before)
        .flatMap((line) => (line.includes('"saml_request"') ? [JSON.parse(line)] : []));
      expect(lines).not.toEqual([]);
      return [answer.status, ...lines];
    });
  };
  const line = (more: object) => ({ level: 'info', event: 'saml_request', app: app.uuid, ...more });

  it.each([
    ['2001-02-03T04:05:06Z', '2001-02-03T04:05:06Z'],
    ['2001-02-03T06:05:06.789+02:00', '2001-02-03T04:05:06Z'],
    ['2099-01-01T00:00:00', '2099-01-01T00:00:00Z'],
  ])('is logged, not enforced: %s', async (instant, logged) => {
    const xml = requestXml(app).replace(/IssueInstant="[^"]*"/, `IssueInstant="${instant}"`);
    expect(await sent(authPath(xml))).toEqual([303, line({ issued_at: logged })]);
  });

  it('is logged as nothing where it is missing, or holds something else', async () => {
    for (const instead of ['', 'IssueInstant="pat@mailbox.test"']) {
      const xml = requestXml(app).replace(/IssueInstant="[^"]*"/, instead);
      expect(await sent(authPath(xml))).toEqual([303, line({})]);
    }
  });

  it('of a LogoutRequest as well', async () => {
    const query = signedQuery({ SAMLRequest: base64(logoutXml(app)) });
    expect(await sent(`/api/saml/logout${YEAR}?${query}`)).toEqual([
      200,
      line({ issued_at: expect.stringMatching(/^20\d\d-.*Z$/) }),
    ]);
  });
});

describe('E1 nothing on the way keeps an answer', () => {
  it.each([
    ['a sign-in begins', () => authPath(requestXml(app)), 'GET', 303],
    ['a request is refused', () => `/api/saml/auth${YEAR}`, 'GET', 400],
    ['a page passes a POST on', () => `/api/saml/auth${YEAR}`, 'POST', 200],
    ['metadata', () => `/api/saml/metadata${YEAR}`, 'GET', 200],
    ['metadata in the full view', () => `/api/saml/metadata${YEAR}?profile=full`, 'GET', 200],
    ['no year', () => '/api/saml/auth', 'GET', 400],
    ['a year that is none', () => '/api/saml/auth1999', 'GET', 404],
    ['logout without a request', () => `/api/saml/logout${YEAR}`, 'GET', 302],
    ['remote logout without a request', () => `/api/saml/remotelogout${YEAR}`, 'POST', 400],
  ])('%s', async (_, path, method, status) => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await worker.fetch(path(), method === 'POST' ? { method, headers: form, body: '' } : {});
    await answer.text();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('pragma')).toBe('no-cache');
  });
});

describe('E2 parameters in a form', () => {
  it('are read whatever the letters of its media type, which have no case', async () => {
    const answer = await worker.fetch(`/api/saml/authpost${YEAR}`, {
      method: 'POST',
      headers: { 'content-type': 'Application/X-WWW-Form-URLEncoded; charset=UTF-8' },
      body: new URLSearchParams({ SAMLRequest: base64(requestXml(app)) }).toString(),
    });
    await answer.text();
    expect(answer.status).toBe(303);
  });
});

describe('E2 repeated parameters', () => {
  it('are refused in either place or across the two', async () => {
    const message = base64(requestXml(app));
    const query = new URLSearchParams({ SAMLRequest: message }).toString();
    const answers = await Promise.all([
      worker.fetch(`/api/saml/auth${YEAR}?${query}&${query}`),
      worker.fetch(`/api/saml/authpost${YEAR}?${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: query,
      }),
      worker.fetch(`/api/saml/auth${YEAR}?${query}&SAMLResponse=x`),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe(400);
      await answer.text();
    }
  });
});

describe('section 14 errors of a request', () => {
  const unreadable = [
    'issuer_missing_or_invalid',
    'no_auth_or_logout_request',
    'unauthorized_service_provider',
  ];
  const ask = async (
    path: string,
  ): Promise<{ status: number; errors: readonly string[]; html: string; control: string | null }> => {
    const answer = await worker.fetch(path);
    const html = await answer.text();
    return {
      status: answer.status,
      errors: errorsIn(html),
      html,
      control: answer.headers.get('cache-control'),
    };
  };
  const refused = async (xml: string) => (await ask(authPath(xml))).errors;

  it('E8 nothing was sent', async () => {
    expect(await ask(`/api/saml/auth${YEAR}`)).toMatchObject({
      status: 400,
      errors: unreadable,
      control: 'no-store',
    });
    const head = await worker.fetch(`/api/saml/auth${YEAR}`, { method: 'HEAD' });
    expect(head.status).toBe(400);
  });

  it('E7 a HEAD of a sound request begins nothing', async () => {
    const path = authPath(requestXml(app)).replace('/x', `/api/saml/auth${YEAR}`);
    const head = await worker.fetch(path, { method: 'HEAD' });
    expect([head.status, head.headers.get('location'), head.headers.getSetCookie()]).toEqual([200, null, []]);
    expect((await worker.fetch(path)).headers.get('location')).toContain('/?request_id=');
  });

  it.each([
    ['no base64', '/x?SAMLRequest=%25'],
    ['a DTD', authPath('<!DOCTYPE a><a/>')],
    ['a response', authPath('<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1"/>')],
  ])('%s', async (_, path) => {
    expect((await ask(path.replace('/x', `/api/saml/auth${YEAR}`))).errors).toEqual(unreadable);
  });

  it('who asks', async () => {
    expect(await refused(requestXml({ ...app, issuer: '' }))).toEqual(['issuer_missing_or_invalid']);
    expect(await refused(requestXml({ ...app, issuer: `${app.issuer} ` }))).toEqual([
      'unauthorized_service_provider',
    ]);
    expect(await refused(requestXml({ ...app, issuer: 'urn:nobody' }))).toEqual([
      'unauthorized_service_provider',
    ]);
  });

  it('what is asked', async () => {
    expect(await refused(requestXml(app, { content: classes('urn:unknown') }))).toEqual([
      'unauthorized_authn_context',
    ]);
    const email = `<samlp:NameIDPolicy Format="${EMAIL}"/>${classes('C1')}`;
    expect(await refused(requestXml(app, { content: email }))).toEqual([
      'unauthorized_authn_context',
      'unauthorized_nameid_format',
    ]);
  });

  it('R1 a RelayState no one sends', async () => {
    expect((await ask(authPath(requestXml(app), { RelayState: 'x'.repeat(4097) }))).errors).toEqual([
      'relay_state_too_long',
    ]);
  });

  it('Z1, Z2 in the language of the browser, or as JSON', async () => {
    const path = authPath(requestXml({ ...app, issuer: 'urn:nobody' }));
    const spanish = await worker.fetch(path, { headers: { 'accept-language': 'es' } });
    expect(await spanish.text()).toContain('La aplicación no está registrada aquí.');
    const json = await worker.fetch(path, { headers: { accept: 'application/json' } });
    expect(json.status).toBe(400);
    expect(await json.json()).toEqual({
      error: 'unauthorized_service_provider',
      errors: ['unauthorized_service_provider'],
    });
    const year = await worker.fetch('/api/saml/auth1999', { headers: { accept: 'application/json' } });
    expect(year.status).toBe(404);
    expect(await year.json()).toEqual({ error: 'not_found' });
  });

  it('A1 an inactive app, after everything else', async () => {
    const off = await aSamlApp(worker, { active: false });
    const answer = await worker.fetch(authPath(requestXml(off)));
    expect(answer.status).toBe(302);
    const { pathname } = new URL(answer.headers.get('location') ?? '');
    expect(pathname).toBe('/errors/service_provider_inactive');
    const page = await worker.fetch(pathname);
    expect([page.status, await page.text()], 'section 14').toEqual([200, expect.stringContaining('<h1')]);
    expect(await refused(requestXml(off, { content: classes('urn:unknown') }))).toEqual([
      'unauthorized_authn_context',
    ]);
  });

  it('S7 a signature with an empty certificate', async () => {
    const blank =
      '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo/><ds:SignatureValue>AAAA</ds:SignatureValue>' +
      '<ds:KeyInfo><ds:X509Data><ds:X509Certificate> </ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>';
    expect(await refused(requestXml(app, { content: blank }))).toEqual(['blank_cert_element_req']);
  });
});

describe('S1, S5 signed and unsigned requests', () => {
  const arrives = async (path: string): Promise<string> => {
    const answer = await worker.fetch(path);
    await answer.text();
    return answer.status === 303 ? 'accepted' : String(answer.status);
  };
  const signed = (xml: string, key: string, relay = 'r'): string =>
    `/api/saml/auth${YEAR}?${signedQuery({ SAMLRequest: base64(xml), RelayState: relay }, key)}`;

  it('accepts a good one, a bad one and none, where the app does not mind', async () => {
    expect(await arrives(signed(requestXml(app), SP_KEY))).toBe('accepted');
    expect(await arrives(signed(requestXml(app), OTHER_KEY))).toBe('accepted');
    expect(await arrives(authPath(requestXml(app)))).toBe('accepted');
  });

  it('accepts only a good one where the app says so', async () => {
    const strict = await aSamlApp(worker, { signed_request_required: true });
    expect(await arrives(signed(requestXml(strict), SP_KEY))).toBe('accepted');
    expect(await arrives(signed(requestXml(strict), SP_KEY).replace('RelayState=r', 'RelayState=s'))).toBe(
      '400',
    );
    expect(await arrives(signed(requestXml(strict), OTHER_KEY))).toBe('400');
    expect(await arrives(authPath(requestXml(strict)))).toBe('400');
  });
});

describe('sections 11 to 13 answers', () => {
  const pass = async (browser: Browser, path: string, who: Person = person): Promise<string> => {
    await browser.open(path);
    return answerXml(await signIn(browser, who));
  };

  it('A17 releases what was asked for, in place of the bundle', async () => {
    const other = await aSamlApp(worker, { attribute_bundle: ['email', 'locale'] });
    const browser = new Browser(worker);
    const content = classes('urn:acr.login.gov:auth-only', `${REQ_ATTR}all_emails,first_name`);
    const asked = await pass(browser, authPath(requestXml(other, { content })));
    expect(attributeValues(asked, 'all_emails')).toEqual([person.email]);
    expect(attributeValues(asked, 'email')).toBeUndefined();
    expect(attributeValues(asked, 'first_name')).toBeUndefined();
    const bundle = await pass(browser, authPath(requestXml(other)));
    expect(attributeValues(bundle, 'email')).toEqual([person.email]);
    expect(attributeValues(bundle, 'locale')).toEqual(['en']);
  });

  it('R2 the language asked for is the language of the pages and the attribute', async () => {
    const other = await aSamlApp(worker, { attribute_bundle: ['locale'] });
    const browser = new Browser(worker);
    await browser.open(authPath(requestXml(other), { locale: 'fr' }));
    expect(browser.view.html).toContain('<html lang="fr">');
    expect(attributeValues(answerXml(await signIn(browser, person)), 'locale')).toEqual(['fr']);
  });

  it('R2, B2 the attribute is the language in use at the end: of somebody who changed it on the way', async () => {
    const other = await aSamlApp(worker, { attribute_bundle: ['locale'] });
    const browser = new Browser(worker);
    await browser.open(authPath(requestXml(other), { locale: 'fr' }));
    await browser.open(`/zh${browser.view.url.pathname.replace('/fr', '')}${browser.view.url.search}`);
    expect(attributeValues(answerXml(await signIn(browser, person)), 'locale')).toEqual(['zh']);
    await browser.open(authPath(requestXml(other), { locale: 'es' }));
    expect(attributeValues(answerXml(browser.view), 'locale'), 'asked for, without a page').toEqual(['es']);
  });

  it('P9 the NameID is one person per agency, and the address where that is permitted', async () => {
    const one = await aSamlApp(worker, { agency: 'Harbour Office' });
    const two = await aSamlApp(worker, { agency: 'Harbour Office' });
    const mail = await aSamlApp(worker, { email_nameid_format_allowed: true });
    const browser = new Browser(worker);
    const uuid = (xml: string) => attributeValues(xml, 'uuid')?.[0];
    const first = uuid(await pass(browser, authPath(requestXml(one))));
    expect(uuid(await pass(browser, authPath(requestXml(two))))).toBe(first);
    expect(uuid(await pass(browser, authPath(requestXml(app))))).not.toBe(first);
    expect(await pass(browser, authPath(requestXml(mail)))).toContain(
      `<NameID Format="${EMAIL}">${person.email}</NameID>`,
    );
  });

  it('C1, C2 encrypts to the certificate that verified the request, else to the first', async () => {
    const both = await aSamlApp(worker, {
      block_encryption: 'aes256-cbc',
      certs: [SP_CERT, OTHER_CERT],
      attribute_bundle: ['email'],
    });
    const browser = new Browser(worker);
    const certificate = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, '');
    const unsigned = await pass(browser, authPath(requestXml(both)));
    expect(unsigned).toContain(certificate(SP_CERT));
    expect(unsigned).not.toContain('AttributeStatement');
    const path = `/api/saml/auth${YEAR}?${signedQuery({ SAMLRequest: base64(requestXml(both)) }, OTHER_KEY)}`;
    expect(await pass(browser, path)).toContain(certificate(OTHER_CERT));
  });

  it.each(['aes128-cbc', 'aes256-cbc', 'aes128-gcm', 'aes256-gcm'])(
    'node-saml decrypts %s',
    async (block_encryption) => {
      const other = await aSamlApp(worker, {
        block_encryption,
        attribute_bundle: ['email'],
        signed_response_message_requested: true,
      });
      const provider = await aServiceProvider(worker, other, {
        decryptionPvk: SP_KEY,
        wantAuthnResponseSigned: true,
      });
      const browser = new Browser(worker);
      await browser.open(await provider.getAuthorizeUrlAsync('', undefined, {}));
      const { fields } = answerForm(await signIn(browser, person));
      const { profile } = await provider.validatePostResponseAsync({ ...fields });
      expect(profile?.email).toBe(person.email);
    },
  );

  it('R4 skips encryption in a sandbox when asked to by an app that may ask', async () => {
    const browser = new Browser(worker);
    const skipped = async (more: Readonly<Record<string, unknown>>): Promise<string> => {
      const other = await aSamlApp(worker, { block_encryption: 'aes256-cbc', ...more });
      return pass(browser, authPath(requestXml(other), { skip_encryption: '1' }));
    };
    expect(await skipped({ saml_options: { skip_encryption_allowed: true } })).toContain(
      '<AttributeStatement>',
    );
    expect(await skipped({})).toContain('<EncryptedAssertion');
  });

  it('A2 answers to one of several registered addresses, and nowhere else', async () => {
    const second = 'https://dev.sp.test/acs';
    const several = await aSamlApp(worker, {
      acs_urls: [second],
      redirect_uris: ['https://portal.sp.test/home'],
    });
    const browser = new Browser(worker);
    const to = async (url: string): Promise<string> => {
      await browser.open(
        authPath(requestXml(several, { attributes: ` AssertionConsumerServiceURL="${url}"` })),
      );
      const view = await signIn(browser, person);
      expect(view.headers.get('content-security-policy')).toContain('https://portal.sp.test');
      expect(answerXml(view)).toContain(`Recipient="${answerForm(view).action}"`);
      return answerForm(view).action;
    };
    expect(await to(second)).toBe(second);
    expect(await to('https://evil.test/acs')).toBe(ACS);
  });

  it('A2 posts nothing to an address that was taken off the registration meanwhile', async () => {
    const second = 'https://dev.sp.test/acs';
    const moving = await aSamlApp(worker, { acs_urls: [second] });
    const browser = new Browser(worker);
    await browser.open(
      authPath(requestXml(moving, { attributes: ` AssertionConsumerServiceURL="${second}"` })),
    );
    await walk(browser, person, { until: '/sign_up/completed' });
    const changed = await worker.api('PATCH', `/api/admin/v1/apps/${moving.uuid}`, { acs_urls: [] });
    expect(changed.status, await changed.text()).toBe(200);
    await browser.submit();
    expect(browser.view.url.pathname).toBe('/app_inactive');
    expect(browser.view.html).not.toContain('SAMLResponse');
  });

  it('B6, section 17: the address as a claim, and the level that was enforced', async () => {
    const other = await aSamlApp(worker, {
      saml_emailaddress_attribute_enabled: true,
      attribute_bundle: ['email'],
      saml_options: { aal_achieved: true },
    });
    const xml = await pass(
      new Browser(worker),
      authPath(requestXml(other, { content: classes('http://idmanagement.gov/ns/assurance/aal/2') })),
    );
    expect(
      attributeValues(xml, 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress'),
    ).toEqual([person.email]);
    expect(attributeValues(xml, 'email')).toBeUndefined();
    expect(attributeValues(xml, 'aal_achieved')).toEqual(['http://idmanagement.gov/ns/assurance/aal/2']);
    expect(xml).toContain(
      '<AuthnContextClassRef>http://idmanagement.gov/ns/assurance/aal/2</AuthnContextClassRef>',
    );
  });
});

describe('A4 ForceAuthn', () => {
  it('signs out once per request, not again when it resumes', async () => {
    const browser = new Browser(worker);
    await browser.open('/');
    await browser.submit({ username: person.email, 'current-password': person.password });
    await browser.submit({ 'one-time-code': person.nextCode() });
    expect(browser.view.url.pathname).toBe('/account');

    const forced = authPath(requestXml(app, { attributes: ' ForceAuthn="true"' }));
    await browser.open(forced);
    expect(browser.view.url.pathname).toBe('/');
    expect(browser.view.url.searchParams.get('again')).toBe('1');
    await browser.submit({ username: person.email, 'current-password': person.password });
    await browser.open(forced);
    expect(browser.view.url.pathname, 'the same request goes on where it was').not.toBe('/');
    await signIn(browser, person);
  });
});

describe('A5 IsPassive', () => {
  const passive = { attributes: ' IsPassive="true"' };

  it('is ignored', async () => {
    const browser = new Browser(worker);
    await browser.open(authPath(requestXml(app, passive)));
    expect(browser.view.url.pathname).toBe('/');
  });

  it('section 17: is answered with a signed NoPassive for apps that ask for it', async () => {
    const asking = await aSamlApp(worker, { saml_options: { no_passive: true } });
    const provider = await aServiceProvider(worker, asking, { passive: true, wantAuthnResponseSigned: true });
    const browser = new Browser(worker);
    await browser.open(await provider.getAuthorizeUrlAsync('r', undefined, {}));
    const { fields } = answerForm(browser.view);
    expect(answerXml(browser.view)).toContain('status:NoPassive');
    const { profile } = await provider.validatePostResponseAsync({ ...fields });
    expect(profile, 'node-saml takes NoPassive for nobody signed in').toBeNull();
    await browser.open(
      await (await aServiceProvider(worker, asking)).getAuthorizeUrlAsync('', undefined, {}),
    );
    await signIn(browser, person);
    await browser.open(await provider.getAuthorizeUrlAsync('', undefined, {}));
    const signedIn = await provider
      .validatePostResponseAsync({ ...answerForm(browser.view).fields })
      .catch(() => null);
    expect(answerXml(browser.view)).toContain('status:Success');
    expect(signedIn === null || signedIn.profile !== null).toBe(true);
  });
});

describe('F3, section 17 refusals', () => {
  it('stay here: cancelling leads to the address for that', async () => {
    const leaving = await aSamlApp(worker, { return_to_sp_url: 'https://sp.test/home' });
    const browser = new Browser(worker);
    await browser.open(authPath(requestXml(leaving)));
    await browser.open('/redirect/return_to_sp/cancel');
    expect(browser.view.url.href).toBe('https://sp.test/home');
  });

  it('go to apps that want to hear of them', async () => {
    const hearing = await aSamlApp(worker, { saml_options: { error_responses: true } });
    const provider = await aServiceProvider(worker, hearing, {
      wantAuthnResponseSigned: true,
      authnContext: ['urn:unknown'],
    });
    const browser = new Browser(worker);
    await browser.open(await provider.getAuthorizeUrlAsync('r', undefined, {}));
    expect(answerXml(browser.view)).toContain('status:NoAuthnContext');
    expect(answerForm(browser.view).fields.RelayState).toBe('r');
    await expect(provider.validatePostResponseAsync({ ...answerForm(browser.view).fields })).rejects.toThrow(
      /Requester/,
    );
    await browser.open(authPath(requestXml(hearing)));
    await browser.open('/redirect/return_to_sp/cancel');
    expect(answerXml(browser.view)).toContain('status:AuthnFailed');
    const email = requestXml(hearing, { content: `<samlp:NameIDPolicy Format="${EMAIL}"/>` });
    await browser.open(authPath(email));
    expect(answerXml(browser.view)).toContain('status:InvalidNameIDPolicy');
  });

  it('go to the registered address the request chose, as an assertion would', async () => {
    const [second, third] = ['https://sp.test/second', 'https://sp.test/third'];
    const hearing = await aSamlApp(worker, {
      acs_urls: [second, third],
      acs_indexes: { 4: second, 7: third },
      saml_options: { error_responses: true },
    });
    const content = classes('urn:unknown');
    for (const [attributes, action] of [
      [` AssertionConsumerServiceURL="${third}"`, third],
      [' AssertionConsumerServiceIndex="7"', third],
      [' AssertionConsumerServiceIndex="1"', ACS],
      [' AssertionConsumerServiceURL="https://evil.test/acs"', ACS],
    ] as const) {
      const browser = new Browser(worker);
      await browser.open(authPath(requestXml(hearing, { content, attributes })));
      expect(answerForm(browser.view).action, attributes).toBe(action);
      expect(answerXml(browser.view)).toContain(`Destination="${action}"`);
    }
  });
});

describe('E9 complete and finalauthpost', () => {
  it('go on with what is stored, and believe no posted message then', async () => {
    const browser = new Browser(worker);
    expect((await browser.open('/api/saml/complete')).status).toBe(404);
    await browser.open(authPath(requestXml(app, { id: '_mine' })));
    await browser.submit({ username: person.email, 'current-password': person.password });
    await browser.open('/api/saml/complete');
    expect(browser.view.url.pathname).toContain('/login/two_factor');
    const foreign = await aSamlApp(worker, { acs_url: 'https://other.test/acs' });
    await browser.post(`/api/saml/finalauthpost${YEAR}`, { SAMLRequest: base64(requestXml(foreign)) });
    expect(browser.view.url.pathname).toContain('/login/two_factor');
    const view = await signIn(browser, person);
    expect(answerForm(view).action).toBe(ACS);
    expect(answerXml(view)).toContain('InResponseTo="_mine"');
  });

  it('finalauthpost without anything stored is authpost', async () => {
    const browser = new Browser(worker);
    await browser.post(`/api/saml/finalauthpost${YEAR}`, { SAMLRequest: base64(requestXml(app)) });
    expect(browser.view.url.pathname).toBe('/');
  });
});

describe('P12, F4', () => {
  it('each pass has an assertion of its own, whose ID is its SessionIndex', async () => {
    const browser = new Browser(worker);
    await browser.open(authPath(requestXml(app)));
    const first = answerXml(await signIn(browser, person));
    await browser.open(authPath(requestXml(app, { id: `_${randomBytes(4).toString('hex')}` })));
    const second = answerXml(browser.view);
    const ids = [first, second].map((xml) => {
      const id = /<Assertion [^>]*ID="([^"]+)"/.exec(xml)?.[1];
      expect(xml).toContain(`SessionIndex="${id}"`);
      return id;
    });
    expect(ids[0]).not.toBe(ids[1]);
  });
});
