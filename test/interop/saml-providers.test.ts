import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { SAML, type SamlConfig, ValidateInResponseTo } from '@node-saml/node-saml';
import { XMLParser } from 'fast-xml-parser';
import * as samlify from 'samlify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser, type View } from '../support/browser.ts';
import { asObject, textOf } from '../support/json.ts';
import { aPerson, type Person } from '../support/people.ts';
import {
  ACS,
  answerForm,
  aSamlApp,
  type SamlApp,
  SLO,
  SP_CERT,
  SP_KEY,
  signIn,
  YEAR,
} from '../support/saml.ts';
import { ORIGIN, startWorker, type TestWorker } from '../support/worker.ts';

/*
 * Service providers nobody here wrote, configured from our metadata document and nothing else: ruby-saml and pysaml2
 * as Debian packages them, samlify and node-saml from npm.
 */

let worker: TestWorker;
let person: Person;
let metadata: string;
let fullMetadata: string;
beforeAll(async () => {
  worker = await startWorker();
  metadata = await (await worker.fetch(`/api/saml/metadata${YEAR}`)).text();
  fullMetadata = await (await worker.fetch(`/api/saml/metadata${YEAR}?profile=full`)).text();
});
// Codes are used up, so each test has somebody of its own.
beforeEach(async () => {
  person = await aPerson(worker);
});
afterAll(() => worker.close());

type Fields = Readonly<Record<string, unknown>>;
const RELAY = 'back/to?where=it&all=<began>';

/** Runs one step of a provider in another language. */
function run(command: string, script: string, job: Fields): Fields {
  const ran = spawnSync(command, [join(import.meta.dirname, 'providers', script)], {
    input: JSON.stringify({
      acs: ACS,
      slo: SLO,
      certificate: SP_CERT,
      key: SP_KEY,
      relay_state: RELAY,
      metadata,
      ...job,
    }),
    encoding: 'utf8',
  });
  if (ran.status !== 0) throw new Error(`${script}: ${ran.error?.message ?? ''} ${ran.stderr}`);
  return asObject(JSON.parse(ran.stdout));
}
const ruby = (job: Fields): Fields => run('ruby', 'ruby-saml.rb', job);
const python = (job: Fields): Fields => run('/usr/bin/python3', 'pysaml2.py', job);

/** Opens what a provider made: an address, or a form whose fields go to the address it names. */
async function follow(browser: Browser, answer: Fields, endpoint = 'auth'): Promise<View> {
  if (typeof answer.url === 'string' && answer.url !== ORIGIN) {
    expect(answer.url.startsWith(`${ORIGIN}/api/saml/`)).toBe(true);
    return browser.open(answer.url);
  }
  const html = textOf(answer, 'form');
  const action = /action="([^"]+)"/.exec(html)?.[1] ?? '';
  const fields = Object.fromEntries(
    [...html.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
    ]),
  );
  expect(action).toBe(`${ORIGIN}/api/saml/${endpoint}${YEAR}`);
  const view = await browser.post(new URL(action).pathname, fields);
  return endpoint === 'auth' ? browser.submit() : view;
}

const answered = (view: View): { message: string; relay: string | undefined } => {
  const { fields } = answerForm(view);
  return { message: fields.SAMLResponse ?? '', relay: fields.RelayState };
};

const SHAPES: readonly (readonly [string, Fields, Fields])[] = [
  ['signed in the query, plain', {}, {}],
  ['signed inside, plain', { embedded: true }, {}],
  ['signed in the query, encrypted', { encrypted: true }, { block_encryption: 'aes256-cbc' }],
  [
    'signed inside, encrypted with GCM, Response signed',
    { embedded: true, encrypted: true, response_signed: true },
    { block_encryption: 'aes256-gcm', signed_response_message_requested: true },
  ],
];

describe.each([
  ['ruby-saml', ruby],
  ['pysaml2', python],
])('%s from metadata alone', (_, provider) => {
  it.each(SHAPES)('%s', async (_shape, job, settings) => {
    const app = await aSamlApp(worker, {
      attribute_bundle: ['email', 'all_emails'],
      signed_request_required: true,
      ...settings,
    });
    const mine = { ...job, entity_id: app.issuer };
    const browser = new Browser(worker);
    const asked = provider({ ...mine, step: 'authn' });
    await follow(browser, asked);
    const { message, relay } = answered(await signIn(browser, person));
    expect(relay).toBe(RELAY);
    const told = provider({ ...mine, step: 'response', message, id: asked.id });
    expect(told.errors ?? []).toEqual([]);
    expect(told.valid).toBe(true);
    const attributes = asObject(told.attributes);
    expect(attributes.email).toEqual([person.email]);
    expect(attributes.all_emails).toEqual([person.email]);
    expect(attributes.uuid).toEqual([told.name_id]);
    expect(textOf(told, 'session_index')).toMatch(/^_[0-9a-f-]{36}$/);
  });

  it('takes no answer to another request', async () => {
    const app = await aSamlApp(worker);
    const browser = new Browser(worker);
    await follow(browser, provider({ entity_id: app.issuer, step: 'authn' }));
    const { message } = answered(await signIn(browser, person));
    const told = ((): Fields => {
      try {
        return provider({ entity_id: app.issuer, step: 'response', message, id: '_another' });
      } catch {
        return { valid: false };
      }
    })();
    expect(told.valid).toBe(false);
  });
});

