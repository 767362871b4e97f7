import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.ts';
import { aPerson, type Person } from '../support/people.ts';
import {
  aSamlApp,
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

async function signedIn(at: SamlApp): Promise<Browser> {
  const browser = new Browser(worker);
  await browser.open(authPath(requestXml(at)));
  await signIn(browser, person);
  return browser;
}
const isSignedIn = async (browser: Browser): Promise<boolean> =>
  (await browser.open('/account')).url.pathname === '/account';

describe('section 14 every row of the table, at each endpoint', () => {
  const unreadable = [
    'issuer_missing_or_invalid',
    'no_auth_or_logout_request',
    'unauthorized_service_provider',
  ];
  const nobody = { issuer: 'urn:nobody', uuid: '' };
  const BLANK =
    '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo/><ds:SignatureValue>AAAA</ds:SignatureValue>' +
    '<ds:KeyInfo><ds:X509Data><ds:X509Certificate> </ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>';
  const rows: readonly (readonly [string, (endpoint: 'auth' | 'logout') => string, readonly string[]])[] = [
    ['no base64', () => '%%%', unreadable],
    ['nothing', () => '', unreadable],
    ['no XML', () => base64('hello'), unreadable],
    ['a DTD', () => base64('<!DOCTYPE a><a/>'), unreadable],
    ['too large', () => base64(`<a>${'x'.repeat(80_000)}</a>`), unreadable],
    [
      'another root',
      () => base64('<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1"/>'),
      unreadable,
    ],
    [
      'both messages',
      (endpoint) =>
        base64(
          endpoint === 'auth'
            ? requestXml(app, { content: logoutXml(app) })
            : logoutXml(app, requestXml(app)),
        ),
      ['both_auth_and_logout_request'],
    ],
    [
      'no Issuer',
      (endpoint) =>
        base64(
          (endpoint === 'auth' ? requestXml(app) : logoutXml(app)).replace(
            /<saml:Issuer>.*<\/saml:Issuer>/,
            '',
          ),
        ),
      ['issuer_missing_or_invalid'],
    ],
    [
      'an Issuer nobody registered',
      (endpoint) => base64(endpoint === 'auth' ? requestXml(nobody) : logoutXml(nobody)),
      ['unauthorized_service_provider'],
    ],
    [
      'an empty certificate',
      (endpoint) => base64(endpoint === 'auth' ? requestXml(app, { content: BLANK }) : logoutXml(app, BLANK)),
      ['blank_cert_element_req'],
    ],
  ];
  it.each(rows)('%s', async (_, message, errors) => {
    const browser = await signedIn(app);
    const send = (endpoint: string, SAMLRequest: string) =>
      browser.post(`/api/saml/${endpoint}${YEAR}`, { SAMLRequest });
    for (const [endpoint, kind] of [
      ['authpost', 'auth'],
      ['logout', 'logout'],
    ] as const) {
      const view = await send(endpoint, message(kind));
      expect([view.status, errorsIn(view.html)]).toEqual([400, errors]);
    }
    const remote = await send('remotelogout', message('logout'));
    expect([remote.status, remote.html]).toEqual([400, '']);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it.each(['auth', 'authpost', 'finalauthpost', 'logout', 'remotelogout', 'metadata'])(
    '%s: years and methods',
    async (name) => {
      const method = name.endsWith('post') ? 'POST' : 'GET';
      const json = { accept: 'application/json' };
      for (const year of ['1999', '2099']) {
        const answer = await worker.fetch(`/api/saml/${name}${year}`, { method });
        expect(answer.status).toBe(404);
        expect(await answer.text()).toContain('<h1');
        const told = await worker.fetch(`/api/saml/${name}${year}`, { method, headers: json });
        expect([told.status, await told.json()]).toEqual([404, { error: 'not_found' }]);
      }
      const none = await worker.fetch(`/api/saml/${name}`, { method });
      expect([none.status, none.headers.get('content-type'), await none.text()]).toEqual([
        400,
        'text/plain; charset=utf-8',
        'Invalid Year',
      ]);
      for (const other of ['PUT', 'PATCH']) {
        const answer = await worker.fetch(`/api/saml/${name}${YEAR}`, { method: other });
        await answer.text();
        expect(answer.status, other).toBe(404);
      }
    },
  );

  it('no address or no certificate to answer with', async () => {
    const bare = await aSamlApp(worker, {
      block_encryption: 'none',
      certs: [],
      assertion_consumer_logout_service_url: null,
    });
    const told = async (path: string) => errorsIn(await (await worker.fetch(path)).text());
    expect(
      await told(`/api/saml/logout${YEAR}?${signedQuery({ SAMLRequest: base64(logoutXml(bare)) })}`),
    ).toEqual(['no_response_url', 'invalid_signature']);
    const both = requestXml(app, { content: `${BLANK}${classes('urn:unknown')}` });
    expect(await told(authPath(both)), 'everything wrong at once').toEqual([
      'blank_cert_element_req',
      'unauthorized_authn_context',
    ]);
  });
});
