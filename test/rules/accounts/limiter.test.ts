import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Limiter,
  type LimiterState,
  peek,
  spend,
  windowAfter,
} from '../../../src/accounts/rules/limiter.ts';
import { isEnforced, LIMITERS, type LimiterId, limiterFor } from '../../../src/accounts/rules/limits.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/kernel/time.ts';

const start = Date.UTC(2026, 0, 1);
const checked: Limiter = { max: 3, windowMs: MINUTE, discipline: 'check-then-increment' };
const counted: Limiter = { ...checked, discipline: 'increment-then-check' };

/** Spends at each instant, in order, with a clock of the test's own. */
function run(limiter: Limiter, instants: readonly number[]) {
  let state: LimiterState | null = null;
  return instants.map((now) => {
    const spent = spend(state, limiter, now);
    state = spent.state;
    return spent;
  });
}
const allowed = (limiter: Limiter, instants: readonly number[]) =>
  run(limiter, instants).map((spent) => spent.allowed);

const limiters = fc.record({
  max: fc.integer({ min: 1, max: 12 }),
  windowMs: fc.integer({ min: 1, max: HOUR }),
  discipline: fc.constantFrom('check-then-increment', 'increment-then-check'),
});
const pauses = fc.array(fc.integer({ min: 0, max: HOUR }), { minLength: 1, maxLength: 60 });
const instantsOf = (gaps: readonly number[]) => {
  let now = start;
  return gaps.map((gap) => (now += gap));
};

describe('LI-1 a limiter is a counter and an expiry', () => {
  it('moves the expiry with every counted attempt', () => {
    const [first, second] = run(checked, [start, start + 50 * SECOND]);
    expect(first?.state.expiresAt).toBe(start + MINUTE);
    expect(second?.state).toEqual({ count: 2, expiresAt: start + 50 * SECOND + MINUTE });
  });

  it('is not a sliding log: a slow trickle adds up', () => {
    const every40s = [0, 40, 80, 120].map((seconds) => start + seconds * SECOND);
    expect(allowed(checked, every40s)).toEqual([true, true, true, false]);
  });

  it('stops counting at the maximum, so the block lasts one window from the last counted attempt', () => {
    const blocked = run(checked, [start, start, start, start + 30 * SECOND, start + 59 * SECOND]);
    for (const { state, blockedUntil } of blocked.slice(2)) {
      expect(state).toEqual({ count: 3, expiresAt: start + MINUTE });
      expect(blockedUntil).toBe(start + MINUTE);
    }
    expect(allowed(checked, [start, start, start, start + MINUTE - 1, start + MINUTE])).toEqual([
      true,
      true,
      true,
      false,
      true,
    ]);
  });

  it('begins anew once the expiry has passed', () => {
    expect(run(checked, [start, start, start + MINUTE])[2]?.state.count).toBe(1);
  });

  it('never counts past its maximum and never blocks longer than one window', () => {
    fc.assert(
      fc.property(limiters, pauses, (limiter, gaps) => {
        const instants = instantsOf(gaps);
        for (const [n, { state, blockedUntil }] of run(limiter, instants).entries()) {
          expect(state.count).toBeLessThanOrEqual(limiter.max);
          if (blockedUntil !== null)
            expect(blockedUntil - (instants[n] ?? 0)).toBeLessThanOrEqual(limiter.windowMs);
        }
      }),
    );
  });

  it('lets through at most its usable attempts in any one window', () => {
    fc.assert(
      fc.property(limiters, pauses, (limiter, gaps) => {
        const instants = instantsOf(gaps);
        const passed = instants.filter((_, n) => allowed(limiter, instants)[n]);
        const usable = limiter.discipline === 'check-then-increment' ? limiter.max : limiter.max - 1;
        for (const from of passed) {
          expect(
            passed.filter((at) => at >= from && at < from + limiter.windowMs).length,
          ).toBeLessThanOrEqual(usable);
        }
      }),
    );
  });

  it('is peeked at without counting, and peeking foretells spending', () => {
    fc.assert(
      fc.property(limiters, pauses, (limiter, gaps) => {
        let state: LimiterState | null = null;
        for (const now of instantsOf(gaps)) {
          const seen = peek(state, limiter, now);
          const spent = spend(state, limiter, now);
          expect(spent.allowed).toBe(seen.remaining > 0);
          expect(spent.remaining).toBe(Math.max(0, seen.remaining - 1));
          expect(peek(spent.state, limiter, now)).toEqual({
            remaining: spent.remaining,
            blockedUntil: spent.blockedUntil,
          });
          state = spent.state;
        }
      }),
    );
  });
});

