import { createHmac } from 'node:crypto';
import type { DeliveryFailure } from '../../factors/phone/model.ts';
import type { TelephonyNews } from '../../factors/phone/ports.ts';
import { readE164 } from '../../factors/phone/read-number.ts';
import { equalSecrets } from '../../kernel/crypto.ts';
import { readText } from '../../kernel/read-text.ts';

/** Most bytes of a callback; real ones have under two thousand. */
const MAX_CALLBACK_BYTES = 16_384;

/** Error codes of the Twilio-compatible interface as the failures people are told about (PH-7). */
const FAILURES: Readonly<Record<number, DeliveryFailure>> = {
  13224: 'invalid_number',
  21211: 'invalid_number',
  21217: 'invalid_number',
  21401: 'invalid_number',
  21421: 'invalid_number',
  30005: 'invalid_number',
  21215: 'unsupported_area',
  21408: 'unsupported_area',
  21612: 'unsupported_area',
  32205: 'unsupported_area',
  21610: 'opted_out',
  21614: 'landline',
  30006: 'landline',
  20429: 'throttled',
  14107: 'throttled',
  21611: 'throttled',
  30001: 'throttled',
  30004: 'blocked',
  30007: 'blocked',
  30450: 'blocked',
  30002: 'unavailable',
  30003: 'unavailable',
  30008: 'unavailable',
};

/** The failure a code stands for; null for no code, `unavailable` for one we do not know. */
export const failureOfCode = (code: number | null): DeliveryFailure | null =>
  code === null || code === 0 ? null : (FAILURES[code] ?? 'unavailable');

/** `X-Twilio-Signature`: HMAC-SHA-1 under the account's token over the address and the sorted fields. */
export function callbackSignature(token: string, url: string, fields: URLSearchParams): string {
  const sorted = [...fields].sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0));
  const signed = url + sorted.map(([name, value]) => name + value).join('');
  return createHmac('sha1', token).update(signed, 'utf8').digest('base64');
}

/**
 * A status callback or an incoming text; null unless its signature fits. The address signed is our own configured one,
 * never what the request claims. STOP and its kin opt a number out, START and its kin back in.
 */
export async function readTelephonyCallback(
  request: Request,
  { token, callbackUrl }: { readonly token: string; readonly callbackUrl: string },
): Promise<readonly TelephonyNews[] | null> {
  const brought = request.headers.get('x-twilio-signature') ?? '';
  const text = await readText(request, MAX_CALLBACK_BYTES);
  if (text === null) return null;
  const fields = new URLSearchParams(text);
  return equalSecrets(callbackSignature(token, callbackUrl, fields), brought) ? newsIn(fields) : null;
}

/** Words by which carriers let people end and resume texts (CTIA messaging principles). */
const STOP_WORDS: ReadonlySet<string> = new Set([
  'STOP',
  'STOPALL',
  'UNSUBSCRIBE',
  'CANCEL',
  'END',
  'QUIT',
  'REVOKE',
  'OPTOUT',
]);
const START_WORDS: ReadonlySet<string> = new Set(['START', 'UNSTOP', 'YES']);

/** What an incoming text asks for: the company's own reading where it gives one, else the text itself. */
function consentIn(fields: URLSearchParams): 'opted_out' | 'opted_in' | null {
  if (fields.has('MessageStatus') || fields.has('CallStatus')) return null;
  const word = (fields.get('OptOutType') ?? fields.get('Body') ?? '').trim().toUpperCase();
  if (STOP_WORDS.has(word)) return 'opted_out';
  return START_WORDS.has(word) ? 'opted_in' : null;
}

const FAILED: ReadonlySet<string> = new Set(['failed', 'undelivered', 'canceled']);

function newsIn(fields: URLSearchParams): readonly TelephonyNews[] {
  const consent = consentIn(fields);
  if (consent !== null) {
    const number = readE164(fields.get('From') ?? '');
    return number === null ? [] : [{ kind: consent, number: number.e164 }];
  }
  const number = readE164(fields.get('To') ?? '');
  const status = fields.get('MessageStatus') ?? fields.get('CallStatus') ?? '';
  if (number === null || !FAILED.has(status)) return [];
  const failure = failureOfCode(Number(fields.get('ErrorCode') ?? '0') || null) ?? 'unavailable';
  return failure === 'opted_out'
    ? [{ kind: 'opted_out', number: number.e164 }]
    : [{ kind: 'failed', number: number.e164, failure }];
}
