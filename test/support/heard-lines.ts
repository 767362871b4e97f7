import { personalLines } from './log-watch.ts';
import { ADMIN_TOKEN, ROOT_1 } from './served.ts';

/** Lines that were heard while a test file ran, and what none of them may hold. */

const lines: string[] = [];
let judged = 0;
const known = new Set<string>();
const sources = new Set<() => readonly string[]>();

/** Takes note of a line of the log. */
export const hearLine = (line: string): void => void lines.push(line);

/** Lines heard so far. */
export const heardLines = (): readonly string[] => lines;

/** Asks this for further lines before each judgement; returns how to stop that. */
export function listenTo(further: () => readonly string[]): () => void {
  sources.add(further);
  return () => void sources.delete(further);
}

/** No line may hold one of these texts, heard already or later; `secretsIn` finds those of an answer. */
export function keepOut(texts: readonly string[]): void {
  for (const text of texts) known.add(text);
}

/** Undoes `keepOut` for a text, for a test that has shown what it does. */
export const letIn = (text: string): void => void known.delete(text);

/** What no line may hold so far. */
export const keptOut = (): readonly string[] => [ADMIN_TOKEN, ROOT_1, ...known];

/**
 * Throws when a line heard since the last time, or with `ever` any line of the file, has personal data in it. What was
 * thrown for once is not thrown for again.
 */
export function expectNobodyInLines(ever: boolean): void {
  for (const further of sources) lines.push(...further());
  const from = ever ? 0 : judged;
  const personal = personalLines(lines.slice(from), keptOut());
  if (personal.length > 0) {
    const told = new Set(personal);
    lines.splice(0, lines.length, ...lines.filter((line) => !told.has(line)));
  }
  judged = lines.length;
  if (personal.length > 0) throw new Error(`personal data in the log (O23):\n${personal.join('\n')}`);
}

/** Starts from nothing: files that share a process share no people. */
export function forgetLines(): void {
  lines.length = 0;
  judged = 0;
  known.clear();
  sources.clear();
}
