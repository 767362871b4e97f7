import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Browser } from '../support/browser.ts';
import { asObject } from '../support/json.ts';
import { aPerson, walk } from '../support/people.ts';
import {
  ACS,
  answerForm,
  answerXml,
  aSamlApp,
  aServiceProvider,
  authPath,
  ENTITY_ID,
  requestXml,
  SP_CERT,
  SP_KEY,
  signIn,
  YEAR,
} from '../support/saml.ts';
import { ADMIN_TOKEN, ORIGIN, startWorker, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker.close());

describe('F1 from an app to an app by redirect', () => {
  it('signs in with password and code, asks for consent, and posts a signed assertion that node-saml accepts', async () => {
    const app = await aSamlApp(worker, { attribute_bundle: ['email'] });
    const provider = await aServiceProvider(worker, app);
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    const start = await provider.getAuthorizeUrlAsync('the way back', undefined, {});
    expect(new URL(start).searchParams.has('Signature')).toBe(true);
    await browser.open(start);
    expect(browser.view.url.pathname, browser.view.text.slice(0, 500)).toBe('/');
    expect(browser.view.text).toContain('Harbours');
    const view = await signIn(browser, person);
    const { action, fields } = answerForm(view);
    expect(action).toBe(ACS);
    expect(fields.RelayState).toBe('the way back');
    expect(view.headers.get('content-security-policy')).toContain("form-action 'self' https://sp.test;");
    expect(view.headers.get('cache-control')).toBe('no-store');
    const { profile, loggedOut } = await provider.validatePostResponseAsync({ ...fields });
    expect(loggedOut).toBe(false);
    expect(profile).toMatchObject({
      issuer: ENTITY_ID,
      nameIDFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      email: person.email,
      aal: 'urn:gov:gsa:ac:classes:sp:PasswordProtectedTransport:duo',
      ial: 'urn:acr.login.gov:auth-only',
    });
    expect(profile?.nameID).toMatch(/^[0-9a-f-]{36}$/);
    expect(profile?.uuid).toBe(profile?.nameID);
    expect(answerXml(view)).toContain(`InResponseTo=`);

    await browser.open(await provider.getAuthorizeUrlAsync('', undefined, {}));
    const again = answerForm(browser.view);
    expect(again.fields, 'R1: no RelayState, no field').not.toHaveProperty('RelayState');
    const second = await provider.validatePostResponseAsync({ ...again.fields });
    expect(second.profile?.nameID, 'the same person').toBe(profile?.nameID);
    expect(second.profile?.sessionIndex).not.toBe(profile?.sessionIndex);
  });
});

