import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fromBase32 } from '../../src/factors/totp/base32.ts';
import { totpAt, totpStep } from '../../src/factors/totp/totp.ts';
import { type DevServer, startDevServer } from '../support/dev-server.ts';
import { asObject, textOf } from '../support/json.ts';
import { openBrowser } from './ui/gallery-site.ts';

let server: DevServer;
let context: BrowserContext;
let closeBrowser: () => Promise<void>;
let page: Page;
let devices: CDPSession;
let complaints: string[] = [];

beforeAll(async () => {
  server = await startDevServer();
}, 240_000);
afterAll(() => server?.stop());

beforeEach(async () => {
  ({ context, close: closeBrowser } = await openBrowser());
  page = await context.newPage();
  complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('status of 4'))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  devices = await context.newCDPSession(page);
  await devices.send('WebAuthn.enable', { enableUI: false });
});
afterEach(async () => {
  await closeBrowser();
  expect(complaints).toEqual([]);
});

/** Puts an authenticator into the browser: a key in a USB port, or the device's own. */
async function plugIn(transport: 'usb' | 'internal', present = true, prf = false): Promise<string> {
  const own = transport === 'internal';
  const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport,
      hasResidentKey: own,
      hasUserVerification: own,
      isUserVerified: own,
      automaticPresenceSimulation: present,
      ...(prf ? { ctap2Version: 'ctap2_1' as const, hasPrf: true } : {}),
    },
  });
  return authenticatorId;
}
/** From now on somebody touches the authenticator when asked, or nobody does. */
const touched = (authenticatorId: string, enabled: boolean) =>
  devices.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });

const at = (path: string): string => new URL(path, server.issuer).href;
const path = (): string => new URL(page.url()).pathname;
const arrives = (where: string) => page.waitForURL((url) => url.pathname === where);

interface Account {
  readonly email: string;
  readonly password: string;
  readonly code: () => string;
}

async function anAccount(
  factors: readonly string[] = ['totp'],
  more: Readonly<Record<string, unknown>> = {},
): Promise<Account> {
  const response = await fetch(at('/api/sandbox/v1/accounts'), {
    method: 'POST',
    headers: { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ factors, ...more }),
  });
  const made = asObject(await response.json());
  const secret = fromBase32(String(made.totp_secret)) ?? new Uint8Array();
  return {
    email: textOf(made, 'email'),
    password: textOf(made, 'password'),
    code: () => totpAt(secret, totpStep(Date.now())),
  };
}

