import { expect } from 'vitest';
import { fromBase32 } from '../../src/factors/totp/base32.ts';
import { totpAt, totpStep } from '../../src/factors/totp/totp.ts';
import { Browser } from './browser.ts';
import type { CardWorld, Presented } from './cards.ts';
import { asObject, textOf } from './json.ts';

/** Somebody with an account, and what they have to sign in. */
export interface CardPerson {
  readonly uuid: string;
  readonly email: string;
  readonly password: string;
  /** A code of their authentication app; `ahead` of this many steps. */
  readonly code: (ahead?: number) => string;
  readonly card: Presented;
}

const NO_CARD: Presented = { certificatePem: '', keyPem: '' };

/** Makes an account with these factors. */
export async function aCardPerson(
  { worker }: CardWorld,
  factors: readonly string[],
  email?: string,
): Promise<CardPerson> {
  const body = { factors, ...(email === undefined ? {} : { email }) };
  const answer = await worker.api('POST', '/api/sandbox/v1/accounts', body);
  const text = await answer.text();
  expect(answer.status, text).toBe(201);
  const made = asObject(JSON.parse(text));
  const secret = typeof made.totp_secret === 'string' ? fromBase32(made.totp_secret) : null;
  const piv = made.piv === null ? null : asObject(made.piv);
  return {
    uuid: textOf(made, 'uuid'),
    email: textOf(made, 'email'),
    password: textOf(made, 'password'),
    code: (ahead = 0) => (secret === null ? '' : totpAt(secret, totpStep(worker.now()) + ahead)),
    card:
      piv === null
        ? NO_CARD
        : {
            certificatePem: textOf(piv, 'certificate'),
            chainPem: textOf(piv, 'chain'),
            keyPem: textOf(piv, 'private_key'),
          },
  };
}

/** A browser past the password. */
export async function withPassword(
  { worker }: CardWorld,
  { email, password }: CardPerson,
  at = '/',
): Promise<Browser> {
  const browser = new Browser(worker);
  await browser.open(at);
  await browser.submit({ username: email, 'current-password': password });
  return browser;
}

/** A browser past the password and a code of the authentication app. */
export async function withCode(world: CardWorld, person: CardPerson, at = '/'): Promise<Browser> {
  const browser = await withPassword(world, person, at);
  await browser.open('/login/two_factor/authenticator');
  await browser.submit({ 'one-time-code': person.code() });
  return browser;
}

/** Presses the button of the page that asks for a card, and puts this one in the reader. */
export async function presentCard(world: CardWorld, browser: Browser, card: Presented | null): Promise<void> {
  await browser.submit({}, ({ action }) => /piv_cac/.test(action));
  await world.present(browser, card);
}

/** Adds a card to the account somebody is signed in to. */
export async function addCard(
  world: CardWorld,
  browser: Browser,
  card: Presented,
  name: string,
): Promise<void> {
  await browser.open('/piv_cac');
  await browser.submit({ name });
  await world.present(browser, card);
}

export const pathOf = (browser: Browser): string => browser.view.url.pathname;
