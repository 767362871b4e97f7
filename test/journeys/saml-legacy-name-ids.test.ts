import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.ts';
import { aPerson } from '../support/people.ts';
import { answerXml, aSamlApp, authPath, classes, requestXml, type SamlApp, signIn } from '../support/saml.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient';
const EMAIL = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
const EMAIL_20 = 'urn:oasis:names:tc:SAML:2.0:nameid-format:emailAddress';
const MOST = Number.MAX_SAFE_INTEGER;

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker.close());

const ask = (app: SamlApp, format: string | null): string => {
  const policy = format === null ? '' : `<samlp:NameIDPolicy Format="${format}"/>`;
  return authPath(requestXml(app, { content: `${policy}${classes('urn:acr.login.gov:auth-only')}` }));
};
const nameId = (xml: string): readonly [format: string | undefined, value: string | undefined] => {
  const [, format, value] = /<NameID Format="([^"]*)">([^<]*)<\/NameID>/.exec(xml) ?? [];
  return [format, value];
};
const aLegacyApp = (more: Readonly<Record<string, unknown>> = {}): Promise<SamlApp> =>
  aSamlApp(worker, { use_legacy_name_id_behavior: true, ...more });

describe('A9 the number an account was known by before it came here', () => {
  it('stands in a persistent NameID for an unknown format, and nowhere else', async () => {
    const person = await aPerson(worker, { legacy_name_id: 4711 });
    expect(person.made?.legacy_name_id).toBe(4711);
    const app = await aLegacyApp();
    const browser = new Browser(worker);
    await browser.open(ask(app, TRANSIENT));
    expect(nameId(answerXml(await signIn(browser, person)))).toEqual([PERSISTENT, '4711']);

    for (const format of [PERSISTENT, null]) {
      const [label, value] = nameId(answerXml(await browser.open(ask(app, format))));
      expect([label, value], String(format)).toEqual([PERSISTENT, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    }
    expect(nameId(answerXml(await browser.open(ask(app, TRANSIENT)))), 'warm').toEqual([PERSISTENT, '4711']);
  });

  it('is not told to an app without the old behaviour', async () => {
    const person = await aPerson(worker, { legacy_name_id: 4712 });
    const browser = new Browser(worker);
    await browser.open(ask(await aSamlApp(worker), TRANSIENT));
    const view = await signIn(browser, person);
    expect(nameId(answerXml(view))[1]).toMatch(/^[0-9a-f-]{36}$/);
    // As a value: four digits in a row stand in ids and signatures by chance.
    expect(answerXml(view)).not.toMatch(/[>"]4712[<"]/);
  });

  it('takes 2.0 e-mail for e-mail where the app may have it, and refuses it where it may not', async () => {
    const person = await aPerson(worker, { legacy_name_id: 4713 });
    const browser = new Browser(worker);
    await browser.open(ask(await aLegacyApp({ email_nameid_format_allowed: true }), EMAIL_20));
    expect(nameId(answerXml(await signIn(browser, person)))).toEqual([EMAIL, person.email]);

    const refused = await browser.open(ask(await aLegacyApp(), EMAIL_20));
    expect(refused.status).toBe(400);
  });

  it('refuses an account without one with 400 and tells the app nothing, until it is imported', async () => {
    const person = await aPerson(worker);
    expect(person.made?.legacy_name_id).toBeNull();
    const app = await aLegacyApp();
    const browser = new Browser(worker);
    await browser.open(ask(app, TRANSIENT));
    await expect(signIn(browser, person)).rejects.toThrow('does not end');
    expect(browser.view.status).toBe(400);
    expect(browser.view.text).toContain('no identifier of the kind the application asks for');
    expect(browser.view.forms.some(({ names }) => names.has('SAMLResponse'))).toBe(false);

    const path = `/api/admin/v1/users/${person.uuid}/legacy-name-id`;
    const body = { legacy_name_id: MOST, reason: 'import of 2026' };
    const imported = await worker.api('PUT', path, body);
    expect(imported.status, await imported.clone().text()).toBe(200);
    expect(await imported.json()).toEqual({ uuid: person.uuid, legacy_name_id: MOST });
    const xml = answerXml(await browser.open(ask(app, TRANSIENT)));
    expect(nameId(xml), 'its live session has heard of it').toEqual([PERSISTENT, String(MOST)]);
    const shown = await (await worker.api('GET', `/api/sandbox/v1/accounts/${person.uuid}`)).json();
    expect(shown).toMatchObject({ legacy_name_id: MOST });
    const audit = await (await worker.api('GET', '/api/admin/v1/audit')).text();
    expect(audit).toContain('import of 2026');

    expect((await worker.api('PUT', path, { ...body, legacy_name_id: null })).status).toBe(200);
    expect((await browser.open(ask(app, TRANSIENT))).status).toBe(400);
  });
});

describe('A9 the import', () => {
  it('gives one number to one account only', async () => {
    const [one, other] = [await aPerson(worker, { legacy_name_id: 90 }), await aPerson(worker)];
    const born = await worker.api('POST', '/api/sandbox/v1/accounts', { legacy_name_id: 90 });
    expect(born.status).toBe(422);
    expect(await born.json()).toMatchObject({ errors: [{ code: 'legacy_name_id.number_taken' }] });
    const given = await worker.api('PUT', `/api/admin/v1/users/${other.uuid}/legacy-name-id`, {
      legacy_name_id: 90,
      reason: 'import',
    });
    expect(given.status).toBe(422);
    expect(await given.json()).toMatchObject({ errors: [{ code: 'legacy_name_id.taken' }] });
    const again = await worker.api('PUT', `/api/admin/v1/users/${one.uuid}/legacy-name-id`, {
      legacy_name_id: 90,
      reason: 'import',
    });
    expect(again.status, 'its own number is not taken').toBe(200);
  });

  it.each([0, -1, 1.5, MOST + 1, '12', true])('takes %s for no number', async (value) => {
    const person = await aPerson(worker);
    const born = await worker.api('POST', '/api/sandbox/v1/accounts', { legacy_name_id: value });
    expect(born.status).toBe(422);
    const given = await worker.api('PUT', `/api/admin/v1/users/${person.uuid}/legacy-name-id`, {
      legacy_name_id: value,
      reason: 'import',
    });
    expect(given.status).toBe(422);
    expect(await given.json()).toMatchObject({ errors: [{ code: 'legacy_name_id.invalid' }] });
  });

  it('asks for a reason, an account and a token', async () => {
    const person = await aPerson(worker);
    const path = `/api/admin/v1/users/${person.uuid}/legacy-name-id`;
    expect((await worker.api('PUT', path, { legacy_name_id: 5 })).status).toBe(422);
    const nobody = path.replace(person.uuid, '00000000-0000-4000-8000-000000000000');
    expect((await worker.api('PUT', nobody, { legacy_name_id: 5, reason: 'import' })).status).toBe(404);
    expect((await worker.fetch(path, { method: 'PUT', body: '{}' })).status).toBe(401);
  });
});
