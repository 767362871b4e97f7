import type { SentCodeUse } from '../../accounts/ports/attempts.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { addressKey, type Visit } from '../../signin/endpoints/visit.tsx';
import { generateOneTimeCode } from '../one-time-code.ts';
import { canReach, capabilityOf } from '../phone/capabilities.ts';
import type { Channel, DeliveryFailure, E164 } from '../phone/model.ts';
import type { CodePurpose } from '../phone/ports.ts';
import { lockedOut } from './locked-out.tsx';
import { costLimits, isDayOver } from './phone-cost-limits.ts';

/** A code to be sent to a number. */
export interface CodeToSend {
  readonly purpose: CodePurpose;
  readonly number: E164;
  readonly country: string;
  readonly channel: Channel;
}

export type SendRefusal = 'too_soon' | 'daily_limit' | DeliveryFailure;

export type SendOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'refused'; readonly reason: SendRefusal }
  /** The owner of the number asked for no more texts; `uuid` names it (PH-6). */
  | { readonly kind: 'opted_out'; readonly uuid: string }
  /** The account is locked; nothing else may be shown. */
  | { readonly kind: 'locked'; readonly response: Response };

/** Whether the number was proven to be this account's: what a sign-in code goes to. */
const isConfirmed = (purpose: CodePurpose): boolean => purpose === 'sign_in';

/** What a sent code is bound to (PH-7). */
export const useOf = ({ handle }: SignedIn, { purpose, number }: CodeToSend): SentCodeUse => ({
  session: handle.locator,
  purpose,
  number,
});

const numberSubject = (visit: Visit, { number, purpose }: CodeToSend): string =>
  `otp-number:${visit.hall.phones.fingerprint(number)}:${isConfirmed(purpose)}`;

/**
 * The limits in their order (accounts section 1): one in ten seconds, some a day to numbers nobody confirmed yet, ten in
 * five minutes to one number, where one more locks the account; then what the money allows, in a day and in an hour.
 */
async function refusedByLimits(signedIn: SignedIn, sending: CodeToSend): Promise<SendOutcome | null> {
  const { visit, handle, state } = signedIn;
  const { hall, now } = visit;
  const { attempts, phones } = hall;
  const { account, facts } = state;
  const short = `otp-short:${account}:${phones.fingerprint(sending.number)}`;
  if (!(await attempts.spend(short, ['otp-send-short'], now)).allowed)
    return { kind: 'refused', reason: 'too_soon' };
  const confirmed = isConfirmed(sending.purpose);
  if (!confirmed && !(await attempts.spend(`otp-day:${account}`, ['phone-confirmation'], now)).allowed)
    return { kind: 'refused', reason: 'daily_limit' };
  // What was sent before the last code arrived came to something; to a number being added, that is told at once.
  const arrivedAt = confirmed ? await phones.lastArrival(sending.number) : null;
  const subject = numberSubject(visit, sending);
  if (!(await attempts.spend(subject, ['otp-send'], now, undefined, arrivedAt)).allowed) {
    const until = await attempts.lock(account, facts.secondFactorSucceededAt, now);
    return { kind: 'locked', response: await lockedOut(visit, handle, until, 'sends') };
  }
  if (hall.phoneService?.costs && (await isDayOver(signedIn, sending.number, confirmed)))
    return { kind: 'refused', reason: 'daily_limit' };
  if (confirmed) return null;
  for (const [subject, limit] of costLimits(sending, now)) {
    if (!(await attempts.spend(subject, [limit], now)).allowed)
      return { kind: 'refused', reason: 'throttled' };
  }
  return null;
}

/**
 * Sends a fresh code; the one before it is dead from here on (`otp.ttl_min`). Everything that can refuse comes before the
 * code exists, and what the telephone company refuses is told in its own words (PH-7).
 */
export async function sendCode(signedIn: SignedIn, sending: CodeToSend): Promise<SendOutcome> {
  const { visit, handle, state } = signedIn;
  const { hall, now, c } = visit;
  const { phoneService, attempts, phones } = hall;
  const { number, channel, purpose } = sending;
  const locked = await attempts.lockedUntil(state.account, state.facts.secondFactorSucceededAt, now);
  if (locked !== null) return { kind: 'locked', response: await lockedOut(visit, handle, locked) };
  if (phoneService === null) return { kind: 'refused', reason: 'unavailable' };
  const capability = capabilityOf(sending.country, phoneService.countries);
  if (capability === null || !canReach(capability, channel, isConfirmed(purpose)))
    return { kind: 'refused', reason: 'unsupported_area' };
  const news = channel === 'sms' ? await phones.news(number) : null;
  if (news !== null && news.optedOutAt !== null) return { kind: 'opted_out', uuid: news.uuid };
  const refused = await refusedByLimits(signedIn, sending);
  if (refused !== null) return refused;
  // Only watched (LI-4), so nobody waits for it.
  hall.after(attempts.spend(`otp-send:${addressKey(c)}`, ['otp-send-ip'], now));

  const code = generateOneTimeCode(hall.random);
  await attempts.keepCode(state.account, code, useOf(signedIn, sending), now);
  const delivered = await phoneService.sendCode({
    to: number,
    channel,
    code,
    purpose,
    locale: c.get('locale'),
  });
  if (delivered.ok) return { kind: 'sent' };
  const { reason } = delivered.error;
  if (reason !== 'opted_out') return { kind: 'refused', reason };
  await phones.noteOptOut(number, now);
  const noted = await phones.news(number);
  return noted === null ? { kind: 'refused', reason } : { kind: 'opted_out', uuid: noted.uuid };
}

/**
 * A code sent to a number being added was typed in: what its sending was counted for is given back, so that only codes
 * nobody uses add up.
 */
export async function codeArrived(visit: Visit, sending: CodeToSend): Promise<void> {
  const { attempts } = visit.hall;
  await attempts.clear(numberSubject(visit, sending), ['otp-send']);
  for (const [subject, limit] of costLimits(sending, visit.now)) await attempts.giveBack(subject, [limit]);
}
