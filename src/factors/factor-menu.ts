import type { AuthenticationNeed } from '../assurance/model.ts';
import type { FactorKind, FactorSummary } from './model.ts';
import { kindQualifies } from './qualifying-kinds.ts';

/** Kinds a person may set up, in the order of MC-1. A personal key is no longer offered (PK-1). */
export const OFFERED_KINDS = [
  'platform_passkey',
  'totp',
  'phone',
  'security_key',
  'piv',
  'backup_codes',
] as const satisfies readonly FactorKind[];
export type OfferedKind = (typeof OFFERED_KINDS)[number];

/** How many of a kind an account may hold (`phones.max`, `totp.max`, `piv.max`); WebAuthn has no cap. */
export const FACTOR_CAPS: Readonly<Record<OfferedKind, number>> = {
  platform_passkey: Number.POSITIVE_INFINITY,
  totp: 2,
  phone: 5,
  security_key: Number.POSITIVE_INFINITY,
  piv: 2,
  backup_codes: 1,
};

export interface FactorMenuFacts {
  readonly need: AuthenticationNeed;
  readonly held: readonly FactorSummary[];
  readonly mobile: boolean;
  /** The browser reports an authenticator that verifies its user (MC-3). */
  readonly platformAuthenticator: boolean;
  /** One of the person's confirmed addresses ends in .gov or .mil (MC-1). */
  readonly governmentAddress: boolean;
}

export interface FactorMenuEntry {
  readonly kind: OfferedKind;
  readonly recommended: boolean;
  /** How many the account has already. */
  readonly held: number;
}

export interface FactorMenu {
  readonly entries: readonly FactorMenuEntry[];
  /** Show the government ID card page before the menu (MC-1). */
  readonly pivFirst: boolean;
}

/** Whether one more of a kind fits under its cap. */
export const hasRoomFor = (kind: OfferedKind, held: readonly FactorSummary[]): boolean =>
  held.filter((factor) => factor.kind === kind).length < FACTOR_CAPS[kind];

const DOMAIN_OF_GOVERNMENT = /@[^@]*\.(gov|mil)$/;

/** Whether an address, lower-case, is a federal or military one (MC-1). */
export const isGovernmentAddress = (address: string): boolean => DOMAIN_OF_GOVERNMENT.test(address);

/** What to offer for set-up: what works here, is not at its cap and meets the app's need (MC-1, MC-3). */
export function factorMenu({
  need,
  held,
  mobile,
  platformAuthenticator,
  governmentAddress,
}: FactorMenuFacts): FactorMenu {
  const works = (kind: OfferedKind): boolean =>
    (kind !== 'platform_passkey' || platformAuthenticator) && (kind !== 'piv' || !mobile);
  const kinds = OFFERED_KINDS.filter(
    (kind) => works(kind) && hasRoomFor(kind, held) && kindQualifies(kind, need),
  );
  const pivRecommended = governmentAddress && kinds.includes('piv');
  const recommended = pivRecommended ? 'piv' : kinds[0];
  return {
    entries: kinds.map((kind) => ({
      kind,
      recommended: kind === recommended,
      held: held.filter((factor) => factor.kind === kind).length,
    })),
    pivFirst: pivRecommended && !held.some((factor) => factor.kind === 'piv'),
  };
}
