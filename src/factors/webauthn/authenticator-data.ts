import { concat } from '../../kernel/bytes.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { isCborMap, readCbor } from './cbor.ts';

/** What an authenticator says about itself and the ceremony (WebAuthn section 6.1). */
export interface AuthenticatorData {
  readonly rpIdHash: Uint8Array<ArrayBuffer>;
  readonly userPresent: boolean;
  readonly userVerified: boolean;
  /** The credential may be copied to other devices. */
  readonly backupEligible: boolean;
  /** It has been. */
  readonly backedUp: boolean;
  readonly signCount: number;
  /** A new credential; null at sign-in. */
  readonly attested: {
    readonly aaguid: Uint8Array<ArrayBuffer>;
    readonly credentialId: Uint8Array<ArrayBuffer>;
    /** COSE_Key, as sent. */
    readonly publicKey: Uint8Array<ArrayBuffer>;
  } | null;
}

export type AuthenticatorDataRefusal = { readonly reason: 'malformed_authenticator_data' };

const FIXED_LENGTH = 37;
const FLAG = {
  present: 0x01,
  verified: 0x04,
  eligible: 0x08,
  backedUp: 0x10,
  attested: 0x40,
  extensions: 0x80,
};
/** WebAuthn section 4: a credential id has at most 1023 bytes. */
const CREDENTIAL_ID_MAX = 1023;

/** Decodes authenticator data; every byte must be accounted for. */
export function readAuthenticatorData(
  bytes: Uint8Array,
): Result<AuthenticatorData, AuthenticatorDataRefusal> {
  const malformed = err({ reason: 'malformed_authenticator_data' } as const);
  if (bytes.length < FIXED_LENGTH) return malformed;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint8(32);
  const has = (flag: number): boolean => (flags & flag) !== 0;
  // Section 6.1.3: what cannot be backed up is not backed up.
  if (has(FLAG.backedUp) && !has(FLAG.eligible)) return malformed;

  let end = FIXED_LENGTH;
  let attested: AuthenticatorData['attested'] = null;
  if (has(FLAG.attested)) {
    if (bytes.length < end + 18) return malformed;
    const length = view.getUint16(end + 16);
    const idEnd = end + 18 + length;
    if (length === 0 || length > CREDENTIAL_ID_MAX || idEnd > bytes.length) return malformed;
    const key = readCbor(bytes, idEnd);
    if (!key.ok) return malformed;
    attested = {
      aaguid: concat(bytes.subarray(end, end + 16)),
      credentialId: concat(bytes.subarray(end + 18, idEnd)),
      publicKey: concat(bytes.subarray(idEnd, key.value.end)),
    };
    end = key.value.end;
  }
  if (has(FLAG.extensions)) {
    const extensions = readCbor(bytes, end);
    if (!extensions.ok || !isCborMap(extensions.value.value)) return malformed;
    end = extensions.value.end;
  }
  if (end !== bytes.length) return malformed;
  return ok({
    rpIdHash: concat(bytes.subarray(0, 32)),
    userPresent: has(FLAG.present),
    userVerified: has(FLAG.verified),
    backupEligible: has(FLAG.eligible),
    backedUp: has(FLAG.backedUp),
    signCount: view.getUint32(33),
    attested,
  });
}