describe('LI-2 two disciplines', () => {
  const four = [start, start, start, start];

  it('check-then-increment leaves all attempts usable', () => {
    expect(allowed(checked, four)).toEqual([true, true, true, false]);
    expect(run(checked, four).map(({ remaining }) => remaining)).toEqual([2, 1, 0, 0]);
  });

  it('increment-then-check refuses the attempt that reaches the maximum', () => {
    expect(allowed(counted, four)).toEqual([true, true, false, false]);
    expect(run(counted, four).map(({ state }) => state.count)).toEqual([1, 2, 3, 3]);
  });

  it.each([
    ['otp_send.short', 1],
    ['personal_key.tries', 4],
    ['phone_confirmation.max', 19],
    ['reset_email.max', 19],
    ['account_reset.short', 1],
    ['account_reset.long', 9],
    ['otp_send.max', 10],
    ['signin.session_failures', 5],
    ['signin.user_ip', 50],
    ['backup_code.user_ip', 50],
    ['idv.doc_auth', 5],
    ['register.email_confirmed', 20],
  ] as const)('%s leaves %i usable', (id, usable) => {
    const results = allowed(
      LIMITERS[id],
      Array.from({ length: usable + 3 }, () => start),
    );
    expect(results.filter(Boolean)).toHaveLength(usable);
    expect(results.indexOf(false)).toBe(usable);
  });
});

describe('LI-3 growing limiters', () => {
  const growing = LIMITERS['signin.user_ip'];

  it('multiply the window by 1.1 for each further attempt, floored to whole minutes', () => {
    expect(windowAfter(growing, 1)).toBe(720 * MINUTE);
    expect(windowAfter(growing, 2)).toBe(792 * MINUTE);
    expect(windowAfter(growing, 3)).toBe(871 * MINUTE); // 871.2
    expect(windowAfter(growing, 10)).toBe(1697 * MINUTE); // 1697.7
  });

  it('stop growing at 43 200 minutes', () => {
    expect(windowAfter(growing, 43)).toBeLessThan(43_200 * MINUTE);
    expect(windowAfter(growing, 44)).toBe(43_200 * MINUTE);
    expect(windowAfter(growing, 50)).toBe(30 * DAY);
  });

  it('never shrink, never pass the cap, always whole minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (count) => {
        const window = windowAfter(growing, count);
        expect(window % MINUTE).toBe(0);
        expect(window).toBeLessThanOrEqual(43_200 * MINUTE);
        expect(windowAfter(growing, count + 1)).toBeGreaterThanOrEqual(window);
      }),
    );
  });
});

describe('LI-4 observe-only limiters', () => {
  const observed = (production: boolean) =>
    Object.keys(LIMITERS).filter((id) => !isEnforced(id as LimiterId, production));

  it('are sends by IP everywhere, and sign-in and sign-up by IP in production', () => {
    expect(observed(false)).toEqual(['otp_send.ip']);
    expect(observed(true).sort()).toEqual(['otp_send.ip', 'register.ip', 'signin.ip']);
  });

  it('watch sign-ins by IP over 20 seconds in production, 60 elsewhere', () => {
    expect(limiterFor('signin.ip', true)).toMatchObject({ max: 20, windowMs: 20 * SECOND });
    expect(limiterFor('signin.ip', false)).toMatchObject({ max: 20, windowMs: 60 * SECOND });
    expect(limiterFor('reset_email.max', true)).toBe(LIMITERS['reset_email.max']);
  });
});
