import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { IsBreached } from '../../../src/accounts/rules/breached-list.ts';
import {
  checkNewPassword,
  type NewPassword,
  type PasswordPolicyPorts,
} from '../../../src/accounts/rules/password-policy.ts';
import {
  createStrengthEstimator,
  penalisedWords,
  STRENGTH_LEVELS,
  strengthLevel,
} from '../../../src/accounts/rules/password-strength.ts';
import {
  countCharacters,
  type NormalisedPassword,
  normalisePassword,
} from '../../../src/accounts/rules/password-text.ts';

const commonPasswords = dictionary['passwords-common'];
const estimateStrength = createStrengthEstimator({
  commonPasswords,
  keyboards: { qwerty: adjacencyGraphs.qwerty },
});
const never: IsBreached = async () => false;
const ports: PasswordPolicyPorts = { estimateStrength, isBreached: never };
const personal = {
  addresses: ['jordan.rivers+tax@example.gov'],
  appName: 'Harbor Permits',
  productName: 'Gatehouse',
};
const GOOD = 'salty pickles march eastward';

const check = (
  password: string,
  more: Partial<NewPassword> = {},
  doubles: Partial<PasswordPolicyPorts> = {},
) => checkNewPassword({ password, confirmation: password, ...personal, ...more }, { ...ports, ...doubles });

const normal = (typed: string): NormalisedPassword => {
  const password = normalisePassword(typed);
  if (password === null) throw new Error('too long to be a password');
  return password;
};

afterEach(() => vi.restoreAllMocks());

describe('SU-7 length', () => {
  it('accepts 12 to 128 characters', async () => {
    expect((await check('kV7#pQ2!mZx9')).ok).toBe(true);
    expect((await check(`${GOOD} ${'kV7#pQ2!mZx9'.repeat(20)}`.slice(0, 128))).ok).toBe(true);
  });

  it.each(['k', 'kV7#pQ2!mZx', '😀'.repeat(11), 'e\u0301'.repeat(11)])(
    'refuses %j as too short',
    async (password) => {
      expect(await check(password)).toEqual({ ok: false, error: { reason: 'too_short', min: 12 } });
    },
  );

  it('refuses nothing at all as missing', async () => {
    expect(await check('')).toEqual({ ok: false, error: { reason: 'missing' } });
  });

  it.each([129, 1025, 5_000_000])(
    'refuses %i characters as too long, without judging them',
    async (length) => {
      const estimate = vi.fn(estimateStrength);
      expect(await check('x'.repeat(length), {}, { estimateStrength: estimate })).toEqual({
        ok: false,
        error: { reason: 'too_long', max: 128 },
      });
      expect(estimate).not.toHaveBeenCalled();
    },
  );

  it('counts code points after NFC: 128 emoji fit, and so do 128 composed letters typed as two each', () => {
    expect(countCharacters(normal('😀'.repeat(128)))).toBe(128);
    expect(countCharacters(normal('e\u0301'.repeat(128)))).toBe(128);
  });

  it('never finds a lawful password in input too long to normalise', () => {
    expect(normalisePassword('ΰ'.normalize('NFD').repeat(342))).toBeNull();
    expect(countCharacters(normal('ᾂ'.normalize('NFD').repeat(128)))).toBe(128);
  });
});

describe('SU-7 Unicode', () => {
  it('normalises once, so that either way of typing a letter is one password', async () => {
    const composed = await check('crème brûlée à Zürich');
    const typedApart = await check('crème brûlée à Zürich'.normalize('NFD'));
    expect(composed).toEqual(typedApart);
    expect(composed).toMatchObject({ ok: true, value: 'crème brûlée à Zürich' });
  });

  it('lets the confirmation be typed the other way', async () => {
    expect(
      (await check('crème brûlée à Zürich', { confirmation: 'crème brûlée à Zürich'.normalize('NFD') })).ok,
    ).toBe(true);
  });

  it('keeps spaces, also at the ends', async () => {
    expect(await check(` ${GOOD} `)).toMatchObject({ ok: true, value: ` ${GOOD} ` });
  });

  it('is stable: normalising again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 128 }), (typed) => {
        const once = normal(typed);
        expect(normalisePassword(once)).toBe(once);
      }),
    );
  });
});

describe('SU-7 confirmation', () => {
  it.each(['', `${GOOD} `, GOOD.toUpperCase()])(
    'refuses %j as a different password',
    async (confirmation) => {
      expect(await check(GOOD, { confirmation })).toEqual({
        ok: false,
        error: { reason: 'confirmation_mismatch' },
      });
    },
  );
});

