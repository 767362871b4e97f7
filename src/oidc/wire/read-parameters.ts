import { err, ok, type Result } from '../../kernel/result.ts';

/** Names an endpoint reads, each with the greatest length of its value. */
export type ParameterTable<Name extends string> = ReadonlyMap<
  string,
  { readonly name: Name; readonly maxLength: number }
>;

/** The names of a table. */
export type NamesOf<Table> = Table extends ParameterTable<infer Name> ? Name : never;

/** Values by name; a parameter that was not sent is missing. */
export type Parameters<Name extends string> = ReadonlyMap<Name, string>;

/**
 * Why parameters cannot be read. `malformed`: a value is not percent-encoded UTF-8 or holds a NUL. `too_long`: the
 * whole (`name` null) or one value exceeds its limit.
 */
export interface ParametersRefusal<Name extends string> {
  readonly reason: 'malformed' | 'too_long';
  readonly name: Name | null;
}

/** Builds the table of an endpoint once, at start-up. */
export const parameterTable = <Name extends string>(
  limits: readonly (readonly [Name, number])[],
): ParameterTable<Name> => new Map(limits.map(([name, maxLength]) => [name, { name, maxLength }]));

/**
 * Reads a query string (with or without `?`) or a form body (AUT-2, TOK-1).
 *
 * RFC 6749 section 3.1 forbids repeating a parameter, yet shipped relying parties do it (a default in their
 * configured URL, then the value of the day), and the service they were built for lets the last one win. So it does
 * here too. That is safe because every decision is taken on this one reading: nothing else looks at the query, so no
 * second reader can see another value. `name[]=` is simply another name, hence ignored.
 *
 * Unknown parameters are skipped unread (FLR-1), however strange their content.
 */
export function readParameters<Name extends string>(
  source: string,
  table: ParameterTable<Name>,
  maxLength: number,
): Result<Parameters<Name>, ParametersRefusal<Name>> {
  if (source.length > maxLength) return err({ reason: 'too_long', name: null });
  const raw = new Map<Name, string>();
  const end = source.length;
  let at = source.charCodeAt(0) === 63 ? 1 : 0;
  while (at < end) {
    let stop = source.indexOf('&', at);
    if (stop === -1) stop = end;
    let equals = source.indexOf('=', at);
    if (equals === -1 || equals > stop) equals = stop;
    const known = table.get(readName(source.slice(at, equals)));
    if (known !== undefined) raw.set(known.name, source.slice(equals + 1, stop));
    at = stop + 1;
  }
  const values = new Map<Name, string>();
  for (const [name, encoded] of raw) {
    const value = decodeFormComponent(encoded);
    if (value === null || value.includes('\0')) return err({ reason: 'malformed', name });
    if (value.length > (table.get(name)?.maxLength ?? 0)) return err({ reason: 'too_long', name });
    values.set(name, value);
  }
  return ok(values);
}

/** A name that does not decode is no name we know. */
const readName = (encoded: string): string => decodeFormComponent(encoded) ?? '';

/** What reading bytes as text leaves where they were no UTF-8. */
const REPLACED = '\ufffd';

/** One component of `application/x-www-form-urlencoded`; null when it is not percent-encoded UTF-8. */
export function decodeFormComponent(encoded: string): string | null {
  if (encoded.includes(REPLACED)) return null;
  const spaced = encoded.includes('+') ? encoded.replaceAll('+', ' ') : encoded;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return null;
  }
}

/** RFC 6749 section 3.1: a parameter without a value counts as omitted. Blanks alone are no value. */
export const isBlank = (value: string | undefined): boolean => value === undefined || value.trim() === '';
