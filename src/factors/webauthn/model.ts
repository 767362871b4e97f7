import type { EpochMs } from '../../kernel/time.ts';

/** The two kinds of method a WebAuthn credential can be (WA-2). */
export type WebauthnKind = 'security_key' | 'platform_passkey';

/** How a browser can reach an authenticator (WebAuthn section 5.8.4). */
export const TRANSPORTS = ['usb', 'nfc', 'ble', 'smart-card', 'hybrid', 'internal'] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** What is kept of a credential (WA-4); all of it sealed at rest. Bytes are unpadded base64url. */
export interface WebauthnCredential {
  readonly id: string;
  /** COSE_Key as the authenticator wrote it. */
  readonly publicKey: string;
  readonly transports: readonly Transport[];
  readonly aaguid: string;
  readonly userVerified: boolean;
  readonly backupEligible: boolean;
  readonly backedUp: boolean;
  readonly signCount: number;
  /** When the challenge of its last use was issued; older challenges are refused, so each is used once. */
  readonly lastChallengeAt: EpochMs | null;
  /** When its counter last failed to grow, which a copy of the key would cause; null: never (BT-3). */
  readonly counterFellAt: EpochMs | null;
}

/** A credential with the factor it is. */
export interface HeldCredential {
  readonly factor: string;
  readonly account: string;
  readonly kind: WebauthnKind;
  readonly name: string;
  readonly credential: WebauthnCredential;
  /** The record as it was read: a use is recorded only if nobody recorded another one meanwhile. */
  readonly version: string;
}
