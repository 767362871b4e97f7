import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fromBase32 } from '../../src/factors/totp/base32.ts';
import { totpAt, totpStep } from '../../src/factors/totp/totp.ts';
import { sha256Base64Url } from '../../src/kernel/crypto.ts';
import { accountsIn } from '../../src/platform/d1/accounts.ts';
import { oneDatabase } from '../../src/platform/d1/database.ts';
import { factorsIn } from '../../src/platform/d1/factors.ts';
import { Browser } from '../support/browser.ts';
import { encodingsOf } from '../support/encodings.ts';
import { servedHere } from '../support/isolate.ts';
import { asObject, textOf } from '../support/json.ts';
import { linkIn, newestMail } from '../support/mail.ts';
import { aPerson, type Person, signOut, walk } from '../support/people.ts';
import { placeOf } from '../support/place.ts';
import { ORIGIN } from '../support/served.ts';
import { testKeys } from '../support/sessions.ts';
import { dumpStores } from '../support/stores.ts';

const RETURN = 'https://app.test/callback';
const VERIFIER = 'kept-by-the-app-until-it-redeems-the-code-0123456789';
const ADDRESS = '203.0.113.77';
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** Variables beside the bindings: cheap derivations, and the roots a test wants. */
const envWith = (vars: Readonly<Record<string, string>> = {}): Env =>
  Object.assign({}, env, { SCRYPT_LOG2N: '8' }, vars);

const worker = servedHere(envWith());
const fresh = () => new Browser(worker, { 'user-agent': AGENT, 'cf-connecting-ip': ADDRESS });

/** What must never be seen again, by what it is. */
const secrets = new Map<string, string | Uint8Array>();
const logged: string[] = [];

function remember<T extends string | Uint8Array>(what: string, secret: T): T {
  if (secret.length < 6) throw new Error(`${what} is too short to be told from chance`);
  secrets.set(what, secret);
  return secret;
}

/** The half of a code, a token or a cookie that opens something. */
const secretHalf = (bearer: string): string => bearer.slice(-43);

/** Where anything to hide is seen, in the stores and in the log. */
async function sightings(): Promise<readonly string[]> {
  const kept = [...(await dumpStores(env)), ...logged.map((text) => ({ where: 'log', text }))];
  const lines = kept.map(({ where, text }) => ({ where, text: text.toLowerCase() }));
  return [...secrets].flatMap(([what, secret]) =>
    encodingsOf(secret).flatMap((form) =>
      lines.filter(({ text }) => text.includes(form)).map(({ where }) => `${what} in ${where}`),
    ),
  );
}

/** Mail and counters go out after the response, codes are written a moment later. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 400));

async function expectNothingSeen(after: string): Promise<void> {
  await settle();
  expect(await sightings(), after).toEqual([]);
}

async function anApp(): Promise<string> {
  const issuer = `urn:test:at-rest:${crypto.randomUUID()}`;
  const answer = await worker.api('POST', '/api/admin/v1/apps', {
    issuer,
    friendly_name: 'Parks',
    identity_protocol: 'openid_connect_pkce',
    redirect_uris: [RETURN],
  });
  expect(answer.status).toBe(201);
  return issuer;
}

const question = (issuer: string, more: Readonly<Record<string, string>> = {}): string =>
  `/openid_connect/authorize?${new URLSearchParams({
    client_id: issuer,
    response_type: 'code',
    redirect_uri: RETURN,
    scope: 'openid email',
    acr_values: 'urn:acr.login.gov:auth-only',
    state: crypto.randomUUID(),
    nonce: crypto.randomUUID(),
    code_challenge: sha256Base64Url(VERIFIER),
    code_challenge_method: 'S256',
    ...more,
  })}`;

async function redeem(code: string, at = worker) {
  const answer = await at.fetch('/api/openid_connect/token', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, code_verifier: VERIFIER }).toString(),
  });
  expect(answer.status).toBe(200);
  const body = asObject(await answer.json());
  return { accessToken: textOf(body, 'access_token'), idToken: textOf(body, 'id_token') };
}

const userinfo = (accessToken: string, at = worker) =>
  at.fetch('/api/openid_connect/userinfo', { headers: { authorization: `Bearer ${accessToken}` } });

const codeIn = (browser: Browser): string => browser.view.url.searchParams.get('code') ?? '';

const tokenIn = (link: string): string =>
  [...new URL(link, ORIGIN).searchParams.values()].find((value) => value.length >= 43) ?? '';

/** Types the secret shown on the set-up page into an authentication app. */
function shownSecret(browser: Browser): Uint8Array<ArrayBuffer> {
  const text = /class="gh-secret"[^>]*>([^<]+)</.exec(browser.view.html)?.[1] ?? '';
  const bytes = fromBase32(text);
  if (bytes === null) throw new Error(`no secret at ${browser.view.url.pathname}`);
  remember('a TOTP secret as shown', text.trim());
  remember('a TOTP secret without spaces', text.replace(/\s/g, ''));
  return remember('a TOTP secret', bytes);
}

