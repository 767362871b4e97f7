import { describeFault, logLine } from './log.ts';

/**
 * Work that goes on after the response. Nobody waits for it, so when it fails somebody has to be told: one line that
 * names no person. Left to the runtime, the failure would be written out whole, values of statements included.
 */
export const inBackground = (work: Promise<unknown>): Promise<void> =>
  work.then(
    () => undefined,
    (error: unknown) => logLine('error', 'background_work_failed', describeFault(error)),
  );
