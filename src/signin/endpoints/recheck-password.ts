import type { SignInAccount } from '../../accounts/model.ts';
import { passwordSha1 } from '../../accounts/rules/breached-list.ts';
import { NUMBERS } from '../../accounts/rules/numbers.ts';
import { normalisePassword } from '../../accounts/rules/password-text.ts';
import { DAY, type EpochMs } from '../../kernel/time.ts';
import type { AccountFacts } from '../../sessions/model.ts';
import type { HallPorts } from '../ports.ts';

/** How long one look-up counts (`password.recheck_days`). */
const RECHECK_MS = NUMBERS['password.recheck_days'] * DAY;

/**
 * PW-6: whether a password that was just found right is known from a breach by now. Null when nobody asks: an operator
 * must turn it on (SU-8), a look-up counts for weeks, and a list that does not answer keeps nobody out; the next sign-in
 * asks it again.
 */
export async function recheckPassword(
  { hall, now }: { readonly hall: Pick<HallPorts, 'recheckBreached' | 'log'>; readonly now: EpochMs },
  {
    facts,
    passwordCheckedAt,
  }: Pick<SignInAccount, 'passwordCheckedAt'> & {
    readonly facts: Pick<AccountFacts, 'passwordChangeRequired'>;
  },
  password: string,
): Promise<boolean | null> {
  const { recheckBreached } = hall;
  if (recheckBreached === null || facts.passwordChangeRequired) return null;
  if (passwordCheckedAt !== null && now - passwordCheckedAt < RECHECK_MS) return null;
  const normalised = normalisePassword(password);
  if (normalised === null) return null;
  try {
    return await recheckBreached(passwordSha1(normalised));
  } catch {
    hall.log('warn', 'breached_list_silent', {});
    return null;
  }
}
