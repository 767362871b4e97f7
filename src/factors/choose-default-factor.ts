import type { AuthenticationNeed } from '../assurance/model.ts';
import type { FactorKind, FactorSummary } from './model.ts';
import { kindQualifies } from './qualifying-kinds.ts';

/** What the sign-in page knows about the browser. */
export interface SignInDevice {
  readonly mobile: boolean;
  /** The hint cookie says that face or touch unlock works here (HD-3). */
  readonly platformAuthenticatorHint: boolean;
}

interface Choice {
  readonly held: readonly FactorSummary[];
  readonly need: AuthenticationNeed;
  readonly device: SignInDevice;
}

const ORDER: readonly FactorKind[] = [
  'piv',
  'platform_passkey',
  'security_key',
  'totp',
  'phone',
  'backup_codes',
  'personal_key',
];

/** Kinds in the order of FC-3 for this device; what is unlikely to work here goes last rather than away. */
function orderFor({ mobile, platformAuthenticatorHint }: SignInDevice): readonly FactorKind[] {
  const unlikely = (kind: FactorKind): boolean =>
    (kind === 'piv' && mobile) || (kind === 'platform_passkey' && !platformAuthenticatorHint);
  return [...ORDER.filter((kind) => !unlikely(kind)), ...ORDER.filter(unlikely)];
}

const newest = (factors: readonly FactorSummary[]): FactorSummary | null =>
  factors.reduce<FactorSummary | null>(
    (best, next) => (best === null || next.createdAt > best.createdAt ? next : best),
    null,
  );

/**
 * What may be asked for, the first choice first (FC-3): each kind that meets the need once, the most recent of its kind;
 * phones each by itself. Which of several phones comes first is `choosePhone`'s to say (PH-5).
 */
export function signInOptions({ held, need, device }: Choice): readonly FactorSummary[] {
  return orderFor(device).flatMap((kind) => {
    const ofKind = held.filter((factor) => factor.kind === kind && kindQualifies(kind, need));
    if (kind === 'phone') return ofKind;
    const one = newest(ofKind);
    return one === null ? [] : [one];
  });
}
