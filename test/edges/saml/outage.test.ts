import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { yearInSeason } from '../../../src/platform/keys/saml-calendar.ts';
import { Browser } from '../../support/browser.ts';
import { servedHere } from '../../support/isolate.ts';
import { type Binding, fragile } from '../../support/outage.ts';
import { aPerson, type Person, walk } from '../../support/people.ts';
import type { ServedResponse } from '../../support/served.ts';
import CERT from '../../vectors/test-keys/first.crt.pem?raw';
import KEY from '../../vectors/test-keys/first.key.pem?raw';

const stores = fragile(env);
const worker = servedHere(Object.assign(stores.env, { SCRYPT_LOG2N: '8' }));
const YEAR = yearInSeason(Date.now());
const ISSUER = 'urn:example:outage';
let person: Person;

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  const answer = await worker.api('POST', '/api/admin/v1/apps', {
    issuer: ISSUER,
    friendly_name: 'Harbours',
    identity_protocol: 'saml',
    acs_url: 'https://sp.test/acs',
    assertion_consumer_logout_service_url: 'https://sp.test/slo',
    block_encryption: 'none',
    signed_request_required: false,
    certs: [CERT],
  });
  expect(answer.status).toBe(201);
});
beforeEach(async () => {
  person = await aPerson(worker);
});
afterEach(() => {
  stores.down.clear();
  stores.lost.clear();
});

const message = (name: string, content = '', attributes = ''): string =>
  `<p:${name}${attributes} xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="_${crypto.randomUUID()}" Version="2.0"><a:Issuer>${ISSUER}</a:Issuer>${content}</p:${name}>`;

/** The address of a signed LogoutRequest. */
async function logoutPath(endpoint: 'logout' | 'remotelogout', content = ''): Promise<string> {
  const der = Uint8Array.from(atob(KEY.replace(/-----[^-]+-----|\s/g, '')), (c) => c.charCodeAt(0));
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
  const signed = new URLSearchParams({
    SAMLRequest: btoa(message('LogoutRequest', content)),
    SigAlg: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  }).toString();
  const signature = await crypto.subtle.sign(algorithm.name, key, new TextEncoder().encode(signed));
  const text = btoa(String.fromCharCode(...new Uint8Array(signature)));
  return `/api/saml/${endpoint}${YEAR}?${signed}&${new URLSearchParams({ Signature: text })}`;
}

/** A browser in which the person is signed in at the app, and the subject the app was told. */
async function signedIn(): Promise<{ readonly browser: Browser; readonly subject: string }> {
  const browser = new Browser(worker);
  await browser.open(
    `/api/saml/auth${YEAR}?${new URLSearchParams({ SAMLRequest: btoa(message('AuthnRequest')) })}`,
  );
  await walk(browser, person);
  const subject = /<NameID[^>]*>([^<]+)</.exec(answerOf(browser))?.[1];
  if (subject === undefined) throw new Error('nobody was told');
  return { browser, subject };
}

/** The message the page brings to the app; empty when it brings none. */
const answerOf = ({ view }: Browser): string =>
  atob(view.forms.find(({ names }) => names.has('SAMLResponse'))?.values.get('SAMLResponse') ?? '');
const isSignedIn = async (browser: Browser): Promise<boolean> =>
  (await browser.open('/account')).url.pathname === '/account';
const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';

describe('F1 sign-in while a store fails', () => {
  const asks = (attributes = ''): string =>
    `/api/saml/auth${YEAR}?${new URLSearchParams({ SAMLRequest: btoa(message('AuthnRequest', '', attributes)), RelayState: 'r' })}`;

  it('a live session with standing consent needs neither D1 nor KV', async () => {
    const { browser } = await signedIn();
    stores.down.add('DB').add('PUBLIC');
    await browser.open(asks());
    expect(answerOf(browser)).toContain(SUCCESS);
  });

  it.each([['SESSIONS'], ['REQUESTS']] as const)(
    'A4 %s at ForceAuthn: nobody is answered for, and the same address again asks for everything',
    async (binding) => {
      const browser = new Browser(worker);
      await browser.open('/');
      await walk(browser, person);
      const forced = asks(' ForceAuthn="true"');
      stores.down.add(binding);
      await browser.open(forced);
      expect(browser.view.status).toBe(503);
      expect(answerOf(browser)).toBe('');
      stores.down.clear();
      await browser.open(forced);
      expect(browser.view.url.pathname).toBe('/');
      await walk(browser, person);
      expect(answerOf(browser)).toContain(SUCCESS);
      expect(browser.view.html).toContain('name="RelayState" id="RelayState" value="r"');
    },
  );
});

describe('L6 front-channel logout while a store fails never says Success of a session that lives', () => {
  const failures: readonly (readonly [Binding, 'down' | 'lost'])[] = [
    ['SESSIONS', 'down'],
    ['SESSIONS', 'lost'],
    ['REPLAY', 'down'],
    ['REPLAY', 'lost'],
  ];
  it.each(failures)('%s %s: says so, and the same address again ends it', async (binding, how) => {
    const { browser } = await signedIn();
    const path = await logoutPath('logout');
    stores[how].add(binding);
    await browser.open(path);
    expect(browser.view.status).toBe(503);
    expect(answerOf(browser)).toBe('');
    stores[how].clear();
    await browser.open(path);
    expect(answerOf(browser)).toContain(SUCCESS);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('S17 what the repeat may finish is that one session: another browser is left alone', async () => {
    const { browser } = await signedIn();
    const bystander = await signedIn();
    const path = await logoutPath('logout');
    stores.down.add('SESSIONS');
    await browser.open(path);
    stores.down.clear();
    await bystander.browser.open(path);
    expect(await isSignedIn(bystander.browser)).toBe(true);
    await browser.open(path);
    expect(await isSignedIn(browser)).toBe(false);
  });
});

describe('Q4 remote logout while a store fails', () => {
  const post = (path: string): Promise<ServedResponse> => worker.fetch(path, { method: 'POST' });
  const failures: readonly (readonly [Binding, 'down' | 'lost'])[] = [
    ['DB', 'down'],
    ['SESSIONS', 'down'],
    ['SESSIONS', 'lost'],
    ['REPLAY', 'lost'],
  ];
  it.each(failures)(
    '%s %s: no Success, and the same message again ends every session',
    async (binding, how) => {
      const one = await signedIn();
      const two = await signedIn();
      const path = await logoutPath('remotelogout', `<p:SessionIndex>${one.subject}</p:SessionIndex>`);
      stores[how].add(binding);
      const failed = await post(path);
      expect(failed.status).toBe(503);
      expect(await failed.text()).not.toContain(SUCCESS);
      stores[how].clear();
      const answer = await post(path);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain(SUCCESS);
      expect(await isSignedIn(one.browser)).toBe(false);
      expect(await isSignedIn(two.browser)).toBe(false);
    },
  );

  it('S17 what the repeat may finish began before the message was first met', async () => {
    const { browser, subject } = await signedIn();
    const path = await logoutPath('remotelogout', `<p:SessionIndex>${subject}</p:SessionIndex>`);
    stores.down.add('SESSIONS');
    expect((await post(path)).status).toBe(503);
    stores.down.clear();
    const later = await signedIn();
    expect((await post(path)).status).toBe(200);
    expect(await isSignedIn(browser)).toBe(false);
    expect(await isSignedIn(later.browser)).toBe(true);
  });
});
