import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';

const BASE = {
  ISSUER: 'https://idp.agency.gov/',
  ROOT_1: 'dGVzdC1vbmx5LXRlc3Qtb25seS10ZXN0LW9ubHkhISE',
  ADMIN_TOKEN: 'a-token',
  MAIL_PROVIDER: 'binding',
};
const telephony = (vars: Readonly<Record<string, string>>) => readConfig({ ...BASE, ...vars }).telephony;
const COMPANY = {
  TELEPHONY_PROVIDER: 'http',
  TELEPHONY_ACCOUNT: 'AC1',
  TELEPHONY_TOKEN: 'secret',
  TELEPHONY_FROM: '+12025550100',
};

describe('SB-13 how texts and calls go out', () => {
  it('keeps them in the inbox of test environments, and offers no phones elsewhere', () => {
    expect(telephony({ GH_ENV: 'sandbox' })).toEqual({ provider: 'inbox' });
    expect(telephony({ GH_ENV: 'production' })).toBeNull();
    expect(telephony({ GH_ENV: 'sandbox', TELEPHONY_PROVIDER: 'none' })).toBeNull();
  });

  it('refuses to pretend in staging and production', () => {
    for (const GH_ENV of ['staging', 'production'])
      expect(() => telephony({ GH_ENV, TELEPHONY_PROVIDER: 'inbox' })).toThrow('reaches nobody');
  });

  it('needs everything a company asks for', () => {
    expect(telephony({ GH_ENV: 'production', ...COMPANY })).toMatchObject({
      provider: 'http',
      account: 'AC1',
      callFrom: '+12025550100',
      lookupUrl: null,
    });
    for (const name of ['TELEPHONY_ACCOUNT', 'TELEPHONY_TOKEN', 'TELEPHONY_FROM'])
      expect(() => telephony({ GH_ENV: 'production', ...COMPANY, [name]: '' })).toThrow(name);
    expect(() => telephony({ GH_ENV: 'production', ...COMPANY, TELEPHONY_FROM: 'MG1' })).toThrow('CALL_FROM');
    expect(() => telephony({ GH_ENV: 'production', TELEPHONY_PROVIDER: 'pigeon' })).toThrow(
      'TELEPHONY_PROVIDER',
    );
  });

  it('reads the countries an operator serves', () => {
    expect([
      ...(readConfig({ ...BASE, GH_ENV: 'staging', PHONE_COUNTRIES: 'US, CA' }).phoneCountries ?? []),
    ]).toEqual(['US', 'CA']);
    expect(() => readConfig({ ...BASE, GH_ENV: 'staging', PHONE_COUNTRIES: 'usa' })).toThrow(
      'PHONE_COUNTRIES',
    );
  });
});
