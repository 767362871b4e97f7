import { type OptionsGraph, type Score, ZxcvbnFactory } from '@zxcvbn-ts/core';
import type { NormalisedPassword } from './password-text.ts';

/** zxcvbn's scale: 0 falls to a handful of guesses, 4 withstands an offline attack. */
export type StrengthScore = Score;

/** The five wordings of the meter, by score (SU-6, UX-8). */
export const STRENGTH_LEVELS = ['very_weak', 'weak', 'average', 'good', 'great'] as const;
export type StrengthLevel = (typeof STRENGTH_LEVELS)[number];

/** The level of a score. */
export const strengthLevel = (score: StrengthScore): StrengthLevel => STRENGTH_LEVELS[score];

/** How strong a password is when the guesser knows `penalised` words about the person. */
export type EstimateStrength = (password: NormalisedPassword, penalised: readonly string[]) => StrengthScore;

/** Code points the estimator sees. Beyond these a password is either strong already or repeats itself. */
export const ESTIMATED_CHARACTERS = 72;
/** Readings of look-alike characters (`p@ssw0rd`) tried; the library's 100 costs four times the work for the same verdicts. */
const LOOK_ALIKE_READINGS = 24;
/** Penalised words used, and the characters of each. */
const PENALISED_WORDS = 100;
const PENALISED_CHARACTERS = 64;

export interface StrengthSources {
  /** Common passwords, most common first. */
  readonly commonPasswords: readonly string[];
  /** Keyboard layouts by name, each key's neighbours; none means keyboard walks are not recognised. */
  readonly keyboards?: OptionsGraph;
}

/**
 * Builds the estimator once, which ranks the whole list, and returns a function bounded in work: it looks at 72 code
 * points, 24 look-alike readings and 100 penalised words whatever it is given (docs/decisions/password-strength.md).
 */
export function createStrengthEstimator({ commonPasswords, keyboards }: StrengthSources): EstimateStrength {
  const zxcvbn = new ZxcvbnFactory({
    dictionary: { commonPasswords: [...commonPasswords] },
    l33tMaxSubstitutions: LOOK_ALIKE_READINGS,
    maxLength: ESTIMATED_CHARACTERS * 2,
    ...(keyboards === undefined ? {} : { graphs: keyboards }),
  });
  return (password, penalised) => {
    const seen = [...password].slice(0, ESTIMATED_CHARACTERS).join('');
    const words = penalised.slice(0, PENALISED_WORDS).map((word) => word.slice(0, PENALISED_CHARACTERS));
    const { score, guesses } = zxcvbn.check(seen, words);
    // A guess count that is no number would otherwise pass every comparison; no verdict means no password.
    return Number.isNaN(guesses) ? 0 : score;
  };
}

export interface PersonalWords {
  /** The person's e-mail addresses. */
  readonly addresses: readonly string[];
  /** The app that sent the person, if any. */
  readonly appName: string | null;
  readonly productName: string;
}

const PUNCTUATION = /[^\p{L}\p{N}]+/u;
const SHORTEST_FRAGMENT = 2;

/**
 * Words a guesser would try first on this person (SU-7): product and app name with their parts, then addresses whole,
 * their local parts, and the fragments between punctuation. Each once, lower case.
 */
export function penalisedWords({ addresses, appName, productName }: PersonalWords): readonly string[] {
  const names = appName === null ? [productName] : [productName, appName];
  const locals = addresses.map((address) => address.slice(0, Math.max(0, address.lastIndexOf('@'))));
  const fragments = [...names, ...addresses].flatMap((text) => text.split(PUNCTUATION));
  const words = [...names, ...addresses, ...locals, ...fragments].map((word) => word.toLowerCase());
  return [...new Set(words)].filter((word) => word.length >= SHORTEST_FRAGMENT);
}
