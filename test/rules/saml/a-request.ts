import { deflateRawSync } from 'node:zlib';
import { APP_DEFAULTS } from '../../../src/apps/defaults.ts';
import type { App } from '../../../src/apps/model.ts';
import { utf8 } from '../../../src/kernel/bytes.ts';
import type { AuthnRequest } from '../../../src/saml/wire/authn-request.ts';
import { messageRules } from '../../../src/saml/xml/limits.ts';
import { readXml } from '../../../src/saml/xml/read.ts';
import type { XmlElement } from '../../../src/saml/xml/tree.ts';
import { unwrap, vector } from '../../support/xml.ts';

export const ASSURANCE = 'http://idmanagement.gov/ns/assurance';
export const REQ_ATTR = 'http://idmanagement.gov/ns/requested_attributes?ReqAttr=';
export const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
export const EMAIL = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
export const NOW = Date.parse('2027-02-11T15:06:00.750Z');

/** A registered SAML app with whatever the test is about. */
export const aSamlApp = (more: Partial<App> = {}): App => ({
  ...APP_DEFAULTS,
  issuer: 'urn:example:sp:grants',
  friendly_name: 'Grants',
  identity_protocol: 'saml',
  acs_url: 'https://grants.example.gov/saml/acs',
  assertion_consumer_logout_service_url: 'https://grants.example.gov/saml/slo',
  certs: [vector('test-keys/first.crt.pem')],
  uuid: '7f3c1d52-0000-4000-8000-000000000001',
  agencyId: 'agency',
  createdAt: 0,
  updatedAt: 0,
  etag: 'e',
  ...more,
});

/** A decoded request with whatever the test is about. */
export const aRequest = (more: Partial<AuthnRequest> = {}): AuthnRequest => ({
  id: '_a41d7c0e',
  issuer: 'urn:example:sp:grants',
  issueInstant: '2027-02-11T15:05:30Z',
  destination: 'https://idp.test/api/saml/auth2027',
  acsUrl: null,
  acsIndex: null,
  forceAuthn: false,
  isPassive: false,
  nameIdFormat: null,
  classRefs: ['urn:acr.login.gov:auth-only'],
  comparison: 'exact',
  ...more,
});

/** The root of a document that has to be readable. */
export const rootOf = (text: string): XmlElement => unwrap(readXml(utf8(text), messageRules)).root;

export const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
export const deflated = (text: string): string =>
  deflateRawSync(Buffer.from(text, 'utf8')).toString('base64');

/** An AuthnRequest as text; `content` stands after the Issuer, `attributes` in the start tag. */
export const authnRequest = (content = '', attributes = ''): string =>
  `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r1" Version="2.0" IssueInstant="2027-02-11T15:04:05Z"${attributes}>` +
  `<saml:Issuer>urn:example:sp:grants</saml:Issuer>${content}</samlp:AuthnRequest>`;

/** A LogoutRequest as text. */
export const logoutRequest = (content = '', attributes = ''): string =>
  `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_77aa" Version="2.0" IssueInstant="2027-02-11T16:00:00Z"${attributes}>` +
  `<saml:Issuer>urn:example:sp:grants</saml:Issuer>${content}</samlp:LogoutRequest>`;
