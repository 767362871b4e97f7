import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerPasskey } from '../../docs/examples/sign-in-script/answer-passkey.ts';
import { fromBase32 } from '../../src/factors/totp/base32.ts';
import { totpAt, totpStep } from '../../src/factors/totp/totp.ts';
import { anApp, type TestApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { asObject, textOf } from '../support/json.ts';
import { AAL, AUTH_ONLY, answerOf, claimsOf, question, redeem, tokensOf } from '../support/oidc.ts';
import { addPasskey, authenticatorOf, optionsOn, usePasskey } from '../support/passkey-pages.ts';
import { FLAGS, SoftwareAuthenticator } from '../support/software-authenticator.ts';
import { ORIGIN, startWorker, type TestWorker } from '../support/worker.ts';

/** Mail goes out after the response; on a busy machine that may be long after. */
const SOON = { timeout: 20_000, interval: 100 } as const;

let worker: TestWorker;
let app: TestApp;
beforeAll(async () => {
  worker = await startWorker();
  app = await anApp(worker);
});
afterAll(() => worker.close());

const RESISTANT = { acr_values: `${AUTH_ONLY} ${AAL}/2?phishing_resistant=true` };
const HINT = '__Host-gh_platform';

async function anAccount(...factors: readonly string[]) {
  const answer = await worker.api('POST', '/api/sandbox/v1/accounts', { factors });
  const text = await answer.text();
  expect(answer.status, text).toBe(201);
  const made = asObject(JSON.parse(text));
  const secret = typeof made.totp_secret === 'string' ? fromBase32(made.totp_secret) : null;
  const code = (ahead = 0): string => (secret === null ? '' : totpAt(secret, totpStep(worker.now()) + ahead));
  return {
    uuid: textOf(made, 'uuid'),
    email: textOf(made, 'email'),
    password: textOf(made, 'password'),
    code,
    /** Six digits that the app shows neither now nor in the minutes around. */
    wrongCode: () => {
      const shown = Array.from({ length: 21 }, (_, at) => code(at - 10));
      return ['000000', '111111', '222222'].find((one) => !shown.includes(one)) ?? '333333';
    },
    authenticator: made.credential === null ? null : authenticatorOf(made.credential),
  };
}
type Account = Awaited<ReturnType<typeof anAccount>>;

const authenticatorIn = (account: Account): SoftwareAuthenticator => {
  if (account.authenticator === null) throw new Error('the account has no credential');
  return account.authenticator;
};
const path = (browser: Browser): string => browser.view.url.pathname + browser.view.url.search;

async function withPassword(account: Account, at = '/'): Promise<Browser> {
  const browser = new Browser(worker);
  await browser.open(at);
  await browser.submit({ username: account.email, 'current-password': account.password });
  return browser;
}

async function withCode(account: Account, at = '/'): Promise<Browser> {
  const browser = await withPassword(account, at);
  expect(path(browser)).toBe('/login/two_factor/authenticator');
  await browser.submit({ 'one-time-code': account.code() });
  return browser;
}

const aKey = (
  more: Partial<ConstructorParameters<typeof SoftwareAuthenticator>[0]> = {},
): SoftwareAuthenticator =>
  new SoftwareAuthenticator({ origin: ORIGIN, transports: 'usb', flags: FLAGS.present, ...more });
const aPhone = (): SoftwareAuthenticator =>
  aKey({ transports: 'internal', flags: FLAGS.present | FLAGS.verified });

const mails = async (to: string): Promise<string> => {
  const answer = await worker.api('GET', `/api/sandbox/v1/messages?to=${encodeURIComponent(to)}`);
  return answer.text();
};

describe('WA-1 to WA-4 adding a security key', () => {
  it('asks the browser, stores the key under its name, tells the owner, and signs in with it', async () => {
    const account = await anAccount('totp');
    const browser = await withCode(account);
    await browser.open('/webauthn_setup');
    expect(optionsOn(browser.view)).toMatchObject({
      rp: { id: 'idp.test' },
      attestation: 'none',
      authenticatorSelection: { authenticatorAttachment: 'cross-platform' },
      excludeCredentials: [],
    });
    const key = aKey();
    await addPasskey(browser, key, { name: 'Blue key' });
    expect(path(browser)).toBe('/account');
    await browser.open('/account/two_factor_authentication');
    expect(browser.view.text).toContain('Blue key');
    await expect.poll(() => mails(account.email), SOON).toContain('Security key (Blue key)');

    const again = await withPassword(account);
    expect(path(again), 'FC-3: a key comes before an app').toBe('/login/two_factor/webauthn');
    expect(optionsOn(again.view)).toMatchObject({ allowCredentials: [{ id: key.id.toString('base64url') }] });
    await usePasskey(again, key);
    expect(path(again)).toBe('/account');
  });

  it('asks for a name before a key is touched, and numbers one that is taken (WA-3)', async () => {
    const account = await anAccount('totp');
    const browser = await withCode(account);
    await browser.open('/webauthn_setup');
    await addPasskey(browser, aKey(), { name: '   ' });
    expect(browser.view.status).toBe(422);
    for (let n = 0; n < 2; n += 1) {
      await browser.open('/webauthn_setup');
      await addPasskey(browser, aKey(), { name: 'Key' });
    }
    await browser.open('/account/two_factor_authentication');
    expect(browser.view.text).toContain('Key (2)');
  });

  it('takes a credential once, whoever asks', async () => {
    const key = aKey();
    for (const [account, status] of [
      [await anAccount('totp'), 200],
      [await anAccount('totp'), 422],
    ] as const) {
      const browser = await withCode(account);
      await browser.open('/webauthn_setup');
      await addPasskey(browser, key, { name: 'Key' });
      expect(browser.view.status).toBe(status);
    }
  });

  it('refuses the answer to another challenge, of another site, and none', async () => {
    const browser = await withCode(await anAccount('totp'));
    const key = aKey();
    for (const twist of [
      { challenge: 'AAAA' },
      { origin: 'https://evil.example' },
      { rpId: 'evil.example' },
    ]) {
      await browser.open('/webauthn_setup');
      const challenge = textOf(optionsOn(browser.view), 'challenge');
      await browser.submit({ ...key.register(challenge, twist), name: 'Key' });
      expect(browser.view.status).toBe(422);
      expect(browser.view.text).toContain('We could not check the answer');
    }
    await browser.submit({ name: 'Key' });
    expect(browser.view.status).toBe(422);
  });

  it('works only with script, says so, and shows the way to other methods (WA-6)', async () => {
    const browser = await withCode(await anAccount('totp'));
    await browser.open('/webauthn_setup');
    expect(browser.view.html).toMatch(/<noscript>/);
    expect(browser.view.html).toMatch(/<gh-passkey hidden/);
    expect(browser.link('Choose another method')).toContain('/authentication_methods_setup');
  });
});

describe('WA-5 using a security key or face and touch unlock', () => {
  it('lets a refused answer be tried again, and counts none of them (TR-6)', async () => {
    const account = await anAccount('totp', 'security_key');
    const browser = await withPassword(account);
    for (let n = 0; n < 12; n += 1) {
      await usePasskey(browser, authenticatorIn(account), { challenge: 'AAAA' });
      expect(browser.view.status).toBe(422);
    }
    expect(browser.link('Use another method')).toContain('/login/two_factor/options');
    await usePasskey(browser, authenticatorIn(account));
    expect(path(browser)).toBe('/account');
  });

  it('asks face and touch to verify, a security key not', async () => {
    const account = await anAccount('totp', 'platform_passkey');
    const browser = await withPassword(account);
    await browser.open('/login/two_factor/webauthn?platform=true');
    expect(optionsOn(browser.view)).toMatchObject({ userVerification: 'required' });
    await usePasskey(browser, authenticatorIn(account), { flags: FLAGS.present });
    expect(browser.view.status).toBe(422);
    await usePasskey(browser, authenticatorIn(account));
    expect(path(browser)).toBe('/account');
  });

  it('refuses the key of somebody else', async () => {
    const browser = await withPassword(await anAccount('totp', 'security_key'));
    await usePasskey(browser, authenticatorIn(await anAccount('totp', 'security_key')));
    expect(browser.view.status).toBe(422);
  });

  it('takes one of many simultaneous uses of one answer', async () => {
    const account = await anAccount('totp', 'security_key');
    const browser = await withPassword(account);
    const fields = authenticatorIn(account).assert(textOf(optionsOn(browser.view), 'challenge'));
    const csrf = /name="csrf" value="([^"]+)"/.exec(browser.view.html)?.[1] ?? '';
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const post = () =>
      worker.fetch('/login/two_factor/webauthn', {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ ...fields, csrf }).toString(),
      });
    const answers = await Promise.all(Array.from({ length: 8 }, post));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    const late = await post();
    expect(late.status).not.toBe(303);
  });

  it('leads somebody whose account is locked to the lock page (FC-2)', async () => {
    const account = await anAccount('totp', 'security_key');
    const waiting = await withPassword(account);
    const wrong = await withPassword(account);
    await wrong.open('/login/two_factor/authenticator');
    for (let n = 0; n < 10; n += 1) await wrong.submit({ 'one-time-code': account.wrongCode() });
    expect(wrong.view.status).toBe(429);
    await usePasskey(waiting, authenticatorIn(account));
    expect(waiting.view.status).toBe(429);
  });
});

