import { randomBytes, sign } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { SAML, type SamlConfig, ValidateInResponseTo } from '@node-saml/node-saml';
import { expect } from 'vitest';
import { utf8 } from '../../src/kernel/bytes.ts';
import { metadataRules } from '../../src/saml/xml/limits.ts';
import { readXml } from '../../src/saml/xml/read.ts';
import {
  attributeOf,
  childElements,
  descendantsNamed,
  textOf,
  type XmlElement,
} from '../../src/saml/xml/tree.ts';
import type { Browser, View } from './browser.ts';
import type { Person } from './people.ts';
import { ORIGIN, type TestWorker } from './worker.ts';
import { firstNamed, unwrap, vector } from './xml.ts';

/** The SAML year whose endpoints are open now. */
export const YEAR = ((now) => (now.getUTCMonth() >= 1 ? now.getUTCFullYear() : now.getUTCFullYear() - 1))(
  new Date(),
);
export const ENTITY_ID = `${ORIGIN}/api/saml`;
export const ACS = 'https://sp.test/acs';
export const SLO = 'https://sp.test/slo';
export const SP_KEY = vector('test-keys/first.key.pem');
export const SP_CERT = vector('test-keys/first.crt.pem');
export const OTHER_KEY = vector('test-keys/second.key.pem');
export const OTHER_CERT = vector('test-keys/second.crt.pem');

/** A registered SAML app: its entity id and uuid. */
export interface SamlApp {
  readonly issuer: string;
  readonly uuid: string;
}

/** Registers a SAML app with one certificate and plain assertions unless told otherwise. */
export async function aSamlApp(
  worker: TestWorker,
  more: Readonly<Record<string, unknown>> = {},
): Promise<SamlApp> {
  const issuer = `urn:test:saml:${randomBytes(6).toString('hex')}`;
  const answer = await worker.api('POST', '/api/admin/v1/apps', {
    issuer,
    friendly_name: 'Harbours',
    identity_protocol: 'saml',
    acs_url: ACS,
    assertion_consumer_logout_service_url: SLO,
    block_encryption: 'none',
    signed_request_required: false,
    certs: [SP_CERT],
    ...more,
  });
  expect(answer.status, await answer.clone().text()).toBe(201);
  const { uuid } = (await answer.json()) as { uuid: string };
  return { issuer, uuid };
}

/** The certificate of the year as its metadata publishes it, base64 on one line. */
export async function publishedCertificate(worker: TestWorker): Promise<string> {
  const answer = await worker.fetch(`/api/saml/metadata${YEAR}`);
  expect(answer.status, await answer.clone().text()).toBe(200);
  const root = unwrap(readXml(utf8(await answer.text()), metadataRules)).root;
  const [text] = firstNamed(root, 'X509Certificate').children;
  return typeof text === 'string' ? text : '';
}

/** A service provider on node-saml, as strict as that library can be about what we send. */
export async function aServiceProvider(
  worker: TestWorker,
  app: SamlApp,
  more: Partial<SamlConfig> = {},
): Promise<SAML> {
  return new SAML({
    issuer: app.issuer,
    callbackUrl: ACS,
    entryPoint: `${ORIGIN}/api/saml/auth${YEAR}`,
    logoutUrl: `${ORIGIN}/api/saml/logout${YEAR}`,
    idpCert: await publishedCertificate(worker),
    idpIssuer: ENTITY_ID,
    privateKey: SP_KEY,
    signatureAlgorithm: 'sha256',
    digestAlgorithm: 'sha256',
    identifierFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    authnContext: ['urn:acr.login.gov:auth-only'],
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    validateInResponseTo: ValidateInResponseTo.always,
    ...more,
  });
}

/** The form that leads to an app: where it goes, and what it brings. */
export function answerForm(view: Pick<View, 'forms' | 'text' | 'status'>): {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
} {
  const form = view.forms.find(({ names }) => names.has('SAMLResponse'));
  if (form === undefined)
    throw new Error(`no answer on the page (${view.status}): ${view.text.slice(0, 600)}`);
  return { action: form.action, fields: Object.fromEntries(form.values) };
}

