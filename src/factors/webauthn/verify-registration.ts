import { toBase64Url } from '../../kernel/bytes.ts';
import { equalSecrets, sha256 } from '../../kernel/crypto.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { type AuthenticatorDataRefusal, readAuthenticatorData } from './authenticator-data.ts';
import { isCborMap, readCbor } from './cbor.ts';
import { type ClientDataRefusal, checkClientData } from './client-data.ts';
import { type CoseKeyRefusal, readCoseKey } from './cose-key.ts';
import { knownTransports } from './credential.ts';
import type { WebauthnCredential } from './model.ts';
import type { RelyingParty } from './relying-party.ts';

/** What the browser sent after `navigator.credentials.create`. */
export interface RegistrationResponse {
  readonly clientData: Uint8Array;
  readonly attestationObject: Uint8Array;
  readonly transports: readonly string[];
}

export interface RegistrationExpectation {
  readonly party: RelyingParty;
  readonly challenge: Uint8Array;
  readonly userVerification: 'required' | 'discouraged';
}

export type RegistrationRefusal =
  | ClientDataRefusal
  | AuthenticatorDataRefusal
  | CoseKeyRefusal
  | {
      readonly reason:
        | 'malformed_attestation'
        | 'wrong_relying_party'
        | 'user_not_present'
        | 'user_not_verified';
    };

/**
 * WebAuthn section 7.1, registering a new credential. Attestation is neither asked for nor believed (WA-1): any format
 * is taken and its statement ignored. Whether the credential is new is for the caller to look up.
 */
export function verifyRegistration(
  response: RegistrationResponse,
  { party, challenge, userVerification }: RegistrationExpectation,
): Result<WebauthnCredential, RegistrationRefusal> {
  const asked = { type: 'webauthn.create', challenge, origin: party.origin } as const;
  const client = checkClientData(response.clientData, asked);
  if (!client.ok) return client;

  const object = readCbor(response.attestationObject);
  const whole =
    object.ok && object.value.end === response.attestationObject.length ? object.value.value : undefined;
  const bytes = isCborMap(whole) ? whole.get('authData') : undefined;
  if (!isCborMap(whole) || typeof whole.get('fmt') !== 'string' || !(bytes instanceof Uint8Array)) {
    return err({ reason: 'malformed_attestation' });
  }
  const data = readAuthenticatorData(bytes);
  if (!data.ok) return data;
  const { rpIdHash, userPresent, userVerified, backupEligible, backedUp, signCount, attested } = data.value;
  if (!equalSecrets(rpIdHash, sha256(party.id))) return err({ reason: 'wrong_relying_party' });
  if (!userPresent) return err({ reason: 'user_not_present' });
  if (userVerification === 'required' && !userVerified) return err({ reason: 'user_not_verified' });
  if (attested === null) return err({ reason: 'malformed_authenticator_data' });
  const key = readCoseKey(attested.publicKey);
  if (!key.ok) return key;
  return ok({
    id: toBase64Url(attested.credentialId),
    publicKey: toBase64Url(attested.publicKey),
    transports: knownTransports(response.transports),
    aaguid: toBase64Url(attested.aaguid),
    userVerified,
    backupEligible,
    backedUp,
    signCount,
    lastChallengeAt: null,
    counterFellAt: null,
  });
}
