declare const normalised: unique symbol;
/** A password in NFC, the form that is counted, judged and hashed (SU-7). */
export type NormalisedPassword = string & { readonly [normalised]: true };

/** Shortest and longest password in code points (SU-7, `password.min`, `password.max`). */
export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;

/**
 * UTF-16 units past which nobody normalises: the longest composition of Unicode joins four units into one, so more than
 * this can never become 128 code points.
 */
export const PASSWORD_INPUT_MAX = 1024;

/**
 * A typed password in NFC, so that the same keys on two systems give one password (SU-7); null when the input is longer
 * than any password may be. Lone surrogates, which no form sends, become U+FFFD as they would in UTF-8.
 */
export const normalisePassword = (typed: string): NormalisedPassword | null =>
  typed.length > PASSWORD_INPUT_MAX ? null : (typed.toWellFormed().normalize('NFC') as NormalisedPassword); // the brand's maker

/** Characters as people count them: code points after normalisation. */
export const countCharacters = (password: NormalisedPassword): number => [...password].length;
