import { concat, fromBase64Url, toBase64Url } from '../../kernel/bytes.ts';
import { equalSecrets, sha256 } from '../../kernel/crypto.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import { type AuthenticatorDataRefusal, readAuthenticatorData } from './authenticator-data.ts';
import { type ClientDataRefusal, checkClientData } from './client-data.ts';
import { readCoseKey, verifyWithCoseKey } from './cose-key.ts';
import type { WebauthnCredential } from './model.ts';
import type { RelyingParty } from './relying-party.ts';

/** What the browser sent after `navigator.credentials.get`. */
export interface AssertionResponse {
  readonly credentialId: Uint8Array;
  readonly clientData: Uint8Array;
  readonly authenticatorData: Uint8Array;
  readonly signature: Uint8Array;
  /** Null when the authenticator gave none, as it may for credentials that were listed. */
  readonly userHandle: Uint8Array | null;
}

export interface AssertionExpectation {
  readonly party: RelyingParty;
  readonly challenge: Uint8Array;
  readonly challengeAt: EpochMs;
  readonly userVerification: 'required' | 'discouraged';
  /** Handle of the account the credential belongs to, base64url. */
  readonly userHandle: string;
  /** With nobody named beforehand the authenticator has to name its user. */
  readonly handleRequired: boolean;
  readonly now: EpochMs;
}

export type AssertionRefusal =
  | ClientDataRefusal
  | AuthenticatorDataRefusal
  | {
      readonly reason:
        | 'wrong_credential'
        | 'wrong_user'
        | 'wrong_relying_party'
        | 'user_not_present'
        | 'user_not_verified'
        /** A key bound to its device has become one that can be copied, or the other way round. */
        | 'backup_eligibility_changed'
        | 'wrong_signature'
        /** This challenge, or a later one, was answered with this credential before. */
        | 'challenge_used';
    };

/**
 * WebAuthn section 7.2, verifying an assertion. Gives the credential as it is to be kept from now on: counter, backup
 * state and the challenge that was spent. A counter that did not grow is noted and not refused, because passkeys that
 * are copied between devices do not count (BT-3).
 */
export async function verifyAssertion(
  response: AssertionResponse,
  credential: WebauthnCredential,
  expected: AssertionExpectation,
): Promise<Result<WebauthnCredential, AssertionRefusal>> {
  const { party, challenge, challengeAt, now } = expected;
  if (toBase64Url(response.credentialId) !== credential.id) return err({ reason: 'wrong_credential' });
  const handle = response.userHandle === null ? null : toBase64Url(response.userHandle);
  if (handle === null ? expected.handleRequired : handle !== expected.userHandle) {
    return err({ reason: 'wrong_user' });
  }
  const client = checkClientData(response.clientData, {
    type: 'webauthn.get',
    challenge,
    origin: party.origin,
  });
  if (!client.ok) return client;
  const data = readAuthenticatorData(response.authenticatorData);
  if (!data.ok) return data;
  const { rpIdHash, userPresent, userVerified, backupEligible, backedUp, signCount } = data.value;
  if (!equalSecrets(rpIdHash, sha256(party.id))) return err({ reason: 'wrong_relying_party' });
  if (!userPresent) return err({ reason: 'user_not_present' });
  if (expected.userVerification === 'required' && !userVerified) return err({ reason: 'user_not_verified' });
  if (backupEligible !== credential.backupEligible) return err({ reason: 'backup_eligibility_changed' });

  const key = readCoseKey(fromBase64Url(credential.publicKey) ?? new Uint8Array());
  if (!key.ok) throw new Error('a stored credential key cannot be read');
  const signed = concat(response.authenticatorData, sha256(response.clientData));
  if (!(await verifyWithCoseKey(key.value, response.signature, signed)))
    return err({ reason: 'wrong_signature' });
  if (credential.lastChallengeAt !== null && challengeAt <= credential.lastChallengeAt) {
    return err({ reason: 'challenge_used' });
  }
  const counts = signCount !== 0 || credential.signCount !== 0;
  const fell = counts && signCount <= credential.signCount;
  return ok({
    ...credential,
    userVerified: credential.userVerified || userVerified,
    backedUp,
    signCount: Math.max(signCount, credential.signCount),
    lastChallengeAt: challengeAt,
    counterFellAt: fell ? now : credential.counterFellAt,
  });
}
