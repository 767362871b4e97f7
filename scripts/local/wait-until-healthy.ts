import { isRecord } from '../support/record.ts';

/** How waiting for the Worker ended: healthy, or the last thing it said instead (null: it never answered). */
export type Health = { readonly healthy: true } | { readonly healthy: false; readonly said: string | null };

const PAUSE_MILLISECONDS = 100;

/**
 * Asks `url` until it answers 200 with `healthy: true`. Gives up when `gone` says that the server ended, after
 * `answerMilliseconds` of unhealthy answers (a Worker that refuses its keys will not change its mind), or after
 * `startMilliseconds` without any.
 */
export async function waitUntilHealthy(
  url: string,
  gone: () => boolean,
  limits: { readonly startMilliseconds: number; readonly answerMilliseconds: number },
): Promise<Health> {
  const started = Date.now();
  let firstAnswer: number | null = null;
  let said: string | null = null;
  while (!gone()) {
    const answer = await ask(url);
    if (answer?.healthy) return { healthy: true };
    if (answer) {
      firstAnswer ??= Date.now();
      said = answer.said;
    }
    const unhealthyFor = firstAnswer === null ? 0 : Date.now() - firstAnswer;
    if (unhealthyFor > limits.answerMilliseconds || Date.now() - started > limits.startMilliseconds) break;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
  }
  return { healthy: false, said };
}

/**
 * What an unhealthy Worker's last answer means, for the person at the terminal. `state` is the folder of its world.
 * Keys that do not open mean a world made with other secrets (KY-8); nothing is ever regenerated silently.
 */
export function explainHealth(said: string | null, state: string): string {
  if (said === null) return 'The Worker did not answer.';
  if (!/"keys":\s*\{\s*"healthy":\s*false/.test(said)) return `The Worker says it cannot work: ${said}`;
  return (
    `The world in ${state} does not match .dev.vars: its signing keys do not open with this root secret.\n` +
    `Restore the .dev.vars it was made with, delete ${state}, or start another world: npm run dev -- --persist-to DIR`
  );
}

async function ask(url: string): Promise<{ readonly healthy: boolean; readonly said: string } | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000), redirect: 'manual' });
    const text = await response.text();
    return {
      healthy: response.status === 200 && saysHealthy(text),
      said: `${response.status} ${text.slice(0, 2000)}`,
    };
  } catch {
    return null;
  }
}

function saysHealthy(text: string): boolean {
  try {
    const body: unknown = JSON.parse(text);
    return isRecord(body) && body.healthy === true;
  } catch {
    return false;
  }
}
