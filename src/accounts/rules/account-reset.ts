import { type EpochMs, HOUR } from '../../kernel/time.ts';
import { NUMBERS } from './numbers.ts';

/** A request to delete an account that its owner cannot get into (AR-1). */
export interface AccountReset {
  readonly requestedAt: EpochMs;
  /** When the waiting was over and the link was mailed; null while it lasts. */
  readonly grantedAt: EpochMs | null;
}

/** AR-2: how long everybody who owns an address has to object, and how long the link works then. */
export const RESET_WAIT_MS = NUMBERS['account_reset.wait_h'] * HOUR;
export const RESET_LINK_MS = NUMBERS['account_reset.link_ttl_h'] * HOUR;

/** AR-3, AR-4: a request lives until its link has expired; then the process starts over. */
export const isLiveReset = ({ grantedAt }: AccountReset, now: EpochMs): boolean =>
  grantedAt === null || now < grantedAt + RESET_LINK_MS;

/** Marks of a session: its account had a live request at sign-in; its owner was told (AR-3). */
export const RESET_PENDING = 'account-reset-pending';
export const RESET_NOTICED = 'account-reset-noticed';
