import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../../src/notices/model.ts';
import { createKeyholder } from '../../../src/platform/keys/keyholder.ts';
import { createInbox } from '../../../src/platform/mail/inbox.ts';
import { randomBytes } from '../../../src/platform/random.ts';

const keys = createKeyholder(new Map([[1, 'dGVzdC1vbmx5LXRlc3Qtb25seS10ZXN0LW9ubHkhISE']]));
const aMessage = (over: Partial<Message> = {}): Message => ({
  channel: 'email',
  to: 'pat@agency.gov',
  subject: 'Hello',
  text: 'Your link: https://idp.test/x',
  html: '<p>Hello</p>',
  code: null,
  ...over,
});

let now = 1_000;
const inbox = createInbox(env.DB, keys, () => now, randomBytes);

beforeEach(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  await inbox.clear();
  now = 1_000;
});

describe('the test inbox', () => {
  it('gives messages back as they were sent, newest last, also within one millisecond', async () => {
    for (const subject of ['one', 'two', 'three']) await inbox.send(aMessage({ subject }));
    now = 2_000;
    await inbox.send(aMessage({ subject: 'four', code: '123456', channel: 'sms' }));
    const found = await inbox.list({ to: null, after: null, limit: 10 });
    expect(found.map(({ subject }) => subject)).toEqual(['one', 'two', 'three', 'four']);
    expect(found[3]).toMatchObject({
      code: '123456',
      channel: 'sms',
      sentAt: 2_000,
      text: 'Your link: https://idp.test/x',
    });
  });

  it('finds by recipient, whatever the case, and by time', async () => {
    await inbox.send(aMessage());
    await inbox.send(aMessage({ to: 'robin@agency.gov' }));
    now = 2_000;
    await inbox.send(aMessage({ subject: 'later' }));
    expect(await inbox.list({ to: 'Pat@Agency.gov', after: null, limit: 10 })).toHaveLength(2);
    const later = await inbox.list({ to: 'pat@agency.gov', after: 1_000, limit: 10 });
    expect(later.map(({ subject }) => subject)).toEqual(['later']);
    expect(await inbox.list({ to: 'nobody@agency.gov', after: null, limit: 10 })).toEqual([]);
  });

  it('keeps the newest when there are more than asked for', async () => {
    for (const subject of ['one', 'two', 'three']) await inbox.send(aMessage({ subject }));
    const found = await inbox.list({ to: null, after: null, limit: 2 });
    expect(found.map(({ subject }) => subject)).toEqual(['two', 'three']);
  });

  it('opens one by its id', async () => {
    await inbox.send(aMessage());
    const [first] = await inbox.list({ to: null, after: null, limit: 1 });
    expect(await inbox.get(first?.id ?? '')).toEqual(first);
    expect(await inbox.get('nothing')).toBeNull();
  });

  it('PI-11 stores no address and no text in the clear, and nothing that opens elsewhere', async () => {
    await inbox.send(aMessage());
    const { results } = await env.DB.prepare('SELECT * FROM messages').all();
    expect(JSON.stringify(results)).not.toMatch(/pat@|agency|Hello|idp\.test/);
    await env.DB.prepare("UPDATE messages SET id = '000000000000-moved'").run();
    expect(await inbox.list({ to: null, after: null, limit: 10 })).toEqual([]);
  });

  it('forgets what is old', async () => {
    await inbox.send(aMessage({ subject: 'old' }));
    now = 5_000;
    await inbox.send(aMessage({ subject: 'new' }));
    await inbox.prune(2_000);
    expect((await inbox.list({ to: null, after: null, limit: 10 })).map(({ subject }) => subject)).toEqual([
      'new',
    ]);
  });
});
