import { afterEach, describe, expect, it, vi } from 'vitest';
import { inBackground } from '../../../src/platform/background.ts';

afterEach(() => vi.restoreAllMocks());

describe('O23 work that goes on after the response', () => {
  it('ends in one line that names nobody when it fails, and in no unhandled rejection', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue();
    const fault = new Error('Failed query: insert into t values (?)\nparams: wilhelmina@agency.gov');
    await expect(inBackground(Promise.reject(fault))).resolves.toBeUndefined();
    expect(log).toHaveBeenCalledTimes(1);
    const line: unknown = log.mock.calls[0]?.[0];
    expect(line).toContain('background_work_failed');
    expect(line).not.toContain('wilhelmina');
  });

  it('says nothing when it succeeds', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue();
    await inBackground(Promise.resolve('done'));
    expect(log).not.toHaveBeenCalled();
  });
});
