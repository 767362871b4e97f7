import { randomBytes } from 'node:crypto';
import { SAML, type SamlConfig, ValidateInResponseTo } from '@node-saml/node-saml';
import { expect } from 'vitest';
import { readXml } from '../../src/saml/xml/read.ts';
import { metadataRules } from '../../src/saml/xml/limits.ts';
import { utf8 } from '../../src/kernel/bytes.ts';
import type { Browser, View } from './browser.ts';
import { ORIGIN, type TestWorker } from './worker.ts';
import { firstNamed, unwrap, vector } from './xml.ts';

/** The SAML year whose endpoints are open now. */
export const YEAR = ((now) => (now.getUTCMonth() >= 1 ? now.getUTCFullYear() : now.getUTCFullYear() - 1))(new Date());
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
export async function aSamlApp(worker: TestWorker, more: Readonly<Record<string, unknown>> = {}): Promise<SamlApp> {
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
  if (form === undefined) throw new Error(`no answer on the page (${view.status}): ${view.text.slice(0, 600)}`);
  return { action: form.action, fields: Object.fromEntries(form.values) };
}

/** The XML an answer brings. */
export const answerXml = (view: Pick<View, 'forms' | 'text' | 'status'>): string =>
  Buffer.from(answerForm(view).fields.SAMLResponse ?? '', 'base64').toString('utf8');

/** Signs a person in with password and code, agrees, and stops at the page that leads to the app. */
export async function signInAndAgree(
  browser: Browser,
  person: { readonly email: string; readonly password: string; readonly nextCode: () => string },
): Promise<View> {
  await browser.submit({ username: person.email, 'current-password': person.password });
  expect(browser.view.url.pathname, browser.view.text.slice(0, 300)).toContain('/login/two_factor');
  await browser.submit({ 'one-time-code': person.nextCode() });
  if (browser.view.url.pathname.endsWith('/sign_up/completed')) await browser.submit();
  return browser.view;
}
