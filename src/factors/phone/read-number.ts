import { err, ok, type Result } from '../../kernel/result.ts';
import type { E164, PhoneNumber } from './model.ts';
import { isNanpNumber } from './nanp-countries.ts';
import { type NumberPlan, planOf, plansWithCode } from './number-plans.ts';
import { sharedCodeCountry } from './shared-codes.ts';
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

/** The plan an international number follows: the usual one of its code. */
function planFor(digits: string): NumberPlan | null {
  for (let length = 1; length <= 3; length += 1) {
    const [first] = plansWithCode(digits.slice(0, length));
    if (first !== undefined) return first;
  }
  return null;
}

/** The plan of the picked country; of those that share its code the usual one, so that a number is read one way only. */
function planAtHome(picked: string): NumberPlan | null {
  const plan = planOf(picked);
  return plan === null ? null : (plansWithCode(plan.code)[0] ?? plan);
}

/** Drops the digit dialled at home before a number, where there is one. */
const withoutTrunk = (digits: string, plan: NumberPlan): string =>
  plan.trunk !== '' && digits.startsWith(plan.trunk) && digits.length > plan.shortest
    ? digits.slice(plan.trunk.length)
    : digits;

/** No number abroad begins with the 0 dialled at home: with it, one telephone would have two numbers. */
const keepsTrunk = (national: string, { trunk }: NumberPlan): boolean =>
  trunk === '0' && national.startsWith(trunk);

const fits = (national: string, plan: NumberPlan): boolean =>
  !keepsTrunk(national, plan) &&
  national.length >= plan.shortest &&
  national.length <= plan.longest &&
  plan.code.length + national.length <= MOST_DIGITS &&
  (plan.code !== '1' || isNanpNumber(national));

/**
 * Reads a number as typed: at home in the picked country (ISO 3166-1 alpha-2), or of any country with `+` or `00` in
 * front. Checks what the plan allows and refuses services (PH-2).
 */
export function readPhoneNumber(typed: string, picked: string): Result<PhoneNumber, NumberRefusal> {
  if (typed.trim() === '') return err({ reason: 'missing' });
  const read = digitsOf(typed);
  if (read === null) return err({ reason: 'impossible' });
  const plan = read.international ? planFor(read.digits) : planAtHome(picked);
  if (plan === null) return err({ reason: 'unsupported_country' });
  const after = read.international ? read.digits.slice(plan.code.length) : withoutCode(read.digits, plan);
  const national = withoutTrunk(after, plan);
  if (isSpecialNumber(plan.code, national)) return err({ reason: 'special' });
  if (!fits(national, plan)) return err({ reason: 'impossible' });
  const country = sharedCodeCountry(plan.code, national) ?? plan.country;
  return ok({ e164: e164(plan.code, national), country, national });
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