describe('AL-3, AL-4 an app that asks for a phishing-resistant method', () => {
  it('has one set up on the way, limited to what qualifies, with a way back', async () => {
    const account = await anAccount('totp');
    const asked = question(app, RESISTANT);
    const browser = await withCode(account, asked.url);
    expect(path(browser)).toBe('/authentication_methods_setup');
    expect(browser.view.text).toContain('Security key');
    expect(browser.view.text).not.toContain('Authentication app');
    expect(browser.view.text).not.toContain('Backup codes');
    expect(browser.link('Back to Parks')).toContain('/redirect/return_to_sp/cancel');
    await browser.submit({ selection: 'security_key' });
    expect(path(browser)).toBe('/webauthn_setup');
    await addPasskey(browser, aKey(), { name: 'Key' });
    expect(path(browser)).toBe('/sign_up/completed');
    await browser.submit();
    const { code } = answerOf(browser.view);
    const { claims } = await tokensOf(await redeem(worker, { ...asked, code }));
    expect(claims.aal).toBe(`${AAL}/2?phishing_resistant=true`);
  });

  it('gets nothing for a code of an app when the person has a key (MFA-3)', async () => {
    const account = await anAccount('totp', 'security_key');
    const browser = await withPassword(account, question(app, RESISTANT).url);
    expect(path(browser)).toBe('/login/two_factor/webauthn');
    await browser.open('/login/two_factor/authenticator');
    expect(path(browser), 'only what qualifies is offered').toBe('/login/two_factor/options');
    expect(browser.view.text).not.toContain('Authentication app');
    await browser.open('/login/two_factor/webauthn');
    await usePasskey(browser, authenticatorIn(account));
    expect(path(browser)).toBe('/sign_up/completed');
  });
});

