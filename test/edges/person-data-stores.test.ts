import { applyD1Migrations, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { LIMITERS } from '../../src/accounts/rules/limits.ts';
import { DAY } from '../../src/kernel/time.ts';
import { attempts } from '../../src/platform/attempts.ts';
import { accountsIn } from '../../src/platform/d1/accounts.ts';
import { oneDatabase } from '../../src/platform/d1/database.ts';
import { suspensionsIn } from '../../src/platform/d1/suspensions.ts';
import { anApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { countedWorker } from '../support/counted-worker.ts';
import { obtainCode, question, redeem } from '../support/oidc.ts';
import { aPerson, walk } from '../support/people.ts';
import { testKeys } from '../support/sessions.ts';
import { newestText } from '../support/texts.ts';

const { worker, ops } = countedWorker();
const keys = testKeys();

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

/** What KV may hold: what the world may read, and what operators put there. */
const PUBLIC_KEYS =
  /^(?:oidc\/jwks|saml\/(?:ring|\d{4}\/(?:metadata\.xml|cert\.pem))|piv\/(?:issuers|crl\/[\w-]+)|logo\/\w+\.(?:png|svg))$/;

describe('PI-19, DM-32 what is in KV', () => {
  it('is public: people come and go, and nothing is read or written there on their account', async () => {
    const app = await anApp(worker);
    const person = await aPerson(worker, { factors: ['totp', 'phone', 'backup_codes'] });
    // Signing looks the published keys up once in an isolate's life, whoever it is for.
    const first = await obtainCode(new Browser(worker), await aPerson(worker), app);
    expect((await redeem(worker, first)).status).toBe(200);
    const before = ops.kv;
    const asked = question(app);
    const browser = new Browser(worker);
    await browser.open(asked.url);
    await browser.submit({ username: person.email, 'current-password': 'not this one' });
    await browser.submit({ username: person.email, 'current-password': person.password });
    await browser.open('/login/two_factor/sms');
    const [number] = Array.isArray(person.made?.phones) ? person.made.phones : [];
    await browser.submit({ 'one-time-code': (await newestText(worker, String(number))).code });
    await browser.submit();
    const code = browser.view.url.searchParams.get('code') ?? '';
    expect((await redeem(worker, { ...asked, code })).status).toBe(200);
    await browser.open('/account/history');
    await browser.open('/account');
    expect(ops.kv - before, 'calls to KV').toBe(0);
    const { keys: names } = await env.PUBLIC.list();
    expect(names.map(({ name }) => name).filter((name) => !PUBLIC_KEYS.test(name))).toEqual([]);
    for (const { name } of names) {
      const text = `${name} ${(await env.PUBLIC.get(name)) ?? ''}`;
      for (const secret of [person.uuid, person.email, String(number), code])
        expect(text).not.toContain(secret);
    }
  });
});

describe('LI-5 where limits are counted', () => {
  const NOW = Date.now();
  const { max } = LIMITERS['signin.email_ip'];
  const spend = (at = NOW) =>
    // An adapter of its own each time, as in many isolates: what they share is the object.
    attempts(env.ATTEMPTS, testKeys(), 'production').spend('shared', ['sign-in-email-ip'], at);

  it('is one place for all isolates: of a hundred tries at once exactly the limit passes', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => spend()));
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(max);
  });

  it('is emptied by its alarm once its window ended, and not before', async () => {
    const object = env.ATTEMPTS.getByName('limits:li-5');
    const limits = [{ key: 'one', limiter: LIMITERS['signin.email_ip'] }];
    const rows = () =>
      runInDurableObject(
        object,
        (_object, { storage }) =>
          storage.sql
            .exec<{ n: number }>("SELECT count(*) AS n FROM sqlite_master WHERE name = 'limits'")
            .one().n,
      );
    await object.spend(limits, Date.now());
    expect(await runDurableObjectAlarm(object)).toBe(true);
    expect(await rows()).toBe(1);
    const over = env.ATTEMPTS.getByName('limits:li-5-over');
    await over.spend(limits, Date.now() - DAY);
    await over.useOnce({ id: 'a proof', until: Date.now() - DAY / 2 }, false, null, Date.now() - DAY);
    expect(await runDurableObjectAlarm(over)).toBe(true);
    const left = await runInDurableObject(over, (_object, { storage }) => storage.kv.get('tries') ?? null);
    expect(left).toBeNull();
    const tables = await runInDurableObject(over, (_object, { storage }) =>
      storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'limits'").toArray(),
    );
    expect(tables).toEqual([]);
  });
});

