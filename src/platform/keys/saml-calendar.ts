import { DAY, type EpochMs } from '../../kernel/time.ts';

export type YearState = 'staged' | 'live' | 'retiring';

/** A year as the calendar sees it; retired ones are not in the list any more. */
export interface YearDates {
  readonly year: number;
  readonly state: YearState;
  readonly createdAt: EpochMs;
  readonly notBefore: EpochMs;
  readonly notAfter: EpochMs;
  /** An operator postpones retirement (Y5). */
  readonly hold: boolean;
}

export type YearMove =
  | { readonly kind: 'stage'; readonly year: number }
  | { readonly kind: 'open'; readonly year: number }
  | { readonly kind: 'close'; readonly year: number };

/** Y5: key and certificate of a year are made on this day of its January. */
export const stagedFrom = (year: number): EpochMs => Date.UTC(year, 0, 10);
/** Y3, Y5: its endpoints open, so that everybody has two months to move. */
export const openFrom = (year: number): EpochMs => Date.UTC(year, 1, 1);
/** Y1: its certificate ends. */
export const certificateEnds = (year: number): EpochMs => Date.UTC(year + 1, 3, 1);
/** Y8: what was published takes up to a minute to be everywhere; a day is certain. */
const STAGED_AT_LEAST = DAY;
/** Y10: days before the end of the last certificate on which somebody has to be told. */
const ALARM_DAYS: readonly number[] = [60, 30, 7];

/** The newest year whose endpoints may be open at `now`. */
export function yearInSeason(now: EpochMs): number {
  const year = new Date(now).getUTCFullYear();
  return now >= openFrom(year) ? year : year - 1;
}

/**
 * What the calendar asks at `now` (Y5, Y6, Y10): stage the new year in January, open it in February, close the old one
 * when its certificate ends. Running it late, twice or never for a while does no harm; the only serving year is never
 * closed, and nothing opens before its certificate holds.
 */
export function dueYearMoves(years: readonly YearDates[], now: EpochMs): readonly YearMove[] {
  const current = new Date(now).getUTCFullYear();
  const serving = years.filter(({ state }) => state !== 'staged');
  // A world that begins: its first year opens at once.
  if (serving.length === 0) {
    const year = yearInSeason(now);
    return [
      ...(years.some((known) => known.year === year) ? [] : [{ kind: 'stage', year } as const]),
      { kind: 'open', year },
    ];
  }
  const moves: YearMove[] = [];
  const newest = Math.max(...years.map(({ year }) => year));
  if (now >= stagedFrom(current) && newest < current) moves.push({ kind: 'stage', year: current });
  for (const { year, state, createdAt, notBefore } of years) {
    const isDue = now >= openFrom(year) && now >= notBefore && now - createdAt >= STAGED_AT_LEAST;
    if (state === 'staged' && isDue) moves.push({ kind: 'open', year });
  }
  const opening = moves.filter(({ kind }) => kind === 'open').map(({ year }) => year);
  const servingLater = (than: number): boolean =>
    serving.some(({ year }) => year > than) || opening.some((year) => year > than);
  for (const { year, notAfter, hold } of serving) {
    if (now >= notAfter && !hold && servingLater(year)) moves.push({ kind: 'close', year });
  }
  return moves;
}

/** What partners have to hear: which year opened, which one ends and when, and which of the four letters is due. */
export interface YearNews {
  readonly opened: number;
  readonly ending: number;
  readonly ends: EpochMs;
  readonly letter: 'opened' | 'first' | 'second' | 'last';
}

/** O12: everybody hears when a year opens; whoever still uses the old one hears on these days of March. */
const REMINDERS = [
  ['last', 25],
  ['second', 15],
  ['first', 1],
] as const;

/**
 * Y5, O12: the newest letter that is due at `now`; null when no year is about to end. Letters that were due while
 * nothing ran are not sent late. A year that is held ends at nobody knows when, so nobody is urged.
 */
export function newsFor(years: readonly YearDates[], now: EpochMs): YearNews | null {
  const live = years.filter(({ state }) => state === 'live').sort((a, b) => b.year - a.year)[0];
  const old = years.filter(({ state }) => state === 'retiring').sort((a, b) => b.year - a.year)[0];
  if (live === undefined || old === undefined || now >= old.notAfter) return null;
  const due = old.hold ? undefined : REMINDERS.find(([, day]) => now >= Date.UTC(live.year, 2, day));
  return { opened: live.year, ending: old.year, ends: old.notAfter, letter: due?.[0] ?? 'opened' };
}

/** Y10: days left on the last certificate that serves, when that is a number to be alarmed about; null otherwise. */
export function alarmDays(years: readonly YearDates[], now: EpochMs): number | null {
  const serving = years.filter(({ state }) => state !== 'staged');
  if (serving.length === 0) return null;
  const left = Math.max(...serving.map(({ notAfter }) => Math.ceil((notAfter - now) / DAY)));
  return left <= Math.max(...ALARM_DAYS) ? (ALARM_DAYS.filter((days) => left <= days).at(-1) ?? null) : null;
}
