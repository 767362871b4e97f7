import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AUTHENTICATION_NEEDS } from '../../../src/assurance/model.ts';
import {
  FACTOR_CAPS,
  type FactorMenuFacts,
  factorMenu,
  isGovernmentAddress,
} from '../../../src/factors/factor-menu.ts';
import { FACTOR_KINDS } from '../../../src/factors/model.ts';
import { offersPlatformOnce } from '../../../src/factors/set-up-progress.ts';
import { aFactor } from './a-factor.ts';

const facts: FactorMenuFacts = {
  need: 'second-factor',
  held: [],
  mobile: false,
  platformAuthenticator: true,
  governmentAddress: false,
};
const kinds = (more: Partial<FactorMenuFacts>) =>
  factorMenu({ ...facts, ...more }).entries.map(({ kind }) => kind);
const recommended = (more: Partial<FactorMenuFacts>) =>
  factorMenu({ ...facts, ...more })
    .entries.filter((entry) => entry.recommended)
    .map(({ kind }) => kind);

describe('MC-1 the menu of methods', () => {
  it('has its order, the first badged', () => {
    expect(kinds({})).toEqual(['platform_passkey', 'totp', 'phone', 'security_key', 'piv', 'backup_codes']);
    expect(recommended({})).toEqual(['platform_passkey']);
    expect(recommended({ platformAuthenticator: false })).toEqual(['totp']);
  });

  it('badges the card, and shows its page first, for people with a .gov or .mil address', () => {
    expect(recommended({ governmentAddress: true })).toEqual(['piv']);
    expect(factorMenu({ ...facts, governmentAddress: true }).pivFirst).toBe(true);
    expect(factorMenu(facts).pivFirst).toBe(false);
  });

  it('does not insist on a card where it cannot work or is there already', () => {
    expect(recommended({ governmentAddress: true, mobile: true })).toEqual(['platform_passkey']);
    expect(factorMenu({ ...facts, governmentAddress: true, mobile: true }).pivFirst).toBe(false);
    expect(factorMenu({ ...facts, governmentAddress: true, held: [aFactor('piv')] }).pivFirst).toBe(false);
  });

  it.each([
    ['a@agency.gov', true],
    ['a@navy.mil', true],
    ['a@sub.state.ca.gov', true],
    ['a@gov', false],
    ['a@agency.gov.example.com', false],
    ['gov.mil@example.com', false],
    ['x@notgov', false],
  ])('knows %s as a government address: %s', (address, expected) => {
    expect(isGovernmentAddress(address)).toBe(expected);
  });
});

describe('MC-3 what cannot work is hidden', () => {
  it('face or touch without an authenticator that verifies its user', () => {
    expect(kinds({ platformAuthenticator: false })).not.toContain('platform_passkey');
  });

  it('the card on mobile', () => {
    expect(kinds({ mobile: true })).not.toContain('piv');
  });

  it('kinds at their cap: two apps, two cards, five phones, one set of codes; keys have none', () => {
    const full = [
      ...Array.from({ length: 2 }, () => aFactor('totp')),
      ...Array.from({ length: 2 }, () => aFactor('piv')),
      ...Array.from({ length: 5 }, () => aFactor('phone')),
      ...Array.from({ length: 30 }, () => aFactor('security_key')),
      aFactor('backup_codes'),
    ];
    expect(kinds({ held: full })).toEqual(['platform_passkey', 'security_key']);
    expect(kinds({ held: full.slice(1) })).toContain('totp');
  });

  it('all but WebAuthn and card when the app demands phishing resistance, all but the card for HSPD-12', () => {
    expect(kinds({ need: 'phishing-resistant' })).toEqual(['platform_passkey', 'security_key', 'piv']);
    expect(kinds({ need: 'piv' })).toEqual(['piv']);
    expect(kinds({ need: 'piv', mobile: true })).toEqual([]);
  });

  it('never offers a kind past its cap and recommends one entry whenever there is any', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...FACTOR_KINDS), { maxLength: 15 }),
        fc.constantFrom(...AUTHENTICATION_NEEDS),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (held, need, mobile, platformAuthenticator, governmentAddress) => {
          const menu = factorMenu({
            need,
            held: held.map((kind) => aFactor(kind)),
            mobile,
            platformAuthenticator,
            governmentAddress,
          });
          for (const entry of menu.entries) expect(entry.held).toBeLessThan(FACTOR_CAPS[entry.kind]);
          expect(menu.entries.filter((entry) => entry.recommended)).toHaveLength(
            menu.entries.length === 0 ? 0 : 1,
          );
        },
      ),
    );
  });
});

describe('MC-6 face or touch for people with a phone only', () => {
  it('is offered on a capable device', () => {
    expect(offersPlatformOnce([aFactor('phone')], true)).toBe(true);
    expect(offersPlatformOnce([aFactor('phone')], false)).toBe(false);
    expect(offersPlatformOnce([aFactor('phone'), aFactor('totp')], true)).toBe(false);
    expect(offersPlatformOnce([], true)).toBe(false);
  });
});