const rememberCookies = (browser: Browser): void => {
  for (const [name, value] of browser.cookies) {
    if (/session/.test(name)) remember(`the cookie ${name}`, secretHalf(value));
    if (/device/.test(name)) remember(`the cookie ${name}`, value);
  }
};

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, level).mockImplementation(
      (...args: unknown[]) => void logged.push(args.map(String).join(' ')),
    );
  }
});
afterAll(() => vi.restoreAllMocks());

describe('PI-31 nothing personal and nothing that opens anything rests in the clear', () => {
  it('would be noticed', async () => {
    const secret = 'sentinel-of-the-dump@agency.gov';
    secrets.set('the sentinel', secret);
    const hidden = btoa(JSON.stringify({ to: secret }));
    await env.DB.prepare("INSERT INTO meta (name, value) VALUES ('sentinel', ?)").bind(hidden).run();
    await env.PUBLIC.put('sentinel', new TextEncoder().encode(secret));
    await env.ATTEMPTS.getByName('sentinel').spend(
      [{ key: secret, limiter: { max: 9, windowMs: 9, discipline: 'check-then-increment' } }],
      0,
    );
    logged.push(`a line about ${encodeURIComponent(secret)}`);
    expect(new Set(await sightings())).toEqual(
      new Set(['D1 meta.value', 'KV sentinel', 'Attempts', 'log'].map((where) => `the sentinel in ${where}`)),
    );
    await env.DB.prepare("DELETE FROM meta WHERE name = 'sentinel'").run();
    await env.PUBLIC.delete('sentinel');
    await env.ATTEMPTS.getByName('sentinel').clear([secret]);
    logged.length = 0;
    expect(await sightings()).toEqual([]);
    secrets.delete('the sentinel');
  });

  it('through a whole life: sign-up, consent, tokens, addresses, factors, resets, history, deletion', {
    timeout: 60_000,
  }, async () => {
    remember('the network address', ADDRESS);
    remember('the user agent', AGENT);
    const email = remember('the address', 'wilhelmina.quixote@agency.gov');
    const hinted = remember('the address in a login_hint', 'hinted.xylophone@agency.gov');
    const password = remember('the password', 'marmalade-trombone-eclipse');
    const second = remember('the second address', 'second.zeppelin@agency.gov');
    const nickname = remember('the name of an app', 'Wilhelminas Fernsprecher');
    const newName = remember('the new name of an app', 'Wilhelminas Ersatzgeraet');
    const newPassword = remember('the changed password', 'thimble-glacier-harmonica');
    const resetPassword = remember('the password after a reset', 'walnut-cathedral-spinnaker');

    const issuer = await anApp();
    const stranger = fresh();
    await stranger.open(question(issuer, { login_hint: hinted }));
    await expectNothingSeen('a question that nobody answers');

    const browser = fresh();
    await browser.open(question(issuer, { login_hint: email }));
    await browser.open(browser.link('Create an account'));
    await browser.submit({ email, terms_accepted: '1' });
    const link = linkIn(await newestMail(worker, email), '/sign_up/email/confirm');
    remember('the sign-up link', tokenIn(link));
    await expectNothingSeen('the sign-up mail');
    await browser.open(link);
    await browser.submit({ password, password_confirmation: password });
    rememberCookies(browser);
    expect(placeOf(browser)).toBe('/authentication_methods_setup');
    await browser.submit({ selection: 'totp' });
    const totp = shownSecret(browser);
    await expectNothingSeen('an authentication app half set up');
    await browser.submit({ name: nickname, 'one-time-code': totpAt(totp, totpStep(Date.now())) });
    rememberCookies(browser);
    await expectNothingSeen('an authentication app');

    await browser.open('/backup_code_setup');
    await browser.submit({}, (form) => form.action.endsWith('/backup_code_setup'));
    const codes = [...browser.view.html.matchAll(/<code>([^<]+)<\/code>/g)].map(([, code = '']) => code);
    expect(codes.length).toBeGreaterThan(5);
    for (const code of codes) {
      remember(`the backup code ${code}`, code);
      remember(`the backup code ${code}, normalised`, code.replaceAll('-', ''));
    }
    await expectNothingSeen('backup codes on the screen');
    await browser.submit({}, (form) => form.action.endsWith('/backup_code_continue'));
    await browser.open('/continue');
    expect(placeOf(browser)).toBe('/sign_up/completed');
    await browser.submit();
    const code = codeIn(browser);
    remember('the code', code);
    remember('the secret of the code', secretHalf(code));
    await expectNothingSeen('a code');
    const { accessToken, idToken } = await redeem(code);
    remember('the access token', accessToken);
    remember('the secret of the access token', secretHalf(accessToken));
    for (const [index, part] of idToken.split('.').entries())
      if (index > 0) remember(`part ${index} of the id_token`, part);
    expect(asObject(await (await userinfo(accessToken)).json())).toMatchObject({ email });
    await expectNothingSeen('tokens');

    await browser.open('/add/email');
    await browser.submit({ email: second });
    const addLink = linkIn(await newestMail(worker, second), '/add/email/confirm');
    remember('the link that adds an address', tokenIn(addLink));
    await browser.open(addLink);
    await browser.submit();
    await expectNothingSeen('a second address');

    await browser.open('/account/two_factor_authentication');
    const manage = /href="(\/manage\/auth_app\/[^"]+)"/.exec(browser.view.html)?.[1] ?? '';
    expect((await browser.open(manage)).html).toContain(nickname);
    await browser.submit({ name: newName });
    expect((await browser.open(manage)).html).toContain(newName);
    await browser.open('/manage/password');
    await browser.submit({ password: newPassword, password_confirmation: newPassword });
    await browser.open('/account/history');
    expect(browser.view.text).toContain('203.0.113.0');
    await browser.open('/account/download');
    await browser.submit({}, (form) => form.action === '/account/download');
    expect(browser.view.html).toContain(email);
    rememberCookies(browser);
    await expectNothingSeen('changes');

    const forgetful = fresh();
    await forgetful.open('/users/password/new');
    await forgetful.submit({ email });
    await settle();
    const resetLink = linkIn(await newestMail(worker, email), '/users/password/edit');
    remember('the reset link', tokenIn(resetLink));
    await forgetful.open(resetLink);
    await forgetful.submit({ password: resetPassword, password_confirmation: resetPassword });
    await settle();
    const told = await newestMail(worker, email);
    remember('the link that disavows', tokenIn(linkIn(told, '/events/disavow')));
    await forgetful.open('/');
    await forgetful.submit({ username: second, 'current-password': password });
    expect(forgetful.view.status, 'a wrong password').toBe(422);
    await forgetful.submit({ username: second, 'current-password': resetPassword });
    await forgetful.open('/login/two_factor/backup_code');
    await forgetful.submit({ code: codes[0] ?? '', remember_device: '1' });
    rememberCookies(forgetful);
    await forgetful.open('/account');
    expect(placeOf(forgetful)).toBe('/account');
    await expectNothingSeen('a reset');

    await signOut(forgetful);
    await forgetful.open('/');
    await forgetful.submit({ username: email, 'current-password': resetPassword });
    await forgetful.open('/account/delete');
    expect(placeOf(forgetful), 'the remembered browser shows a factor again').not.toBe('/account');
    await forgetful.open('/login/two_factor/backup_code');
    await forgetful.submit({ code: codes[1] ?? '' });
    await forgetful.open('/account/delete');
    await forgetful.submit({ 'current-password': resetPassword });
    await expectNothingSeen('deletion');
  });

  it('holds for accounts that wait to be deleted and for suspended ones', async () => {
    const email = remember('the address of somebody locked out', 'locked.out.quokka@gmail.com');
    remember('what it comes down to', 'lockedoutquokka@gmail.com');
    const person = await aPerson(worker, { email });
    const browser = fresh();
    await browser.open('/');
    await browser.submit({ username: email, 'current-password': person.password });
    await browser.open('/account_reset/request');
    await browser.submit({}, (form) => form.action.endsWith('/account_reset/request'));
    expect(placeOf(browser)).toBe('/account_reset/confirm_request');
    await settle();
    const { results } = await env.DB.prepare(
      "SELECT digest FROM links WHERE kind = 'cancel-reset' AND account = ?",
    )
      .bind(person.uuid)
      .all();
    expect(results).toHaveLength(1);
    remember(
      'the link that cancels',
      tokenIn(linkIn(await newestMail(worker, email), '/account_reset/cancel')),
    );
    await expectNothingSeen('a request to delete');
    const answer = await worker.api('POST', `/api/admin/v1/users/${person.uuid}/suspend`, {
      reason: 'ticket 4711',
    });
    expect(answer.status).toBe(200);
    expect(
      await env.DB.prepare('SELECT count(*) AS n FROM blocked_addresses WHERE account = ?')
        .bind(person.uuid)
        .first<number>('n'),
    ).toBe(1);
    await expectNothingSeen('a suspension');
  });

  it('holds for credentials and their names', async () => {
    const factors = factorsIn(oneDatabase(env.DB), testKeys());
    const person = await aPerson(worker);
    const id = remember('a credential id', crypto.getRandomValues(new Uint8Array(32)));
    const publicKey = remember('a public key', crypto.getRandomValues(new Uint8Array(64)));
    const text = (bytes: Uint8Array): string =>
      btoa(String.fromCharCode(...bytes))
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replace(/=+$/, '');
    const credential = {
      id: text(id),
      publicKey: text(publicKey),
      transports: ['usb' as const],
      aaguid: '00000000-0000-0000-0000-000000000000',
      userVerified: true,
      backupEligible: false,
      backedUp: false,
      signCount: 0,
      lastChallengeAt: null,
      counterFellAt: null,
    };
    const name = remember('the name of a key', 'Schluesselbund im Flur');
    const event = { kind: 'webauthn_key_added', at: Date.now(), browser: null } as const;
    const added = await factors.addWebauthn({
      account: person.uuid,
      kind: 'security_key',
      name,
      credential,
      event,
    });
    expect(added.ok).toBe(true);
    expect((await factors.findByCredential(credential.id))?.name).toBe(name);
    const again = { ...credential, id: text(crypto.getRandomValues(new Uint8Array(32))) };
    expect(
      await factors.addWebauthn({
        account: person.uuid,
        kind: 'security_key',
        name,
        credential: again,
        event,
      }),
    ).toEqual({
      ok: false,
      error: { reason: 'name_taken' },
    });
    await expectNothingSeen('a key');
  });
});

