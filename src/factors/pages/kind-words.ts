import type { MessageKey } from '../../ui/index.ts';
import type { FactorKind } from '../model.ts';

/** What people call each kind of method. */
export const KIND_NAMES = {
  totp: 'factors.kind.totp',
  backup_codes: 'factors.kind.backup_codes',
  phone: 'factors.kind.phone',
  security_key: 'factors.kind.security_key',
  platform_passkey: 'factors.kind.platform_passkey',
  piv: 'factors.kind.piv',
  personal_key: 'factors.kind.personal_key',
} as const satisfies Record<FactorKind, MessageKey>;

/** One sentence about each kind, for people who choose. */
export const KIND_DESCRIPTIONS = {
  totp: 'factors.about.totp',
  backup_codes: 'factors.about.backup_codes',
  phone: 'factors.about.phone',
  security_key: 'factors.about.security_key',
  platform_passkey: 'factors.about.platform_passkey',
  piv: 'factors.about.piv',
  personal_key: 'factors.about.personal_key',
} as const satisfies Record<FactorKind, MessageKey>;
