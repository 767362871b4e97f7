import type { LimitName } from '../../accounts/ports/attempts.ts';
import { DAY, type EpochMs, HOUR } from '../../kernel/time.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { blockOf, isHomeCountry } from '../phone/capabilities.ts';
import type { E164 } from '../phone/model.ts';

/** Something counted, and the limit it is counted at. */
export type CountedAt = readonly [subject: string, limit: LimitName];

/** Limits that hold down what a pumped range of numbers or a whole country can cost, by the hour. */
export function costLimits(
  { country, number }: { readonly country: string; readonly number: E164 },
  now: EpochMs,
): readonly CountedAt[] {
  const hour = Math.floor(now / HOUR);
  return [
    [`phone-block:${blockOf(number)}:${hour}`, 'phone-block'],
    [`phone-country:${country}:${hour}`, isHomeCountry(country) ? 'phone-home-country' : 'phone-country'],
  ];
}

/**
 * Whether one day's texts and calls of the account, or to the number from whatever account, are used up. Strangers who
 * say that a number is theirs use up nothing of its owner's. Counted by the day: codes that were typed in cost as much as
 * others, so nothing is given back, and yesterday's count for nothing.
 */
export async function isDayOver(
  { visit, state }: SignedIn,
  number: E164,
  confirmed: boolean,
): Promise<boolean> {
  const { attempts, phones } = visit.hall;
  const day = Math.floor(visit.now / DAY);
  const spent = await Promise.all([
    attempts.spend(`otp-account:${state.account}:${day}`, ['otp-send-account'], visit.now),
    attempts.spend(
      `otp-to:${phones.fingerprint(number)}:${confirmed}:${day}`,
      ['otp-send-number'],
      visit.now,
    ),
  ]);
  return spent.some(({ allowed }) => !allowed);
}

/**
 * When the line of a number may be looked up again, which costs money: the account first, whose share of
 * one number's is a third at most. Null to go on.
 */
export async function lookUpBarredUntil({ visit, state }: SignedIn, number: E164): Promise<EpochMs | null> {
  const { attempts, phones } = visit.hall;
  const subjects: readonly CountedAt[] = [
    [`look-up:${state.account}`, 'look-up-account'],
    [`look-up-of:${phones.fingerprint(number)}`, 'look-up-number'],
  ];
  for (const [subject, limit] of subjects) {
    const spent = await attempts.spend(subject, [limit], visit.now);
    if (!spent.allowed) return spent.retryAt;
  }
  return null;
}
