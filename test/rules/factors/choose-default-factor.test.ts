import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AUTHENTICATION_NEEDS } from '../../../src/assurance/model.ts';
import { signInOptions } from '../../../src/factors/choose-default-factor.ts';
import { FACTOR_KINDS, type FactorKind } from '../../../src/factors/model.ts';
import { kindQualifies } from '../../../src/factors/qualifying-kinds.ts';
import { aFactor } from './a-factor.ts';

const desktop = { mobile: false, platformAuthenticatorHint: true };
const chosen = (
  kinds: readonly FactorKind[],
  device = desktop,
  need: (typeof AUTHENTICATION_NEEDS)[number] = 'second-factor',
) => signInOptions({ held: kinds.map((kind) => aFactor(kind)), need, device })[0]?.kind;

describe('FC-3 the method asked for first', () => {
  const order: FactorKind[] = ['piv', 'platform_passkey', 'security_key', 'totp', 'phone', 'backup_codes'];

  it.each(order.map((kind, at) => [kind, order.slice(at)] as const))(
    'is %s when it is the first of %j',
    (kind, held) => {
      expect(chosen([...held].reverse())).toBe(kind);
    },
  );

  it('is not a card on a phone, nor face or touch without the hint cookie, while there is another', () => {
    expect(chosen(['piv', 'totp'], { mobile: true, platformAuthenticatorHint: false })).toBe('totp');
    expect(chosen(['platform_passkey', 'phone'], { mobile: false, platformAuthenticatorHint: false })).toBe(
      'phone',
    );
  });

  it('is still the only one there is, even where it seems not to work', () => {
    expect(chosen(['piv'], { mobile: true, platformAuthenticatorHint: false })).toBe('piv');
    expect(chosen(['platform_passkey'], { mobile: false, platformAuthenticatorHint: false })).toBe(
      'platform_passkey',
    );
  });

  it('is nothing when nothing is held or nothing qualifies', () => {
    expect(chosen([])).toBeUndefined();
    expect(chosen(['totp', 'phone'], desktop, 'phishing-resistant')).toBeUndefined();
    expect(chosen(['security_key'], desktop, 'piv')).toBeUndefined();
  });

  it('always meets the need (AL-4)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...FACTOR_KINDS)),
        fc.constantFrom(...AUTHENTICATION_NEEDS),
        fc.boolean(),
        fc.boolean(),
        (kinds, need, mobile, platformAuthenticatorHint) => {
          const kind = chosen(kinds, { mobile, platformAuthenticatorHint }, need);
          expect(kind === undefined).toBe(!kinds.some((held) => kindQualifies(held, need)));
          if (kind !== undefined) expect(kindQualifies(kind, need)).toBe(true);
        },
      ),
    );
  });
});

describe('FC-3 the page of all methods', () => {
  it('lists every kind once, phones each', () => {
    const held = [
      aFactor('phone', { id: 'p1' }),
      aFactor('totp', { id: 't1', createdAt: 1 }),
      aFactor('totp', { id: 't2', createdAt: 2 }),
      aFactor('phone', { id: 'p2' }),
      aFactor('backup_codes', { id: 'b' }),
    ];
    expect(signInOptions({ held, need: 'second-factor', device: desktop }).map(({ id }) => id)).toEqual([
      't2',
      'p1',
      'p2',
      'b',
    ]);
  });

  it('leaves out what does not meet the need', () => {
    const held = [aFactor('totp'), aFactor('security_key'), aFactor('piv')];
    expect(
      signInOptions({ held, need: 'phishing-resistant', device: desktop }).map(({ kind }) => kind),
    ).toEqual(['piv', 'security_key']);
  });
});
