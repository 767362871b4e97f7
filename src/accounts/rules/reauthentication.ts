import type { AuthenticationEvent, AuthenticationMethod } from '../../factors/model.ts';
import { type EpochMs, MINUTE } from '../../kernel/time.ts';

/** How recent a second factor must be for account-security pages (`reauth.window_s`). */
export const REAUTHENTICATION_WINDOW_MS = 20 * MINUTE;

const NOT_A_SECOND_FACTOR: ReadonlySet<AuthenticationMethod> = new Set(['password', 'remember_device']);

/** Whether a real second factor was used in this session within the window; a remembered device does not count (RA-1). */
export const hasRecentSecondFactor = (events: readonly AuthenticationEvent[], now: EpochMs): boolean =>
  events.some(({ method, at }) => !NOT_A_SECOND_FACTOR.has(method) && now - at <= REAUTHENTICATION_WINDOW_MS);

/**
 * What somebody wants to do on account-security pages: `manage` is every change RA-1 lists; `set_up` is setting up a
 * method, which is free while the account has none (RA-2).
 */
export type SecurityAction = 'manage' | 'set_up';

/** Whether to send the person to the second-factor page first and back (RA-1, RA-2). */
export const mustReauthenticate = (
  action: SecurityAction,
  heldFactors: number,
  events: readonly AuthenticationEvent[],
  now: EpochMs,
): boolean => !(action === 'set_up' && heldFactors === 0) && !hasRecentSecondFactor(events, now);
