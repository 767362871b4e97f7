import type { AuthenticationNeed } from '../assurance/model.ts';
import type { FactorSummary } from './model.ts';
import { kindQualifies } from './qualifying-kinds.ts';

/** Where somebody stands with setting up methods. */
export type SetUpProgress =
  /** Nothing yet: choose a method (MC-2, SU-11). */
  | 'none'
  /** Only face or touch unlock: a second, different kind comes first (MC-2). */
  | 'only_platform'
  /** Nothing that meets the app's need (MC-4, AL-4). */
  | 'none_qualifies'
  /** Only backup codes: confirm that they are saved, or add another method (MC-5). */
  | 'only_backup_codes'
  /** One method: suggest a second, with leave to skip (MC-4). */
  | 'one'
  | 'enough';

/** Judges the methods an account holds; the first description that fits, strictest first. */
export function setUpProgress(held: readonly FactorSummary[], need: AuthenticationNeed): SetUpProgress {
  if (held.length === 0) return 'none';
  if (isOnlyPlatform(held)) return 'only_platform';
  if (!held.some((factor) => kindQualifies(factor.kind, need))) return 'none_qualifies';
  if (held.every((factor) => factor.kind === 'backup_codes')) return 'only_backup_codes';
  return held.length === 1 ? 'one' : 'enough';
}

/** Whether the person may go on, saying "skip for now" if a second method was suggested (MC-2, MC-4, MC-5). */
export const maySkipMore = (progress: SetUpProgress): boolean =>
  progress === 'one' || progress === 'only_backup_codes' || progress === 'enough';

/** Whether every method is face or touch unlock, which is not enough alone (MC-2, MM-2). */
export const isOnlyPlatform = (held: readonly FactorSummary[]): boolean =>
  held.length > 0 && held.every((factor) => factor.kind === 'platform_passkey');

/** Whether to offer face or touch once: a capable device and phones only (MC-6). */
export const offersPlatformOnce = (held: readonly FactorSummary[], platformAuthenticator: boolean): boolean =>
  platformAuthenticator && held.length > 0 && held.every((factor) => factor.kind === 'phone');
