import { defineConfig } from 'vitest/config';
import { reporters } from './scripts/support/reporters.ts';

export default defineConfig({
  test: {
    ...reporters('browser'),
    setupFiles: [
      'test/support/log-canary.ts',
      'test/support/watch-traffic.ts',
      'test/browser/support/shared-log.ts',
    ],
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/browser/support/global-setup.ts'],
    // What is polled for comes in its time, on a busy machine long after.
    expect: { poll: { timeout: 20_000, interval: 50 } },
    testTimeout: 180_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