/** The XML an answer brings. */
export const answerXml = (view: Pick<View, 'forms' | 'text' | 'status'>): string =>
  Buffer.from(answerForm(view).fields.SAMLResponse ?? '', 'base64').toString('utf8');

/** Walks through whatever a sign-in asks for and stops at the page that leads to the app. */
export async function signIn(browser: Browser, person: Person): Promise<View> {
  for (let step = 0; step < 10; step += 1) {
    const { view } = browser;
    if (view.forms.some(({ names }) => names.has('SAMLResponse'))) return view;
    const path = view.url.pathname.replace(/^\/(?:en|es|fr|zh)(?=\/|$)/, '') || '/';
    if (path === '/') await browser.submit({ username: person.email, 'current-password': person.password });
    else if (path === '/login/two_factor/authenticator') {
      const code = person.nextCode();
      if (code === null) await browser.open('/login/two_factor/backup_code');
      else await browser.submit({ 'one-time-code': code });
    } else if (path === '/login/two_factor/backup_code') await browser.submit({ code: person.backupCode() });
    else if (path === '/user_authorization_confirmation') await browser.submit({ choice: 'continue' });
    else if (path === '/sign_up/completed') await browser.submit();
    else break;
  }
  throw new Error(
    `the sign-in does not end: ${browser.view.url.pathname} ${browser.view.text.slice(0, 300)}`,
  );
}

/** An AuthnRequest as text, unsigned. */
export const requestXml = (
  app: SamlApp,
  more: { readonly id?: string; readonly attributes?: string; readonly content?: string } = {},
): string =>
  `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${more.id ?? `_${randomBytes(8).toString('hex')}`}" Version="2.0" IssueInstant="${new Date().toISOString()}"${more.attributes ?? ''}>` +
  `<saml:Issuer>${app.issuer}</saml:Issuer>${more.content ?? classes('urn:acr.login.gov:auth-only')}</samlp:AuthnRequest>`;

/** RequestedAuthnContext with these references. */
export const classes = (...refs: readonly string[]): string =>
  `<samlp:RequestedAuthnContext Comparison="exact">${refs.map((ref) => `<saml:AuthnContextClassRef>${ref}</saml:AuthnContextClassRef>`).join('')}</samlp:RequestedAuthnContext>`;

/** The address of a request by redirect; more parameters as given. */
export const authPath = (xml: string, more: Readonly<Record<string, string>> = {}): string =>
  `/api/saml/auth${YEAR}?${new URLSearchParams({ SAMLRequest: deflateRawSync(xml).toString('base64'), ...more })}`;

/** A query signed the way toolkits do it: form encoding, RSA-SHA256. */
export function signedQuery(parameters: Readonly<Record<string, string>>, key = SP_KEY): string {
  const signed = new URLSearchParams({
    ...parameters,
    SigAlg: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  }).toString();
  return `${signed}&${new URLSearchParams({ Signature: sign('sha256', Buffer.from(signed), key).toString('base64') })}`;
}

/** A LogoutRequest as text, unsigned. */
export const logoutXml = (
  app: SamlApp,
  content = '',
  attributes = '',
  id = `_${randomBytes(8).toString('hex')}`,
): string =>
  `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" Version="2.0" IssueInstant="${new Date().toISOString()}"${attributes}>` +
  `<saml:Issuer>${app.issuer}</saml:Issuer>${content}</samlp:LogoutRequest>`;

export const sessionIndex = (value: string): string => `<samlp:SessionIndex>${value}</samlp:SessionIndex>`;

/** What an answer says, read for the test. */
export const rootOf = (xml: string): XmlElement => unwrap(readXml(utf8(xml), metadataRules)).root;

/** The values of an attribute of the assertion; undefined when it is not there. */
export function attributeValues(xml: string, name: string): readonly string[] | undefined {
  const found = descendantsNamed(rootOf(xml), 'urn:oasis:names:tc:SAML:2.0:assertion', 'Attribute').find(
    (element) => attributeOf(element, 'Name') === name,
  );
  return found === undefined ? undefined : childElements(found).map((value) => textOf(value) ?? '');
}
