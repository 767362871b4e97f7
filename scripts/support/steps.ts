/** One thing to check: resolves to a remark for the summary; throws when it fails. */
export interface Step {
  readonly name: string;
  readonly work: () => Promise<string>;
}

/** How a step ended; `said` is the remark, or everything the failure had to say. */
export interface StepResult {
  readonly name: string;
  readonly passed: boolean;
  readonly said: string;
}

/**
 * Runs all steps in order, one failure stopping none of the others, and reports each as it ends: one line, with
 * the full story below it only when it failed.
 */
export async function runSteps(
  steps: readonly Step[],
  report: (text: string) => void,
): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) {
    const started = performance.now();
    const result = await attempt(step);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const head = `${result.passed ? 'ok    ' : 'FAILED'} ${step.name.padEnd(24)} ${seconds.padStart(5)} s`;
    report(result.passed ? `${head}  ${result.said}\n` : `${head}\n${indent(result.said)}\n`);
    results.push(result);
  }
  return results;
}

async function attempt(step: Step): Promise<StepResult> {
  try {
    return { name: step.name, passed: true, said: await step.work() };
  } catch (error) {
    return { name: step.name, passed: false, said: error instanceof Error ? error.message : String(error) };
  }
}

const KEPT_LINES = 120;

/** Beginning and end of a long story: causes stand at one of the two. */
function indent(text: string): string {
  const lines = text.split('\n').map((line) => `    ${line}`);
  if (lines.length <= KEPT_LINES) return lines.join('\n');
  const half = KEPT_LINES / 2;
  return [
    ...lines.slice(0, half),
    `    ... ${lines.length - KEPT_LINES} lines ...`,
    ...lines.slice(-half),
  ].join('\n');
}
