import { describe, expect, it } from 'vitest';
import { formatDate, formatDateTime, formatDuration, formatList } from '../../../src/ui/format.ts';

const instant = Date.UTC(2026, 10, 22, 13, 9);

/** Unicode data puts spaces of different kinds before "PM"; which one does not matter here. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('L10-3 dates and times', () => {
  it('are written by language and name their zone', () => {
    expect(plain(formatDateTime('en', instant))).toBe('November 22, 2026 at 1:09 PM UTC');
    expect(plain(formatDateTime('en', instant, 'America/New_York'))).toBe('November 22, 2026 at 8:09 AM EST');
    for (const locale of ['es', 'fr', 'zh'] as const)
      expect(formatDateTime(locale, instant)).toContain('UTC');
  });

  it('have no time when only the day matters', () => {
    expect(formatDate('es', instant)).toBe('22 de noviembre de 2026');
    expect(formatDate('zh', instant)).toBe('2026年11月22日');
  });
});

describe('lengths of time', () => {
  it('are told in their two largest units', () => {
    expect(formatDuration('en', 570)).toBe('9 minutes, 30 seconds');
    expect(formatDuration('en', 3 * 3600 + 61)).toBe('3 hours, 1 minute');
    expect(formatDuration('en', 1)).toBe('1 second');
    expect(formatDuration('es', 120)).toBe('2 minutos');
  });

  it('are never negative or broken', () => {
    expect(formatDuration('en', -5)).toBe('0 seconds');
    expect(formatDuration('en', 0.2)).toBe('1 second');
  });
});

describe('lists', () => {
  it('are joined by language', () => {
    expect(formatList('en', ['a', 'b', 'c'])).toBe('a, b, and c');
    expect(formatList('fr', ['a', 'b'])).toBe('a et b');
  });
});
