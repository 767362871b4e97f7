import { describe, expect, it } from 'vitest';
import {
  isDeviceRemembered,
  rememberDeviceInterval,
  rememberDevicePreset,
} from '../../../src/accounts/rules/remember-device.ts';
import type { AssuranceNeed } from '../../../src/assurance/model.ts';
import { DAY, HOUR } from '../../../src/kernel/time.ts';

const now = Date.UTC(2026, 3, 1);
const plain: AssuranceNeed = { identity: 'none', authentication: 'second-factor' };
const app = { ial: 1, default_aal: null } as const;
const facts = {
  payload: { account: 'a1', createdAt: now - DAY, role: 'remember_me' },
  account: 'a1',
  revokedAt: null,
  need: plain,
  app,
  now,
} as const;

describe('RD-2 a remembered device', () => {
  it('counts for the same account for 30 days', () => {
    expect(isDeviceRemembered(facts)).toBe(true);
    expect(isDeviceRemembered({ ...facts, now: facts.payload.createdAt + 720 * HOUR - 1 })).toBe(true);
    expect(isDeviceRemembered({ ...facts, now: facts.payload.createdAt + 720 * HOUR })).toBe(false);
  });

  it('does not count for another account', () => {
    expect(isDeviceRemembered({ ...facts, account: 'a2' })).toBe(false);
  });

  it('counts when made at or after the last revocation, not before it', () => {
    expect(isDeviceRemembered({ ...facts, revokedAt: facts.payload.createdAt })).toBe(true);
    expect(isDeviceRemembered({ ...facts, revokedAt: facts.payload.createdAt + 1 })).toBe(false);
  });

  it('does not count where it is ignored', () => {
    expect(isDeviceRemembered({ ...facts, need: { ...plain, authentication: 'fresh-second-factor' } })).toBe(
      false,
    );
  });
});

describe('RD-4 a remembered device is ignored', () => {
  it.each(['fresh-second-factor', 'phishing-resistant', 'piv'] as const)(
    'when the request needs %s',
    (authentication) => {
      expect(rememberDeviceInterval({ ...plain, authentication }, app)).toBe(0);
    },
  );

  it.each(['verified', 'facial-preferred', 'facial-required'] as const)(
    'when the request asks for proofing: %s',
    (identity) => {
      expect(rememberDeviceInterval({ ...plain, identity }, app)).toBe(0);
    },
  );

  it.each([
    [{ ial: 2, default_aal: null }, 0],
    [{ ial: 1, default_aal: 2 }, 0],
    [{ ial: 1, default_aal: 3 }, 0],
    [{ ial: 1, default_aal: 1 }, 30 * DAY],
    [{ ial: 1, default_aal: null }, 30 * DAY],
    [null, 30 * DAY],
  ] as const)('for the same request from an app configured %j: %d ms (TR-8)', (configured, interval) => {
    expect(rememberDeviceInterval(plain, configured)).toBe(interval);
  });
});

describe('RD-1 the checkbox', () => {
  it('starts as last chosen', () => {
    expect(rememberDevicePreset(false, null)).toBe(false);
    expect(rememberDevicePreset(true, { ial: 1, default_aal: 2 })).toBe(true);
  });

  it('starts checked without history when no app waits or its default AAL is below 2', () => {
    expect(rememberDevicePreset(null, null)).toBe(true);
    expect(rememberDevicePreset(null, app)).toBe(true);
    expect(rememberDevicePreset(null, { ial: 2, default_aal: 1 })).toBe(true);
    expect(rememberDevicePreset(null, { ial: 1, default_aal: 2 })).toBe(false);
  });
});
