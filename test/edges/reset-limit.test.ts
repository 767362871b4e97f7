import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.ts';
import { servedHere } from '../support/isolate.ts';

const mailed: string[] = [];
const MAIL: SendEmail = {
  send: async (message: object) => {
    mailed.push('to' in message ? String(message.to) : '');
    return { messageId: 'test' };
  },
};
// Where strangers' networks are counted: on a laptop and in a test environment everybody shares one.
const bindings = { ...env, GH_ENV: 'staging', MAIL, MAIL_PROVIDER: 'binding' };
const worker = servedHere(bindings);

/** Waits for work after a response: until nothing has happened for a while. */
async function settled(): Promise<void> {
  let before: number;
  do {
    before = mailed.length;
    await new Promise<void>((done) => setTimeout(done, 50));
  } while (before !== mailed.length);
}

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

const from = (network: string): Browser => new Browser(worker, { 'cf-connecting-ip': network });

async function ask(browser: Browser, address: string): Promise<number> {
  await browser.open('/users/password/new');
  await browser.submit({ email: address });
  return browser.view.status;
}

describe('PW-1 asking for a password link', () => {
  it('is limited by network, alike for every address; another network goes on', async () => {
    const browser = from('192.0.2.40');
    for (let asked = 0; asked < 20; asked += 1)
      expect(await ask(browser, `person-${asked}@mailbox.test`)).toBe(200);
    await settled();
    const before = mailed.length;
    expect(before).toBe(20);
    expect(await ask(browser, 'known@mailbox.test')).toBe(429);
    expect(browser.view.text).not.toContain('mailbox.test');
    await browser.open('/forgot_password');
    await browser.submit({}, ({ action }) => action.endsWith('/forgot_password'));
    expect(browser.view.status, 'sending again counts too').toBe(429);
    await settled();
    expect(mailed.length).toBe(before);
    expect(await ask(from('198.51.100.40'), 'known@mailbox.test')).toBe(200);
  });
});
