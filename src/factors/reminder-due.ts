import { DAY, type EpochMs } from '../kernel/time.ts';
import type { AuthenticationMethod, FactorKind } from './model.ts';

/** What people are reminded of once in a session, as the session notes it (RT-2). */
export const SECOND_METHOD = 'second-method';
export const BACKUP_CODES = 'backup-codes';
export type Reminder = typeof SECOND_METHOD | typeof BACKUP_CODES;

/** `second_mfa_reminder.account_age_d`. */
const OLD_ACCOUNT_MS = 30 * DAY;
/** `backup_reminder.months`, of thirty days. */
const LONG_AWAY_MS = 5 * 30 * DAY;

export interface ReminderFacts {
  readonly methods: readonly FactorKind[];
  /** When the account was made; undefined in sessions that do not know. */
  readonly createdAt: EpochMs | undefined;
  /** The last complete sign-in before this one; null for the first. */
  readonly lastSignInAt: EpochMs | null;
  /** What this sign-in was completed with. */
  readonly method: AuthenticationMethod;
  /** The second method was offered in this browser before, and declined. */
  readonly declined: boolean;
  readonly reminded: readonly string[];
}

/**
 * RT-1 (12, 13): the reminder that is due after a second factor: of a second method, to people whose account is a month
 * old and has one; of the backup codes, to people who have some, were away for months, and used something else.
 */
export function reminderDue(facts: ReminderFacts, now: EpochMs): Reminder | null {
  const { methods, createdAt, lastSignInAt, method, declined, reminded } = facts;
  if (
    methods.length === 1 &&
    !declined &&
    createdAt !== undefined &&
    now - createdAt > OLD_ACCOUNT_MS &&
    !reminded.includes(SECOND_METHOD)
  )
    return SECOND_METHOD;
  const away = lastSignInAt !== null && now - lastSignInAt > LONG_AWAY_MS;
  return away &&
    methods.includes('backup_codes') &&
    method !== 'backup_code' &&
    !reminded.includes(BACKUP_CODES)
    ? BACKUP_CODES
    : null;
}
