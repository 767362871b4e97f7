import type { Locale } from '../kernel/locale.ts';

/** Second factors a test account can be born with. */
export const TEST_FACTORS = ['totp', 'backup_codes'] as const;
export type TestFactor = (typeof TEST_FACTORS)[number];

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
}
