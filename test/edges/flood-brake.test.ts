import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { servedHere } from '../support/isolate.ts';

/** Lets a network pass so many times; records whom it was asked about. */
function limiterOf(most: number) {
  const counts = new Map<string, number>();
  const RL: RateLimit = {
    limit: async ({ key }) => {
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return { success: count <= most };
    },
  };
  return { RL, counts };
}

const served = (RL: RateLimit, GH_ENV: string) =>
  servedHere({ ...env, GH_ENV, RL, MAIL_PROVIDER: 'binding' });
const from = (network: string) => ({ headers: { 'cf-connecting-ip': network } });

describe('NET-6 a flood from one network', () => {
  it('is answered with 429, Retry-After and a page; other networks go on', async () => {
    const { RL, counts } = limiterOf(3);
    const worker = served(RL, 'production');
    for (const path of ['/', '/es/sign_up/enter_email', '/openid_connect/authorize'])
      expect((await worker.fetch(path, from('192.0.2.7'))).status).not.toBe(429);
    const slowed = await worker.fetch('/fr', from('192.0.2.7'));
    expect(slowed.status).toBe(429);
    expect(slowed.headers.get('retry-after')).toBe('60');
    expect(slowed.headers.get('cache-control')).toBe('no-store');
    const html = await slowed.text();
    expect(html).toContain('lang="fr"');
    expect(html).toContain('data-error-id="too-many"');
    expect((await worker.fetch('/', from('192.0.2.8'))).status).toBe(200);
    expect([...counts.keys()]).toEqual(['192.0.2.7', '192.0.2.8']);
  });

  it('counts an IPv6 household as one', async () => {
    const { RL } = limiterOf(1);
    const worker = served(RL, 'staging');
    await worker.fetch('/', from('2001:db8:1:2::1'));
    expect((await worker.fetch('/', from('2001:db8:1:2:ffff::9'))).status).toBe(429);
    expect((await worker.fetch('/', from('2001:db8:1:3::1'))).status).toBe(200);
  });

  it('does not concern what machines ask: servers of many apps share an address', async () => {
    const { RL, counts } = limiterOf(0);
    const worker = served(RL, 'production');
    for (const path of [
      '/.well-known/openid-configuration',
      '/es/.well-known/openid-configuration',
      '/api/openid_connect/userinfo',
      '/api/health',
    ])
      expect((await worker.fetch(path, from('192.0.2.9'))).status, path).not.toBe(429);
    expect(counts.size).toBe(0);
  });

  it('holds what pages report by script (UR-10): people send that, not servers', async () => {
    const { RL } = limiterOf(0);
    const report = { method: 'POST', body: '{"event":"frontend_error"}', ...from('192.0.2.12') };
    const slowed = await served(RL, 'production').fetch('/api/logger', report);
    expect([slowed.status, slowed.headers.get('content-type')]).toEqual([429, 'application/problem+json']);
  });

  it('lets people on when the limiter does not answer (LM-3)', async () => {
    const worker = served({ limit: () => Promise.reject(new Error('overloaded')) }, 'production');
    expect((await worker.fetch('/', from('192.0.2.10'))).status).toBe(200);
  });

  it('is not looked for where tests sign in all day from one address', async () => {
    const { RL, counts } = limiterOf(0);
    expect((await served(RL, 'sandbox').fetch('/', from('192.0.2.11'))).status).toBe(200);
    expect(counts.size).toBe(0);
  });
});