describe.each([
  ['ruby-saml', ruby],
  ['pysaml2', python],
])('%s signs out by the full metadata view', (_name, provider) => {
  it.each([
    ['in the query', false, {}],
    ['inside', true, {}],
    ['inside, and is given a signed answer', true, { saml_options: { signed_logout_response: true } }],
  ])('with a request signed %s', async (_, embedded, settings) => {
    const app = await aSamlApp(worker, { signed_request_required: true, ...settings });
    const job = { entity_id: app.issuer, metadata: fullMetadata, embedded };
    const browser = new Browser(worker);
    const asked = provider({ ...job, step: 'authn' });
    await follow(browser, asked);
    const { message } = answered(await signIn(browser, person));
    const told = provider({ ...job, step: 'response', message, id: asked.id });
    const leaving = provider({
      ...job,
      step: 'logout',
      name_id: told.name_id,
      session_index: told.session_index,
    });
    await follow(browser, leaving, 'logout');
    const { message: goodbye, relay } = answered(browser.view);
    expect(relay).toBe(RELAY);
    const over = provider({ ...job, step: 'logout_response', message: goodbye, id: leaving.id });
    expect(over.errors ?? []).toEqual([]);
    expect(over.valid).toBe(true);
    const { url } = await browser.open('/account');
    expect(url.pathname).toBe('/');
  });
});

