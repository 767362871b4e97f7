import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/notices/model.ts';
import { sendWithBinding } from '../../../src/platform/mail/binding.ts';
import { sendOverHttp } from '../../../src/platform/mail/http.ts';

const message: Message = {
  channel: 'email',
  to: 'pat@agency.gov',
  subject: 'Hello',
  text: 'Hello.',
  html: '<p>Hello.</p>',
  code: null,
};
const settings = { url: 'https://mail.test/emails', token: 'secret-token', from: 'no-reply@idp.test' };

/** A provider that answers in turn; remembers what it was sent and how long it was waited for. */
function aProvider(answers: readonly (number | 'down' | { status: number; retryAfter: string })[]) {
  const requests: { headers: Headers; body: unknown }[] = [];
  const pauses: number[] = [];
  const send = sendOverHttp(settings, {
    fetch: async (_url, init) => {
      const answer = answers[requests.length] ?? 200;
      requests.push({ headers: new Headers(init.headers), body: JSON.parse(String(init.body)) });
      if (answer === 'down') throw new TypeError('connection refused for pat@agency.gov');
      if (typeof answer === 'number') return new Response('', { status: answer });
      return new Response('', { status: answer.status, headers: { 'Retry-After': answer.retryAfter } });
    },
    pause: async (ms) => void pauses.push(ms),
    random: (length) => new Uint8Array(length).fill(7),
  });
  return { send, requests, pauses };
}

describe('mail over HTTP', () => {
  it('posts one JSON message with the bearer token', async () => {
    const { send, requests } = aProvider([202]);
    await send(message);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer secret-token');
    expect(requests[0]?.body).toEqual({
      from: 'no-reply@idp.test',
      to: ['pat@agency.gov'],
      subject: 'Hello',
      text: 'Hello.',
      html: '<p>Hello.</p>',
    });
  });

  it('tries again after an outage, with one idempotency key and a growing pause', async () => {
    const { send, requests, pauses } = aProvider(['down', 503, 200]);
    await send(message);
    expect(new Set(requests.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1);
    expect(pauses).toEqual([500, 1000]);
  });

  it('waits as long as the provider asks, within bounds', async () => {
    const { send, pauses } = aProvider([
      { status: 429, retryAfter: '3' },
      { status: 429, retryAfter: '3600' },
      200,
    ]);
    await send(message);
    expect(pauses).toEqual([3000, 8000]);
  });

  it('gives up after three tries', async () => {
    const { send, requests } = aProvider([500, 500, 500, 200]);
    await expect(send(message)).rejects.toMatchObject({ name: 'MailFault.status_500' });
    expect(requests).toHaveLength(3);
  });

  it.each([400, 401, 403, 422])('takes %i as final', async (status) => {
    const { send, requests } = aProvider([status]);
    await expect(send(message)).rejects.toMatchObject({ name: `MailFault.status_${status}` });
    expect(requests).toHaveLength(1);
  });

  it('lets no address into its errors', async () => {
    const { send } = aProvider(['down', 'down', 'down']);
    const fault = await send(message).catch((error: unknown) => error);
    expect(String(fault)).toContain('unreachable');
    expect(String(fault)).not.toContain('pat@');
  });

  it('sends no text messages', async () => {
    await expect(aProvider([]).send({ ...message, channel: 'sms' })).rejects.toMatchObject({
      name: 'MailFault.unsupported_channel',
    });
  });

  it('refuses a provider without TLS', () => {
    const ports = {
      fetch: async () => new Response(),
      pause: async () => {},
      random: (n: number) => new Uint8Array(n),
    };
    expect(() => sendOverHttp({ ...settings, url: 'http://mail.test/' }, ports)).toThrow();
    expect(() => sendOverHttp({ ...settings, url: 'http://127.0.0.1:2525/' }, ports)).not.toThrow();
  });
});

describe('mail through the binding', () => {
  it('hands over the fields', async () => {
    const sent: unknown[] = [];
    const send = sendWithBinding({ send: async (fields) => void sent.push(fields) }, 'no-reply@idp.test');
    await send(message);
    expect(sent).toEqual([
      {
        from: 'no-reply@idp.test',
        to: 'pat@agency.gov',
        subject: 'Hello',
        text: 'Hello.',
        html: '<p>Hello.</p>',
      },
    ]);
  });

  it('keeps the code of a failure and drops its words', async () => {
    const fault = Object.assign(new Error('pat@agency.gov is not allowed'), {
      code: 'E_RECIPIENT_NOT_ALLOWED',
    });
    const send = sendWithBinding({ send: async () => Promise.reject(fault) }, 'no-reply@idp.test');
    const thrown = await send(message).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ name: 'MailFault.E_RECIPIENT_NOT_ALLOWED' });
    expect(String(thrown)).not.toContain('pat@');
  });
});