/** Signs in up to the second factor; null when a fault page came instead. */
async function signIn(person: Person, at = worker): Promise<Browser> {
  const browser = new Browser(at);
  await browser.open('/');
  await browser.submit({ username: person.email, 'current-password': person.password });
  return browser;
}

/** Exchanges the values of one column between two rows. */
async function swap(table: string, column: string, key: string, one: string, other: string): Promise<void> {
  const read = (id: string) =>
    env.DB.prepare(`SELECT ${column} AS value FROM ${table} WHERE ${key} = ?`)
      .bind(id)
      .first<string>('value');
  const write = (id: string, value: string | null) =>
    env.DB.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${key} = ?`).bind(value, id);
  const [first, second] = [await read(one), await read(other)];
  expect(first, `${table}.${column} is sealed`).toMatch(/^(g1\.1\.|\$scrypt\$)/);
  await env.DB.batch([write(one, second), write(other, first)]);
}

const idOf = async (sql: string, account: string): Promise<string> =>
  (await env.DB.prepare(sql).bind(account).first<string>('id')) ?? '';

describe('PI-11 a sealed value opens only where it was put', () => {
  it('two people’s password records exchanged: neither password signs in', async () => {
    const [ann, ben] = [await aPerson(worker), await aPerson(worker)];
    await swap('accounts', 'password', 'uuid', ann.uuid, ben.uuid);
    for (const password of [ann.password, ben.password]) {
      const browser = await signIn({ ...ann, password });
      expect(browser.view.status).toBeGreaterThanOrEqual(422);
      expect((await browser.open('/account')).url.pathname).toBe('/');
    }
    await swap('accounts', 'password', 'uuid', ann.uuid, ben.uuid);
    expect((await signIn(ann)).view.url.pathname).toContain('/login/two_factor');
  });

  it('two people’s addresses exchanged: no page shows either', async () => {
    const [ann, ben] = [await aPerson(worker), await aPerson(worker)];
    const email = 'SELECT id FROM emails WHERE account = ?';
    await swap('emails', 'address', 'id', await idOf(email, ann.uuid), await idOf(email, ben.uuid));
    const browser = await signIn(ann);
    expect(browser.view.status).toBe(500);
    expect(browser.view.html).not.toContain(ben.email);
    expect((await browser.open('/account')).url.pathname).toBe('/');
  });

  it('two people’s authentication apps exchanged: neither app’s code is taken', async () => {
    const [ann, ben] = [await aPerson(worker), await aPerson(worker)];
    const totp = "SELECT id FROM factors WHERE kind = 'totp' AND account = ?";
    await swap('factors', 'secret', 'id', await idOf(totp, ann.uuid), await idOf(totp, ben.uuid));
    const browser = await signIn(ann);
    await browser.submit({ 'one-time-code': ben.nextCode() ?? '' });
    expect(browser.view.status).toBe(500);
    expect((await browser.open('/account')).url.pathname).toContain('/login/two_factor');
  });

  it('moved to another column, record, place or message: it does not open', async () => {
    const ann = await aPerson(worker);
    const factors = factorsIn(oneDatabase(env.DB), testKeys());
    const factor = await idOf("SELECT id FROM factors WHERE kind = 'totp' AND account = ?", ann.uuid);
    await env.DB.prepare('UPDATE factors SET secret = name WHERE id = ?').bind(factor).run();
    await expect(factors.totps(ann.uuid)).rejects.toThrow('does not open');

    const ben = await aPerson(worker);
    await walk(await signIn(ben), ben);
    const browser = await signIn(ben);
    await walk(browser, ben);
    const { results } = await env.DB.prepare(
      'SELECT id FROM events WHERE account = ? AND place IS NOT NULL ORDER BY id',
    )
      .bind(ben.uuid)
      .all<{ id: number }>();
    expect(results.length).toBeGreaterThan(2);
    const places = await env.DB.prepare(
      'SELECT DISTINCT place FROM events WHERE account = ? AND place IS NOT NULL',
    )
      .bind(ben.uuid)
      .all();
    expect(places.results.length, 'each is sealed anew').toBe(results.length);
    const [one, other] = results;
    await env.DB.prepare('UPDATE events SET place = (SELECT place FROM events e WHERE e.id = ?) WHERE id = ?')
      .bind(one?.id ?? 0, other?.id ?? 0)
      .run();
    const history = await accountsIn(oneDatabase(env.DB), testKeys()).history(ben.uuid, { limit: 50 });
    const placeAt = (id: number | undefined) => history.find((event) => event.id === id)?.place;
    expect(placeAt(one?.id)).toContain('127.0.0.0/24');
    expect(placeAt(other?.id)).toBeNull();

    await newestMail(worker, ben.email);
    const mail = await env.DB.prepare('SELECT id, body FROM messages ORDER BY id DESC LIMIT 2').all<{
      id: string;
      body: string;
    }>();
    const [newest, older] = mail.results;
    await env.DB.prepare('UPDATE messages SET body = ? WHERE id = ?')
      .bind(older?.body ?? '', newest?.id ?? '')
      .run();
    expect((await worker.api('GET', `/api/sandbox/v1/messages/${newest?.id ?? ''}`)).status).toBe(404);
  });
});

describe('PI-31 a second root arrives while people are on their way', () => {
  const ROOT_2 = 'c2Vjb25kLXJvb3Qtc2Vjb25kLXJvb3Qtc2Vjb25kIS4';
  let later: ReturnType<typeof servedHere>;
  beforeAll(() => {
    later = servedHere(envWith({ ROOT_2 }));
  });

  /** The same browser, answered from now on by the deployment that has both roots. */
  function movedOn(browser: Browser): Browser {
    const moved = new Browser(later);
    for (const [name, value] of browser.cookies) moved.cookies.set(name, value);
    return moved;
  }

  it('sessions, codes, tokens and questions go on', async () => {
    const person = await aPerson(worker);
    const issuer = await anApp();
    const browser = new Browser(worker);
    await browser.open(question(issuer));
    await walk(browser, person);
    const { accessToken } = await redeem(codeIn(browser));
    await browser.open(question(issuer));
    const code = codeIn(browser);

    expect((await movedOn(browser).open('/account')).text).toContain(person.email);
    expect((await userinfo(accessToken, later)).status).toBe(200);
    expect((await userinfo((await redeem(code, later)).accessToken, later)).status).toBe(200);

    const halfWay = new Browser(worker);
    await halfWay.open(question(issuer));
    await halfWay.submit({ username: person.email, 'current-password': person.password });
    expect(placeOf(halfWay)).toContain('/login/two_factor');
    const moved = movedOn(halfWay);
    await moved.open('/login/two_factor');
    await walk(moved, person);
    expect(codeIn(moved), 'the question was kept').not.toBe('');
  });

  it('what was sealed, hashed and mailed before still opens, and names and addresses stay unique', async () => {
    const person = await aPerson(worker);
    const link = async () => {
      const browser = new Browser(worker);
      await browser.open('/users/password/new');
      await browser.submit({ email: person.email });
      return linkIn(await newestMail(worker, person.email), '/users/password/edit');
    };
    const mailed = await link();
    const browser = await signIn(person, later);
    await browser.open('/login/two_factor/backup_code');
    await browser.submit({ code: person.backupCode() });
    expect(placeOf(browser), 'backup codes').toBe('/account');
    expect((await new Browser(later).open(mailed)).status).toBe(200);

    await browser.open('/authenticator_setup');
    const secret = shownSecret(browser);
    await browser.submit({ name: 'Test app', 'one-time-code': totpAt(secret, totpStep(Date.now())) });
    expect(browser.view.status, 'the name of the app made under the first root').toBe(422);

    const other = await aPerson(worker);
    const taken = await later.api('POST', '/api/sandbox/v1/accounts', { email: other.email });
    expect(taken.status).toBe(409);
    const second = await signIn(other, later);
    await walk(second, other);
    const rows = await env.DB.prepare('SELECT count(*) AS n FROM emails WHERE account = ?')
      .bind(other.uuid)
      .first<number>('n');
    expect(rows).toBe(1);
    expect(
      (await signIn(other)).view.url.pathname,
      'and the first root alone does not know the moved digest',
    ).toBe('/');
  });

  it('a deployment without the root that sealed opens nothing', async () => {
    const person = await aPerson(worker);
    const only = servedHere(envWith({ ROOT_1: '', ROOT_2 }));
    const browser = await signIn(person, only);
    expect(browser.view.status).toBeGreaterThanOrEqual(422);
    expect((await browser.open('/account')).url.pathname).toBe('/');
  });
});
