import type { Result } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type { Bans } from '../../sessions/model.ts';
import type { Intervention } from './suspensions.ts';

/** A ban as it stands, for operators. */
export interface Ban {
  /** An app's uuid, or `ALL_APPS`. */
  readonly app: string;
  readonly actor: string;
  readonly reason: string;
  readonly since: EpochMs;
}

/** How bans stand after a change, and the locators of the sessions that have to hear of it. */
export interface BansChanged {
  readonly bans: Bans;
  readonly sessions: readonly string[];
}

/** SP-2: apps an operator closed to an account. Who and why is written down with every change. */
export interface AccountBans {
  /** `app` is an app's uuid, or `ALL_APPS`. `too_many`: one account has no more than `BANS_MAX`. */
  readonly ban: (
    account: string,
    app: string,
    by: Intervention,
  ) => Promise<Result<BansChanged, { reason: 'gone' | 'already' | 'too_many' }>>;
  readonly unban: (
    account: string,
    app: string,
    by: Intervention,
  ) => Promise<Result<BansChanged, { reason: 'gone' | 'already' }>>;
  /** The bans in force, oldest first; null for an account that is not there. */
  readonly standing: (account: string) => Promise<readonly Ban[] | null>;
}
