/**
 * `npm run check`: everything that can be known without starting a Worker, in about half a minute. With
 * `-- --without-tests` it leaves out the rules, for a run that has had the whole `npm test` already.
 */
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ENVIRONMENTS, type Environment } from './cloud/environment-file.ts';
import { BUNDLE_BUDGETS, judgeBundle, weighBundle } from './support/bundle.ts';
import { printed, run } from './support/command.ts';
import { PROJECT, WRANGLER } from './support/project.ts';
import { runSteps, type Step } from './support/steps.ts';
import { runScript, Stop } from './support/stop.ts';
import { generateTypes } from './types.ts';

const require = createRequire(import.meta.url);

/** Runs one tool and turns a non-zero exit into the step's failure. */
async function must(args: readonly string[]): Promise<string> {
  const outcome = await run(process.execPath, args, { cwd: PROJECT });
  if (outcome.code !== 0) throw new Stop(printed(outcome));
  return outcome.stdout;
}

const tool = (name: string, file: string): string =>
  join(dirname(require.resolve(`${name}/package.json`)), file);

/** Bundles for an environment, or for a laptop, whose bundle is neither minified nor judged. */
const bundleStep = (environment: Environment | null): Step => ({
  name: `bundle ${environment ?? 'local'}`,
  work: async () => {
    const folder = join(PROJECT, 'dist', 'worker', environment ?? 'local');
    rmSync(folder, { recursive: true, force: true });
    await must([...WRANGLER, 'deploy', '--dry-run', `--env=${environment ?? ''}`, '--outdir', folder]);
    if (environment === null) return '';
    const { fits, said } = judgeBundle(weighBundle(folder), BUNDLE_BUDGETS[environment]);
    if (!fits) throw new Stop(`too heavy: ${said}`);
    return said;
  },
});

const steps = (withTests: boolean): readonly Step[] => [
  {
    name: 'format and lint',
    work: async () => {
      await must([tool('@biomejs/biome', 'bin/biome'), 'check', '.', '--max-diagnostics=200']);
      return '';
    },
  },
  {
    name: 'assets',
    work: async () => {
      await must([join(PROJECT, 'scripts', 'build-assets.ts')]);
      return '';
    },
  },
  {
    name: 'binding types',
    work: async () => {
      await generateTypes();
      return '';
    },
  },
  {
    name: 'types',
    work: async () => {
      await must([tool('typescript', 'bin/tsc'), '--noEmit', '-p', 'tsconfig.json']);
      return '';
    },
  },
  ...(withTests
    ? [
        {
          name: 'rules and architecture',
          work: async () => {
            const said = await must([
              tool('vitest', 'vitest.mjs'),
              'run',
              '--project',
              'rules',
              '--reporter=dot',
            ]);
            return /Tests\s+(.*)/.exec(said)?.[1]?.trim() ?? '';
          },
        },
      ]
    : []),
  ...[null, ...ENVIRONMENTS].map(bundleStep),
];

await runScript(async () => {
  const { values } = parseArgs({ options: { 'without-tests': { type: 'boolean' } } });
  const results = await runSteps(steps(!values['without-tests']), (text) => process.stdout.write(text));
  const failed = results.filter((result) => !result.passed).length;
  process.stdout.write(
    failed === 0 ? 'Everything is in order.\n' : `${failed} of ${results.length} steps failed.\n`,
  );
  return failed === 0 ? 0 : 1;
});
