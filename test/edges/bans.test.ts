import {
  applyD1Migrations,
  createExecutionContext,
  evictDurableObject,
  runInDurableObject,
  waitOnExecutionContext,
} from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { sha256Base64Url } from '../../src/kernel/crypto.ts';
import { accountsIn } from '../../src/platform/d1/accounts.ts';
import { bansIn } from '../../src/platform/d1/bans.ts';
import { oneDatabase } from '../../src/platform/d1/database.ts';
import { sessions } from '../../src/platform/objects/sessions.ts';
import { ALL_APPS, BANS_MAX, type Grant, SESSIONS_LISTED } from '../../src/sessions/model.ts';
import { tellBans } from '../../src/signin/endpoints/tell-bans.ts';
import { anApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { countEnv, noOps } from '../support/counting.ts';
import { servedHere } from '../support/isolate.ts';
import { obtainCode, question, redeem } from '../support/oidc.ts';
import { aPerson } from '../support/people.ts';
import { ORIGIN, type Served } from '../support/served.ts';
import { APP, askForCode, RULES_PUBLISHED_AT, sessionStart, testKeys } from '../support/sessions.ts';

const pick = oneDatabase(env.DB);
const accounts = accountsIn(pick, testKeys());
const bans = bansIn(pick);
const store = sessions(env.SESSIONS, testKeys(), {
  secureCookies: true,
  rulesPublishedAt: RULES_PUBLISHED_AT,
});
const now = Date.now();
const by = { actor: 'test', reason: 'test', now };
const OTHER_APP = '77777777-7c34-4e21-8a6d-5e4f3a2b1c0d';
const VERIFIER = 'a verifier that nobody guesses, of good length';
const RIGHT = {
  challengeAnswer: sha256Base64Url(VERIFIER),
  provenApp: null,
  proofId: null,
  claimedApp: null,
} as const;
const hall = { accounts, sessions: store };

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

async function anAccount(): Promise<string> {
  const { uuid, emailId } = await accounts.create({
    address: `${crypto.randomUUID()}@mailbox.test`,
    emailLocale: 'en',
    rulesAcceptedAt: now,
    origin: 'sign-up',
    now,
  });
  const event = { kind: 'account_created', at: now, browser: null } as const;
  await accounts.completeSignUp({ uuid, emailId, password: 'record', event });
  return uuid;
}

const signInAccount = async (uuid: string) => {
  const found = await accounts.findByUuid(uuid);
  if (found === null) throw new Error('no account');
  return found;
};
const bansOf = async (uuid: string) => (await signInAccount(uuid)).facts.bans;
const standing = async (uuid: string) => (await bans.standing(uuid))?.map(({ app }) => app);

async function changed(what: 'ban' | 'unban', account: string, app: string) {
  const done = await bans[what](account, app, by);
  if (!done.ok) throw new Error(done.error.reason);
  return done.value;
}
const closed = async (account: string, app: string): Promise<void> =>
  tellBans(hall, account, await changed('ban', account, app), now);

const browser = { cookie: 'd'.repeat(43), name: 'Firefox on Linux', place: '' };

/** A session of the account, listed and begun as a sign-in does it. */
async function signedIn(account: string) {
  const handle = store.reserve();
  const found = await signInAccount(account);
  const { listed } = await accounts.recordPassword(found, browser, now, handle.locator);
  if (!listed) throw new Error('not listed');
  return store.begin(
    sessionStart(now, { account, facts: { ...found.facts, methods: ['totp'] } }),
    now,
    handle,
  );
}

async function codeFor(handle: Awaited<ReturnType<typeof signedIn>>, app: string): Promise<string> {
  const asking = askForCode(now, sha256Base64Url(VERIFIER), app);
  let asked = await store.ask(handle, asking);
  if (asked.kind === 'step' && asked.step.kind === 'continue-as') {
    await store.change(handle, now, [{ kind: 'continued', app }]);
    asked = await store.ask(handle, asking);
  }
  if (asked.kind !== 'granted' || asked.code === null) throw new Error(JSON.stringify(asked));
  return asked.code;
}
const stepFor = async (handle: Awaited<ReturnType<typeof signedIn>>, app: string): Promise<string> => {
  const asked = await store.ask(handle, askForCode(now, null, app));
  return asked.kind === 'step' ? asked.step.kind : asked.kind;
};

describe('SP-2 bans in the database', () => {
  it('stand in their table and, in short, on the account that sign-in reads', async () => {
    const account = await anAccount();
    expect(await bansOf(account)).toBeUndefined();
    await changed('ban', account, APP);
    await changed('ban', account, ALL_APPS);
    expect(await bansOf(account)).toEqual({ version: 2, apps: [ALL_APPS, APP] });
    expect((await standing(account))?.sort()).toEqual([ALL_APPS, APP]);
    await changed('unban', account, ALL_APPS);
    expect(await bansOf(account)).toEqual({ version: 3, apps: [APP] });
    expect((await accounts.overview(account))?.facts.bans).toEqual({ version: 3, apps: [APP] });
    await changed('unban', account, APP);
    expect(await bansOf(account)).toEqual({ version: 4, apps: [] });
    expect(await standing(account)).toEqual([]);
  });

  it('have one winner of many at once, and one line in the audit for each', async () => {
    const account = await anAccount();
    const won = async (what: 'ban' | 'unban') =>
      (await Promise.all(Array.from({ length: 5 }, () => bans[what](account, APP, by)))).filter(
        ({ ok }) => ok,
      );
    expect(await won('ban')).toHaveLength(1);
    expect(await bansOf(account)).toEqual({ version: 1, apps: [APP] });
    expect(await won('unban')).toHaveLength(1);
    expect(await bansOf(account)).toEqual({ version: 2, apps: [] });
    const { results } = await env.DB.prepare('SELECT action FROM audit WHERE item_id = ? ORDER BY id')
      .bind(account)
      .all();
    expect(results).toEqual([{ action: 'ban' }, { action: 'unban' }]);
  });

  it('are at most so many an account, however many are set at once', async () => {
    const account = await anAccount();
    const rows = Array.from({ length: BANS_MAX - 2 }, () =>
      env.DB.prepare("INSERT INTO bans VALUES (?, ?, 'test', 'test', 1)").bind(account, crypto.randomUUID()),
    );
    await env.DB.batch(rows);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => bans.ban(account, crypto.randomUUID(), by)),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(2);
    expect(answers.filter((one) => !one.ok && one.error.reason === 'too_many')).toHaveLength(3);
    expect(await standing(account)).toHaveLength(BANS_MAX);
    expect((await bansOf(account))?.apps).toHaveLength(BANS_MAX);
  });

  it('go with their account, and there are none of an account that is gone', async () => {
    const account = await anAccount();
    await changed('ban', account, APP);
    expect(await accounts.erase(account, now)).toBe(true);
    const left = await env.DB.prepare('SELECT count(*) AS n FROM bans WHERE account = ?')
      .bind(account)
      .first('n');
    expect(left).toBe(0);
    expect(await bans.standing(account)).toBeNull();
    for (const what of ['ban', 'unban'] as const)
      expect(await bans[what](account, APP, by)).toMatchObject({ ok: false, error: { reason: 'gone' } });
  });
});