describe('E4, E5 addresses', () => {
  it.each([
    ['/api/saml/metadata', 400],
    ['/api/saml/auth', 400],
    ['/api/saml/logout', 400],
    [`/api/saml/metadata${YEAR - 1}`, 404],
    [`/api/saml/auth${YEAR + 1}`, 404],
    [`/api/saml/metadata${YEAR}.xml`, 404],
    ['/api/saml/attributes', 404],
  ])('%s answers %i', async (path, status) => {
    const answer = await worker.fetch(path);
    expect(answer.status).toBe(status);
    if (status === 400) expect(await answer.text()).toBe('Invalid Year');
  });

  it('M1 serves signed metadata', async () => {
    const answer = await worker.fetch(`/api/saml/metadata${YEAR}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(await answer.text()).toContain(`Location="${ORIGIN}/api/saml/auth${YEAR}"`);
  });
});

describe('M10 metadata import', () => {
  const send = (body: string, type = 'application/xml') =>
    worker.fetch('/api/admin/v1/apps/import?format=saml-metadata', {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': type },
      body,
    });

  it('shows a draft and what is missing, and saves nothing', async () => {
    const app = await aSamlApp(worker);
    const provider = await aServiceProvider(worker, { ...app, issuer: 'urn:test:imported' });
    const answer = await send(provider.generateServiceProviderMetadata(null, SP_CERT));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      dry_run: true,
      applied: false,
      draft: { issuer: 'urn:test:imported', acs_url: ACS, block_encryption: 'none' },
      errors: [{ field: 'friendly_name', code: 'friendly_name.blank' }],
    });
    const found = await worker.api('GET', '/api/admin/v1/apps?issuer=urn:test:imported');
    expect(await found.text()).not.toContain('urn:test:imported');
  });

  it('section 17: an index in a request means the address with that number in the metadata', async () => {
    const posts = ['https://sp.test/acs/one', 'https://sp.test/acs/two'].map(
      (location, at) =>
        `<AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${location}" index="${at + 1}"/>`,
    );
    const issuer = 'urn:test:numbered';
    const answer = await send(
      `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${issuer}"><SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${posts.join('')}</SPSSODescriptor></EntityDescriptor>`,
    );
    const { draft } = asObject(await answer.json());
    const saved = await worker.api('POST', '/api/admin/v1/apps', {
      ...asObject(draft),
      friendly_name: 'Numbered',
    });
    expect(saved.status, await saved.clone().text()).toBe(201);
    const app = { issuer, uuid: String(asObject(await saved.json()).uuid) };
    const browser = new Browser(worker);
    const person = await aPerson(worker);
    for (const [index, action] of [
      ['2', 'https://sp.test/acs/two'],
      ['1', 'https://sp.test/acs/one'],
      ['0', 'https://sp.test/acs/one'],
    ] as const) {
      const attributes = ` AssertionConsumerServiceIndex="${index}"`;
      await browser.open(authPath(requestXml(app, { attributes })));
      const view = await signIn(browser, person);
      expect(answerForm(view).action, index).toBe(action);
      expect(answerXml(view)).toContain(`Recipient="${action}"`);
    }
  });

  it('presets GCM for what can decrypt; an app entered by field begins with CBC (section 17)', async () => {
    const app = await aSamlApp(worker, { block_encryption: undefined });
    const entered: unknown = await (await worker.api('GET', `/api/admin/v1/apps/${app.uuid}`)).json();
    expect(entered).toMatchObject({ block_encryption: 'aes256-cbc' });

    const provider = await aServiceProvider(
      worker,
      { ...app, issuer: 'urn:test:decrypts' },
      { decryptionPvk: SP_KEY },
    );
    const metadata = provider
      .generateServiceProviderMetadata(SP_CERT, SP_CERT)
      .replaceAll(/<EncryptionMethod[^>]*\/>/g, '');
    const { draft } = asObject(await (await send(metadata)).json());
    expect(draft).toMatchObject({ block_encryption: 'aes256-gcm' });
    const saved = await worker.api('POST', '/api/admin/v1/apps', {
      ...asObject(draft),
      friendly_name: 'Decrypts',
    });
    expect(saved.status, await saved.clone().text()).toBe(201);
    expect(await saved.json()).toMatchObject({ block_encryption: 'aes256-gcm' });
  });

  it.each([
    ['{"metadata_url":"ftp://sp.agency.gov/metadata"}', 422, 'metadata_url.url.scheme'],
    ['{"metadata_url":"http://127.0.0.1:1/metadata"}', 422, 'metadata_url.not_found'],
    ['{"metadata_url":7}', 400, undefined],
    ['metadata_url=x', 400, undefined],
  ])('does not fetch %s', async (body, status, code) => {
    const answer = await send(body, 'application/json');
    expect(answer.status).toBe(status);
    if (code !== undefined) expect(await answer.json()).toMatchObject({ errors: [{ code }] });
  });

  it('says why it cannot', async () => {
    const answer = await send('<!DOCTYPE a><a/>');
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      errors: [{ field: 'metadata', code: 'metadata.unreadable' }],
    });
    expect(
      (await worker.fetch('/api/admin/v1/apps/import?format=saml-metadata', { method: 'POST', body: 'x' }))
        .status,
    ).toBe(401);
  });
});

describe('V23 assertions and sign-ins of a day', () => {
  it('are compared when it is over, and the log says that they are as many', async () => {
    const local = await startWorker({ GH_ENV: 'local' });
    try {
      const app = await aSamlApp(local);
      const browser = new Browser(local);
      await browser.open(authPath(requestXml(app)));
      await signIn(browser, await aPerson(local));
      await browser.open(authPath(requestXml(app)));
      expect(answerForm(browser.view).action).toBe(ACS);
      // An answer that never came about is neither: the number it asks for does not exist.
      const legacy = await aSamlApp(local, { use_legacy_name_id_behavior: true });
      await browser.open(
        authPath(
          requestXml(legacy, {
            content: '<samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient"/>',
          }),
        ),
      );
      await walk(browser, await aPerson(local));
      expect(browser.view.status).toBe(400);
      // The first jump brings what was counted to the database, the second ends that day.
      for (const _ of [1, 2]) await local.advance(2 * 86_400);
      const lines = await vi.waitFor(() => {
        const found = local
          .logs()
          .flatMap((line) => (line.includes('saml_assertions_counted') ? [JSON.parse(line)] : []));
        expect(found).not.toEqual([]);
        return found;
      });
      expect(lines).toMatchObject([{ level: 'info', count: 2, expected: 2 }]);
    } finally {
      await local.close();
    }
  });
});