describe('MC-2, MC-3 face or touch unlock alone', () => {
  it('is offered where the browser reports it, and asks for a second kind before anything else', async () => {
    const account = await anAccount();
    const browser = await withPassword(account);
    expect(path(browser)).toBe('/authentication_methods_setup');
    expect(browser.view.html).not.toContain('value="platform_passkey"');
    browser.cookies.set(HINT, '1');
    await browser.open('/authentication_methods_setup');
    await browser.submit({ selection: 'platform_passkey' });
    expect(path(browser)).toBe('/webauthn_setup?platform=true');
    await addPasskey(browser, aPhone());
    expect(path(browser)).toBe('/authentication_methods_setup');
    expect(browser.view.text).toContain('Firefox 140 on Linux');
    await browser.open('/continue');
    expect(path(browser)).toBe('/authentication_methods_setup');
    await browser.submit({ selection: 'backup_codes' });
    await browser.submit();
    await browser.submit();
    expect(path(browser)).toBe('/account');
  });
});

describe('WA-2 a credential of the other kind', () => {
  it('is talked about, and kept', async () => {
    const browser = await withCode(await anAccount('totp'));
    await browser.open('/webauthn_setup');
    await addPasskey(browser, aPhone(), { name: 'My key' });
    expect(path(browser)).toBe('/webauthn_setup_mismatch');
    expect(browser.view.text).toContain('You added face or touch unlock');
    await browser.submit({ choice: 'keep' });
    expect(path(browser)).toBe('/account');
    await browser.open('/webauthn_setup_mismatch');
    expect(path(browser)).toBe('/account');
  });

  it('is taken back even when it is the only method', async () => {
    const account = await anAccount();
    const browser = await withPassword(account);
    await browser.open('/webauthn_setup?platform=true');
    await addPasskey(browser, aKey({ flags: FLAGS.present | FLAGS.verified }));
    expect(browser.view.text).toContain('You added a security key');
    await browser.submit({ choice: 'retry' });
    expect(path(browser)).toBe('/webauthn_setup?platform=true');
    await browser.open('/continue');
    expect(path(browser)).toBe('/authentication_methods_setup');
  });
});

