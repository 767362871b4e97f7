import { describe, expect, it } from 'vitest';
import { lazy } from '../../../src/kernel/lazy.ts';

describe('a lazy value', () => {
  it('is made when it is first asked for, and once', () => {
    let made = 0;
    const value = lazy(() => {
      made += 1;
      return { made };
    });
    expect(made).toBe(0);
    expect(value()).toBe(value());
    expect(made).toBe(1);
  });

  it('is kept whatever it is, and made again when making it failed', () => {
    let tries = 0;
    const value = lazy(() => {
      tries += 1;
      if (tries === 1) throw new Error('not yet');
      return undefined;
    });
    expect(value).toThrow('not yet');
    expect(value()).toBeUndefined();
    expect(value()).toBeUndefined();
    expect(tries).toBe(2);
  });
});
