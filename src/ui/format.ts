import type { Locale } from '../kernel/locale.ts';
import type { EpochMs } from '../kernel/time.ts';

/**
 * A date and time the way the language writes it, with its zone (L10-3): `November 22, 2026 at 1:09 PM UTC`.
 * `timeZone` is an IANA name; we know no person's zone, so UTC unless told.
 */
export const formatDateTime = (locale: Locale, at: EpochMs, timeZone = 'UTC'): string =>
  new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  }).format(at);

/** A calendar date the way the language writes it. */
export const formatDate = (locale: Locale, at: EpochMs, timeZone = 'UTC'): string =>
  new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', day: 'numeric', timeZone }).format(at);

const unit = (locale: Locale, name: 'hour' | 'minute' | 'second', value: number): string =>
  new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(value);

/** A length of time in its two largest units, from seconds: `9 minutes and 30 seconds`. */
export const formatDuration = (locale: Locale, seconds: number): string => {
  const whole = Math.max(0, Math.ceil(seconds));
  const parts = [
    { name: 'hour' as const, value: Math.floor(whole / 3600) },
    { name: 'minute' as const, value: Math.floor((whole % 3600) / 60) },
    { name: 'second' as const, value: whole % 60 },
  ].filter((part) => part.value > 0);
  if (parts.length === 0) return unit(locale, 'second', 0);
  return new Intl.ListFormat(locale, { type: 'unit', style: 'long' }).format(
    parts.slice(0, 2).map((part) => unit(locale, part.name, part.value)),
  );
};

/** A list in words: `a, b, and c`. */
export const formatList = (locale: Locale, items: readonly string[]): string =>
  new Intl.ListFormat(locale, { type: 'conjunction', style: 'long' }).format(items);
