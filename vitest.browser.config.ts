import { defineConfig } from 'vitest/config';
import { reporters } from './scripts/support/reporters.ts';

export default defineConfig({
  test: {
    ...reporters('browser'),
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/browser/support/global-setup.ts'],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
