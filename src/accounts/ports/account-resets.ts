import type { EpochMs } from '../../kernel/time.ts';

/** Requests to delete an account its owner is locked out of. */
export interface AccountResets {
  /** AR-1: begins the waiting; false when a request is live already (AR-3). */
  readonly requestReset: (uuid: string, now: EpochMs) => Promise<boolean>;
  /** AR-3: ends a live request and every link it sent; false when there is none. */
  readonly cancelReset: (uuid: string, now: EpochMs) => Promise<boolean>;
  /**
   * AR-2: accounts whose waiting is over, oldest first. Each is returned once, and again when nobody said a while later
   * that its mail went out: whoever took it was cut off.
   */
  readonly takeDueResets: (now: EpochMs, limit: number) => Promise<readonly string[]>;
  /** The mail of what `takeDueResets` took at `grantedAt` went out: it is not due again. */
  readonly resetMailed: (uuid: string, grantedAt: EpochMs) => Promise<void>;
  /** Undoes `takeDueResets` at `grantedAt` for one account: its mail did not go out, so that it is due again. */
  readonly putBackReset: (uuid: string, grantedAt: EpochMs) => Promise<void>;
}
