import type { FactorKind } from '../../factors/model.ts';
import type { MessageKey } from '../../ui/index.ts';

/** What each kind of second factor is called on account pages. */
export const FACTOR_WORDS = {
  totp: 'accounts.factor.totp',
  backup_codes: 'accounts.factor.backup_codes',
  phone: 'accounts.factor.phone',
  security_key: 'accounts.factor.security_key',
  platform_passkey: 'accounts.factor.platform_passkey',
  piv: 'accounts.factor.piv',
  personal_key: 'accounts.factor.personal_key',
} as const satisfies Record<FactorKind, MessageKey>;
