import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';
import { reporters } from './scripts/support/reporters.ts';

/** What is polled for comes in its time, on a busy machine long after; the usual second would be a bet on its speed. */
const patient = { poll: { timeout: 20_000, interval: 50 } };

export default defineConfig({
  test: {
    ...reporters('unit'),
    // Every core, where the default leaves one idle: on two of them that halves the time.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'rules',
          expect: patient,
          setupFiles: ['test/support/log-canary.ts', 'test/support/seed.ts', 'test/support/all-words.ts'],
          // Files share a worker, which loads everything once: a fourth of the work. What one changes is undone after each test.
          isolate: false,
          restoreMocks: true,
          unstubEnvs: true,
          unstubGlobals: true,
          include: [
            'test/rules/**/*.test.{ts,tsx}',
            'test/attacks/**/*.test.ts',
            'test/fuzz/**/*.test.ts',
            'test/*.test.ts',
          ],
          // Property tests are bounded by counts; on a busy machine they may still take their time.
          testTimeout: 60_000,
        },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                TEST_MIGRATIONS: await readD1Migrations('./migrations'),
                GH_ENV: 'test',
                ISSUER: 'https://idp.test/',
                ROOT_1: 'dGVzdC1vbmx5LXRlc3Qtb25seS10ZXN0LW9ubHkhISE',
                ADMIN_TOKEN: 'test-admin-token',
              },
            },
          })),
        ],
        test: {
          name: 'edges',
          expect: patient,
          setupFiles: ['test/support/log-canary.ts'],
          globalSetup: ['test/support/built-assets.ts'],
          include: ['test/edges/**/*.test.{ts,tsx}'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'journeys',
          expect: patient,
          setupFiles: ['test/support/log-canary.ts', 'test/support/watch-traffic.ts'],
          globalSetup: ['test/support/built-assets.ts'],
          include: ['test/journeys/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
