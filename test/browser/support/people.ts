import type { Page } from 'playwright-core';
import { fromBase32 } from '../../../src/factors/totp/base32.ts';
import { totpAt, totpStep } from '../../../src/factors/totp/totp.ts';
import { asObject, type JsonObject, textOf } from '../../support/json.ts';
import { api, originOf, type Place } from './world.ts';

/** Somebody with an account in a test world. */
export interface Person {
  readonly uuid: string;
  readonly email: string;
  readonly password: string;
  /** The next unused backup code. */
  readonly backupCode: () => string;
  /** Everything the interface told about the account. */
  readonly made?: JsonObject;
}

/** Makes an account through the sandbox interface, with an authentication app and backup codes unless told otherwise. */
export async function aPerson(place: Place, wish: Readonly<Record<string, unknown>> = {}): Promise<Person> {
  const made = asObject(
    await api(place, 'POST', '/api/sandbox/v1/accounts', { factors: ['totp', 'backup_codes'], ...wish }),
  );
  const codes = Array.isArray(made.backup_codes) ? [...made.backup_codes] : [];
  return {
    uuid: textOf(made, 'uuid'),
    email: textOf(made, 'email'),
    password: textOf(made, 'password'),
    made,
    backupCode: () => {
      const code: unknown = codes.shift();
      if (typeof code !== 'string') throw new Error('no backup code is left');
      return code;
    },
  };
}

/** An authentication app that was given a secret: it shows each code once and waits for the next when asked again. */
export function authenticationApp(base32: string): () => Promise<string> {
  const secret = fromBase32(base32);
  if (secret === null) throw new Error(`not a secret: ${base32}`);
  let last = 0;
  return async () => {
    // The server takes the code of the next step too, so at most one step is waited for.
    while (totpStep(Date.now()) + 1 <= last) await new Promise((resolve) => setTimeout(resolve, 250));
    last = Math.max(totpStep(Date.now()), last + 1);
    return totpAt(secret, last);
  };
}

/** Fills in address and password on the sign-in page and goes on. */
export async function enterPassword(page: Page, person: Pick<Person, 'email' | 'password'>): Promise<void> {
  await page.fill('[autocomplete~=username]', person.email);
  await page.fill('[autocomplete=current-password]', person.password);
  await Promise.all([
    page.waitForURL((url) => url.pathname !== '/'),
    page.locator('form:has([autocomplete=current-password]) button').click(),
  ]);
}

/** Proves the second factor with a backup code, without having the browser remembered. */
export async function enterBackupCode(place: Place, page: Page, person: Person): Promise<void> {
  await page.goto(`${originOf(place)}/login/two_factor/backup_code`);
  await page.fill('[autocomplete=one-time-code]', person.backupCode());
  await page.uncheck('[name=remember_device]');
  await Promise.all([
    page.waitForURL((url) => !url.pathname.includes('/two_factor/')),
    page.locator('form:has([autocomplete=one-time-code]) button').click(),
  ]);
}

/** Signs in completely, and ends at the account or where an app's question leads. */
export async function signIn(place: Place, page: Page, person: Person): Promise<void> {
  await page.goto(place.issuer);
  await enterPassword(page, person);
  await enterBackupCode(place, page, person);
}
