/** Milliseconds of one kind of step. */
export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Percentiles by nearest rank; zeros for nothing. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number =>
    round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0, 3);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** Median, least and greatest of the rounds of one measurement; nulls are rounds that could not be measured. */
export interface Rounds {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function roundsOf(values: readonly (number | null)[], digits = 3): Rounds | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  const middle = sorted[sorted.length >> 1];
  const [min] = sorted;
  const max = sorted.at(-1);
  if (middle === undefined || min === undefined || max === undefined) return null;
  const other = sorted[(sorted.length - 1) >> 1] ?? middle;
  return { median: round((middle + other) / 2, digits), min: round(min, digits), max: round(max, digits) };
}
