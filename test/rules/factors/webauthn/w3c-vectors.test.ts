import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { WebauthnCredential } from '../../../../src/factors/webauthn/model.ts';
import { verifyAssertion } from '../../../../src/factors/webauthn/verify-assertion.ts';
import { verifyRegistration } from '../../../../src/factors/webauthn/verify-registration.ts';
import type { Result } from '../../../../src/kernel/result.ts';
import { NOW } from './ceremonies.ts';
import { FOLDER, hex, type Vector, vector } from './vectors.ts';

/** Ceremonies we refuse although they are well formed, and with what word. */
const REFUSED: Readonly<Record<string, string>> = {
  // Our pages are never framed, so nobody honest answers from a frame.
  'none-es256-crossOrigin': 'wrong_origin',
  'none-es256-topOrigin': 'wrong_origin',
  // Neither asked for (WA-1) nor known to WebCrypto.
  'packed-ed448': 'unsupported_algorithm',
};

const ALL = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length));

const register = ({ rp_id, origin, registration }: Vector) =>
  verifyRegistration(
    {
      clientData: hex(registration.client_data_json),
      attestationObject: hex(registration.attestation_object),
      transports: [],
    },
    {
      party: { id: rp_id, origin },
      challenge: hex(registration.challenge),
      userVerification: 'discouraged',
    },
  );

const authenticate = (
  { rp_id, origin, registration, authentication }: Vector,
  credential: WebauthnCredential,
  signature = hex(authentication.signature),
) =>
  verifyAssertion(
    {
      credentialId: hex(registration.credential_id),
      clientData: hex(authentication.client_data_json),
      authenticatorData: hex(authentication.authenticator_data),
      signature,
      userHandle: null,
    },
    credential,
    {
      party: { id: rp_id, origin },
      challenge: hex(authentication.challenge),
      challengeAt: NOW,
      userVerification: 'discouraged',
      userHandle: '',
      handleRequired: false,
      now: NOW,
    },
  );

function taken<T>(result: Result<T, { readonly reason: string }>): T {
  if (!result.ok) throw new Error(result.error.reason);
  return result.value;
}

describe('WebAuthn Level 3 test vectors, every ceremony', () => {
  it('all fifteen are here', () => {
    expect(ALL).toHaveLength(15);
  });

  for (const name of ALL.filter((one) => !(one in REFUSED))) {
    it(`${name} registers and signs in, whatever its attestation says`, async () => {
      const one = vector(name);
      const credential = taken(register(one));
      expect(Buffer.from(credential.id, 'base64url').toString('hex')).toBe(one.registration.credential_id);
      expect(Buffer.from(credential.aaguid, 'base64url').toString('hex')).toBe(one.registration.aaguid);
      expect((await authenticate(one, credential)).ok).toBe(true);
    });

    it(`${name} does not sign in with one bit of its signature changed`, async () => {
      const one = vector(name);
      const signature = hex(one.authentication.signature);
      const last = signature.length - 1;
      signature[last] = (signature[last] ?? 0) ^ 1;
      expect(await authenticate(one, taken(register(one)), signature)).toEqual({
        ok: false,
        error: { reason: 'wrong_signature' },
      });
    });
  }

  for (const [name, reason] of Object.entries(REFUSED)) {
    it(`${name} is refused: ${reason}`, () => {
      expect(register(vector(name))).toEqual({ ok: false, error: { reason } });
    });
  }
});
