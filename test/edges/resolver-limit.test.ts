import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Browser } from '../support/browser.ts';
import { servedHere } from '../support/isolate.ts';
import { aPerson, walk } from '../support/people.ts';

const RESOLVER = 'https://resolver.test/dns-query';
const asked: string[] = [];
/** Everything the Worker asks outside: nothing but the resolver, which knows no domain. */
vi.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
  const url = new URL(input instanceof Request ? input.url : String(input));
  if (`${url.origin}${url.pathname}` !== RESOLVER) throw new Error(`nobody asks ${url.origin}`);
  asked.push(url.searchParams.get('name') ?? '');
  return Response.json({ Status: 3 });
});
const common = { ...env, MAIL_RESOLVER_URL: RESOLVER };
// Where strangers' networks are counted: on a laptop and in a test environment everybody shares one.
const staging = servedHere(
  Object.assign({}, common, {
    GH_ENV: 'staging',
    MAIL_PROVIDER: 'http',
    MAIL_HTTP_URL: 'https://mail.test/',
  }),
);
const worker = servedHere(Object.assign({}, common, { SCRYPT_LOG2N: '8' }));

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));
beforeEach(() => {
  asked.length = 0;
});
afterAll(() => vi.restoreAllMocks());

describe('SU-2, register.ip the look-up of a mail domain', () => {
  it('happens twenty times for a network at sign-up: nobody has a free resolver here', async () => {
    const browser = new Browser(staging, { 'cf-connecting-ip': '192.0.2.50' });
    for (let at = 0; at < 20; at += 1) {
      await browser.open('/sign_up/enter_email');
      await browser.submit({ email: `pat@domain-${at}.test`, terms_accepted: '1' });
      expect(browser.view.status).toBe(422);
    }
    expect(asked).toHaveLength(20);
    await browser.open('/sign_up/enter_email');
    await browser.submit({ email: 'pat@one-more.test', terms_accepted: '1' });
    expect(browser.view.status).toBe(429);
    expect(asked).toHaveLength(20);
  });

  it('and twenty times for somebody who adds addresses (EM-1)', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open('/');
    await walk(browser, person);
    for (let at = 0; at < 21; at += 1) {
      await browser.open('/add/email');
      await browser.submit({ email: `pat@domain-${at}.test` });
    }
    expect(browser.view.status).toBe(429);
    expect(asked).toHaveLength(20);
  });
});
