/** Control sequences that colour a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is being looked for
export const COLOUR = /\u001b\[[0-9;]*m/g;

/** Lines the development server prints on every start and every request; nobody reads them twice. */
const ROUTINE: readonly RegExp[] = [
  /^Using secrets defined in /,
  /^Your Worker has access to the following bindings/,
  /^Binding\s+Resource/,
  /^env\.\w+ \(/,
  /^env\.\w+\s{2,}/,
  /^⎔ /,
  /^✨ /,
  /^🪵/,
  /^\[wrangler:info\] /,
  /^Cloudflare collects anonymous telemetry/,
  /Scheduled Workers are not automatically triggered/,
  /To manually trigger a scheduled event/,
  /\/cdn-cgi\/local\/scheduled/,
  /test-cron-triggers-locally/,
];

/**
 * What to show of one line of the development server's log: the line, or null for routine. Errors, warnings, build
 * failures and whatever the Worker prints itself stay; of the Worker's JSON lines only warnings and errors do.
 */
export function calmLine(line: string): string | null {
  const plain = line.replace(COLOUR, '').trim();
  if (plain === '' || ROUTINE.some((pattern) => pattern.test(plain))) return null;
  if (plain.startsWith('{')) return /"level":\s*"(?:warn|error|fatal)"/.test(plain) ? line : null;
  return line;
}

/** Splits a stream of chunks into lines; the last, unfinished line waits for its end. */
export function lineSplitter(onLine: (line: string) => void): (chunk: string) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  };
}
