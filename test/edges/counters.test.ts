import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { limiterFor } from '../../src/accounts/rules/limits.ts';
import { HOUR, SECOND } from '../../src/kernel/time.ts';

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
    expect(await runDurableObjectAlarm(guard)).toBe(true);
    expect(await guard.remember('second', now + HOUR, now)).toBe(true);
    expect(await guard.remember('second', now + HOUR, now)).toBe(false);
  });
});