describe('PI-16 what a copy of the database could be asked', () => {
  it('not whether an address is blocked: its digest needs the root', async () => {
    const person = await aPerson(worker);
    const by = { actor: 'test', reason: 'test', now: Date.now() };
    const suspensions = suspensionsIn(oneDatabase(env.DB), keys);
    expect((await suspensions.suspend(person.uuid, [person.email], by)).ok).toBe(true);
    const { results } = await env.DB.prepare('SELECT digest FROM blocked_addresses WHERE account = ?')
      .bind(person.uuid)
      .all<{ digest: string }>();
    expect(results).toHaveLength(1);
    const bytes = new TextEncoder().encode(person.email);
    const bare = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const stored = results[0]?.digest ?? '';
    for (const form of ['hex', 'base64', 'base64url'] as const)
      expect(stored).not.toContain(Buffer.from(bare).toString(form));
    expect(await suspensions.isBlocked(person.email)).toBe(true);
  });

  it('not what a mailed link, or a code that was sent, would be: neither is there', async () => {
    const { mailboxTokens, code } = await mailedAndSent();
    const dump = JSON.stringify(
      await Promise.all(
        ['links', 'deferred_notices', 'events', 'accounts'].map((table) =>
          env.DB.prepare(`SELECT * FROM ${table}`).all(),
        ),
      ),
    );
    expect(mailboxTokens.length).toBeGreaterThan(0);
    for (const token of mailboxTokens) expect(dump).not.toContain(token);
    expect(code).toMatch(/^\d{6}$/);
  });

  it('not from where somebody signed in: networks are cut, and sealed', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker, { 'cf-connecting-ip': '198.51.100.77' });
    await browser.open('/');
    await walk(browser, person);
    await browser.open('/account/history');
    expect(browser.view.text, 'its owner reads it').toContain('198.51.100.0/24');
    const rows = await Promise.all(
      ['SELECT last_place AS place FROM devices', 'SELECT place FROM events'].map((query) =>
        env.DB.prepare(`${query} WHERE account = ?`).bind(person.uuid).all<{ place: string | null }>(),
      ),
    );
    const places = rows.flatMap(({ results }) => results.flatMap(({ place }) => place ?? []));
    expect(places.length).toBeGreaterThan(1);
    for (const place of places) expect(place).toMatch(/^g1\.\d+\.[\w-]+$/);
  });
});

describe('PI-18 what waits to be sent', () => {
  it('is ids: of the account, of the notice, of the event', async () => {
    const person = await aPerson(worker, { factors: ['totp', 'phone'] });
    const browser = new Browser(worker);
    await browser.open('/');
    await browser.submit({ username: person.email, 'current-password': person.password });
    const { results } = await env.DB.prepare('SELECT * FROM deferred_notices WHERE account = ?')
      .bind(person.uuid)
      .all<Record<string, unknown>>();
    expect(results).toHaveLength(1);
    const { id, account, event, kind, due_at: dueAt, ...others } = results[0] ?? {};
    expect(others, 'and nothing else').toEqual({});
    expect(account).toBe(person.uuid);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(kind).toMatch(/^[a-z-]+$/);
    expect([typeof event, typeof dueAt]).toEqual(['number', 'number']);
  });
});

/** A link mailed for a forgotten password, and a code sent by text. */
async function mailedAndSent(): Promise<{ mailboxTokens: readonly string[]; code: string }> {
  const person = await aPerson(worker, { factors: ['phone'] });
  const accounts = accountsIn(oneDatabase(env.DB), keys);
  const kinds = [
    'sign-up',
    'add-email',
    'reset-password',
    'disavow',
    'cancel-reset',
    'delete-account',
  ] as const;
  const mailboxTokens = await Promise.all(
    kinds.map(async (kind) =>
      (await accounts.createLink({ kind, account: person.uuid, now: Date.now(), lifetimeMs: DAY }))('an id'),
    ),
  );
  const browser = new Browser(worker);
  await browser.open('/');
  await browser.submit({ username: person.email, 'current-password': person.password });
  const [number] = Array.isArray(person.made?.phones) ? person.made.phones : [];
  return { mailboxTokens, code: (await newestText(worker, String(number))).code };
}
