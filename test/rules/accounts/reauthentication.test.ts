import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasRecentSecondFactor, mustReauthenticate } from '../../../src/accounts/rules/reauthentication.ts';
import type { AuthenticationMethod } from '../../../src/factors/model.ts';
import { SECOND } from '../../../src/kernel/time.ts';

const now = Date.UTC(2026, 3, 1);
const real: AuthenticationMethod[] = [
  'totp',
  'backup_code',
  'sms',
  'voice',
  'security_key',
  'platform_passkey',
  'piv',
  'personal_key',
];
const ago = (method: AuthenticationMethod, seconds: number) => ({ method, at: now - seconds * SECOND });

describe('RA-1 recent authentication', () => {
  it.each(real)('counts %s for 1200 seconds', (method) => {
    expect(hasRecentSecondFactor([ago(method, 1200)], now)).toBe(true);
    expect(hasRecentSecondFactor([ago(method, 1201)], now)).toBe(false);
  });

  it.each(['remember_device', 'password'] as const)('does not count %s, however recent', (method) => {
    expect(hasRecentSecondFactor([ago(method, 0)], now)).toBe(false);
  });

  it('finds one recent factor among older and other events', () => {
    expect(
      hasRecentSecondFactor(
        [ago('totp', 9000), ago('password', 10), ago('sms', 5), ago('remember_device', 1)],
        now,
      ),
    ).toBe(true);
    expect(hasRecentSecondFactor([], now)).toBe(false);
  });

  it('is asked for again before every change otherwise', () => {
    expect(mustReauthenticate('manage', 1, [ago('totp', 1201)], now)).toBe(true);
    expect(mustReauthenticate('manage', 1, [ago('totp', 1)], now)).toBe(false);
    expect(mustReauthenticate('manage', 0, [], now)).toBe(true);
  });

  it('does not depend on the order of events', () => {
    const events = fc.array(
      fc.record({
        method: fc.constantFrom(...real, 'password', 'remember_device'),
        at: fc.integer({ min: now - 2_400_000, max: now }),
      }),
    );
    fc.assert(
      fc.property(events, (list) => {
        expect(hasRecentSecondFactor([...list].reverse(), now)).toBe(hasRecentSecondFactor(list, now));
      }),
    );
  });
});

describe('RA-2 setting up methods', () => {
  it('is free for the first and asks for a recent factor for more', () => {
    expect(mustReauthenticate('set_up', 0, [], now)).toBe(false);
    expect(mustReauthenticate('set_up', 1, [], now)).toBe(true);
    expect(mustReauthenticate('set_up', 1, [ago('remember_device', 1)], now)).toBe(true);
    expect(mustReauthenticate('set_up', 1, [ago('sms', 1)], now)).toBe(false);
  });
});
