import type { FactorSummary } from './model.ts';

/** Whether every method is face or touch unlock, which is not enough alone (MC-2, MM-2). */
export const isOnlyPlatform = (held: readonly FactorSummary[]): boolean =>
  held.length > 0 && held.every((factor) => factor.kind === 'platform_passkey');

/** Whether to offer face or touch once: a capable device and phones only (MC-6). */
export const offersPlatformOnce = (held: readonly FactorSummary[], platformAuthenticator: boolean): boolean =>
  platformAuthenticator && held.length > 0 && held.every((factor) => factor.kind === 'phone');
