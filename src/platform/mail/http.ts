import { toHex } from '../../kernel/bytes.ts';
import type { RandomBytes } from '../../kernel/ports.ts';
import { SECOND } from '../../kernel/time.ts';
import type { Message, SendMessage } from '../../notices/model.ts';
import { mailFault } from './mail-fault.ts';

/** Most time one try may take. */
const TRY_TIMEOUT_MS = 10 * SECOND;
/** One try and two more; a sign-up page waits for none of them, because mail is sent after the response. */
const TRIES = 3;
const FIRST_PAUSE_MS = 500;
/** However long a provider asks us to wait, an invocation does not live longer than this for it. */
const LONGEST_PAUSE_MS = 8 * SECOND;

export interface HttpMailSettings {
  /** Where messages are posted; `https` unless on loopback. */
  readonly url: string;
  readonly token: string;
  readonly from: string;
}

export interface HttpMailPorts {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly pause: (ms: number) => Promise<void>;
  readonly random: RandomBytes;
}

/**
 * Mail through a provider that takes JSON by POST with a bearer token. Each message carries one idempotency key over
 * all its tries, so a lost answer does not send it twice. Tried again: no connection, time-out, 408, 425, 429, 5xx,
 * with a pause that doubles or the one the provider names in `Retry-After` (RFC 9110 section 10.2.3). Every other
 * refusal is final.
 */
export function sendOverHttp(settings: HttpMailSettings, ports: HttpMailPorts): SendMessage {
  checkUrl(settings.url);
  return async (message) => {
    if (message.channel !== 'email') throw mailFault('unsupported_channel');
    const init = requestOf(settings, message, toHex(ports.random(16)));
    let pauseMs = FIRST_PAUSE_MS;
    for (let tried = 1; ; tried += 1) {
      const outcome = await tryOnce(settings.url, init, ports);
      if (outcome.kind === 'sent') return;
      if (outcome.kind === 'refused' || tried === TRIES) throw mailFault(outcome.reason);
      await ports.pause(Math.min(outcome.retryAfterMs ?? pauseMs, LONGEST_PAUSE_MS));
      pauseMs *= 2;
    }
  };
}

type Outcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'again'; readonly reason: string; readonly retryAfterMs: number | null };

async function tryOnce(url: string, init: RequestInit, ports: HttpMailPorts): Promise<Outcome> {
  let response: Response;
  try {
    response = await ports.fetch(url, { ...init, signal: AbortSignal.timeout(TRY_TIMEOUT_MS) });
  } catch {
    return { kind: 'again', reason: 'unreachable', retryAfterMs: null };
  }
  await response.body?.cancel();
  const { status } = response;
  if (status >= 200 && status < 300) return { kind: 'sent' };
  const reason = `status_${status}`;
  const temporary = status === 408 || status === 425 || status === 429 || status >= 500;
  return temporary
    ? { kind: 'again', reason, retryAfterMs: secondsOf(response.headers.get('Retry-After')) }
    : { kind: 'refused', reason };
}

const requestOf = (settings: HttpMailSettings, message: Message, key: string): RequestInit => ({
  method: 'POST',
  redirect: 'error',
  headers: {
    Authorization: `Bearer ${settings.token}`,
    'Content-Type': 'application/json',
    'Idempotency-Key': key,
  },
  body: JSON.stringify({
    from: settings.from,
    to: [message.to],
    subject: message.subject,
    text: message.text,
    html: message.html,
  }),
});

/** Delay-seconds form only; a date or nonsense means our own pause. */
const secondsOf = (header: string | null): number | null =>
  header !== null && /^\d{1,5}$/.test(header.trim()) ? Number(header) * SECOND : null;

function checkUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : null;
  const loopback = url !== null && (url.hostname === 'localhost' || url.hostname === '127.0.0.1');
  if (url === null || (url.protocol !== 'https:' && !loopback))
    throw new Error('the mail provider needs an https address');
}
