import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Hands } from './hands.ts';
import { authenticationApp } from './people.ts';
import { readQr } from './read-qr.ts';
import { newestMail, originOf, type Place } from './world.ts';

const PASSWORD = 'correct-violet-giraffe-lamp';
/** The button of a page's own task. */
const GO_ON = 'main form button:not([type=button])';
const SIGN_IN = 'form[action="/sign-in"] button';
/** The sample app that only asks people to sign in: it accepts remembered browsers. */
const PUBLIC_APP = '[name=authentication][value=pkce]';
const AAL2 = '[name=aal][value="http://idmanagement.gov/ns/assurance/aal/2"]';

/** Somebody who joined in a story, with what they keep. */
export interface Joined {
  readonly email: string;
  readonly password: string;
  /** A fresh code of their authentication app. */
  readonly code: () => Promise<string>;
  readonly backupCodes: readonly string[];
}

interface Scene {
  readonly place: Place;
  /** Origin of the sample app. */
  readonly sample: string;
  readonly page: Page;
  readonly hands: Hands;
}

const pathOf = (page: Page): string => new URL(page.url()).pathname;

/** SU-1 to SU-9, CO-1: from the sample app to a new account, to consent and back, signed in. */
export async function join({ place, sample, page, hands }: Scene, email: string): Promise<Joined> {
  await page.goto(sample);
  await hands.tick(PUBLIC_APP);
  await hands.go(SIGN_IN);
  expect(new URL(page.url()).origin).toBe(originOf(place));
  expect(await page.locator('.gh-header__app-name').innerText()).toMatch(/sample/i);
  await hands.go('main a[href*="/sign_up/enter_email"]');
  await hands.write('[autocomplete=email]', email);
  await hands.tick('[name=email_language][value=fr]');
  await hands.tick('[name=terms_accepted]');
  await hands.go(GO_ON);
  expect(pathOf(page)).toBe('/sign_up/verify_email');
  expect(await page.locator('main').innerText()).toContain(email);

  const { id, subject } = await newestMail(place, email);
  expect(subject, 'in the language that was chosen').toMatch(/confirmez/i);
  await page.goto(`${originOf(place)}/sandbox/inbox?to=${encodeURIComponent(email)}`);
  await hands.go(`main a[href$="/sandbox/inbox/${id}"]`);
  await hands.go('main a[href*="/sign_up/email/confirm"]');
  await hands.write('#password', PASSWORD);
  await hands.write('#password_confirmation', PASSWORD);
  await hands.go(GO_ON);

  expect(pathOf(page)).toMatch(/\/authentication_methods_setup$/);
  await hands.tick('[name=selection][value=totp]');
  await hands.tick('[name=selection][value=backup_codes]');
  await hands.go(GO_ON);
  const uri = new URL(await readQr(page.locator('.gh-qr')));
  expect(uri.protocol).toBe('otpauth:');
  expect(decodeURIComponent(uri.pathname)).toContain(email);
  const code = authenticationApp(uri.searchParams.get('secret') ?? '');
  await hands.write('#name', 'My phone');
  await hands.write('[autocomplete=one-time-code]', await code());
  await hands.go(GO_ON);
  expect(pathOf(page)).toMatch(/\/backup_code_setup$/);
  await hands.go(GO_ON);
  const backupCodes = await page.locator('.gh-codes code').allInnerTexts();
  expect(backupCodes).toHaveLength(10);
  await hands.go(GO_ON);

  expect(pathOf(page)).toMatch(/\/sign_up\/completed$/);
  expect(await page.locator('main').innerText(), 'what is shared, with its value').toContain(email);
  await hands.go(GO_ON);
  await seesClaims({ sample, page }, email);
  return { email, password: PASSWORD, code, backupCodes };
}

/** The sample app shows who signed in. */
async function seesClaims({ sample, page }: Pick<Scene, 'sample' | 'page'>, email: string): Promise<void> {
  await page.waitForURL(`${sample}/`);
  expect(await page.locator('h1').innerText()).toBe('You are signed in');
  const claims = page.locator('table', { hasText: 'Claims of userinfo' });
  expect(await claims.locator('tr:has(th:text-is("email")) td').innerText()).toBe(email);
}

/** LGO-1 to LGO-4: signs out at the sample app and, on the page that asks, here too. */
export async function leave({ place, sample, page, hands }: Scene): Promise<void> {
  await hands.go('form[action="/sign-out"] button');
  expect(page.url()).toContain(`${originOf(place)}/openid_connect/logout`);
  await hands.go(GO_ON);
  await page.waitForURL((url) => url.origin === sample);
  expect(await page.locator('[role=status]').innerText()).toContain('signed out here and at the identity');
}

async function beginAgain({ sample, page, hands }: Scene, joined: Joined, strong: boolean): Promise<void> {
  await page.goto(sample);
  await hands.tick(PUBLIC_APP);
  if (strong) await hands.tick(AAL2);
  await hands.go(SIGN_IN);
  expect(pathOf(page)).toBe('/');
  await hands.write('[autocomplete~=username]', joined.email);
  await hands.write('[autocomplete=current-password]', joined.password);
  await hands.go('form:has([autocomplete=current-password]) button');
}

/** RD-1: comes back with a code and has the browser remembered. */
export async function returnWithCode(scene: Scene, joined: Joined): Promise<void> {
  await beginAgain(scene, joined, false);
  expect(pathOf(scene.page)).toBe('/login/two_factor/authenticator');
  await scene.hands.write('[autocomplete=one-time-code]', await joined.code());
  if (!(await scene.page.isChecked('[name=remember_device]')))
    await scene.hands.tick('[name=remember_device]');
  await scene.hands.go(GO_ON);
  await seesClaims(scene, joined.email);
}

/** RD-2: the password is enough in a browser that is remembered. */
export async function returnRemembered(scene: Scene, joined: Joined): Promise<void> {
  await beginAgain(scene, joined, false);
  await seesClaims(scene, joined.email);
}

/** AL-3, RD-4: an app that wants two factors now is not content with that; a backup code does as well (FC-3). */
export async function returnToStrictApp(scene: Scene, joined: Joined): Promise<void> {
  const { page, hands } = scene;
  await beginAgain(scene, joined, true);
  expect(pathOf(page)).toBe('/login/two_factor/authenticator');
  await hands.go('main a[href$="/login/two_factor/options"]');
  await hands.tick('[name=selection][value=backup_codes]');
  await hands.go(GO_ON);
  await hands.write('[autocomplete=one-time-code]', joined.backupCodes[0] ?? '');
  await hands.go(GO_ON);
  await seesClaims(scene, joined.email);
}
