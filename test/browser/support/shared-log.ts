import { appendFileSync, readFileSync } from 'node:fs';
import { afterAll, inject } from 'vitest';
import { keepOut, keptOut, listenTo } from '../../support/heard-lines.ts';

/** The log of the Gatehouse that all files share, judged with each file's own lines (O23). */

const { log, adminToken } = inject('world');
keepOut([adminToken]);

/** Every whole line so far. */
export const sharedLines = (): readonly string[] => readFileSync(log.lines, 'utf8').split('\n').slice(0, -1);

let read = 0;
listenTo(() => {
  const lines = sharedLines().slice(read);
  read += lines.length;
  return lines;
});
// A line may be late: the last look, when all files are done, is for everybody's secrets.
afterAll(() => appendFileSync(log.secrets, `${JSON.stringify(keptOut())}\n`));
