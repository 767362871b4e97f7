import { describe, expect, it } from 'vitest';
import { groupNumber, maskNumber } from '../../../../src/factors/phone/mask-number.ts';
import { numberPlans } from '../../../../src/factors/phone/number-plans.ts';
import { readE164, readPhoneNumber } from '../../../../src/factors/phone/read-number.ts';

const read = (typed: string, country: string): string => {
  const result = readPhoneNumber(typed, country);
  return result.ok ? `${result.value.e164} ${result.value.country}` : result.error.reason;
};

describe('PH-1 numbers as people type them', () => {
  it.each([
    ['(202) 555-0143', 'US', '+12025550143 US'],
    ['1 202.555.0143', 'US', '+12025550143 US'],
    ['+1 202 555 0143', 'FR', '+12025550143 US'],
    ['２０２ ５５５ ０１４３', 'US', '+12025550143 US'],
    ['416 555 0143', 'US', '+14165550143 CA'],
    ['787 555 0143', 'US', '+17875550143 PR'],
    ['06 12 34 56 78', 'FR', '+33612345678 FR'],
    ['0033 6 12 34 56 78', 'US', '+33612345678 FR'],
    ['+33 (0)6 12 34 56 78', 'FR', '+33612345678 FR'],
    ['07400 123456', 'GB', '+447400123456 GB'],
    ['+44 7781 123456', 'GG', '+447781123456 GG'],
    ['+44 7400 123456', 'US', '+447400123456 GB'],
    ['0151 23456789', 'DE', '+4915123456789 DE'],
    ['06 1234 5678', 'IT', '+390612345678 IT'],
    ['8 912 345 67 89', 'RU', '+79123456789 RU'],
    ['+7 771 000 9998', 'RU', '+77710009998 KZ'],
    ['06 20 123 4567', 'HU', '+36201234567 HU'],
    ['8 029 491 19 11', 'BY', '+375294911911 BY'],
    ['11 2345 6789', 'AR', '+541123456789 AR'],
    ['+54 9 11 2345 6789', 'US', '+5491123456789 AR'],
    ['131 2345 6789', 'CN', '+8613123456789 CN'],
    ['090 1234 5678', 'JP', '+819012345678 JP'],
  ])('reads %s in %s as %s', (typed, country, expected) => {
    expect(read(typed, country)).toBe(expected);
  });
});

describe('PH-2 numbers that are refused before anything is sent', () => {
  it.each([
    ['', 'US', 'missing'],
    ['   ', 'US', 'missing'],
    ['hello', 'US', 'impossible'],
    ['202 555', 'US', 'impossible'],
    ['202 555 0143 77', 'US', 'impossible'],
    ['911 555 0143', 'US', 'impossible'],
    ['202 911 0143', 'US', 'impossible'],
    ['102 555 0143', 'US', 'impossible'],
    ['+1 202 555 0143 ; drop', 'US', 'impossible'],
    ['1'.repeat(41), 'US', 'impossible'],
    ['+999 123456789', 'US', 'unsupported_country'],
    ['+53 5 1234567', 'US', 'unsupported_country'],
    ['12345678', 'XX', 'unsupported_country'],
    ['900 555 0143', 'US', 'special'],
    ['800 555 0143', 'US', 'special'],
    ['202 976 0143', 'US', 'special'],
    ['0900 1 234567', 'DE', 'special'],
    ['0180 1234567', 'DE', 'special'],
    ['0909 8790000', 'GB', 'special'],
    ['0845 4640000', 'GB', 'special'],
    ['070 1234 5678', 'GB', 'special'],
    ['0899 12 34 56', 'FR', 'special'],
    ['803 123 456', 'ES', 'special'],
    ['899 123456', 'IT', 'special'],
    ['0990 123 456', 'JP', 'special'],
    ['1900 123 456', 'AU', 'special'],
  ])('refuses %s in %s: %s', (typed, country, reason) => {
    expect(read(typed, country)).toBe(reason);
  });
});

describe('PH-2 one telephone has one number and one country, however it is typed', () => {
  it.each([
    ['+49 00 171 1234567', 'DE'],
    ['00 171 1234567', 'DE'],
    ['+49 00 900 1234567', 'DE'],
    ['+44 00 7400 12345', 'GB'],
    ['+33 00 6 12 34 56 7', 'FR'],
  ])('refuses %s in %s: no number abroad begins with the digit dialled at home', (typed, country) => {
    expect(read(typed, country)).toBe('impossible');
  });

  it.each([
    ['+447400123456', 'GB', ['GB', 'GG', 'JE', 'IM', 'FR']],
    ['+447781123456', 'GG', ['GB', 'GG', 'JE', 'IM', 'FR']],
    ['+447797712345', 'JE', ['GB', 'GG', 'JE', 'IM', 'FR']],
    ['+447624212345', 'IM', ['GB', 'GG', 'JE', 'IM', 'FR']],
    ['+441534123456', 'JE', ['GB', 'GG', 'JE', 'IM', 'FR']],
    ['+61412345678', 'AU', ['AU', 'CC', 'CX']],
    ['+61891641234', 'CX', ['AU', 'CC', 'CX']],
    ['+61891621234', 'CC', ['AU', 'CC', 'CX']],
    ['+4740612345', 'NO', ['NO', 'SJ']],
    ['+4779012345', 'SJ', ['NO', 'SJ']],
    ['+358412345678', 'FI', ['FI', 'AX']],
    ['+3581812345', 'AX', ['FI', 'AX']],
    ['+393123456789', 'IT', ['IT', 'VA']],
    ['+390669812345', 'VA', ['IT', 'VA']],
    ['+262692123456', 'RE', ['RE', 'YT']],
    ['+262639012345', 'YT', ['RE', 'YT']],
    ['+59995181234', 'CW', ['CW', 'BQ']],
    ['+5993181234', 'BQ', ['CW', 'BQ']],
    ['+590690001234', 'GP', ['GP', 'BL', 'MF']],
  ])('takes %s for one of %s whichever country of its code was picked', (number, country, picks) => {
    for (const picked of picks) expect(read(number, picked), picked).toBe(`${number} ${country}`);
    expect(readE164(number)?.country, 'read back').toBe(country);
  });
});

describe('E.164', () => {
  it('takes back what it gave, and nothing else', () => {
    expect(readE164('+12025550143')?.national).toBe('2025550143');
    for (const text of ['12025550143', '+1 202 555 0143', '+1202555014', '', '+', '+1900555 0143'])
      expect(readE164(text), text).toBeNull();
  });

  it('has a plan for every country of the list, within fifteen digits', () => {
    expect(numberPlans().size).toBeGreaterThan(220);
    for (const [country, plan] of numberPlans()) {
      expect(country).toMatch(/^[A-Z]{2}$/);
      expect(plan.code, country).toMatch(/^[1-9]\d{0,2}$/);
      expect(plan.shortest, country).toBeGreaterThan(3);
      expect(plan.longest, country).toBeGreaterThanOrEqual(plan.shortest);
      expect(plan.code.length + plan.longest, country).toBeLessThanOrEqual(15);
    }
  });
});

describe('PH-3 masked numbers', () => {
  it('show four digits to a person at sign-in, and everything to the owner', () => {
    const number = readE164('+12025550143')?.e164;
    if (number === undefined) throw new Error('a number was expected');
    expect(maskNumber(number)).toBe('*** *** 0143');
    expect(groupNumber(number, '1')).toBe('+1 202 555 0143');
  });
});
