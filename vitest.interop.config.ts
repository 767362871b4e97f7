import { defineConfig } from 'vitest/config';
import { reporters } from './scripts/support/reporters.ts';

export default defineConfig({
  test: {
    setupFiles: ['test/support/log-canary.ts', 'test/support/watch-traffic.ts', 'test/support/seed.ts'],
    ...reporters('interop'),
    include: ['test/interop/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
