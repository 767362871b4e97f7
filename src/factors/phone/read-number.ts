import { err, ok, type Result } from '../../kernel/result.ts';
import type { E164, PhoneNumber } from './model.ts';
import { isNanpNumber, nanpCountry } from './nanp-countries.ts';
import { type NumberPlan, planOf, plansWithCode } from './number-plans.ts';
import { isSpecialNumber } from './special-numbers.ts';

/** Longest text that may be a number with all its spaces and brackets. */
export const LONGEST_TYPED = 40;

export type NumberRefusal = {
  readonly reason: /** Nothing was typed. */
    | 'missing'
    /** No number can look like this in that country. */
    | 'impossible'
    /** We reach nobody there. */
    | 'unsupported_country'
    /** Premium, shared-cost, free-phone: not a person's telephone. */
    | 'special';
};

/** E.164 section 6: at most 15 digits, country code included. */
const MOST_DIGITS = 15;

/** Punctuation people put between digits, also the non-breaking and full-width kinds phones insert. */
const BETWEEN = /[\s().\-–—/\u00a0\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** Digits only, a leading plus kept; null for anything else. Full-width digits count as digits. */
function digitsOf(typed: string): { readonly international: boolean; readonly digits: string } | null {
  if (typed.length > LONGEST_TYPED) return null;
  const bare = typed.normalize('NFKC').replace(BETWEEN, '');
  const match = /^(\+|00(?=[1-9]))?(\d+)$/.exec(bare);
  return match === null ? null : { international: match[1] !== undefined, digits: match[2] ?? '' };
}

/** The plan an international number follows: the picked country's when it has the code, else the usual one of the code. */
function planFor(digits: string, picked: NumberPlan | null): NumberPlan | null {
  for (let length = 1; length <= 3; length += 1) {
    const code = digits.slice(0, length);
    if (picked?.code === code) return picked;
    const [first] = plansWithCode(code);
    if (first !== undefined) return first;
  }
  return null;
}

/** Drops the digit dialled at home before a number, where there is one. */
const withoutTrunk = (digits: string, plan: NumberPlan): string =>
  plan.trunk !== '' && digits.startsWith(plan.trunk) && digits.length > plan.shortest
    ? digits.slice(plan.trunk.length)
    : digits;

const fits = (national: string, plan: NumberPlan): boolean =>
  national.length >= plan.shortest &&
  national.length <= plan.longest &&
  plan.code.length + national.length <= MOST_DIGITS &&
  (plan.code !== '1' || isNanpNumber(national));

/** The country of a number whose code several share, as far as digits tell. */
function countryOf(plan: NumberPlan, national: string): string {
  if (plan.code === '1') return nanpCountry(national);
  if (plan.code === '7') return /^[67]/.test(national) ? 'KZ' : 'RU';
  return plan.country;
}

/**
 * Reads a number as typed: at home in the picked country (ISO 3166-1 alpha-2), or of any country with `+` or `00` in
 * front. Checks what the plan allows and refuses services (PH-2).
 */
export function readPhoneNumber(typed: string, picked: string): Result<PhoneNumber, NumberRefusal> {
  if (typed.trim() === '') return err({ reason: 'missing' });
  const read = digitsOf(typed);
  if (read === null) return err({ reason: 'impossible' });
  const home = planOf(picked);
  const plan = read.international ? planFor(read.digits, home) : home;
  if (plan === null) return err({ reason: 'unsupported_country' });
  const after = read.international ? read.digits.slice(plan.code.length) : withoutCode(read.digits, plan);
  const national = withoutTrunk(after, plan);
  if (isSpecialNumber(plan.code, national)) return err({ reason: 'special' });
  if (!fits(national, plan)) return err({ reason: 'impossible' });
  return ok({ e164: e164(plan.code, national), country: countryOf(plan, national), national });
}

/** People type the country code without a plus: taken as such when the rest fits and the whole does not. */
function withoutCode(digits: string, plan: NumberPlan): string {
  if (fits(withoutTrunk(digits, plan), plan) || !digits.startsWith(plan.code)) return digits;
  const rest = digits.slice(plan.code.length);
  return fits(withoutTrunk(rest, plan), plan) || isSpecialNumber(plan.code, rest) ? rest : digits;
}

// The one maker of the brand.
const e164 = (code: string, national: string): E164 => `+${code}${national}` as E164;

/** A number we stored or handed out ourselves, in international form; null when it is none. */
export function readE164(text: string): PhoneNumber | null {
  const read = text.startsWith('+') ? readPhoneNumber(text, '') : null;
  return read?.ok && read.value.e164 === text ? read.value : null;
}