describe('MM-1 to MM-3 managing keys', () => {
  const manage = async (browser: Browser): Promise<string> => {
    await browser.open('/account/two_factor_authentication');
    const address = /href="(\/manage\/webauthn\/[^"]+)"/.exec(browser.view.html)?.[1];
    if (address === undefined) throw new Error('no key to manage');
    return address;
  };

  it('renames, and removes with a mail', async () => {
    const account = await anAccount('totp', 'security_key');
    const browser = await withPassword(account);
    await usePasskey(browser, authenticatorIn(account));
    const address = await manage(browser);
    await browser.open(address);
    await browser.submit({ name: 'Green key' });
    expect(browser.view.text).toContain('Green key');
    await browser.open(`${address}/confirm_delete`);
    await browser.submit();
    expect(browser.view.text).not.toContain('Green key');
    await expect.poll(() => mails(account.email), SOON).toContain('Security key (Green key)');
    const again = await withPassword(account);
    expect(path(again)).toBe('/login/two_factor/authenticator');
  });

  it('keeps the last method, and whatever stands beside face or touch unlock', async () => {
    const alone = await anAccount('security_key');
    const browser = await withPassword(alone);
    await usePasskey(browser, authenticatorIn(alone));
    const address = await manage(browser);
    await browser.open(`${address}/confirm_delete`);
    expect(browser.view.status).toBe(409);
    await browser.open('/webauthn_setup?platform=true');
    await addPasskey(browser, aPhone());
    await browser.open(`${address}/confirm_delete`);
    expect(browser.view.status).toBe(409);
  });

  it('shows nobody the key of somebody else', async () => {
    const owner = await anAccount('totp', 'security_key');
    const first = await withPassword(owner);
    await usePasskey(first, authenticatorIn(owner));
    const address = await manage(first);
    const other = await withCode(await anAccount('totp'));
    await other.open(address);
    expect(other.view.status).toBe(404);
  });
});

