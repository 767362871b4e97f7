/** `node scripts/count-results.ts FOLDER [BROKEN_PART...]`: the last line of `.ci/run`, and its exit code. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sumRun } from './support/results.ts';

/** Every suite must leave a report: a suite that did not run has not passed. */
const SUITES = ['unit', 'browser', 'interop'] as const;

const [folder = '', ...broken] = process.argv.slice(2);
const read = (suite: string): unknown => {
  const file = join(folder, `${suite}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
};
const { passed, failed } = sumRun(new Map(SUITES.map((suite) => [suite, read(suite)])), broken);
if (broken.length > 0) process.stdout.write(`\nFailed parts: ${broken.join(', ')}\n`);
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
