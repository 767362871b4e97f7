import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { IDENTITY_VALUE_MAX, type VerifiedIdentity } from '../../../src/proofing/model.ts';
import { IDENTITY_BYTES_MAX, writeIdentity } from '../../../src/proofing/rules/identity-limits.ts';
import { ProfileBody, readProfileWish } from '../../../src/sandbox/profile-wish.ts';

const longest = '宽'.repeat(IDENTITY_VALUE_MAX);
const IDENTITY: VerifiedIdentity = {
  firstName: longest,
  middleName: longest,
  lastName: longest,
  birthDate: '1971-02-28',
  ssn: '666123489',
  address: { line1: longest, line2: longest, city: longest, state: 'MT', zip: '59010-4711' },
  phone: '+12025550147',
};

describe('PI-12 what a session may carry', () => {
  it('has room for the longest values in any alphabet, and an end', () => {
    expect(JSON.parse(writeIdentity(IDENTITY))).toEqual(IDENTITY);
    const huge = { ...IDENTITY, firstName: 'x'.repeat(IDENTITY_BYTES_MAX) };
    expect(() => writeIdentity(huge)).toThrow('larger');
  });
});

describe('AT-1, TR-1 a test account’s identity', () => {
  const read = (body: unknown) => {
    const parsed = v.safeParse(ProfileBody, body);
    return parsed.success ? readProfileWish(parsed.output) : null;
  };

  it('is made up where nothing is said, and nine digits without dashes', () => {
    expect(read({})?.identity).toMatchObject({ ssn: '900123456', phone: '+12025550123' });
    expect(read({ ssn: '666-12-3489', phone: null })?.identity).toMatchObject({
      ssn: '666123489',
      phone: null,
    });
    expect(read({ level: 'facial' })?.level).toBe('facial');
  });

  it.each([
    { dob: '1971-02-30' },
    { dob: '28.02.1971' },
    { dob: '9999-99-99' },
    { ssn: '12345' },
    { zipcode: '1' },
    { state: 'Montana' },
    { phone: '2025550123' },
    { first_name: '' },
    { last_name: 'x'.repeat(256) },
    { address1: '4711 Quokka Boulevard' },
    { given_name: 'Pat' },
  ])('is refused as %j', (body) => {
    expect(read(body)).toBeNull();
  });
});