describe('BT-1 passkey-first sign-in', () => {
  const first = async (at = '/'): Promise<Browser> => {
    const browser = new Browser(worker);
    await browser.open(at);
    expect(browser.view.url.pathname).toBe('/');
    return browser;
  };

  it('opens the account with one gesture, and tells about a new browser', async () => {
    const account = await anAccount('totp', 'platform_passkey');
    const browser = await first();
    expect(optionsOn(browser.view)).toMatchObject({
      rpId: 'idp.test',
      allowCredentials: [],
      userVerification: 'required',
    });
    await usePasskey(browser, authenticatorIn(account));
    expect(path(browser)).toBe('/account');
    await expect.poll(() => mails(account.email), SOON).toContain('New sign-in to your account');
    await browser.open('/account/history');
    expect(browser.view.text).toContain('Signed in with a second method');
    expect(browser.view.text).not.toContain('Password entered');
    await browser.open('/account/sessions');
    expect(browser.view.status).toBe(200);
  });

  it('meets a phishing-resistant request at once', async () => {
    const account = await anAccount('totp', 'platform_passkey');
    const asked = question(app, RESISTANT);
    const browser = await first(asked.url);
    await usePasskey(browser, authenticatorIn(account));
    expect(path(browser)).toBe('/sign_up/completed');
    await browser.submit();
    const { code } = answerOf(browser.view);
    const { idToken } = await tokensOf(await redeem(worker, { ...asked, code }));
    expect(claimsOf(idToken)).toMatchObject({
      aal: `${AAL}/2?phishing_resistant=true`,
      email: account.email,
    });
  });

  it('works for the script of the examples', async () => {
    const answer = await worker.api('POST', '/api/sandbox/v1/accounts', {
      factors: ['totp', 'platform_passkey'],
    });
    const told = asObject(asObject(await answer.json()).credential);
    const credential = {
      id: textOf(told, 'id'),
      private_key_jwk: { ...asObject(told.private_key_jwk) },
      rp_id: textOf(told, 'rp_id'),
      user_handle: textOf(told, 'user_handle'),
    };
    const browser = await first();
    await browser.submit(answerPasskey(credential, textOf(optionsOn(browser.view), 'challenge'), ORIGIN));
    expect(path(browser)).toBe('/account');
  });

  it('works with a discoverable security key too', async () => {
    const account = await anAccount('totp', 'security_key');
    const browser = await first();
    await usePasskey(browser, authenticatorIn(account));
    expect(path(browser)).toBe('/account');
  });

  it.each([
    ['without verification', { flags: FLAGS.present }],
    ['for another site', { rpId: 'evil.example' }],
    ['from another site', { origin: 'https://evil.example' }],
    ['to another challenge', { challenge: 'AAAA' }],
  ])('refuses an answer %s', async (_what, twist) => {
    const account = await anAccount('totp', 'platform_passkey');
    const browser = await first();
    await usePasskey(browser, authenticatorIn(account), twist);
    expect(browser.view.status).toBe(422);
    expect(browser.view.text).toContain('We could not sign you in with this passkey');
    await usePasskey(browser, authenticatorIn(account));
    expect(path(browser)).toBe('/account');
  });

  it('refuses an unknown passkey, and one that names another user or none', async () => {
    const account = await anAccount('totp', 'platform_passkey');
    const other = await anAccount('totp', 'platform_passkey');
    const browser = await first();
    await usePasskey(browser, aPhone());
    expect(browser.view.status).toBe(422);
    const own = authenticatorIn(account);
    for (const handle of [authenticatorIn(other).userHandle, null]) {
      const confused = new SoftwareAuthenticator({
        origin: ORIGIN,
        id: own.id,
        privateKey: own.pair.privateKey,
      });
      confused.userHandle = handle;
      await usePasskey(browser, confused);
      expect(browser.view.status).toBe(422);
    }
  });

  it('refuses an answer a second time, in this browser and in another', async () => {
    const account = await anAccount('totp', 'platform_passkey');
    const browser = await first();
    const before = new Map(browser.cookies);
    const fields = authenticatorIn(account).assert(textOf(optionsOn(browser.view), 'challenge'));
    const csrf = /name="csrf" value="([^"]+)"/.exec(browser.view.html)?.[1] ?? '';
    const post = (cookies: ReadonlyMap<string, string>) =>
      worker.fetch('/login/passkey', {
        method: 'POST',
        headers: {
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({ ...fields, csrf }).toString(),
      });
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(before)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect((await post(before)).status).toBe(422);

    const stranger = await first();
    const mixed = new Map([...stranger.cookies, ...[...before].filter(([name]) => name.includes('passkey'))]);
    expect((await post(mixed)).status, 'the challenge belongs to one visit').toBe(403);
  });

  it('stays shut while the account is locked (FC-2)', async () => {
    const account = await anAccount('totp', 'platform_passkey');
    const wrong = await withPassword(account);
    await wrong.open('/login/two_factor/authenticator');
    for (let n = 0; n < 10; n += 1) await wrong.submit({ 'one-time-code': account.wrongCode() });
    expect(wrong.view.status).toBe(429);
    const browser = await first();
    await usePasskey(browser, authenticatorIn(account));
    expect(browser.view.status).toBe(429);
    expect(browser.view.text).toContain('Your account is locked for a while');
  });
});
