import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../../../src/kernel/time.ts';
import {
  alarmDays,
  certificateEnds,
  dueYearMoves,
  newsFor,
  openFrom,
  stagedFrom,
  type YearDates,
  yearInSeason,
} from '../../../../src/platform/keys/saml-calendar.ts';

const at = (text: string): number => Date.parse(text);

/** A ring that obeys: what the real one does to its rows, without keys. */
class Ring {
  years: readonly YearDates[] = [];

  run(now: number): void {
    for (const move of dueYearMoves(this.years, now)) {
      if (move.kind === 'stage') {
        const dates = { createdAt: now, notBefore: now, notAfter: certificateEnds(move.year), hold: false };
        this.years = [...this.years, { year: move.year, state: 'staged', ...dates }];
      } else if (move.kind === 'open') {
        this.years = this.years.map((known) =>
          known.year === move.year
            ? { ...known, state: 'live' }
            : known.state === 'live' && known.year < move.year
              ? { ...known, state: 'retiring' }
              : known,
        );
      } else this.years = this.years.filter(({ year }) => year !== move.year);
    }
  }

  serving(year: number): YearDates | undefined {
    return this.years.find((known) => known.year === year && known.state !== 'staged');
  }

  states(): string {
    return this.years.map(({ year, state }) => `${year} ${state}`).join(', ');
  }
}

function walked(from: string, to: string, onDay: (ring: Ring, now: number) => void = () => {}): Ring {
  const ring = new Ring();
  for (let now = at(from); now <= at(to); now += DAY) {
    ring.run(now);
    onDay(ring, now);
  }
  return ring;
}

describe('Y1 to Y6 three years by the calendar', () => {
  /** Moves to the year's endpoints so many days after they open, which is at the latest the day before the old end. */
  const movesAfter =
    (days: number) =>
    (now: number): number => {
      const year = new Date(now).getUTCFullYear();
      return now >= openFrom(year) + days * DAY ? year : year - 1;
    };

  it.each([1, 28, 58])(
    'a service provider that moves %i days after opening meets no day on which it fails',
    (days) => {
      const configured = movesAfter(days);
      let met = 0;
      walked('2026-11-20T12:00:00Z', '2029-12-31T12:00:00Z', (ring, now) => {
        const year = ring.serving(configured(now));
        expect(
          year,
          `${new Date(now).toISOString()} with ${configured(now)}: ${ring.states()}`,
        ).toBeDefined();
        expect(year?.notBefore).toBeLessThanOrEqual(now);
        expect(year?.notAfter).toBeGreaterThan(now);
        met += 1;
      });
      expect(met).toBeGreaterThan(3 * 365);
    },
  );

  it('opens one year each February and closes one each April', () => {
    const turns: string[] = [];
    let before = '';
    walked('2026-11-20T12:00:00Z', '2029-12-31T12:00:00Z', (ring, now) => {
      if (ring.states() !== before)
        turns.push(`${new Date(now).toISOString().slice(0, 10)}: ${ring.states()}`);
      before = ring.states();
    });
    expect(turns).toEqual([
      '2026-11-20: 2026 live',
      '2027-01-10: 2026 live, 2027 staged',
      '2027-02-01: 2026 retiring, 2027 live',
      '2027-04-01: 2027 live',
      '2028-01-10: 2027 live, 2028 staged',
      '2028-02-01: 2027 retiring, 2028 live',
      '2028-04-01: 2028 live',
      '2029-01-10: 2028 live, 2029 staged',
      '2029-02-01: 2028 retiring, 2029 live',
      '2029-04-01: 2029 live',
    ]);
  });

  it('asks nothing twice on one day', () => {
    const ring = new Ring();
    ring.run(at('2027-01-10T12:00:00Z'));
    ring.run(at('2027-01-10T12:00:00Z'));
    const states = ring.states();
    ring.run(at('2027-01-10T18:00:00Z'));
    expect(ring.states()).toBe(states);
  });

  it('catches up after a winter without a run, a day later where the old year still serves', () => {
    const ring = new Ring();
    ring.run(at('2026-11-20T12:00:00Z'));
    ring.run(at('2027-02-20T12:00:00Z'));
    expect(ring.states()).toBe('2026 live, 2027 staged');
    ring.run(at('2027-02-20T23:00:00Z'));
    expect(ring.states(), 'Y8: staged for a day first').toBe('2026 live, 2027 staged');
    ring.run(at('2027-02-21T12:00:00Z'));
    expect(ring.states()).toBe('2026 retiring, 2027 live');
  });
});

