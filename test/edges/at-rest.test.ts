import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fromBase32 } from '../../src/factors/totp/base32.ts';
import { totpAt, totpStep } from '../../src/factors/totp/totp.ts';
import { sha256Base64Url } from '../../src/kernel/crypto.ts';
import { accountsIn } from '../../src/platform/d1/accounts.ts';
import { oneDatabase } from '../../src/platform/d1/database.ts';
import { factorsIn } from '../../src/platform/d1/factors.ts';
import { profilesIn } from '../../src/platform/d1/profiles.ts';
import { reseal } from '../../src/platform/d1/reseal.ts';
import { rootUse } from '../../src/platform/d1/root-use.ts';
import { createKeyholder } from '../../src/platform/keys/keyholder.ts';
import { readPersonalKey } from '../../src/proofing/rules/personal-key.ts';
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
import { newestText } from '../support/texts.ts';

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

    const phone = remember('a phone number', '9075550186');
    await browser.open('/phone_setup');
    await browser.submit({ country: 'US', number: phone, channel: 'sms' });
    await expectNothingSeen('a phone half set up');
    await browser.submit({ 'one-time-code': (await newestText(worker, `+1${phone}`)).code });
    rememberCookies(browser);
    expect(browser.view.text).toContain('Your phone was added.');
    await expectNothingSeen('a phone');

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
    expect((await factors.findByCredential(credential.id))?.held.name).toBe(name);
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

const PROFILE = {
  first_name: 'Wilhelmina-Theodora',
  middle_name: 'Xanthippe',
  last_name: 'Quixote-Zeppelin',
  dob: '1971-02-28',
  ssn: '666-12-3489',
  address1: '4711 Quokka Boulevard',
  address2: 'Apt Xylophone',
  city: 'Zzyzxville',
  state: 'MT',
  zipcode: '59010-4711',
  phone: '+12025550147',
} as const;
const NAME = 'Wilhelmina-Theodora';

/** A verified person with what the interface told about them. */
async function aVerifiedPerson(profile: Readonly<Record<string, string>> = PROFILE) {
  const person = await aPerson(worker, { profile });
  return { ...person, personalKey: textOf(asObject(person.made), 'personal_key') };
}

const rememberKey = (key: string): void => {
  remember(`the personal key ${key}`, key);
  remember(`the personal key ${key}, normalised`, key.replaceAll('-', ''));
};
const keyOn = (browser: Browser): string =>
  /<code>([0-9A-Z-]{19})<\/code>/.exec(browser.view.html)?.[1] ?? '';

