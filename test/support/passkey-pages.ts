import { createPrivateKey } from 'node:crypto';
import type { Browser, View } from './browser.ts';
import { asObject, type JsonObject, textOf } from './json.ts';
import { ORIGIN } from './served.ts';
import { SoftwareAuthenticator, type Twist } from './software-authenticator.ts';

/** What a page asks the browser's WebAuthn for; of several ceremonies on a page the first. */
export function optionsOn(view: View): JsonObject {
  const written = /<gh-passkey[^>]*\sdata-options="([^"]*)"/.exec(view.html)?.[1];
  if (written === undefined)
    throw new Error(`no ceremony at ${view.url.pathname}: ${view.text.slice(0, 300)}`);
  return asObject(JSON.parse(written.replaceAll('&quot;', '"').replaceAll('&amp;', '&')));
}

const userHandleIn = (options: JsonObject): string => textOf(asObject(options.user), 'id');

/** Answers the set-up page before the browser. */
export function addPasskey(
  browser: Browser,
  authenticator: SoftwareAuthenticator,
  more: Readonly<Record<string, string>> = {},
): Promise<View> {
  const options = optionsOn(browser.view);
  authenticator.userHandle = userHandleIn(options);
  return browser.submit({ ...authenticator.register(textOf(options, 'challenge')), ...more });
}

/** Answers the sign-in page, or the second-factor page, before the browser. */
export const usePasskey = (
  browser: Browser,
  authenticator: SoftwareAuthenticator,
  twist: Twist = {},
): Promise<View> => browser.submit(authenticator.assert(textOf(optionsOn(browser.view), 'challenge'), twist));

/** The authenticator behind a credential the sandbox made. */
export function authenticatorOf(credential: unknown): SoftwareAuthenticator {
  const told = asObject(credential);
  const { kty, crv, x, y, d } = asObject(told.private_key_jwk);
  const key = { kty: String(kty), crv: String(crv), x: String(x), y: String(y), d: String(d) };
  return new SoftwareAuthenticator({
    origin: ORIGIN,
    id: Buffer.from(textOf(told, 'id'), 'base64url'),
    privateKey: createPrivateKey({ format: 'jwk', key }),
    userHandle: textOf(told, 'user_handle'),
  });
}
