import type { DeliveryFailure, LineType } from '../../factors/phone/model.ts';
import type { Delivered, Telephony } from '../../factors/phone/ports.ts';
import { err, ok } from '../../kernel/result.ts';
import { SECOND } from '../../kernel/time.ts';
import { callScript } from './call-script.ts';
import { failureOfCode, readTelephonyCallback } from './callback.ts';

const TRY_TIMEOUT_MS = 8 * SECOND;
/** A person is waiting, so a text is tried twice at most; the page offers another. */
const TRIES = 2;

export interface HttpTelephonySettings {
  /** Base of the messages and calls interface, without a trailing slash. */
  readonly url: string;
  /** Base of the line look-up; null asks nobody. */
  readonly lookupUrl: string | null;
  readonly account: string;
  readonly token: string;
  /** A number in E.164, or the id of a messaging service. */
  readonly from: string;
  /** The number calls come from; `from` when that is a number. */
  readonly callFrom: string;
  /** Where status callbacks come to: absolute, exactly as the company will call it. */
  readonly callbackUrl: string;
}

export type HttpFetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * Telephony over HTTP, in the wire shape of Twilio's Messages, Calls and Lookup interfaces, which other companies speak
 * too: forms with basic authentication in, JSON out, signed callbacks. Tried again once: no connection, 5xx. Error codes
 * become the failures a person is told about (PH-7); their texts quote numbers and are dropped.
 */
export function httpTelephony(settings: HttpTelephonySettings, fetch: HttpFetch): Telephony {
  const { url, lookupUrl, account, token, from, callFrom, callbackUrl } = settings;
  for (const base of [url, ...(lookupUrl === null ? [] : [lookupUrl])]) checkBase(base);
  const authorization = `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`;
  const accountUrl = `${url}/2010-04-01/Accounts/${encodeURIComponent(account)}`;

  const post = async (address: string, fields: Readonly<Record<string, string>>): Promise<Delivered> => {
    for (let tried = 1; ; tried += 1) {
      const answer = await ask(fetch, address, {
        method: 'POST',
        headers: { Authorization: authorization, 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
      });
      if (answer.status >= 200 && answer.status < 300) {
        const failure = failureOfCode(numberIn(answer.body, 'error_code'));
        return failure === null ? ok(null) : err({ reason: failure });
      }
      if (answer.status >= 400 && answer.status < 500) return err({ reason: refusalOf(answer) });
      if (tried === TRIES) return err({ reason: 'unavailable' });
    }
  };
  const sender = from.startsWith('+') ? { From: from } : { MessagingServiceSid: from };

  return {
    costs: true,
    sendText: ({ to, text }) =>
      post(`${accountUrl}/Messages.json`, { To: to, ...sender, Body: text, StatusCallback: callbackUrl }),
    call: (to, spoken) =>
      post(`${accountUrl}/Calls.json`, {
        To: to,
        From: callFrom,
        Twiml: callScript(spoken),
        StatusCallback: callbackUrl,
      }),
    async lookUp(number) {
      if (lookupUrl === null) return 'unknown';
      const answer = await ask(
        fetch,
        `${lookupUrl}/v2/PhoneNumbers/${encodeURIComponent(number)}?Fields=line_type_intelligence`,
        { method: 'GET', headers: { Authorization: authorization } },
      );
      return answer.status === 200 ? lineTypeIn(answer.body) : 'unknown';
    },
    // Consent withdrawn by STOP can be given anew only by its owner, by a text of their own.
    optBackIn: async () => false,
    readCallback: (request) => readTelephonyCallback(request, { token, callbackUrl }),
  };
}

interface Answer {
  /** 0: no answer at all. */
  readonly status: number;
  readonly body: unknown;
}

async function ask(fetch: HttpFetch, address: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(address, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(TRY_TIMEOUT_MS),
    });
    return { status: response.status, body: await response.json().catch(() => null) };
  } catch {
    return { status: 0, body: null };
  }
}

const fieldOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;

function numberIn(body: unknown, name: string): number | null {
  const value = fieldOf(body, name);
  return typeof value === 'number' ? value : null;
}

const refusalOf = ({ status, body }: Answer): DeliveryFailure =>
  failureOfCode(numberIn(body, 'code')) ?? (status === 429 ? 'throttled' : 'unavailable');

const LINE_TYPES: Readonly<Record<string, LineType>> = {
  mobile: 'mobile',
  landline: 'landline',
  fixedVoip: 'voip',
  nonFixedVoip: 'voip',
  premium: 'premium',
  sharedCost: 'premium',
  tollFree: 'premium',
  uan: 'premium',
  pager: 'premium',
};

function lineTypeIn(body: unknown): LineType {
  const type = fieldOf(fieldOf(body, 'line_type_intelligence'), 'type');
  return (typeof type === 'string' ? LINE_TYPES[type] : undefined) ?? 'unknown';
}

function checkBase(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : null;
  const loopback = url !== null && (url.hostname === 'localhost' || url.hostname === '127.0.0.1');
  if (url === null || (url.protocol !== 'https:' && !loopback))
    throw new Error('the telephone company needs an https address');
}
