import type { AuthenticationNeed } from '../../assurance/model.ts';
import { type SignInDevice, signInOptions } from '../choose-default-factor.ts';
import type { OfferedKind } from '../factor-menu.ts';
import { FACTOR_KINDS, type FactorKind, type FactorSummary } from '../model.ts';

/** Where each kind is asked for at sign-in. A kind without a page cannot be used yet. */
export const CHALLENGE_PATHS: Readonly<Partial<Record<FactorKind, string>>> = {
  totp: '/login/two_factor/authenticator',
  phone: '/login/two_factor/sms',
  security_key: '/login/two_factor/webauthn',
  platform_passkey: '/login/two_factor/webauthn?platform=true',
  piv: '/login/two_factor/piv_cac',
  backup_codes: '/login/two_factor/backup_code',
  personal_key: '/login/two_factor/personal_key',
};

/** Where each kind is set up. A kind without a page is not offered yet. */
export const SET_UP_PATHS: Readonly<Partial<Record<OfferedKind, string>>> = {
  totp: '/authenticator_setup',
  phone: '/phone_setup',
  security_key: '/webauthn_setup',
  platform_passkey: '/webauthn_setup?platform=true',
  piv: '/piv_cac',
  backup_codes: '/backup_code_setup',
};

const asSummary = (kind: FactorKind): FactorSummary => ({ id: kind, kind, label: '', createdAt: 0 });

/** Kinds held, each once, as the rules about methods want them. */
export const summaries = (kinds: readonly FactorKind[]): readonly FactorSummary[] => kinds.map(asSummary);

/**
 * The kinds to ask for, the default first (FC-3). Somebody without a kind the app demands first shows who they are with
 * what they have (AL-4).
 */
export function challengeKinds(
  methods: readonly FactorKind[],
  need: AuthenticationNeed,
  device: SignInDevice,
): readonly FactorKind[] {
  const held = summaries(methods.filter((kind) => CHALLENGE_PATHS[kind] !== undefined));
  const qualifying = signInOptions({ held, need, device });
  const options = qualifying.length > 0 ? qualifying : signInOptions({ held, need: 'second-factor', device });
  return options.map(({ kind }) => kind);
}

/** Kinds held after one was added, in the order of the model. */
export const withKind = (methods: readonly FactorKind[], added: FactorKind): readonly FactorKind[] =>
  FACTOR_KINDS.filter((kind) => kind === added || methods.includes(kind));