describe('PI-31 a verified identity', () => {
  it('rests nowhere in the clear: sign-in, change of password, reset, personal keys, deletion', {
    timeout: 60_000,
  }, async () => {
    for (const [field, value] of Object.entries(PROFILE))
      if (value.length > 5) remember(`the ${field}`, value);
    remember('the number without dashes', '666123489');
    const person = await aVerifiedPerson();
    rememberKey(person.personalKey);
    await expectNothingSeen('a profile');

    const browser = await signIn(person);
    await walk(browser, person);
    expect((await browser.open('/account')).text).toContain(NAME);
    rememberCookies(browser);
    await expectNothingSeen('a session with an open profile');
    await browser.open('/manage/password');
    const changed = remember('a password that carries the data key', 'thimble-harmonica-glacier');
    await browser.submit({ password: changed, password_confirmation: changed });
    const second = keyOn(browser);
    rememberKey(second);
    await expectNothingSeen('a personal key on the screen');
    await browser.submit({ acknowledged: '1' });

    const forgetful = fresh();
    await forgetful.open('/users/password/new');
    await forgetful.submit({ email: person.email });
    await settle();
    await forgetful.open(linkIn(await newestMail(worker, person.email), '/users/password/edit'));
    const reset = remember('a password that opens no profile', 'spinnaker-walnut-cathedral');
    await forgetful.submit({ password: reset, password_confirmation: reset });
    await expectNothingSeen('a locked profile');

    const later = await signIn({ ...person, password: reset });
    await walk(later, { ...person, password: reset });
    await later.open('/account/reactivate/verify_personal_key');
    await later.submit({ personal_key: second });
    expect(placeOf(later)).toBe('/account/reactivate/verify_password');
    await expectNothingSeen('a profile half reactivated');
    await later.submit({ 'current-password': reset });
    rememberKey(keyOn(later));
    await later.submit({ acknowledged: '1' });
    expect((await later.open('/account')).text).toContain(NAME);
    await expectNothingSeen('a reactivated profile');

    await later.open('/account/delete');
    await later.submit({ 'current-password': reset });
    await expectNothingSeen('deletion');
    for (const table of ['profiles', 'data_keys']) {
      const left = await env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE account = ?`)
        .bind(person.uuid)
        .first<number>('n');
      expect(left, `PI-20: ${table}`).toBe(0);
    }
  });

  it('PI-15 the dump and the root together do not open it; the personal key does', async () => {
    const person = await aVerifiedPerson();
    const keys = testKeys();
    const held = profilesIn(oneDatabase(env.DB), keys);
    const profile = await held.find(person.uuid);
    if (profile === null) throw new Error('no profile');
    expect(profile.wraps.map(({ kind }) => kind).sort()).toEqual(['password', 'personal_key']);
    const outer = await keys.open('profile', { owner: person.uuid, record: profile.id }, profile.sealed);
    expect(outer, 'the service key opens its own layer').not.toBeNull();
    const seen = new TextDecoder().decode(outer ?? new Uint8Array());
    // Two letters stand in any ciphertext by chance.
    for (const value of Object.values(PROFILE)) if (value.length > 5) expect(seen).not.toContain(value);
    for (const { kind, factor, wrapped } of profile.wraps) {
      const record = [profile.id, kind, factor].join('/');
      const layer = await keys.open('data-key', { owner: person.uuid, record }, wrapped);
      expect(layer).not.toBeNull();
      for (const at of [0, 12, 28])
        expect(
          await held.open(person.uuid, profile, {
            kind: 'password',
            key: (layer ?? new Uint8Array()).slice(at, at + 32),
          }),
        ).toEqual({ ok: false, error: { reason: 'wrong_key' } });
    }
    const key = readPersonalKey(person.personalKey);
    if (!key.ok) throw new Error('not a personal key');
    const opened = await held.open(person.uuid, profile, { kind: 'personal_key', key: key.value });
    expect(opened.ok && opened.value.identity.firstName).toBe(NAME);

    const other = await held.find((await aVerifiedPerson({ ...PROFILE, first_name: 'Benjamin' })).uuid);
    if (other === null) throw new Error('no profile');
    const closed = { ok: false, error: { reason: 'damaged' } };
    const opener = { kind: 'personal_key', key: key.value } as const;
    expect(
      await held.open(person.uuid, { ...other, wraps: profile.wraps }, opener),
      'another profile',
    ).toEqual(closed);
    expect(await held.open(person.uuid, { ...profile, sealed: other.sealed }, opener), 'other data').toEqual(
      closed,
    );
    const moved = profile.wraps.map((wrap) => ({ ...wrap, kind: 'password' as const }));
    const asPassword = { kind: 'password', key: new Uint8Array(32) } as const;
    const personal = moved.filter(({ salt }) => salt !== null);
    expect(await held.open(person.uuid, { ...profile, wraps: personal }, asPassword), 'another kind').toEqual(
      closed,
    );
  });

  it.each([
    ['profiles', 'sealed', 'id'],
    ['data_keys', 'wrapped', 'account'],
  ] as const)(
    'PI-7, PI-11 two people’s %s.%s exchanged: neither is shown, both are locked',
    async (table, column, key) => {
      const ann = await aVerifiedPerson();
      const ben = await aVerifiedPerson({ ...PROFILE, first_name: 'Benjamin' });
      if (table === 'profiles') {
        const profile = 'SELECT id FROM profiles WHERE account = ?';
        await swap(table, column, key, await idOf(profile, ann.uuid), await idOf(profile, ben.uuid));
      } else {
        await env.DB.prepare("DELETE FROM data_keys WHERE kind = 'personal_key'").run();
        await swap(table, column, key, ann.uuid, ben.uuid);
      }
      for (const person of [ann, ben]) {
        const browser = await signIn(person);
        await walk(browser, person);
        await browser.open('/account');
        expect(browser.view.text).toContain('Your verified information is locked.');
        expect(browser.view.text).not.toContain(NAME);
        expect(browser.view.text).not.toContain('Benjamin');
        await settle();
        expect((await profilesIn(oneDatabase(env.DB), testKeys()).find(person.uuid))?.deactivation).toBe(
          'encryption_error',
        );
        await browser.open('/account/reactivate/start');
        expect(browser.view.text).toContain('It may have been damaged.');
        await browser.open('/account/reactivate/verify_personal_key');
        await browser.submit({ personal_key: person.personalKey });
        expect(placeOf(browser)).toBe('/account/reactivate/start');
      }
    },
  );

  it('PI-7 an identity that turns out damaged closes in the browsers that had opened it before', async () => {
    const person = await aVerifiedPerson();
    const open = await signIn(person);
    await walk(open, person);
    await open.open('/account');
    expect(open.view.text).toContain(NAME);
    await env.DB.prepare(
      "UPDATE profiles SET sealed = substr(sealed, 1, length(sealed) - 8) || 'AAAAAAAA' WHERE account = ?",
    )
      .bind(person.uuid)
      .run();
    await walk(await signIn(person), person);
    await settle();
    await open.open('/account');
    expect(open.view.text).toContain('Your verified information is locked.');
    expect(open.view.text).not.toContain(NAME);
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

/** Columns in which tests above left values where they do not belong: those stay as they are. */
const TAMPERED: ReadonlySet<string> = new Set([
  'D1 emails.address',
  'D1 factors.secret',
  'D1 events.place',
  'D1 messages.body',
  'D1 profiles.sealed',
  'D1 data_keys.wrapped',
]);

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

  it('everything moves to the new root, a slice at a time, while people are on their way', {
    timeout: 60_000,
  }, async () => {
    const person = await aVerifiedPerson();
    const browser = await signIn(person);
    await walk(browser, person);
    const halfWay = await signIn(person);
    const keys = createKeyholder(
      new Map([
        [1, 'dGVzdC1vbmx5LXRlc3Qtb25seS10ZXN0LW9ubHkhISE'],
        [2, ROOT_2],
      ]),
    );
    const pick = oneDatabase(env.DB);
    let at = Date.now();
    for (let run = 0; run < 60; run += 1) {
      const { done, moved } = await reseal(pick, keys, at);
      expect(moved).toBeLessThanOrEqual(800);
      if (done) break;
      at += 86_400_000;
    }
    expect(await reseal(pick, keys, at)).toEqual({ moved: 0, failed: 0, done: true });
    const rootOne = async () => (await rootUse(pick)).find(({ root }) => root === 1);
    const peppered = (await rootOne())?.passwords ?? 0;
    expect(peppered).toBeGreaterThan(0);
    const old = (await dumpStores(env)).filter(
      ({ where, text }) => where.startsWith('D1 ') && /(^|\.)g1\.1\./.test(text),
    );
    const unreadable = new Set(old.map(({ where }) => where));
    expect([...unreadable].filter((where) => !TAMPERED.has(where))).toEqual([]);
    for (const [table, column] of [
      ['emails', 'address'],
      ['factors', 'secret'],
      ['profiles', 'sealed'],
      ['data_keys', 'wrapped'],
    ] as const) {
      const { results } = await env.DB.prepare(`SELECT ${column} AS value FROM ${table} WHERE account = ?`)
        .bind(person.uuid)
        .all<{ value: string }>();
      expect(results.length, table).toBeGreaterThan(0);
      expect(
        results.filter(({ value }) => !value.startsWith('g1.2.')),
        table,
      ).toEqual([]);
    }

    const moved = movedOn(browser);
    expect((await moved.open('/account')).text).toContain(NAME);
    const onTheWay = movedOn(halfWay);
    await onTheWay.open('/login/two_factor/backup_code');
    await onTheWay.submit({ code: person.backupCode() });
    expect((await onTheWay.open('/account')).text).toContain(NAME);
    const again = await signIn(person, later);
    await again.open('/login/two_factor/backup_code');
    await again.submit({ code: person.backupCode() });
    expect((await again.open('/account')).text, 'the password still opens the profile').toContain(NAME);
    await settle();
    expect((await rootOne())?.passwords, 'who signs in takes their password off the old root').toBe(
      peppered - 1,
    );
    const once = await signIn(person, later);
    await once.open('/login/two_factor/backup_code');
    await once.submit({ code: person.backupCode() });
    expect((await once.open('/account')).text, 'and does so after its record moved, too').toContain(NAME);
  });

  it('a deployment without the root that sealed opens nothing', async () => {
    const person = await aPerson(worker);
    const only = servedHere(envWith({ ROOT_1: '', ROOT_2 }));
    const browser = await signIn(person, only);
    expect(browser.view.status).toBeGreaterThanOrEqual(422);
    expect((await browser.open('/account')).url.pathname).toBe('/');
  });
});
