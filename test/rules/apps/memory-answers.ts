import type { AnsweredRequests, KeptAnswer } from '../../../src/apps/ports.ts';
import { DAY, MINUTE } from '../../../src/kernel/time.ts';

interface Row {
  readonly request: string;
  readonly startedAt: number;
  readonly answer: KeptAnswer | null;
}

/** Answered requests in a Map: the same contract as those in D1, for tests of what stands on it. */
export function memoryAnswers(): AnsweredRequests {
  const rows = new Map<string, Row>();
  return {
    begin: async (key, request, now) => {
      const row = rows.get(key);
      if (row === undefined || now - row.startedAt >= (row.answer === null ? MINUTE : DAY)) {
        rows.set(key, { request, startedAt: now, answer: null });
        return { kind: 'new' };
      }
      if (row.request !== request) return { kind: 'other' };
      return row.answer === null ? { kind: 'running' } : { kind: 'answered', answer: row.answer };
    },
    finish: async (key, answer) => {
      const row = rows.get(key);
      if (row?.answer === null) rows.set(key, { ...row, answer });
    },
    release: async (key) => {
      if (rows.get(key)?.answer === null) rows.delete(key);
    },
  };
}
