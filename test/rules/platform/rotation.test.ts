import { describe, expect, it } from 'vitest';
import { DAY, type EpochMs, YEAR } from '../../../src/kernel/time.ts';
import {
  ACTIVE_FOR_MS,
  dueMoves,
  type KeyDates,
  OVERLAP_MS,
  publicationOrder,
} from '../../../src/platform/keys/rotation.ts';

const START = Date.UTC(2026, 0, 1);
const WEEK = 7 * DAY;

/** What a move does to the ring, as the database does it. */
function apply(keys: readonly KeyDates[], now: EpochMs): readonly KeyDates[] {
  let ring = [...keys];
  for (const move of dueMoves(keys, now)) {
    if (move.kind === 'create') {
      ring.push({
        kid: `key-${ring.length + 1}`,
        state: 'pending',
        createdAt: now,
        activatedAt: null,
        retiringAt: null,
      });
    } else if (move.kind === 'activate') {
      ring = ring.map((key) => {
        if (key.kid === move.kid) return { ...key, state: 'active', activatedAt: now };
        return key.state === 'active' ? { ...key, state: 'retiring', retiringAt: now } : key;
      });
    } else {
      ring = ring.map((key) => (key.kid === move.kid ? { ...key, state: 'retired' } : key));
    }
  }
  return ring;
}

const first: KeyDates = {
  kid: 'key-1',
  state: 'active',
  createdAt: START,
  activatedAt: START,
  retiringAt: null,
};
const isPublished = ({ state }: KeyDates): boolean => state !== 'retired';

/** Runs the calendar over two years and notes every key's life. */
function live(everyMs: number) {
  const lives = new Map<
    string,
    { published: EpochMs; signs: EpochMs | null; stops: EpochMs | null; gone: EpochMs | null }
  >();
  let ring: readonly KeyDates[] = [first];
  lives.set('key-1', { published: START, signs: START, stops: null, gone: null });
  const problems: string[] = [];
  for (let now = START; now <= START + 2 * YEAR; now += everyMs) {
    ring = apply(ring, now);
    if (ring.filter(({ state }) => state === 'active').length !== 1)
      problems.push(`${new Date(now).toISOString()} ${JSON.stringify(ring)}`);
    if (ring.filter(isPublished).length > 2)
      problems.push(`${new Date(now).toISOString()} more than two published`);
    for (const key of ring) {
      const life = lives.get(key.kid) ?? { published: now, signs: null, stops: null, gone: null };
      if (key.state === 'active') life.signs ??= now;
      if (key.state === 'retiring') life.stops ??= now;
      if (key.state === 'retired') life.gone ??= now;
      lives.set(key.kid, life);
    }
  }
  return { lives: [...lives.values()], problems };
}

describe('JWK-4 two years of the calendar', () => {
  for (const [name, every] of [
    ['every five minutes', 5 * 60_000],
    ['every day', DAY],
    ['after outages of eleven days', 11 * DAY],
  ] as const) {
    it(`run ${name}: exactly one key signs, and each is published a cache period before and after`, () => {
      const { lives, problems } = live(every);
      expect(problems).toEqual([]);
      expect(lives.length).toBeGreaterThanOrEqual(6);
      for (const [at, { published, signs, stops, gone }] of lives.entries()) {
        if (at > 0 && signs !== null) expect(signs - published).toBeGreaterThanOrEqual(OVERLAP_MS);
        if (stops !== null && gone !== null) expect(gone - stops).toBeGreaterThanOrEqual(OVERLAP_MS);
        if (signs !== null && stops !== null) {
          expect(stops - signs).toBeGreaterThanOrEqual(ACTIVE_FOR_MS - OVERLAP_MS);
          expect(stops - signs).toBeLessThanOrEqual(ACTIVE_FOR_MS + OVERLAP_MS + 2 * every);
        }
      }
    });
  }

  it('the overlap is longer than a cache period', () => {
    expect(OVERLAP_MS).toBeGreaterThanOrEqual(8 * DAY);
    expect(OVERLAP_MS).toBeGreaterThan(WEEK);
  });
});

describe('JWK-4 moves', () => {
  it('asks nothing twice at one moment', () => {
    let ring: readonly KeyDates[] = [first];
    for (let now = START; now <= START + YEAR; now += DAY) {
      ring = apply(ring, now);
      expect(dueMoves(ring, now)).toEqual([]);
    }
  });

  it('makes a key where there is none, and does not wait for anybody to sign with it', () => {
    expect(dueMoves([], START)).toEqual([{ kind: 'create' }]);
    const pending: KeyDates = {
      kid: 'p',
      state: 'pending',
      createdAt: START,
      activatedAt: null,
      retiringAt: null,
    };
    expect(dueMoves([pending], START)).toEqual([]);
    expect(dueMoves([pending], START + OVERLAP_MS)).toEqual([{ kind: 'activate', kid: 'p' }]);
  });

  it('keeps a successor an operator made early waiting until its turn', () => {
    const early: KeyDates = {
      kid: 'p',
      state: 'pending',
      createdAt: START + DAY,
      activatedAt: null,
      retiringAt: null,
    };
    expect(dueMoves([first, early], START + 20 * DAY)).toEqual([]);
    expect(dueMoves([first, early], START + ACTIVE_FOR_MS)).toEqual([{ kind: 'activate', kid: 'p' }]);
  });

  it('JWK-3 publishes the signing key first, then its successor, then those leaving', () => {
    const order = (['retiring', 'pending', 'active'] as const).toSorted(
      (a, b) => publicationOrder(a) - publicationOrder(b),
    );
    expect(order).toEqual(['active', 'pending', 'retiring']);
  });
});
