/** Facts a log line may carry: enumerations, counts, ids. Free text about people does not fit the type. */
export type Loggable = string | number | boolean | null;

/** One JSON line. Field names are fixed by the caller; values are never addresses, names, codes or tokens (O23). */
export function logLine(level: 'info' | 'warn' | 'error', event: string, facts: Readonly<Record<string, Loggable>>): void {
  const line = JSON.stringify({ level, event, ...facts });
  if (level === 'error') console.error(line);
  else if (level === 'warn') console.warn(line);
  else console.log(line);
}

/** The name and message of a fault without anything a person typed: quoted parts are cut out. */
export function describeFault(error: unknown): { readonly name: string; readonly message: string } {
  if (!(error instanceof Error)) return { name: 'unknown', message: '' };
  return { name: error.name, message: error.message.replace(/(["'`]).*?\1/g, '…').replace(/\S+@\S+/g, '…').slice(0, 300) };
}
