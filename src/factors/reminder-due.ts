import { DAY, type EpochMs } from '../kernel/time.ts';
import type { AccountFacts } from '../sessions/model.ts';
import type { AuthenticationMethod } from './model.ts';

/** What people are reminded of once in a session, as the session notes it (RT-2). */
export const SECOND_METHOD = 'second-method';
export const BACKUP_CODES = 'backup-codes';
export type Reminder = typeof SECOND_METHOD | typeof BACKUP_CODES;

/** Where each is shown. */
export const REMINDER_PATHS: Readonly<Record<Reminder, string>> = {
  [SECOND_METHOD]: '/second_mfa_reminder',
  [BACKUP_CODES]: '/backup_code_reminder',
};

/** `second_mfa_reminder.sign_ins`, this one included. */
const MANY_SIGN_INS = 10;
/** `second_mfa_reminder.account_age_d`. */
const OLD_ACCOUNT_MS = 30 * DAY;
/** `backup_reminder.months`, of thirty days. */
const LONG_AWAY_MS = 5 * 30 * DAY;

export interface ReminderFacts
  extends Pick<AccountFacts, 'methods' | 'methodCount' | 'createdAt' | 'signIns' | 'secondMethodDeclinedAt'> {
  /** The last complete sign-in before this one; null for the first. */
  readonly lastSignInAt: EpochMs | null;
  /** What this sign-in was completed with. */
  readonly method: AuthenticationMethod;
  readonly reminded: readonly string[];
}

/** Whether somebody has exactly one method: two keys are two. */
export const holdsOne = ({
  methods,
  methodCount = 1,
}: Pick<AccountFacts, 'methods' | 'methodCount'>): boolean => methods.length === 1 && methodCount === 1;

/**
 * RT-1 (12, 13): the reminder that is due after a complete sign-in: of a second method, to people who have one, sign in
 * often or have had their account for a month, and never declined; of the backup codes, to people who have some, were away
 * for months, and used something else. Accounts within `second_mfa_reminder.account_age_d` made all their sign-ins within
 * `second_mfa_reminder.sign_ins_within_d`, and older ones are reminded anyway, so the count of all of them decides.
 */
export function reminderDue(facts: ReminderFacts, now: EpochMs): Reminder | null {
  const { methods, createdAt, signIns, secondMethodDeclinedAt, lastSignInAt, method, reminded } = facts;
  const often = signIns !== undefined && signIns + 1 >= MANY_SIGN_INS;
  const old = createdAt !== undefined && now - createdAt > OLD_ACCOUNT_MS;
  const declined = secondMethodDeclinedAt !== undefined && secondMethodDeclinedAt !== null;
  if (holdsOne(facts) && (often || old) && !declined && !reminded.includes(SECOND_METHOD))
    return SECOND_METHOD;
  const away = lastSignInAt !== null && now - lastSignInAt > LONG_AWAY_MS;
  return away &&
    methods.includes('backup_codes') &&
    method !== 'backup_code' &&
    !reminded.includes(BACKUP_CODES)
    ? BACKUP_CODES
    : null;
}
