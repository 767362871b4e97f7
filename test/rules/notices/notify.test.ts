import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/notices/model.ts';
import { makeNotify } from '../../../src/notices/pages/notify.ts';

const context = { brand: 'Gatehouse', origin: 'https://idp.test', logoUrl: null } as const;

describe('NT-1 telling people', () => {
  it('sends each address its own message, once', async () => {
    const sent: Message[] = [];
    const notify = makeNotify(
      async (message) => void sent.push(message),
      context,
      () => null,
      () => {},
    );
    await notify(['a@agency.gov', 'b@agency.gov', 'a@agency.gov'], 'es', { kind: 'account-suspended' });
    expect(sent.map(({ to, channel, code }) => ({ to, channel, code }))).toEqual([
      { to: 'a@agency.gov', channel: 'email', code: null },
      { to: 'b@agency.gov', channel: 'email', code: null },
    ]);
    expect(sent[0]?.subject).toBe('Su cuenta está suspendida');
  });

  it('goes on after a failure and logs it without saying who', async () => {
    const sent: string[] = [];
    const lines: unknown[] = [];
    const notify = makeNotify(
      async ({ to }) => {
        if (to.startsWith('a'))
          throw Object.assign(new Error(`no mailbox ${to}`), { name: 'MailFault.status_422' });
        sent.push(to);
      },
      context,
      () => null,
      (event, facts) => void lines.push({ event, facts }),
    );
    await notify(['a@agency.gov', 'b@agency.gov'], 'en', { kind: 'account-suspended' });
    expect(sent).toEqual(['b@agency.gov']);
    expect(lines).toEqual([
      { event: 'notice_not_sent', facts: { notice: 'account-suspended', error: 'MailFault.status_422' } },
    ]);
  });

  it('waits for the words of the language it writes in', async () => {
    const steps: string[] = [];
    const notify = makeNotify(
      async () => void steps.push('sent'),
      context,
      async (locale) => void steps.push(`words ${locale}`),
      () => {},
    );
    await notify(['a@agency.gov'], 'fr', { kind: 'account-suspended' });
    expect(steps).toEqual(['words fr', 'sent']);
  });
});
