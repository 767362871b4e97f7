import { describe, expect, it } from 'vitest';
import { appBrake } from '../../../src/oidc/rules/app-brake.ts';

const NOW = Date.UTC(2026, 5, 1, 12);

describe('NET-6 an app that asks too often', () => {
  it('is told how long to wait, and goes on after it', () => {
    const brake = appBrake(2);
    expect([0, 1, 20_500].map((ms) => brake('app', 'network', NOW + ms))).toEqual([null, null, 40]);
    expect(brake('app', 'network', NOW + 59_999)).toBe(1);
    expect(brake('app', 'network', NOW + 60_000)).toBeNull();
  });

  it('takes nothing from another app at its address, nor from itself at another address', () => {
    const brake = appBrake(1);
    expect(brake('app', 'network', NOW)).toBeNull();
    expect(brake('app', 'network', NOW)).not.toBeNull();
    for (const [app, network] of [
      ['other', 'network'],
      ['app', 'elsewhere'],
      [null, 'network'],
    ] as const)
      expect(brake(app, network, NOW), `${app} ${network}`).toBeNull();
  });

  it('remembers a bounded number of askers', () => {
    const brake = appBrake(1);
    brake('app', 'network', NOW);
    for (let at = 0; at <= 10_000; at += 1) brake('app', `network-${at}`, NOW);
    expect(brake('app', 'network', NOW), 'counting started over').toBeNull();
  });
});
