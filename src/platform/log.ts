import type { Log } from '../kernel/log.ts';

/** One JSON line. Its fields are those of `LogFacts`; values are never addresses, names, codes or tokens (O23). */
export const logLine: Log = (level, event, facts) => {
  const line = JSON.stringify({ level, event, ...facts });
  if (level === 'error') console.error(line);
  else if (level === 'warn') console.warn(line);
  else console.log(line);
};

const LONGEST = 300;
/** The database adds the values of a failed statement to its message, after this word. */
const VALUES = /\bparams:[\s\S]*$/;
const QUOTED = /(["'`])[\s\S]*?\1/g;
const ADDRESSES = /\S+@\S+/g;
const QUERIES = /\?\S+/g;
/** Codes, numbers, networks; and whatever is long and random enough to open something. */
const DIGITS = /\d[\d.:-]{2,}\d/g;
const TOKENS = /\b(?=[\w+/=-]*\d)[\w+/=-]{16,}/g;

/** The name and message of a fault without anything a person typed: quoted parts, addresses and numbers are cut out. */
export function describeFault(error: unknown): { readonly name: string; readonly message: string } {
  if (!(error instanceof Error)) return { name: 'unknown', message: '' };
  // What failed stands in the innermost error; the query builder's own message is the statement.
  if (error.cause instanceof Error) return describeFault(error.cause);
  const message = [VALUES, QUOTED, ADDRESSES, QUERIES, TOKENS, DIGITS].reduce(
    (text, part) => text.replace(part, '…'),
    error.message,
  );
  return { name: error.name.slice(0, LONGEST), message: message.slice(0, LONGEST) };
}