describe('SP-2 a sign-in that was under way when bans changed', () => {
  it.each(['password', 'passkey'] as const)(
    'with a %s does not begin with what it read before',
    async (factor) => {
      const account = await anAccount();
      const record = async (found: Awaited<ReturnType<typeof signInAccount>>) =>
        (await accounts.recordPassword(found, browser, now, crypto.randomUUID(), factor)).listed;
      const before = await signInAccount(account);
      await changed('ban', account, APP);
      expect(await record(before)).toBe(false);
      const between = await signInAccount(account);
      expect(await record(between), 'what is read afterwards knows the ban').toBe(true);
      await changed('unban', account, APP);
      expect(await record(between)).toBe(false);
    },
  );

  it('listed before and begun after is ended instead of told', async () => {
    const account = await anAccount();
    const found = await signInAccount(account);
    const handle = store.reserve();
    await accounts.recordPassword(found, browser, now, handle.locator);
    await closed(account, APP);
    await expect(store.begin(sessionStart(now, { account }), now, handle)).rejects.toThrow('already taken');
    expect(await accounts.sessionLocators(account)).toEqual([]);
  });
});

describe('SP-2 sessions that hear of a ban', () => {
  it('give that app nothing more: no code, no token, no new one', async () => {
    const account = await anAccount();
    const handle = await signedIn(account);
    const [fresh, spent, other] = [
      await codeFor(handle, APP),
      await codeFor(handle, APP),
      await codeFor(handle, OTHER_APP),
    ];
    const token = await store.redeem(spent, RIGHT, now);
    if (!token.ok) throw new Error(token.error.reason);
    await closed(account, APP);
    expect(await store.redeem(fresh, RIGHT, now)).toMatchObject({ ok: false, error: { reason: 'burnt' } });
    expect(await store.userinfo(token.value.accessToken, now)).toBeNull();
    expect(await stepFor(handle, APP)).toBe('restricted');
    const load = async () => ({ emails: [], x509: null });
    expect((await store.redeem(other, RIGHT, now, load)).ok, 'another app').toBe(true);
    expect(await stepFor(handle, OTHER_APP)).toBe('granted');
  });

  it('remember it when their object comes back from disk', async () => {
    const account = await anAccount();
    const handle = await signedIn(account);
    const code = await codeFor(handle, APP);
    await closed(account, ALL_APPS);
    await evictDurableObject(env.SESSIONS.getByName(handle.locator));
    expect(await stepFor(handle, APP)).toBe('restricted');
    expect(await store.redeem(code, RIGHT, now)).toMatchObject({ ok: false, error: { reason: 'burnt' } });
    const left = await runInDurableObject(env.SESSIONS.getByName(handle.locator), (_object, state) =>
      [...state.storage.kv.list<Grant>({ prefix: 'grant:' })].map(([, grant]) => grant),
    );
    expect(left.filter(({ payload, tokenDigest }) => payload !== '' || tokenDigest !== null)).toEqual([]);
  });

  it('end with the later of two changes, whichever is told first', async () => {
    const account = await anAccount();
    const handle = await signedIn(account);
    const first = await changed('ban', account, APP);
    const second = await changed('unban', account, APP);
    await tellBans(hall, account, second, now);
    await tellBans(hall, account, first, now);
    expect(await stepFor(handle, APP)).not.toBe('restricted');
  });

  it('are all of them, also where there are more than one listing names', async () => {
    const account = await anAccount();
    const found = await signInAccount(account);
    const locators = Array.from({ length: SESSIONS_LISTED + 20 }, (_, index) => `${account}-${index}`);
    for (const [index, locator] of locators.entries())
      await accounts.recordPassword(found, browser, now + index, locator);
    expect([...(await changed('ban', account, APP)).sessions].sort()).toEqual([...locators].sort());
  });
});