describe('O12 what partners hear', () => {
  it('is told four times each spring, the last time a week before the end', () => {
    const letters: string[] = [];
    let before = '';
    walked('2026-11-20T12:00:00Z', '2028-12-31T12:00:00Z', (ring, now) => {
      const news = newsFor(ring.years, now);
      const letter = news === null ? 'nothing' : `${news.letter} ${news.ending} to ${news.opened}`;
      if (letter !== before) letters.push(`${new Date(now).toISOString().slice(0, 10)}: ${letter}`);
      before = letter;
    });
    expect(letters).toEqual([
      '2026-11-20: nothing',
      '2027-02-01: opened 2026 to 2027',
      '2027-03-01: first 2026 to 2027',
      '2027-03-15: second 2026 to 2027',
      '2027-03-25: last 2026 to 2027',
      '2027-04-01: nothing',
      '2028-02-01: opened 2027 to 2028',
      '2028-03-01: first 2027 to 2028',
      '2028-03-15: second 2027 to 2028',
      '2028-03-25: last 2027 to 2028',
      '2028-04-01: nothing',
    ]);
  });

  it('urges nobody while the end is put off, and nobody once it has passed', () => {
    const { years } = walked('2026-11-20T12:00:00Z', '2027-03-20T12:00:00Z');
    const held = years.map((year) => ({ ...year, hold: year.year === 2026 }));
    expect(newsFor(held, at('2027-03-26T12:00:00Z'))?.letter).toBe('opened');
    expect(newsFor(held, at('2027-04-02T12:00:00Z'))).toBeNull();
  });
});

describe('a world that begins', () => {
  it.each([
    ['2026-11-20T00:00:00Z', '2026 live'],
    ['2027-01-05T00:00:00Z', '2026 live'],
    ['2027-01-25T00:00:00Z', '2026 live'],
    ['2027-02-01T00:00:00Z', '2027 live'],
    ['2027-03-31T23:00:00Z', '2027 live'],
  ])('on %s opens at once: %s', (now, states) => {
    const ring = new Ring();
    ring.run(at(now));
    expect(ring.states()).toBe(states);
  });

  it('in January stages the coming year on the next run', () => {
    const ring = new Ring();
    ring.run(at('2027-01-25T00:00:00Z'));
    ring.run(at('2027-01-25T12:00:00Z'));
    expect(ring.states()).toBe('2026 live, 2027 staged');
  });
});

describe('Y5, Y10 guards', () => {
  const live: YearDates = {
    year: 2026,
    state: 'live',
    createdAt: 0,
    notBefore: 0,
    notAfter: certificateEnds(2026),
    hold: false,
  };
  const next: YearDates = { ...live, year: 2027, notAfter: certificateEnds(2027) };
  const april = at('2027-04-02T00:00:00Z');

  it('never closes the only year that serves', () => {
    expect(dueYearMoves([live], april).filter(({ kind }) => kind === 'close')).toEqual([]);
    expect(dueYearMoves([{ ...live, state: 'retiring' }, next], april)).toContainEqual({
      kind: 'close',
      year: 2026,
    });
  });

  it('does not close a year on hold', () => {
    expect(dueYearMoves([{ ...live, state: 'retiring', hold: true }, next], april)).toEqual([]);
  });

  it('does not open a certificate that is not valid yet', () => {
    const staged: YearDates = { ...next, state: 'staged', notBefore: at('2027-02-03T00:00:00Z') };
    expect(dueYearMoves([live, staged], at('2027-02-02T00:00:00Z'))).toEqual([]);
    expect(dueYearMoves([live, staged], at('2027-02-03T00:00:00Z'))).toEqual([{ kind: 'open', year: 2027 }]);
  });

  it.each([
    [61, null],
    [60, 60],
    [31, 60],
    [30, 30],
    [7, 7],
    [0, 7],
  ])('with %i days left on the last certificate says %s', (days, alarm) => {
    expect(alarmDays([live], live.notAfter - days * DAY)).toBe(alarm);
  });

  it('is calm while a later year serves', () => {
    expect(alarmDays([live, next], live.notAfter - DAY)).toBeNull();
  });
});

describe('Y3 dates', () => {
  it('has every year staged, then open, and in season until the next one opens', () => {
    for (let year = 2026; year < 2040; year += 1) {
      expect(openFrom(year) - stagedFrom(year)).toBeGreaterThan(20 * DAY);
      expect(certificateEnds(year - 1) - openFrom(year)).toBeGreaterThanOrEqual(59 * DAY);
      expect(yearInSeason(openFrom(year))).toBe(year);
      expect(yearInSeason(openFrom(year) - HOUR)).toBe(year - 1);
    }
  });
});
