import type { AuthenticationNeed } from '../assurance/model.ts';
import type { FactorKind } from './model.ts';

const RESISTANT: ReadonlySet<FactorKind> = new Set(['security_key', 'platform_passkey', 'piv']);

/** Whether using a factor of this kind now would meet an authentication need (AL-3, AL-4). */
export function kindQualifies(kind: FactorKind, need: AuthenticationNeed): boolean {
  switch (need) {
    case 'piv':
      return kind === 'piv';
    case 'phishing-resistant':
      return RESISTANT.has(kind);
    case 'second-factor':
    case 'fresh-second-factor':
      return true;
  }
}