async function givePassword({ email, password }: Account): Promise<void> {
  await page.goto(at('/'));
  await page.fill('#email', email);
  await page.fill('#password', password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/');
}

async function signIn(account: Account): Promise<void> {
  await givePassword(account);
  await page.fill('#code', account.code());
  await page.getByRole('button', { name: 'Continue' }).click();
  await arrives('/account');
}

/** Ends the session without a way back, as a new day would. */
const leave = (): Promise<void> => context.clearCookies();

async function addFaceUnlock(): Promise<void> {
  await page.goto(at('/webauthn_setup?platform=true'));
  await page.getByRole('button', { name: 'Add face or touch unlock' }).click();
  await arrives('/account');
}

describe('WA-1, WA-5 a security key in a USB port', () => {
  it('is added, and used after the password', async () => {
    const key = await plugIn('usb');
    const account = await anAccount();
    await signIn(account);
    await page.goto(at('/webauthn_setup'));
    await page.fill('#name', 'Blue key');
    await page.getByRole('button', { name: 'Add the security key' }).click();
    await arrives('/account');
    const { credentials } = await devices.send('WebAuthn.getCredentials', { authenticatorId: key });
    expect(credentials).toHaveLength(1);
    expect(credentials[0]?.rpId).toBe('localhost');
    expect(credentials[0]?.isResidentCredential).toBe(false);

    await leave();
    await givePassword(account);
    expect(path()).toBe('/login/two_factor/webauthn');
    await page.getByRole('button', { name: 'Use my security key' }).click();
    await arrives('/account');
  });

  it('asks for its name before it is touched', async () => {
    const key = await plugIn('usb');
    await signIn(await anAccount());
    await page.goto(at('/webauthn_setup'));
    await page.getByRole('button', { name: 'Add the security key' }).click();
    await page.getByText('Give this method a name.').first().waitFor();
    const { credentials } = await devices.send('WebAuthn.getCredentials', { authenticatorId: key });
    expect(credentials).toEqual([]);
  });

  it('that is in the account already is named as the reason', async () => {
    await plugIn('usb');
    await signIn(await anAccount());
    for (const name of ['First', 'Second']) {
      await page.goto(at('/webauthn_setup'));
      await page.fill('#name', name);
      await page.getByRole('button', { name: 'Add the security key' }).click();
      if (name === 'First') await arrives('/account');
    }
    await page.getByText('This key or device is in your account already.').waitFor();
    expect(path()).toBe('/webauthn_setup');
  });

  it('is not started by the page itself, and may be tried again after it was canceled', async () => {
    const key = await plugIn('usb');
    const account = await anAccount();
    await signIn(account);
    await page.goto(at('/webauthn_setup'));
    await page.fill('#name', 'Key');
    await page.getByRole('button', { name: 'Add the security key' }).click();
    await arrives('/account');
    const { credentials } = await devices.send('WebAuthn.getCredentials', { authenticatorId: key });
    const [credential] = credentials;
    if (credential === undefined) throw new Error('no credential was made');
    // A key that is not there: the browser gives up as if the person had canceled.
    await devices.send('WebAuthn.removeCredential', {
      authenticatorId: key,
      credentialId: credential.credentialId,
    });
    await leave();
    await givePassword(account);
    await page.waitForTimeout(500);
    expect(await page.locator('[data-problem]').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Use my security key' }).click();
    await page.getByText('That was canceled, or it took too long.').waitFor();
    expect(await page.getByRole('link', { name: 'Use another method' }).isVisible()).toBe(true);
    await devices.send('WebAuthn.addCredential', { authenticatorId: key, credential });
    await page.getByRole('button', { name: 'Use my security key' }).click();
    await arrives('/account');
  });
});

describe('WA-2 face or touch unlock where a security key was wanted', () => {
  it('leads to the page about it', async () => {
    await plugIn('usb');
    await signIn(await anAccount());
    await page.goto(at('/webauthn_setup'));
    await page.fill('#name', 'Key');
    // What a browser says that let a built-in device answer.
    await page.evaluate("AuthenticatorAttestationResponse.prototype.getTransports = () => ['internal']");
    await page.getByRole('button', { name: 'Add the security key' }).click();
    await arrives('/webauthn_setup_mismatch');
    await page.getByRole('button', { name: 'Keep it and continue' }).click();
    await arrives('/account');
  });
});

describe('MC-3, BT-1 face or touch unlock of this device', () => {
  it('is offered only where the browser has it', async () => {
    const account = await anAccount();
    await signIn(account);
    await page.goto(at('/authentication_methods_setup'));
    expect(await page.getByLabel('Face or touch unlock').count()).toBe(0);
    await plugIn('internal');
    await page.goto(at('/account'));
    await expect
      .poll(async () => (await context.cookies()).some(({ name }) => name === 'gh_platform'))
      .toBe(true);
    await page.goto(at('/authentication_methods_setup'));
    expect(await page.getByLabel('Face or touch unlock').count()).toBe(1);
  });

  it('signs in from the first page with one press, without address or password', async () => {
    const device = await plugIn('internal');
    await signIn(await anAccount());
    await addFaceUnlock();
    const { credentials } = await devices.send('WebAuthn.getCredentials', { authenticatorId: device });
    expect(credentials[0]?.isResidentCredential).toBe(true);
    // A browser that offers no passkeys in suggestions: there the button is the only way.
    await page.addInitScript('delete PublicKeyCredential.isConditionalMediationAvailable');
    await leave();
    await page.goto(at('/'));
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await arrives('/account');
  });

  it('is offered in the suggestions of the address field (conditional mediation)', async () => {
    const device = await plugIn('internal');
    await signIn(await anAccount());
    await addFaceUnlock();
    await touched(device, false);
    await leave();
    await page.goto(at('/'));
    await expect.poll(() => page.getAttribute('#email', 'autocomplete')).toBe('username webauthn');
    expect(path()).toBe('/');
    // Choosing the suggestion is what touching stands for here.
    await touched(device, true);
    // It leads on as soon as it can, perhaps before it was loaded as a whole.
    await page.reload({ waitUntil: 'commit' });
    await arrives('/account');
  });

  it('lets the password work while passkeys are offered', async () => {
    const device = await plugIn('internal', false);
    const account = await anAccount();
    await signIn(account);
    expect(path()).toBe('/account');
    await touched(device, true);
  });

  it('that does not recognise its owner signs nobody in', async () => {
    const device = await plugIn('internal');
    await signIn(await anAccount());
    await addFaceUnlock();
    await devices.send('WebAuthn.setUserVerified', { authenticatorId: device, isUserVerified: false });
    await leave();
    await page.goto(at('/'));
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByText('That was canceled, or it took too long.').waitFor();
    expect(path()).toBe('/');
  });
});

describe('BT-2 face or touch unlock with the PRF extension', () => {
  it.each([
    ['with it, opens verified data by itself once it was used beside the password', true],
    ['without it, leaves verified data to the password', false],
  ])('%s', async (_what, prf) => {
    const device = await plugIn('internal', true, prf);
    const account = await anAccount(['totp'], { profile: { first_name: 'Robin', last_name: 'Ferrymaster' } });
    await signIn(account);
    await addFaceUnlock();
    await leave();
    await touched(device, false);
    await givePassword(account);
    await page.goto(at('/login/two_factor/webauthn?platform=true'));
    await touched(device, true);
    await page.getByRole('button', { name: 'Use face or touch unlock' }).click();
    await arrives('/account');
    expect(await page.getByText('Robin Ferrymaster').count()).toBe(1);

    await leave();
    await page.goto(at('/'), { waitUntil: 'commit' });
    await arrives('/account');
    expect(await page.getByText('Robin Ferrymaster').count()).toBe(prf ? 1 : 0);
    expect(await page.getByText('Your verified information is encrypted').count()).toBe(prf ? 0 : 1);
  });
});

describe('WA-6, UX-13 without script', () => {
  it('says that a script is needed and shows the other ways', async () => {
    const { context: plain, close } = await openBrowser({ javaScriptEnabled: false });
    try {
      const quiet = await plain.newPage();
      const account = await anAccount(['totp', 'security_key']);
      await quiet.goto(at('/'));
      expect(await quiet.getByRole('button', { name: 'Sign in with a passkey' }).isVisible()).toBe(false);
      await quiet.fill('#email', account.email);
      await quiet.fill('#password', account.password);
      await quiet.getByRole('button', { name: 'Sign in', exact: true }).click();
      await quiet.waitForURL('**/login/two_factor/webauthn');
      expect(await quiet.locator('noscript .usa-alert').isVisible()).toBe(true);
      expect(await quiet.getByRole('button', { name: 'Use my security key' }).isVisible()).toBe(false);
      await quiet.getByRole('link', { name: 'Use another method' }).click();
      await quiet.waitForURL('**/login/two_factor/options');
    } finally {
      await close();
    }
  });
});

describe('UX-2 pages that only a ceremony leads to', () => {
  const violations = async (): Promise<readonly string[]> => {
    const found = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`);
  };

  it('have no axe violation: the other kind, in four languages', async () => {
    await plugIn('usb');
    await signIn(await anAccount());
    await page.goto(at('/webauthn_setup?platform=true'));
    await devices.send('WebAuthn.disable');
    await devices.send('WebAuthn.enable', { enableUI: false });
    await plugIn('internal');
    await page.evaluate("AuthenticatorAttestationResponse.prototype.getTransports = () => ['usb']");
    await page.getByRole('button', { name: 'Add face or touch unlock' }).click();
    await arrives('/webauthn_setup_mismatch');
    for (const locale of ['/en', '/es', '/fr', '/zh']) {
      await page.goto(at(`${locale}/webauthn_setup_mismatch`));
      expect(path()).toBe(`${locale}/webauthn_setup_mismatch`);
      expect(await violations()).toEqual([]);
    }
  });

  it('have no axe violation: after the browser gave up', async () => {
    await plugIn('internal', true);
    await page.goto(at('/'));
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByText('That was canceled, or it took too long.').waitFor();
    expect(await violations()).toEqual([]);
  });
});
