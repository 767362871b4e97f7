import { describe, expect, it } from 'vitest';
import {
  isLiveReset,
  RESET_LINK_MS,
  RESET_NOTICED,
  RESET_PENDING,
  RESET_WAIT_MS,
} from '../../../src/accounts/rules/account-reset.ts';
import { decideNextStep } from '../../../src/signin/decide-next-step.ts';
import { aSession } from '../signin/a-situation.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 22);

describe('AR-2 to AR-4 how long a request to delete an account lives', () => {
  it('waits a day, and its link works for another', () => {
    expect(RESET_WAIT_MS).toBe(24 * HOUR);
    expect(RESET_LINK_MS).toBe(24 * HOUR);
  });

  it('lives while it waits, however long that takes, and until its link expires', () => {
    expect(isLiveReset({ requestedAt: NOW, grantedAt: null }, NOW + 100 * HOUR)).toBe(true);
    expect(isLiveReset({ requestedAt: NOW, grantedAt: NOW }, NOW + 24 * HOUR - 1)).toBe(true);
    expect(isLiveReset({ requestedAt: NOW, grantedAt: NOW }, NOW + 24 * HOUR)).toBe(false);
  });
});

describe('AR-3 the notice at sign-in', () => {
  const stepFor = (reminded: readonly string[], facts: Partial<Parameters<typeof aSession>[1]> = {}) =>
    decideNextStep({
      now: NOW,
      session: aSession({ reminded, events: [{ method: 'password', at: NOW }] }, facts),
      request: null,
      arrivedAt: NOW,
      app: undefined,
      rulesPublishedAt: 0,
    }).kind;

  it('comes after the password and before the second factor, once', () => {
    expect(stepFor([RESET_PENDING])).toBe('account-reset');
    expect(stepFor([])).not.toBe('account-reset');
    expect(stepFor([RESET_PENDING, RESET_NOTICED])).toBe(stepFor([]));
  });

  it('SI-2 comes before the rules of use, and before the page of the suspended', () => {
    expect(stepFor([RESET_PENDING], { rulesAcceptedAt: null })).toBe('account-reset');
    expect(stepFor([RESET_PENDING], { suspended: true })).toBe('account-reset');
  });
});
