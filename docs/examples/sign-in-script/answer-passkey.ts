/**
 * Plays the authenticator of a test account: answers a WebAuthn request with the credential that the sandbox gave out
 * (`POST /api/sandbox/v1/accounts` with `"factors": ["platform_passkey"]` or `["security_key"]`). Node 22.18 or newer,
 * no packages.
 *
 * The page asks in the `data-options` attribute of its `gh-passkey` element, as JSON; what this returns are the fields
 * its form sends. The same answer works at `/login/passkey` (instead of a password) and `/login/two_factor/webauthn`.
 */
import { createHash, createPrivateKey, type JsonWebKey, sign } from 'node:crypto';

/** As in the answer of the sandbox. */
export interface SandboxCredential {
  readonly id: string;
  readonly private_key_jwk: JsonWebKey;
  readonly rp_id: string;
  readonly user_handle: string;
}

const sha256 = (data: Buffer | string): Buffer => createHash('sha256').update(data).digest();

/**
 * The form fields of an answer. `challenge` is the one in the page's options, `origin` that of the page, without a
 * trailing slash. The user counts as present and verified; the counter stays at zero, as that of synced passkeys does.
 */
export function answerPasskey(
  credential: SandboxCredential,
  challenge: string,
  origin: string,
): Readonly<Record<string, string>> {
  const clientData = Buffer.from(
    JSON.stringify({ type: 'webauthn.get', challenge, origin, crossOrigin: false }),
  );
  const presentAndVerified = Buffer.from([0x05]);
  const counter = Buffer.alloc(4);
  const authenticatorData = Buffer.concat([sha256(credential.rp_id), presentAndVerified, counter]);
  const key = createPrivateKey({ format: 'jwk', key: credential.private_key_jwk });
  const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(clientData)]), key);
  return {
    credential_id: credential.id,
    client_data_json: clientData.toString('base64url'),
    authenticator_data: authenticatorData.toString('base64url'),
    signature: signature.toString('base64url'),
    user_handle: credential.user_handle,
  };
}
