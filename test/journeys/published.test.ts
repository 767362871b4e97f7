import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { keepOut, letIn } from '../support/heard-lines.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker.close());

describe('DSC-1 discovery', () => {
  it('is cached for a week, carries an ETag and answers 304 to it', async () => {
    const first = await worker.fetch('/.well-known/openid-configuration');
    expect(first.status).toBe(200);
    expect(first.headers.get('cache-control')).toBe('max-age=604800, public');
    expect(first.headers.get('set-cookie')).toBeNull();
    const etag = first.headers.get('etag') ?? '';
    const again = await worker.fetch('/.well-known/openid-configuration', {
      headers: { 'if-none-match': etag },
    });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it.each(['/.well-known/openid-configuration', '/api/openid_connect/certs'])(
    'sends %s alike to browsers and to scripts of other origins, which it does not know',
    async (path) => {
      const plain = await worker.fetch(path);
      const fromScript = await worker.fetch(path, { headers: { origin: 'https://elsewhere.test' } });
      expect(await fromScript.text()).toBe(await plain.text());
      expect(fromScript.headers.get('access-control-allow-origin')).toBeNull();
      for (const name of ['vary', 'etag', 'cache-control', 'content-type', 'strict-transport-security'])
        expect(fromScript.headers.get(name), name).toBe(plain.headers.get(name));
      expect(plain.headers.get('vary')).toBe('Origin');
    },
  );

  it('is the same under a locale and at the RFC 8414 address', async () => {
    const plain = await (await worker.fetch('/.well-known/openid-configuration')).text();
    expect(await (await worker.fetch('/es/.well-known/openid-configuration')).text()).toBe(plain);
    expect(await (await worker.fetch('/.well-known/oauth-authorization-server')).text()).toBe(plain);
  });
});

describe('LO-7 hosts', () => {
  it('answers 421 for a host that is not the issuer', async () => {
    expect((await worker.fetch('https://elsewhere.test/')).status).toBe(421);
  });
});

describe('UR-9 addresses that lead to the operator', () => {
  it('lead to the configured pages, and home where there is none', async () => {
    const help = 'https://help.example.gov/';
    const policy = 'https://example.gov/privacy';
    const site = 'https://example.gov/sign-in';
    const configured = await startWorker({ HELP_URL: help, PRIVACY_URL: policy, MARKETING_URL: site });
    const leadsTo = async (at: TestWorker, path: string): Promise<string> => {
      const answer = await at.fetch(path);
      return `${answer.status} ${answer.headers.get('location')}`;
    };
    try {
      expect(await leadsTo(configured, '/redirect/help_center')).toBe(`302 ${help}`);
      expect(await leadsTo(configured, '/es/redirect/policy?url=https://evil.test')).toBe(`302 ${policy}`);
      expect(await leadsTo(configured, '/redirect/marketing')).toBe(`302 ${site}`);
      expect(await leadsTo(configured, '/redirect/contact')).toBe('303 /');
      expect(await leadsTo(worker, '/redirect/marketing')).toBe('303 /');
    } finally {
      await configured.close();
    }
  });
});

describe('UR-10 what scripts of our pages report', () => {
  const report = (body: string, headers: Record<string, string> = {}) =>
    worker.fetch('/api/logger', { method: 'POST', headers, body });

  it('becomes one line with the name of the event and nothing else that was sent', async () => {
    const payload = { name: 'SecretFromThePage' };
    const answer = await report(JSON.stringify({ event: 'passkey_failed', payload }));
    expect([answer.status, await answer.json()]).toEqual([200, { success: true }]);
    const line = JSON.stringify({ level: 'info', event: 'page_event', what: 'passkey_failed' });
    await expect.poll(() => worker.logs().map((text) => text.trim()), { timeout: 5000 }).toContain(line);
    expect(worker.logs().join('')).not.toContain('SecretFromThePage');
  });

  describe('O23 the canary of the whole suite', () => {
    const told = (): number => worker.logs().filter((line) => line.includes('passkey_failed')).length;
    let before = 0;
    beforeEach(async () => {
      before = told();
      expect((await report(JSON.stringify({ event: 'passkey_failed' }))).status).toBe(200);
      await expect.poll(told, { timeout: 5000 }).toBe(before + 1);
    });

    it('lets such a line pass', () => expect(told()).toBe(before + 1));

    it.fails('fails a test after which a line of the Worker holds what it must not', () => {
      keepOut(['passkey_failed']);
      onTestFinished(() => letIn('passkey_failed'));
    });
  });

  it.each([
    ['an unknown event', { event: 'made_up_event' }],
    ['no event', { payload: {} }],
    ['a body of more than 4 kB', { event: 'passkey_failed', payload: 'x'.repeat(4096) }],
  ])('is refused with %s', async (_, body) => {
    const answer = await report(JSON.stringify(body));
    expect([answer.status, await answer.json()]).toEqual([400, { success: false, error: 'invalid_event' }]);
    expect(worker.logs().join('')).not.toContain('made_up_event');
  });

  it('is refused from elsewhere, and unread when it is no JSON', async () => {
    expect((await report('{"event":"passkey_failed"}', { origin: 'https://evil.test' })).status).toBe(403);
    expect((await report('passkey_failed')).status).toBe(400);
  });
});
