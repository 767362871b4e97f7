import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { go } from '../../signin/endpoints/visit.tsx';
import type { MessageKey } from '../../ui/index.ts';
import { type WaitingCode, waitingCode, waitingDraft } from './phone-draft.ts';
import { type CodeToSend, type SendRefusal, sendCode } from './send-code.ts';

/** What people are told when a code did not get there (PH-7). */
export const FAILURE_WORDS = {
  too_soon: 'phone.code.too_soon',
  daily_limit: 'phone.failure.daily_limit',
  invalid_number: 'phone.failure.invalid_number',
  unsupported_area: 'phone.failure.unsupported_area',
  unavailable: 'phone.failure.unavailable',
  opted_out: 'phone.failure.opted_out',
  throttled: 'phone.failure.throttled',
  landline: 'phone.failure.landline',
  blocked: 'phone.failure.blocked',
} as const satisfies Record<SendRefusal, MessageKey>;

/** The page about a number that opted out (PH-6). */
export const optInPath = (uuid: string): string => `/login/two_factor/sms/${uuid}/opt_in`;

/**
 * Sends a code and keeps in the session where it went, also when it did not get there. A code asked for too soon changes
 * nothing: the one before it is still good. Gives a response when the person cannot stay on the code page.
 */
export async function deliverCode(
  signedIn: SignedIn,
  sending: CodeToSend,
  phone: string | null,
): Promise<WaitingCode | Response> {
  const { visit, handle } = signedIn;
  const { hall, now } = visit;
  const outcome = await sendCode(signedIn, sending);
  if (outcome.kind === 'locked') return outcome.response;
  const failure =
    outcome.kind === 'sent' ? null : outcome.kind === 'opted_out' ? 'opted_out' : outcome.reason;
  const before = failure === 'too_soon' ? await waitingCode(signedIn, sending.purpose) : null;
  if (before !== null && before.number === sending.number) return { ...before, failure };
  const waiting: WaitingCode = { ...sending, phone, sentAt: now, failure };
  await hall.sessions.change(handle, now, [await waitingDraft(signedIn, waiting)]);
  return outcome.kind === 'opted_out' ? go(visit, optInPath(outcome.uuid)) : waiting;
}
