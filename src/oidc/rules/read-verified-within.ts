import { err, ok, type Result } from '../../kernel/result.ts';
import { MIN_VERIFIED_WITHIN_DAYS } from '../limits.ts';

const FORMAT = /^([0-9]{1,5})([dwmy])$/;
const DAYS: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 };

/** AUT-15: a whole number and a unit, as days; at least 30 of them (CFG-9). */
export function readVerifiedWithin(
  value: string,
): Result<number, { readonly reason: 'unrecognised' | 'too_short' }> {
  const match = FORMAT.exec(value);
  const unit = DAYS[match?.[2] ?? ''];
  if (match === null || unit === undefined) return err({ reason: 'unrecognised' });
  const days = Number(match[1]) * unit;
  return days < MIN_VERIFIED_WITHIN_DAYS ? err({ reason: 'too_short' }) : ok(days);
}