describe('SP-1, SP-2 an operator who asks again, because not every session could be told', () => {
  const signedInThere = async (worker: Served) => {
    const app = await anApp(worker);
    const person = await aPerson(worker);
    const there = new Browser(worker);
    const code = await obtainCode(there, person, app);
    const ask = (what: string) =>
      worker.api('POST', `/api/admin/v1/users/${person.uuid}/${what}`, { app: app.uuid, reason: 'test' });
    return { app, person, there, code, ask };
  };

  it('hears that the ban stands, and it holds', async () => {
    const worker = servedHere(env);
    const { app, person, there, code, ask } = await signedInThere(worker);
    // Written down; then the sessions did not answer.
    await changed('ban', person.uuid, app.uuid);
    expect((await ask('ban')).status).toBe(409);
    expect((await redeem(worker, code)).status).toBe(400);
    await there.open(question(app).url);
    expect(there.view.url.pathname).toBe('/restricted');
    await changed('unban', person.uuid, app.uuid);
    expect((await ask('unban')).status).toBe(409);
    await obtainCode(there, person, app);
  });

  it('hears that the account is suspended, and its sessions are over', async () => {
    const worker = servedHere(env);
    const { person, there, ask } = await signedInThere(worker);
    expect((await accounts.suspend(person.uuid, [], by)).ok).toBe(true);
    expect((await ask('suspend')).status).toBe(409);
    await there.open('/account');
    expect(there.view.url.pathname).toBe('/');
  });
});

describe('SP-2 what a ban costs', () => {
  it('an app that asks a live session of a banned account: one call to the session, none to the database', async () => {
    const worker = servedHere(env);
    const app = await anApp(worker);
    const person = await aPerson(worker);
    const there = new Browser(worker);
    await obtainCode(there, person, app);
    const answer = await worker.api('POST', `/api/admin/v1/users/${person.uuid}/ban`, {
      app: app.clientId,
      reason: 'test',
    });
    expect(answer.status).toBe(200);
    const ops = noOps();
    const counted = createApp(countEnv(env, ops));
    const cookie = [...there.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const open = async () => {
      const ctx = createExecutionContext();
      const { url } = question(app, { prompt: 'none' });
      const request = new Request(`${ORIGIN}${url}`, { redirect: 'manual', headers: { cookie } });
      const response = await counted.fetch(request, ctx);
      await waitOnExecutionContext(ctx);
      return response.headers.get('location') ?? '';
    };
    await open();
    const before = { ...ops };
    expect(await open()).toContain('error=interaction_required');
    expect([ops.objects - before.objects, ops.d1 - before.d1, ops.kv - before.kv]).toEqual([1, 0, 0]);
  });
});
