import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BUNDLE_BUDGETS, judgeBundle, weighBundle } from '../../../scripts/support/bundle.ts';
import { run } from '../../../scripts/support/command.ts';
import { countReport, sumRun } from '../../../scripts/support/results.ts';
import { runSteps } from '../../../scripts/support/steps.ts';
import { tempFolder } from '../../support/temp-folder.ts';

describe('bundle budget', () => {
  const folder = tempFolder();

  it('weighs modules in all folders and leaves source maps out', () => {
    mkdirSync(join(folder, 'deep'));
    writeFileSync(join(folder, 'worker.js'), 'a'.repeat(1000));
    writeFileSync(join(folder, 'deep', 'x.wasm'), 'b'.repeat(500));
    writeFileSync(join(folder, 'worker.js.map'), 'c'.repeat(9000));
    const size = weighBundle(folder);
    expect(size.bytes).toBe(1500);
    expect(size.gzipBytes).toBeGreaterThan(0);
    expect(size.gzipBytes).toBeLessThan(200);
  });

  it('lets the budget itself pass, one byte more not, and nothing at all neither', () => {
    for (const budget of Object.values(BUNDLE_BUDGETS)) {
      expect(judgeBundle({ bytes: 1, gzipBytes: budget }, budget).fits).toBe(true);
      expect(judgeBundle({ bytes: 1, gzipBytes: budget + 1 }, budget).fits).toBe(false);
      expect(judgeBundle({ bytes: 0, gzipBytes: 0 }, budget).fits).toBe(false);
    }
  });
});

describe('steps of a check', () => {
  it('go on after a failure and report every one', async () => {
    let report = '';
    const results = await runSteps(
      [
        { name: 'first', work: () => Promise.reject(new Error('line one\nline two')) },
        { name: 'second', work: () => Promise.resolve('fine') },
      ],
      (text) => {
        report += text;
      },
    );
    expect(results.map((result) => result.passed)).toEqual([false, true]);
    expect(report).toMatch(/FAILED first[\s\S]+ {4}line two\nok {5}second[\s\S]+fine/);
  });
});

describe('running a command', () => {
  it('gives back exit code and both outputs', async () => {
    const outcome = await run(process.execPath, [
      '-e',
      'console.log("o"); console.error("e"); process.exit(3)',
    ]);
    expect(outcome).toEqual({ code: 3, stdout: 'o\n', stderr: 'e\n' });
  });

  it('takes a program that is not there for a failure', async () => {
    expect((await run('/nonexistent/program', [])).code).toBe(127);
  });
});

describe('the count at the end of .ci/run', () => {
  const green = {
    success: true,
    numPassedTests: 5,
    numFailedTests: 0,
    testResults: [{ status: 'passed', assertionResults: [] }],
  };

  it('adds passed and failed', () => {
    const red = {
      success: false,
      numPassedTests: 2,
      numFailedTests: 1,
      testResults: [{ status: 'failed', assertionResults: [{ status: 'failed' }] }],
    };
    expect(
      sumRun(
        new Map([
          ['unit', green],
          ['interop', red],
        ]),
        ['interop'],
      ),
    ).toEqual({ passed: 7, failed: 1 });
  });

  it('counts a file that could not be loaded', () => {
    const broken = {
      success: false,
      numPassedTests: 2,
      numFailedTests: 0,
      testResults: [{ status: 'failed', assertionResults: [] }],
    };
    expect(countReport(broken)).toEqual({ passed: 2, failed: 1 });
  });

  it('counts a suite without a report, and one that says it failed without saying where', () => {
    expect(countReport(null)).toEqual({ passed: 0, failed: 1 });
    expect(countReport({ success: false, numPassedTests: 3, numFailedTests: 0, testResults: [] })).toEqual({
      passed: 3,
      failed: 1,
    });
  });

  it('counts a failed part that no report explains', () => {
    expect(sumRun(new Map([['unit', green]]), ['gates', 'unit'])).toEqual({ passed: 5, failed: 2 });
  });
});
