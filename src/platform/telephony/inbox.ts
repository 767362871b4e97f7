import type { DeliveryFailure, E164, LineType } from '../../factors/phone/model.ts';
import type { SpokenCode, Telephony } from '../../factors/phone/ports.ts';
import { err, ok } from '../../kernel/result.ts';
import type { SendMessage } from '../../notices/model.ts';

/** Numbers that play a failure, so that every page about one can be seen (SB-9). */
const FAILING: Readonly<Record<string, DeliveryFailure>> = {
  '+12255551000': 'unavailable',
  '+12255553001': 'invalid_number',
  '+12255552000': 'unsupported_area',
  '+12255559999': 'opted_out',
  '+12255554000': 'throttled',
};
/** Numbers a look-up finds to be another kind of line. */
const LINES: Readonly<Record<string, LineType>> = {
  '+12255552000': 'voip',
  '+12255553000': 'landline',
  '+12255555000': 'blocked',
};

/** What a call says, written down: digits apart, the whole as often as it is said (PH-4). */
export const transcript = ({ before, digits, after, times }: SpokenCode): string =>
  Array.from({ length: times }, () => `${before} ${[...digits].join(', ')}. ${after}`).join('\n');

/**
 * Telephony for places that must reach nobody: texts and calls are kept in the test inbox. `isOptedIn` tells whether the
 * owner of the number that plays an opt-out opted back in on our page.
 */
export function inboxTelephony(keep: SendMessage, isOptedIn: (number: E164) => Promise<boolean>): Telephony {
  const deliver = async (
    channel: 'sms' | 'voice',
    to: E164,
    text: string,
    code: string | null,
  ): ReturnType<Telephony['sendText']> => {
    const failure = FAILING[to];
    const plays =
      failure === 'opted_out' ? channel === 'sms' && !(await isOptedIn(to)) : failure !== undefined;
    if (failure !== undefined && plays) return err({ reason: failure });
    await keep({ channel, to, subject: '', text, html: '', code });
    return ok(null);
  };
  return {
    costs: false,
    sendText: ({ to, text, code }) => deliver('sms', to, text, code),
    call: (to, spoken) => deliver('voice', to, transcript(spoken), spoken.digits),
    lookUp: async (number) => LINES[number] ?? 'unknown',
    optBackIn: async () => true,
    readCallback: async () => null,
  };
}
