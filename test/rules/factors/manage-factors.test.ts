import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FACTOR_KINDS } from '../../../src/factors/model.ts';
import { checkNickname, NICKNAME_MAX, nameNobodyTook } from '../../../src/factors/nickname.ts';
import { checkRemoval } from '../../../src/factors/remove-factor.ts';
import { aFactor } from './a-factor.ts';

describe('MM-2 removing a method', () => {
  const totp = aFactor('totp');
  const phone = aFactor('phone');
  const face = aFactor('platform_passkey');

  it('is allowed while another is left, and says what is left', () => {
    expect(checkRemoval([totp, phone], 'totp')).toEqual({
      ok: true,
      value: { removed: totp, left: [phone] },
    });
    expect(checkRemoval([face, phone], 'platform_passkey').ok).toBe(true);
  });

  it('is refused for the last one', () => {
    expect(checkRemoval([totp], 'totp')).toEqual({ ok: false, error: { reason: 'last_factor' } });
  });

  it('is refused when face or touch would be left alone', () => {
    expect(checkRemoval([face, totp], 'totp')).toEqual({
      ok: false,
      error: { reason: 'only_platform_left' },
    });
    expect(checkRemoval([face, aFactor('platform_passkey', { id: '2' }), totp], 'totp').ok).toBe(false);
  });

  it('is refused for what the account does not have', () => {
    expect(checkRemoval([totp, phone], 'elsewhere')).toEqual({
      ok: false,
      error: { reason: 'unknown_factor' },
    });
  });

  it('never leaves nothing, nor face or touch alone', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...FACTOR_KINDS), { maxLength: 6 }), fc.nat(6), (kinds, at) => {
        const result = checkRemoval(
          kinds.map((kind, id) => aFactor(kind, { id: String(id) })),
          String(at),
        );
        if (result.ok) expect(result.value.left.some(({ kind }) => kind !== 'platform_passkey')).toBe(true);
      }),
    );
  });
});

describe('nickname.max: nicknames', () => {
  it('are trimmed, composed and freed of control characters', () => {
    expect(checkNickname('  My \n phone\u0000 e\u0301\u202e ', [])).toEqual({
      ok: true,
      value: 'My phone é',
    });
  });

  it('hold 1 to 80 characters, counted as code points', () => {
    expect(checkNickname('😀'.repeat(NICKNAME_MAX), []).ok).toBe(true);
    expect(checkNickname('x'.repeat(NICKNAME_MAX + 1), [])).toEqual({
      ok: false,
      error: { reason: 'too_long' },
    });
    expect(checkNickname('x'.repeat(1_000_000), [])).toEqual({ ok: false, error: { reason: 'too_long' } });
    expect(checkNickname(' \u200b ', [])).toEqual({ ok: false, error: { reason: 'missing' } });
  });

  it('are unique within their type, apart from case', () => {
    expect(checkNickname('work KEY', ['Work key'])).toEqual({ ok: false, error: { reason: 'taken' } });
    expect(checkNickname('work key 2', ['Work key']).ok).toBe(true);
  });

  it('once accepted, are accepted unchanged', () => {
    const awkward = fc.constantFrom(' ', '\u0000', '\n', 'a', '\u0301', '\u200b', '\u2000', '😀');
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 90 }), fc.string({ unit: awkward })),
        (typed) => {
          const first = checkNickname(typed, []);
          if (first.ok) expect(checkNickname(first.value, [])).toEqual(first);
        },
      ),
    );
  });
});

describe('WA-3 names of platform credentials', () => {
  it('get a number when they clash', () => {
    expect(nameNobodyTook('Chrome 130 on macOS', [])).toBe('Chrome 130 on macOS');
    expect(nameNobodyTook('Chrome 130 on macOS', ['Chrome 130 on macOS'])).toBe('Chrome 130 on macOS (2)');
    expect(nameNobodyTook('a', ['a', 'A (2)'])).toBe('a (3)');
  });

  it('are always acceptable nicknames that nobody took', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200 }), fc.nat(20), (base, clashes) => {
        const taken: string[] = [];
        for (let n = 0; n <= clashes; n += 1) {
          const name = nameNobodyTook(`x${base}`, taken);
          expect([...name].length).toBeLessThanOrEqual(NICKNAME_MAX);
          expect(taken).not.toContain(name);
          taken.push(name);
        }
      }),
    );
  });
});
