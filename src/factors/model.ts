import type { EpochMs } from '../kernel/time.ts';

/** Kinds of second factor an account may hold. */
export const FACTOR_KINDS = [
  'totp',
  'backup_codes',
  'phone',
  'security_key',
  'platform_passkey',
  'piv',
  'personal_key',
] as const;
export type FactorKind = (typeof FACTOR_KINDS)[number];

/** How somebody authenticated; one entry of a session's authentication events. */
export type AuthenticationMethod =
  | 'password'
  | 'totp'
  | 'backup_code'
  | 'sms'
  | 'voice'
  | 'security_key'
  | 'platform_passkey'
  | 'piv'
  | 'personal_key'
  | 'remember_device';

export interface AuthenticationEvent {
  readonly method: AuthenticationMethod;
  readonly at: EpochMs;
}

/** WebAuthn of either kind and PIV resist phishing (accounts AL-3). */
export const PHISHING_RESISTANT: ReadonlySet<AuthenticationMethod> = new Set([
  'security_key',
  'platform_passkey',
  'piv',
]);

/** A factor as sign-in and account pages need to name it; no secrets. */
export interface FactorSummary {
  readonly id: string;
  readonly kind: FactorKind;
  /** The person's own name for it, or a masked phone number. */
  readonly label: string;
  readonly createdAt: EpochMs;
}
