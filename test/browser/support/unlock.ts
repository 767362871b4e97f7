import { createPrivateKey } from 'node:crypto';
import type { Page } from 'playwright-core';
import { asObject, type JsonObject, textOf } from '../../support/json.ts';
import { press } from './inspect.ts';
import { mailedLink, originOf, type Place } from './world.ts';

/** Signs in at the first page with a passkey the sandbox made, in a virtual authenticator that is taken away again. */
export async function signInWithSoftware(place: Place, page: Page, credential: JsonObject): Promise<void> {
  const { kty, crv, x, y, d } = asObject(credential.private_key_jwk);
  const key = { kty: String(kty), crv: String(crv), x: String(x), y: String(y), d: String(d) };
  const pkcs8 = createPrivateKey({ format: 'jwk', key }).export({ format: 'der', type: 'pkcs8' });
  const devices = await page.context().newCDPSession(page);
  await devices.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const standard = (text: string): string => Buffer.from(text, 'base64url').toString('base64');
  await devices.send('WebAuthn.addCredential', {
    authenticatorId,
    credential: {
      credentialId: standard(textOf(credential, 'id')),
      isResidentCredential: true,
      rpId: textOf(credential, 'rp_id'),
      privateKey: pkcs8.toString('base64'),
      userHandle: standard(textOf(credential, 'user_handle')),
      signCount: 0,
    },
  });
  // The suggestion is taken as soon as the page offers it, since somebody touches this authenticator all the time.
  await page.goto(originOf(place), { waitUntil: 'commit' });
  await page.waitForURL((url) => url.pathname === '/account');
  await devices.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
  await devices.detach();
}

/** Replaces a forgotten password through the mailbox; gives the new one. */
export async function resetPassword(place: Place, page: Page, email: string): Promise<string> {
  const password = 'walnut-cathedral-spinnaker';
  await page.goto(`${originOf(place)}/users/password/new`);
  await page.fill('#email', email);
  await press(page);
  await page.goto(await mailedLink(place, email, '/users/password/edit'));
  await page.fill('#password', password);
  await page.fill('#password_confirmation', password);
  await press(page);
  return password;
}
