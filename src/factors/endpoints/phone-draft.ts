import { type EpochMs, SECOND } from '../../kernel/time.ts';
import type { SessionChange } from '../../sessions/model.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { ONE_TIME_CODE_LIFETIME_MS } from '../one-time-code.ts';
import { type Channel, isChannel } from '../phone/model.ts';
import { readE164 } from '../phone/read-number.ts';
import type { CodeToSend, SendRefusal } from './send-code.ts';

/** The drafts under which a session keeps where its codes went. */
const NAMES = { sign_in: 'phone-sign-in', confirm_phone: 'phone-set-up' } as const;

/** A code this browser waits for: kept sealed in the session, never the code itself. */
export interface WaitingCode extends CodeToSend {
  /** The phone's id on the account; null for a number about to be added. */
  readonly phone: string | null;
  readonly sentAt: EpochMs;
  /** Why it was not sent; null when it was. */
  readonly failure: SendRefusal | null;
}

/** What the session keeps of a code just sent. */
export async function waitingDraft(
  { visit, handle, state }: SignedIn,
  { purpose, number, channel, phone, sentAt, failure }: WaitingCode,
): Promise<SessionChange> {
  const name = NAMES[purpose];
  const text = JSON.stringify([number, channel, phone, sentAt, failure]);
  return { kind: 'draft', name, value: await visit.hall.sessions.sealDraft(handle, state, name, text) };
}

/** Whole seconds a code still works; null when it is over or never got there (`otp.expiry_warning_s`). */
export function secondsLeft({ sentAt, failure }: WaitingCode, now: EpochMs): number | null {
  const left = Math.ceil((sentAt + ONE_TIME_CODE_LIFETIME_MS - now) / SECOND);
  return failure === null && left > 0 ? left : null;
}

/** Forgets the code: it was used, or its turn is over. */
export const forgetWaiting = (purpose: CodeToSend['purpose']): SessionChange => ({
  kind: 'draft',
  name: NAMES[purpose],
  value: null,
});

/** The code this browser waits for; null when there is none. */
export async function waitingCode(
  { visit, handle, state }: SignedIn,
  purpose: CodeToSend['purpose'],
): Promise<WaitingCode | null> {
  const text = await visit.hall.sessions.openDraft(handle, state, NAMES[purpose]);
  if (text === null) return null;
  // Only `waitingDraft` seals under this name, and the seal vouches that nobody changed it since.
  const [number, channel, phone, sentAt, failure]: [
    string,
    Channel,
    string | null,
    EpochMs,
    SendRefusal | null,
  ] = JSON.parse(text);
  const read = readE164(number);
  return read === null || !isChannel(channel)
    ? null
    : { purpose, number: read.e164, country: read.country, channel, phone, sentAt, failure };
}
