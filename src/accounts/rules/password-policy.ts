import { err, ok, type Result } from '../../kernel/result.ts';
import { type IsBreached, passwordSha1 } from './breached-list.ts';
import {
  type EstimateStrength,
  type PersonalWords,
  penalisedWords,
  type StrengthLevel,
  strengthLevel,
} from './password-strength.ts';
import {
  countCharacters,
  type NormalisedPassword,
  normalisePassword,
  PASSWORD_MAX,
  PASSWORD_MIN,
} from './password-text.ts';

/** Lowest zxcvbn score accepted (`password.min_score`). */
export const PASSWORD_MIN_SCORE = 3;

export interface NewPassword extends PersonalWords {
  readonly password: string;
  readonly confirmation: string;
}

export interface PasswordPolicyPorts {
  readonly estimateStrength: EstimateStrength;
  readonly isBreached: IsBreached;
}

export type PasswordRefusal =
  | { readonly reason: 'missing' }
  | { readonly reason: 'too_short'; readonly min: number }
  | { readonly reason: 'too_long'; readonly max: number }
  | { readonly reason: 'confirmation_mismatch' }
  | { readonly reason: 'too_weak'; readonly level: StrengthLevel }
  | { readonly reason: 'breached' };

/**
 * SU-7, for sign-up, reset and change alike: 12 to 128 characters, typed twice the same, strong enough for somebody who
 * knows the person's addresses and where they are, and not known from a breach. Cheap checks come first, so that only a
 * password of lawful length costs an estimate, and only a strong one a look-up. No composition rules.
 */
export async function checkNewPassword(
  { password, confirmation, ...personal }: NewPassword,
  { estimateStrength, isBreached }: PasswordPolicyPorts,
): Promise<Result<NormalisedPassword, PasswordRefusal>> {
  if (password === '') return err({ reason: 'missing' });
  const normalised = normalisePassword(password);
  const length = normalised === null ? Number.POSITIVE_INFINITY : countCharacters(normalised);
  if (normalised === null || length > PASSWORD_MAX) return err({ reason: 'too_long', max: PASSWORD_MAX });
  if (length < PASSWORD_MIN) return err({ reason: 'too_short', min: PASSWORD_MIN });
  if (normalisePassword(confirmation) !== normalised) return err({ reason: 'confirmation_mismatch' });
  const score = estimateStrength(normalised, penalisedWords(personal));
  if (score < PASSWORD_MIN_SCORE) return err({ reason: 'too_weak', level: strengthLevel(score) });
  return (await isBreached(passwordSha1(normalised))) ? err({ reason: 'breached' }) : ok(normalised);
}