describe('samlify from metadata alone', () => {
  samlify.setSchemaValidator({
    validate: () => Promise.resolve('the schema is checked with xmllint elsewhere'),
  });

  const providers = (app: SamlApp) => ({
    idp: samlify.IdentityProvider({ metadata }),
    sp: samlify.ServiceProvider({
      entityID: app.issuer,
      authnRequestsSigned: false,
      wantAssertionsSigned: true,
      nameIDFormat: ['urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'],
      privateKey: SP_KEY,
      encPrivateKey: SP_KEY,
      signingCert: SP_CERT,
      assertionConsumerService: [
        { Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', Location: ACS },
      ],
    }),
  });

  it.each([
    ['plain', {}],
    ['with the Response signed', { signed_response_message_requested: true }],
  ])('%s', async (_, settings) => {
    const app = await aSamlApp(worker, { attribute_bundle: ['email'], ...settings });
    const { idp, sp } = providers(app);
    const { context } = sp.createLoginRequest(idp, 'redirect');
    const browser = new Browser(worker);
    await browser.open(context);
    const { fields } = answerForm(await signIn(browser, person));
    const { extract } = await sp.parseLoginResponse(idp, 'post', { body: { ...fields } });
    const told = asObject(extract);
    expect(asObject(told.attributes).email).toBe(person.email);
    expect(told.audience).toBe(app.issuer);
  });

  it.each([
    ['redirect', {}],
    ['post', {}],
    ['redirect', { block_encryption: 'aes256-cbc', signed_response_message_requested: true }],
    ['post', { block_encryption: 'aes256-gcm', signed_response_message_requested: true }],
  ] as const)('signs its requests by %s, in and out: %j', async (binding, settings) => {
    const app = await aSamlApp(worker, {
      attribute_bundle: ['email'],
      signed_request_required: true,
      saml_options: { signed_logout_response: true },
      ...settings,
    });
    const isEncrypted = 'block_encryption' in settings;
    const idp = samlify.IdentityProvider({
      metadata: fullMetadata,
      isAssertionEncrypted: isEncrypted,
      messageSigningOrder: 'encrypt-then-sign',
      wantLogoutRequestSigned: true,
    });
    const sp = signing(app, isEncrypted);
    const browser = new Browser(worker);
    await travel(browser, sp.createLoginRequest(idp, binding, { relayState: RELAY }), 'auth');
    const { fields } = answerForm(await signIn(browser, person));
    expect(fields.RelayState).toBe(RELAY);
    const { extract } = await sp.parseLoginResponse(idp, 'post', { body: { ...fields } });
    const told = asObject(extract);
    expect(asObject(told.attributes).email).toBe(person.email);

    const user = { logoutNameID: textOf(told, 'nameID'), sessionIndex: 'made up' };
    await travel(browser, sp.createLogoutRequest(idp, binding, user, RELAY), 'logout');
    const goodbye = answerForm(browser.view).fields;
    expect(goodbye.RelayState).toBe(RELAY);
    await sp.parseLogoutResponse(idp, 'post', { body: { ...goodbye } });
    expect((await browser.open('/account')).url.pathname).toBe('/');
  });
});

type Made = ReturnType<ReturnType<typeof samlify.ServiceProvider>['createLogoutRequest']>;

/** Follows what samlify made: an address, or what to post with its RelayState. */
async function travel(browser: Browser, made: Made, endpoint: 'auth' | 'logout'): Promise<void> {
  if (!('entityEndpoint' in made)) {
    expect(made.context.startsWith(`${ORIGIN}/api/saml/${endpoint}${YEAR}`)).toBe(true);
    await browser.open(made.context);
    return;
  }
  expect(made.entityEndpoint).toBe(`${ORIGIN}/api/saml/${endpoint}${YEAR}`);
  const fields = { SAMLRequest: made.context, RelayState: made.relayState ?? '' };
  await browser.post(new URL(made.entityEndpoint).pathname, fields);
  if (endpoint === 'auth') await browser.submit();
}

/** samlify as a provider that signs whatever it sends. */
const signing = (app: SamlApp, isAssertionEncrypted: boolean) =>
  samlify.ServiceProvider({
    entityID: app.issuer,
    authnRequestsSigned: true,
    wantAssertionsSigned: true,
    wantLogoutResponseSigned: true,
    isAssertionEncrypted,
    requestSignatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    nameIDFormat: ['urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'],
    privateKey: SP_KEY,
    encPrivateKey: SP_KEY,
    signingCert: SP_CERT,
    encryptCert: SP_CERT,
    assertionConsumerService: [{ Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', Location: ACS }],
    singleLogoutService: [{ Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', Location: SLO }],
  });

/** What node-saml has to be told of an identity provider, out of its metadata. */
function describedBy(
  document: string,
): Pick<SamlConfig, 'idpCert' | 'idpIssuer' | 'entryPoint' | 'logoutUrl'> {
  const read = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    removeNSPrefix: true,
    isArray: (name) => /Service$|^KeyDescriptor$/.test(name),
  });
  const entity = asObject(asObject(read.parse(document)).EntityDescriptor);
  const role = asObject(entity.IDPSSODescriptor);
  const list = (name: string): readonly Fields[] => {
    const found = role[name] ?? [];
    return Array.isArray(found) ? found.map(asObject) : [];
  };
  const byRedirect = (name: string): string =>
    list(name).flatMap(({ Binding, Location }) =>
      String(Binding).endsWith(':HTTP-Redirect') ? [String(Location)] : [],
    )[0] ?? '';
  return {
    idpIssuer: textOf(entity, 'entityID'),
    idpCert: list('KeyDescriptor').map((key) =>
      textOf(asObject(asObject(key.KeyInfo).X509Data), 'X509Certificate'),
    ),
    entryPoint: byRedirect('SingleSignOnService'),
    logoutUrl: byRedirect('SingleLogoutService'),
  };
}

describe('node-saml from metadata alone', () => {
  const provider = (app: SamlApp, more: Partial<SamlConfig> = {}): SAML =>
    new SAML({
      ...describedBy(fullMetadata),
      issuer: app.issuer,
      callbackUrl: ACS,
      privateKey: SP_KEY,
      decryptionPvk: SP_KEY,
      signatureAlgorithm: 'sha256',
      digestAlgorithm: 'sha256',
      identifierFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      // What it asks for by itself is refused (A12), so it is told to ask for nothing.
      disableRequestedAuthnContext: true,
      validateInResponseTo: ValidateInResponseTo.always,
      ...more,
    });

  it.each([
    ['plain', {}, false],
    ['encrypted', { block_encryption: 'aes256-cbc' }, false],
    [
      'encrypted with GCM, Response signed',
      { block_encryption: 'aes256-gcm', signed_response_message_requested: true },
      true,
    ],
  ])('signs in and out: %s', async (_, settings, wantAuthnResponseSigned) => {
    const app = await aSamlApp(worker, {
      attribute_bundle: ['email'],
      signed_request_required: true,
      saml_options: { signed_logout_response: true },
      ...settings,
    });
    const mine = provider(app, { wantAuthnResponseSigned });
    const browser = new Browser(worker);
    await browser.open(await mine.getAuthorizeUrlAsync(RELAY, undefined, {}));
    const { fields } = answerForm(await signIn(browser, person));
    expect(fields.RelayState).toBe(RELAY);
    const { profile } = await mine.validatePostResponseAsync({ ...fields });
    expect(profile).toMatchObject({ email: person.email, issuer: `${ORIGIN}/api/saml` });
    if (profile === null) throw new Error('nobody signed in');
    await browser.open(await mine.getLogoutUrlAsync(profile, RELAY, {}));
    // It keeps no ID of the requests it signs out with.
    const leaving = provider(app, { validateInResponseTo: ValidateInResponseTo.ifPresent });
    const goodbye = await leaving.validatePostResponseAsync({ ...answerForm(browser.view).fields });
    expect(goodbye.loggedOut).toBe(true);
    expect((await browser.open('/account')).url.pathname).toBe('/');
  });

  it('takes no answer to another request', async () => {
    const app = await aSamlApp(worker);
    const browser = new Browser(worker);
    await browser.open(
      await provider(app, { wantAuthnResponseSigned: false }).getAuthorizeUrlAsync('', undefined, {}),
    );
    const { fields } = answerForm(await signIn(browser, person));
    const another = provider(app, { wantAuthnResponseSigned: false });
    await expect(another.validatePostResponseAsync({ ...fields })).rejects.toThrow(/InResponseTo/);
  });
});
