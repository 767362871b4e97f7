import type { AuthenticationNeed } from '../assurance/model.ts';
import type { FactorKind, FactorSummary } from './model.ts';
import { kindQualifies } from './qualifying-kinds.ts';

/** What the sign-in page knows about the browser. */
export interface SignInDevice {
  readonly mobile: boolean;
  /** The hint cookie says that face or touch unlock works here (HD-3). */
  readonly platformAuthenticatorHint: boolean;
}

export interface DefaultFactorFacts {
  readonly held: readonly FactorSummary[];
  readonly need: AuthenticationNeed;
  readonly device: SignInDevice;
  /** The phone the person made default, if any (PH-5). */
  readonly defaultPhoneId: string | null;
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
 * The factor to ask for first (FC-3), or null when the account holds none that meets the need. Of several phones the
 * default wins, else the most recent (PH-5); of several of another kind the most recent stands for all.
 */
export function chooseDefaultFactor({
  held,
  need,
  device,
  defaultPhoneId,
}: DefaultFactorFacts): FactorSummary | null {
  for (const kind of orderFor(device)) {
    const ofKind = held.filter((factor) => factor.kind === kind && kindQualifies(kind, need));
    const chosen =
      ofKind.find((factor) => kind === 'phone' && factor.id === defaultPhoneId) ?? newest(ofKind);
    if (chosen !== null) return chosen;
  }
  return null;
}

/** The choices of `/login/two_factor/options`: each kind that meets the need once, phones each by itself (FC-3). */
export function signInOptions({
  held,
  need,
  device,
}: Omit<DefaultFactorFacts, 'defaultPhoneId'>): readonly FactorSummary[] {
  return orderFor(device).flatMap((kind) => {
    const ofKind = held.filter((factor) => factor.kind === kind && kindQualifies(kind, need));
    if (kind === 'phone') return ofKind;
    const one = newest(ofKind);
    return one === null ? [] : [one];
  });
}
