import type { Result } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';

/** What an operator does to somebody's account: who, why, when (O32). */
export interface Intervention {
  readonly actor: string;
  readonly reason: string;
  readonly now: EpochMs;
}

/** Accounts an operator took out of use. */
export interface Suspensions {
  /** SP-1: also keeps digests of what the addresses come down to. Who and why is written down with it. */
  readonly suspend: (
    uuid: string,
    baseAddresses: readonly string[],
    by: Intervention,
  ) => Promise<Result<null, { reason: 'gone' | 'already' }>>;
  readonly reinstate: (
    uuid: string,
    by: Intervention,
  ) => Promise<Result<null, { reason: 'gone' | 'already' }>>;
  /** Whether a suspended account has an address that comes down to the same mailbox (SU-4). */
  readonly isBlocked: (baseAddress: string) => Promise<boolean>;
  /** Writes down that an operator ended all sessions; false for an account that is not there. */
  readonly recordSessionsEnded: (uuid: string, by: Intervention) => Promise<boolean>;
  /**
   * PW-6: whoever signs in next has to choose another password before anything else. Remembered browsers are forgotten
   * (RD-3). False for an account that is not there, or has no password yet.
   */
  readonly requirePasswordChange: (uuid: string, by: Intervention) => Promise<boolean>;
}
