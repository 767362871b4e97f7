import * as v from 'valibot';
import { IDENTITY_VALUE_MAX, type ProfileLevel, type VerifiedIdentity } from '../proofing/model.ts';

/** A verified identity for a test account, as if it had been proofed. */
export interface ProfileWish {
  readonly identity: VerifiedIdentity;
  readonly level: ProfileLevel;
}

const text = (what: string) =>
  v.pipe(v.string(), v.trim(), v.nonEmpty(`${what} cannot be empty.`), v.maxLength(IDENTITY_VALUE_MAX));
const optionalText = (what: string) => v.optional(v.nullable(text(what)));

const isDate = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) && new Date(`${value}T00:00:00Z`).toISOString().startsWith(value);

/** The names are those of the SAML attributes (AT-1). An address is given whole or not at all. */
export const ProfileBody = v.pipe(
  v.strictObject({
    level: v.optional(v.picklist(['verified', 'facial'], 'One of verified, facial.')),
    first_name: v.optional(text('A name')),
    middle_name: optionalText('A name'),
    last_name: v.optional(text('A name')),
    dob: v.optional(v.pipe(v.string(), v.check(isSafeDate, 'A date as YYYY-MM-DD.'))),
    ssn: v.optional(
      v.nullable(
        v.pipe(v.string(), v.regex(/^\d{3}-?\d{2}-?\d{4}$/, 'Nine digits, with or without dashes.')),
      ),
    ),
    address1: optionalText('An address'),
    address2: optionalText('An address'),
    city: optionalText('A city'),
    state: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'Two capital letters.')))),
    zipcode: v.optional(
      v.nullable(v.pipe(v.string(), v.regex(/^\d{5}(-\d{4})?$/, 'Five digits, or nine with a dash.'))),
    ),
    phone: v.optional(
      v.nullable(v.pipe(v.string(), v.regex(/^\+[1-9]\d{6,14}$/, 'A number as +12025550123.'))),
    ),
  }),
  v.check(({ address1, city, state, zipcode }) => {
    const given = [address1, city, state, zipcode].filter((part) => part !== undefined && part !== null);
    return given.length === 0 || given.length === 4;
  }, 'An address has address1, city, state and zipcode.'),
);

function isSafeDate(value: string): boolean {
  try {
    return isDate(value);
  } catch {
    return false;
  }
}

/** Whoever leaves something out gets the same made-up person, whose number no office ever gave out. */
export function readProfileWish(body: v.InferOutput<typeof ProfileBody>): ProfileWish {
  const { address1, address2, city, state, zipcode } = body;
  const whole = address1 && city && state && zipcode;
  return {
    level: body.level ?? 'verified',
    identity: {
      firstName: body.first_name ?? 'Jordan',
      middleName: body.middle_name ?? null,
      lastName: body.last_name ?? 'Sample',
      birthDate: body.dob ?? '1938-10-06',
      ssn: body.ssn === undefined ? '900123456' : (body.ssn?.replaceAll('-', '') ?? null),
      address: whole
        ? { line1: address1, line2: address2 ?? null, city, state, zip: zipcode }
        : { line1: '1 Example Street', line2: null, city: 'Great Falls', state: 'MT', zip: '59010' },
      phone: body.phone === undefined ? '+12025550123' : body.phone,
    },
  };
}
