import { applyD1Migrations, createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createApp } from '../../../src/app.ts';
import { validateApp } from '../../../src/apps/validate.ts';
import { accountsIn } from '../../../src/platform/d1/accounts.ts';
import { appLookup, appRegistry } from '../../../src/platform/d1/apps.ts';
import { connectionsIn } from '../../../src/platform/d1/connections.ts';
import { oneDatabase } from '../../../src/platform/d1/database.ts';
import { yearInSeason } from '../../../src/platform/keys/saml-calendar.ts';
import { sessions } from '../../../src/platform/objects/sessions.ts';
import { countEnv, noOps } from '../../support/counting.ts';
import { RULES_PUBLISHED_AT, sessionStart, testKeys } from '../../support/sessions.ts';
import CERT from '../../vectors/test-keys/first.crt.pem?raw';

const ORIGIN = 'https://idp.test';
const YEAR = yearInSeason(Date.now());
const ops = noOps();
const app = createApp(countEnv(env, ops));
const store = sessions(env.SESSIONS, testKeys(), {
  secureCookies: true,
  rulesPublishedAt: RULES_PUBLISHED_AT,
});
let cookie = '';
/** Pages that led to an app with an assertion. */
let answered = 0;
afterEach(() => vi.restoreAllMocks());

/** A response of the whole application, its body, and how many calls it made, work after the response included. */
async function ask(path: string, headers: Readonly<Record<string, string>> = {}) {
  const before = { ...ops };
  const ctx = createExecutionContext();
  const response = await app.fetch(new Request(`${ORIGIN}${path}`, { redirect: 'manual', headers }), ctx);
  const body = await response.text();
  if (body.includes('name="SAMLResponse"')) answered += 1;
  await waitOnExecutionContext(ctx);
  return {
    response,
    body,
    did: { objects: ops.objects - before.objects, d1: ops.d1 - before.d1, kv: ops.kv - before.kv },
  };
}

const request = (issuer: string): string =>
  `/api/saml/auth${YEAR}?${new URLSearchParams({
    SAMLRequest: btoa(
      `<p:AuthnRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_${crypto.randomUUID()}" Version="2.0">` +
        `<a:Issuer xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion">${issuer}</a:Issuer></p:AuthnRequest>`,
    ),
  })}`;

/** Registers an app, and connects the one account and session of these tests with it. */
const APPS = {
  'urn:example:plain': { block_encryption: 'none' },
  'urn:example:sealed': { block_encryption: 'aes256-gcm' },
} as const;

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  const now = Date.now();
  const pick = oneDatabase(env.DB);
  const address = 'pat@mailbox.test';
  const account = await accountsIn(pick, testKeys()).create({
    address,
    emailLocale: 'en',
    rulesAcceptedAt: now,
    origin: 'sandbox',
    now,
  });
  const lookup = appLookup(env.DB, Date.now);
  const connections = connectionsIn(
    pick,
    async (id) => (await lookup.findApp(id))?.agencyId ?? null,
    testKeys(),
  );
  const handle = await store.begin(
    sessionStart(now, { account: account.uuid, emailId: account.emailId }),
    now,
  );
  cookie = store.toCookie(handle).split(';')[0] ?? '';
  for (const [issuer, more] of Object.entries(APPS)) {
    const document = {
      issuer,
      friendly_name: 'Example',
      identity_protocol: 'saml',
      acs_url: 'https://sp.example.gov/acs',
      certs: [CERT],
      attribute_bundle: ['email'],
      signed_request_required: false,
      ...more,
    };
    const settings = validateApp(document, { env: 'test', previous: null });
    if (!settings.ok) throw new Error(JSON.stringify(settings.error));
    const created = await appRegistry(env.DB).create(settings.value, 'test', now);
    if (!created.ok) throw new Error(created.error.reason);
    const { uuid, agencyId } = created.value;
    const { link } = await connections.agree({
      account: account.uuid,
      app: uuid,
      agency: agencyId,
      attributes: ['email'],
      emailId: null,
      now,
    });
    await store.change(handle, now, [
      { kind: 'link', app: uuid, link },
      { kind: 'continued', app: uuid },
    ]);
  }
  // Registering empties the isolate's memory of apps, so warming up comes last.
  for (const issuer of Object.keys(APPS)) await ask(request(issuer), { cookie });
  await ask(`/api/saml/metadata${YEAR}`);
});

describe('PE-2 storage calls of one SAML request on a warm isolate', () => {
  it('metadata: none', async () => {
    const { response, did } = await ask(`/api/saml/metadata${YEAR}`);
    expect(response.status).toBe(200);
    expect(did).toEqual({ objects: 0, d1: 0, kv: 0 });
  });

  it.each(Object.keys(APPS))(
    'a sign-in with a live session and standing consent: one object call (%s)',
    async (issuer) => {
      const { response, body, did } = await ask(request(issuer), { cookie });
      expect(response.status, body.slice(0, 500)).toBe(200);
      expect(body).toContain('name="SAMLResponse"');
      expect(did).toEqual({ objects: 1, d1: 0, kv: 0 });
    },
  );

  it('nobody signed in: at most two', async () => {
    const { response, did } = await ask(request('urn:example:plain'));
    expect(response.status).toBe(303);
    expect(did.objects).toBeLessThanOrEqual(2);
    expect({ d1: did.d1, kv: did.kv }).toEqual({ d1: 0, kv: 0 });
  });

  it('a bounced POST: none', async () => {
    const { did } = await ask(`/api/saml/auth${YEAR}?x=1`);
    expect(did).toEqual({ objects: 0, d1: 0, kv: 0 });
  });
});

describe('V23 assertions and sign-ins', () => {
  it('are counted apart and kept with the next look at the years, not by the sign-in', async () => {
    const kept = () =>
      env.DB.prepare(
        'SELECT sum(assertions) AS assertions, sum(sign_ins) AS signIns FROM assertion_counts',
      ).first();
    const { did } = await ask(request('urn:example:sealed'), { cookie });
    expect(did).toEqual({ objects: 1, d1: 0, kv: 0 });
    const twoMinutesOn = Date.now() + 120_000;
    vi.spyOn(Date, 'now').mockReturnValue(twoMinutesOn);
    await ask(`/api/saml/metadata${YEAR}`);
    expect(answered).toBeGreaterThan(2);
    expect(await kept()).toEqual({ assertions: answered, signIns: answered });
  });
});
