import { inGroupsOfFour, randomCrockford, readCrockford } from '../../kernel/crockford.ts';
import type { RandomBytes } from '../../kernel/ports.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { PersonalKey } from '../model.ts';

/** Characters of a personal key: 16 of five bits, 80 bits of chance (PK-1). */
export const PERSONAL_KEY_LENGTH = 16;

/** The brand's one maker: both callers made or checked the sixteen characters. */
const brand = (key: string): PersonalKey => key as PersonalKey;

/** A fresh personal key (PK-1). */
export const generatePersonalKey = (random: RandomBytes): PersonalKey =>
  brand(randomCrockford(random, PERSONAL_KEY_LENGTH));

/** Reads what somebody typed: any case, dashes or not, look-alikes mended (PK-1, PW-7). */
export function readPersonalKey(input: string): Result<PersonalKey, { readonly reason: 'malformed' }> {
  const key = readCrockford(input, PERSONAL_KEY_LENGTH);
  return key === null ? err({ reason: 'malformed' }) : ok(brand(key));
}

/** `XXXX-XXXX-XXXX-XXXX`, the form people see (PK-1). */
export const showPersonalKey = (key: PersonalKey): string => inGroupsOfFour(key);
