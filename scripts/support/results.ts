import { isRecord } from './record.ts';

/** Tests that passed and failed. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Counts one JSON report of the test runner. A file that could not even be loaded has no tests in it and counts as
 * one failure, and so does a report that says it failed without naming a test (an unhandled error, an empty suite).
 */
export function countReport(report: unknown): Count {
  if (!isRecord(report)) return { passed: 0, failed: 1 };
  const passed = numberAt(report, 'numPassedTests');
  const failedTests = numberAt(report, 'numFailedTests');
  const files = Array.isArray(report.testResults) ? report.testResults.filter(isRecord) : [];
  const unloadable = files.filter((file) => file.status === 'failed' && !hasFailedTest(file)).length;
  const failed = failedTests + unloadable;
  return { passed, failed: failed === 0 && report.success !== true ? 1 : failed };
}

const hasFailedTest = (file: Readonly<Record<string, unknown>>): boolean =>
  Array.isArray(file.assertionResults) &&
  file.assertionResults.some((test) => isRecord(test) && test.status === 'failed');

function numberAt(report: Readonly<Record<string, unknown>>, key: string): number {
  const value = report[key];
  return typeof value === 'number' ? value : 0;
}

/**
 * Adds up a whole run. `reports` maps a suite to its report, null when it left none; `broken` names the parts whose
 * command failed. A broken part whose report shows no failure counts as one, so that nothing red is summed as green.
 */
export function sumRun(reports: ReadonlyMap<string, unknown>, broken: readonly string[]): Count {
  let passed = 0;
  let failed = 0;
  const explained = new Set<string>();
  for (const [suite, report] of reports) {
    const count = countReport(report);
    passed += count.passed;
    failed += count.failed;
    if (count.failed > 0) explained.add(suite);
  }
  return { passed, failed: failed + broken.filter((name) => !explained.has(name)).length };
}
