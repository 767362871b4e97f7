import type { E164 } from '../factors/phone/model.ts';
import type { WebauthnKind } from '../factors/webauthn/model.ts';
import type { Locale } from '../kernel/locale.ts';
import type { ProfileWish } from './profile-wish.ts';

/** Second factors a test account can be born with. */
export const TEST_FACTORS = [
  'totp',
  'backup_codes',
  'phone',
  'security_key',
  'platform_passkey',
  'piv',
  'personal_key',
] as const;
export type TestFactor = (typeof TEST_FACTORS)[number];

/** What it is born with when nobody says otherwise. */
export const USUAL_TEST_FACTORS: readonly TestFactor[] = ['totp', 'backup_codes'];

/** What a test account is to have. */
export interface TestAccountWish {
  /** As typed; null makes one up. */
  readonly email: string | null;
  /** null makes a strong one up. */
  readonly password: string | null;
  readonly locale: Locale;
  /** A phone named twice is two phones. */
  readonly factors: readonly TestFactor[];
  /** Numbers of its phones, on top of made-up ones. */
  readonly phones?: readonly E164[];
  /** A verified identity; left out or null: none. */
  readonly profile?: ProfileWish | null;
  /** The number apps know it by from elsewhere (saml A9); left out or null: none. */
  readonly legacyNameId?: number | null;
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
  /** As shown to people; null without a verified identity or a personal key. */
  readonly personalKey: string | null;
  /** Numbers of its phones, the default last. */
  readonly phones: readonly E164[];
  /** WebAuthn credentials made of software, for a script that plays the authenticator. */
  readonly credentials: readonly SoftwareCredential[];
  readonly card: TestCard | null;
  readonly legacyNameId: number | null;
}

/** A card made of software: what a script or browser presents as its client certificate. All PEM. */
export interface TestCard {
  readonly certificate: string;
  /** The authority that issued it, to be sent along. */
  readonly chain: string;
  /** PKCS #8. */
  readonly privateKey: string;
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
