import { isRecord } from '../support/record.ts';

/** Columns in this order when the listing has them; other fields stay out of the table. */
const COLUMNS: readonly string[] = [
  'root',
  'sealed',
  'passwords',
  'state',
  'use',
  'created_at',
  'activated_at',
  'retiring_at',
  'retired_at',
  'created_by',
  'kid',
];

/** A listing of signing keys, or of roots and what hangs on them, as a table; anything else is shown as JSON. */
export function renderKeys(body: unknown): string {
  const list = isRecord(body) ? (body.keys ?? body.roots) : body;
  if (!Array.isArray(list)) return JSON.stringify(body, null, 2);
  if (list.length === 0)
    return isRecord(body) && 'roots' in body ? 'Nothing hangs on any root.' : 'No keys yet.';
  const keys = list.filter(isRecord).map(snakeCased);
  const columns = COLUMNS.filter((column) => keys.some((key) => key.has(column)));
  const table = [columns, ...keys.map((key) => columns.map((column) => text(key.get(column))))];
  const widths = columns.map((_, index) => Math.max(...table.map((row) => row[index]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ');
  return table.map((row) => line(row).trimEnd()).join('\n');
}

const snakeCased = (key: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> =>
  new Map(
    Object.entries(key).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );

/** Instants may come as epoch milliseconds; people read dates. */
function text(value: unknown): string {
  if (typeof value === 'number' && value > 1e11) return `${new Date(value).toISOString().slice(0, 16)}Z`;
  return value === null || value === undefined ? '-' : String(value);
}