describe('SU-7 strength', () => {
  it.each(['password1234', 'aaaaaaaaaaaa', 'qwertyuiop12', '123456789012', 'P@ssw0rd1234'])(
    'refuses %s',
    async (password) => {
      expect(await check(password)).toMatchObject({ ok: false, error: { reason: 'too_weak' } });
    },
  );

  it('asks for no digits, capitals or signs', async () => {
    expect((await check(GOOD)).ok).toBe(true);
  });

  it.each([
    ['whole address', 'jordan.rivers+tax@example.gov'],
    ['local part', 'jordan.rivers+tax1'],
    ['fragments', 'Riversjordan12'],
    ['app name', 'Harbor Permits'],
    ['product name', 'gatehouse1234'],
  ])('refuses what the person is known by: %s', async (_, password) => {
    expect(await check(password)).toMatchObject({ ok: false, error: { reason: 'too_weak' } });
  });

  it('judges the same words kindly for somebody else', async () => {
    const other = { addresses: ['someone@example.org'], appName: null };
    expect((await check('jordan.rivers+tax@example.gov', other)).ok).toBe(true);
  });

  it('has five levels, one for each score', () => {
    expect(STRENGTH_LEVELS).toHaveLength(5);
    expect(([0, 1, 2, 3, 4] as const).map(strengthLevel)).toEqual([...STRENGTH_LEVELS]);
    expect(strengthLevel(estimateStrength(normal('password'), []))).toBe('very_weak');
    expect(strengthLevel(estimateStrength(normal(GOOD), []))).toBe('great');
  });

  it('is not confused by names every object has', () => {
    for (const word of ['constructor', '__proto__']) {
      expect(estimateStrength(normal(word), [word, 'constructor', '__proto__'])).toBeLessThan(4);
    }
  });
});

describe('SU-7 penalised words', () => {
  it('are names with their parts, addresses whole, local parts and fragments, once each', () => {
    expect(penalisedWords(personal)).toEqual([
      'gatehouse',
      'harbor permits',
      'jordan.rivers+tax@example.gov',
      'jordan.rivers+tax',
      'harbor',
      'permits',
      'jordan',
      'rivers',
      'tax',
      'example',
      'gov',
    ]);
  });
});

describe('SU-7 breached passwords', () => {
  it('are refused, looked up by the SHA-1 of the normalised password', async () => {
    const asked: string[] = [];
    const isBreached = async (sha1: string) => asked.push(sha1) > 0;
    expect(await check(GOOD, {}, { isBreached })).toEqual({ ok: false, error: { reason: 'breached' } });
    expect(asked).toEqual(['DD12ED014C05AA69932F61CE30F63ECAE93F7BB2']);
  });

  it('are looked up only when everything else is right', async () => {
    const isBreached = vi.fn(never);
    await check('password1234', {}, { isBreached });
    await check(GOOD, { confirmation: 'x' }, { isBreached });
    expect(isBreached).not.toHaveBeenCalled();
  });
});

describe('SU-7 bounded work', () => {
  const hostile = [
    'a'.repeat(128),
    'ab'.repeat(64),
    'p@ssw0rd'.repeat(16),
    '4@s$1!|('.repeat(16),
    '@4^8(<{¢[3€6'.repeat(11).slice(0, 128),
    'aaabbbcccdddeeefff'.repeat(8).slice(0, 128),
    '|\\|/\\|/|-|'.repeat(13).slice(0, 128),
    '11/11/11'.repeat(16),
    '😀'.repeat(128),
    Array.from({ length: 128 }, (_, i) => String.fromCharCode(33 + ((i * 37) % 94))).join(''),
  ];

  /** The library lower-cases a text for each search of its dictionaries and each word found: that counts its work. */
  function charactersSearched(judge: () => unknown): number {
    const lower = vi.spyOn(String.prototype, 'toLowerCase');
    judge();
    const searched = lower.mock.contexts.reduce((sum: number, text) => sum + String(text).length, 0);
    lower.mockRestore();
    return searched;
  }
  const CEILING = 30_000;

  it.each(hostile)('holds for %j', (password) => {
    const words = penalisedWords(personal);
    expect(charactersSearched(() => estimateStrength(normal(password), words))).toBeLessThan(CEILING);
  });

  it('is a bound of ours: the library alone would go far beyond it', () => {
    const library = new ZxcvbnFactory({ dictionary: { commonPasswords } });
    expect(charactersSearched(() => library.check('p@ssw0rd'.repeat(16)))).toBeGreaterThan(4 * CEILING);
  });

  it('holds because nothing beyond the 72nd code point is looked at', () => {
    const start = 'kV7#pQ2!mZx9'.repeat(6);
    const spy = vi.spyOn(String.prototype, 'toLowerCase');
    estimateStrength(normal(`${start}${'p@ssw0rd'.repeat(7)}`), []);
    const seen = spy.mock.contexts.map(String);
    spy.mockRestore();
    expect(seen.length).toBeGreaterThan(0);
    for (const text of seen) expect(text).not.toMatch(/ssw0rd/);
  });

  it('holds for any number and length of penalised words', () => {
    const used: number[] = [];
    const spy = vi.spyOn(String.prototype, 'toLowerCase');
    estimateStrength(
      normal(GOOD),
      Array.from({ length: 5000 }, (_, n) => `${n}-${'w'.repeat(1000)}`),
    );
    for (const text of spy.mock.contexts.map(String)) if (/^\d+-w/.test(text)) used.push(text.length);
    spy.mockRestore();
    expect(used).toHaveLength(100);
    expect(Math.max(...used)).toBe(64);
  });
});
