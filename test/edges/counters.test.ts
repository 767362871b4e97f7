import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it, vi } from 'vitest';
import { limiterFor } from '../../src/accounts/rules/limits.ts';
import { HOUR, SECOND } from '../../src/kernel/time.ts';
import { attempts } from '../../src/platform/attempts.ts';
import { testKeys } from '../support/sessions.ts';

const limits = [{ key: 'sign-in-email-ip:somebody', limiter: limiterFor('signin.email_ip', false) }];

describe('LM-1 counters go when nothing is left to count', () => {
  it('counts again in an object that was emptied a moment ago', async () => {
    const counters = env.ATTEMPTS.getByName('limits:emptied');
    const longAgo = Date.now() - 24 * HOUR;
    expect(await counters.spend(limits, longAgo)).toEqual({ allowed: true });
    expect(await runDurableObjectAlarm(counters)).toBe(true);
    expect(await counters.spend(limits, Date.now())).toEqual({ allowed: true });
    await counters.clear(['sign-in-email-ip:somebody']);
  });

  it('clears in an object that was emptied a moment ago', async () => {
    const counters = env.ATTEMPTS.getByName('limits:emptied-then-cleared');
    await counters.spend(limits, Date.now() - 24 * HOUR);
    expect(await runDurableObjectAlarm(counters)).toBe(true);
    await counters.clear(['sign-in-email-ip:somebody']);
  });
});

describe('LI-4 a limit that is only watched', () => {
  it('counts, refuses nobody, and says so without saying whom', async () => {
    const lines: string[] = [];
    const warn = vi.spyOn(console, 'warn').mockImplementation((line: string) => void lines.push(line));
    const network = '203.0.113.99';
    const tries = async (environment: 'staging' | 'production') => {
      const limits = attempts(env.ATTEMPTS, testKeys(), environment);
      const answers = [];
      for (let n = 0; n < 23; n += 1)
        answers.push(await limits.spend(`email-ip:${environment}`, ['sign-in-ip'], Date.now(), network));
      return answers.filter(({ allowed }) => allowed).length;
    };
    try {
      expect(await tries('production')).toBe(23);
      expect(lines).toHaveLength(3);
      for (const line of lines)
        expect(JSON.parse(line)).toEqual({ level: 'warn', event: 'limit_watched', what: 'sign-in-ip' });
      expect(await tries('staging'), 'the network was counted by both').toBe(0);
      expect(lines, 'what refuses needs no line').toHaveLength(3);
      const watched = attempts(env.ATTEMPTS, testKeys(), 'staging');
      for (let n = 0; n < 27; n += 1)
        expect(await watched.spend(`otp-send:${network}`, ['otp-send-ip'], Date.now())).toEqual({
          allowed: true,
        });
      expect(lines.slice(3).map((line) => JSON.parse(line).what)).toEqual(['otp-send-ip', 'otp-send-ip']);
    } finally {
      warn.mockRestore();
    }
  });
});

describe('backup_code.user_ip beside the one counter of FC-1', () => {
  it('lets fifty tries of a network through between two successes, and locks nobody', async () => {
    const limits = attempts(env.ATTEMPTS, testKeys(), 'test');
    const uuid = crypto.randomUUID();
    const limit = (network: string) => ({ name: 'backup-code-user-ip', network }) as const;
    const start = Date.now();
    // Each lock of FC-1 is waited for.
    const at = (n: number): number => start + n * 11 * 60 * SECOND;
    let allowed = 0;
    for (let n = 0; n < 60; n += 1)
      if ((await limits.secondFactor(uuid, null, at(n), limit('203.0.113.7'))).allowed) allowed += 1;
    expect(allowed).toBe(50);
    const now = at(61);
    expect(await limits.secondFactor(uuid, null, now, limit('203.0.113.7'))).toMatchObject({
      allowed: false,
      limited: true,
    });
    expect(await limits.secondFactor(uuid, null, now, limit('203.0.113.8'))).toMatchObject({ allowed: true });
    expect(await limits.secondFactor(uuid, null, now)).toMatchObject({ allowed: true });
    expect(
      await limits.secondFactor(uuid, now, now + SECOND, limit('203.0.113.7')),
      'a success forgets them',
    ).toEqual({ allowed: true, left: 9 });
  });
});

describe('FC-1 wrong second factors of an account', () => {
  it('are kept for a month, and then leave nothing behind', async () => {
    const tries = env.ATTEMPTS.getByName('account:long-gone');
    const monthAgo = Date.now() - 31 * 24 * HOUR;
    expect(await tries.secondFactor(null, monthAgo)).toEqual({ allowed: true, left: 9 });
    const kept = () => runInDurableObject(tries, (_object, state) => [...state.storage.kv.list()].length);
    // Its time was over when the alarm was set, so it comes by itself.
    await expect.poll(kept, { timeout: 5000 }).toBe(0);
  });

  it('are not forgotten by an alarm that comes early', async () => {
    const tries = env.ATTEMPTS.getByName('account:still-here');
    await tries.secondFactor(null, Date.now());
    expect(await runDurableObjectAlarm(tries)).toBe(true);
    expect(await tries.secondFactor(null, Date.now())).toEqual({ allowed: true, left: 8 });
  });
});

describe('S17 ids that may be used once', () => {
  it('remembers in a guard whose last id went a moment ago', async () => {
    const guard = env.REPLAY.getByName('saml/an-app/3');
    const now = Date.now();
    expect(await guard.remember('first', now - SECOND, now - HOUR)).toBe(true);
    const kept = () =>
      runInDurableObject(
        guard,
        (_object, { storage }) =>
          storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM sqlite_master WHERE name = 'seen'").one()
            .n,
      );
    // Its time was over when the alarm was set, so it comes by itself.
    await expect.poll(kept).toBe(0);
    expect(await guard.remember('second', now + HOUR, now)).toBe(true);
    expect(await guard.remember('second', now + HOUR, now)).toBe(false);
  });
});
