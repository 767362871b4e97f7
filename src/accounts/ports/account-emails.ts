import type { Result } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type { SessionProfile } from '../../sessions/model.ts';
import type { AccountEmail } from '../model.ts';
import type { NewEvent } from './events.ts';

/** Addresses of accounts. */
export interface AccountEmails {
  /** Confirmed addresses, for notices and for refreshing a session (one round trip). */
  readonly profile: (uuid: string) => Promise<SessionProfile>;
  readonly addEmail: (
    uuid: string,
    address: string,
    now: EpochMs,
  ) => Promise<Result<AccountEmail, { reason: 'limit' | 'already_confirmed' }>>;
  readonly confirmEmail: (
    uuid: string,
    emailId: string,
    now: EpochMs,
  ) => Promise<Result<AccountEmail, { reason: 'address_taken' | 'gone' }>>;
  /** Never the last confirmed address (EM-3); links mailed to it stop working. */
  readonly deleteEmail: (
    uuid: string,
    emailId: string,
    event: NewEvent,
  ) => Promise<Result<AccountEmail, { reason: 'last' | 'gone' }>>;
}
