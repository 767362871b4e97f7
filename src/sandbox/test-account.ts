import type { WebauthnKind } from '../factors/webauthn/model.ts';
import type { Locale } from '../kernel/locale.ts';

/** Second factors a test account can be born with. */
export const TEST_FACTORS = ['totp', 'backup_codes', 'security_key', 'platform_passkey'] as const;
export type TestFactor = (typeof TEST_FACTORS)[number];

/** What it is born with when nobody says otherwise. */
export const USUAL_TEST_FACTORS: readonly TestFactor[] = ['totp', 'backup_codes'];

export interface TestAccountWish {
  /** As typed; null makes one up. */
  readonly email: string | null;
  /** null makes a strong one up. */
  readonly password: string | null;
  readonly locale: Locale;
  readonly factors: readonly TestFactor[];
}

/** A finished account with everything needed to sign in. Secrets are told once, here. */
export interface TestAccount {
  readonly uuid: string;
  readonly email: string;
  readonly password: string;
  readonly locale: Locale;
  /** Base32, as typed into an authentication app; null without one. */
  readonly totpSecret: string | null;
  /** As shown to people, `XXXX-XXXX-XXXX`; empty without them. */
  readonly backupCodes: readonly string[];
  /** WebAuthn credentials made of software, for a script that plays the authenticator. */
  readonly credentials: readonly SoftwareCredential[];
}

/** Everything a script needs to answer WebAuthn ceremonies; bytes are unpadded base64url. */
export interface SoftwareCredential {
  readonly kind: WebauthnKind;
  readonly id: string;
  /** P-256; signs with ES256, signatures in DER. */
  readonly privateKeyJwk: Readonly<JsonWebKey>;
  readonly rpId: string;
  readonly userHandle: string;
}
