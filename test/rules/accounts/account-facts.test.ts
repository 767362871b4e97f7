import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_NUMBERS } from '../../../src/accounts/rules/event-kinds.ts';
import { mustAcceptRules } from '../../../src/accounts/rules/rules-of-use.ts';
import { CROCKFORD_ALPHABET } from '../../../src/kernel/crockford.ts';
import { YEAR } from '../../../src/kernel/time.ts';
import {
  generatePersonalKey,
  readPersonalKey,
  showPersonalKey,
} from '../../../src/proofing/rules/personal-key.ts';

describe('HI-2 event kinds', () => {
  it('are numbered 1 to 30 without gap or repetition', () => {
    expect(Object.values(EVENT_NUMBERS)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
  });

  it.each([
    ['account_created', 1],
    ['sign_in_after_2fa', 19],
    ['backup_codes_removed', 27],
    ['sp_user_consent_granted', 30],
  ] as const)('keep their numbers: %s is %i', (kind, number) => {
    expect(EVENT_NUMBERS[kind]).toBe(number);
  });
});

describe('rules_of_use.max_age_y', () => {
  const accepted = Date.UTC(2026, 0, 1);
  const published = accepted - YEAR;

  it('asks somebody who never accepted', () => {
    expect(mustAcceptRules(null, published, accepted)).toBe(true);
  });

  it('asks again after five years', () => {
    expect(mustAcceptRules(accepted, published, accepted + 5 * YEAR - 1)).toBe(false);
    expect(mustAcceptRules(accepted, published, accepted + 5 * YEAR)).toBe(true);
  });

  it('asks again when a newer version is out, not while it is only announced', () => {
    const newer = accepted + YEAR;
    expect(mustAcceptRules(accepted, newer, newer - 1)).toBe(false);
    expect(mustAcceptRules(accepted, newer, newer)).toBe(true);
    expect(mustAcceptRules(newer, newer, newer)).toBe(false);
  });
});

describe('PK-1 personal keys', () => {
  const keys = fc.string({ unit: fc.constantFrom(...CROCKFORD_ALPHABET), minLength: 16, maxLength: 16 });

  it('are sixteen Crockford characters shown in four groups', () => {
    const key = generatePersonalKey((length) => new Uint8Array(Array.from({ length }, (_, at) => at * 7)));
    expect(key).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
    expect(showPersonalKey(key)).toMatch(/^(.{4}-){3}.{4}$/);
  });

  it('read back as typed in any case, with dashes, spaces or neither, look-alikes mended', () => {
    fc.assert(
      fc.property(keys, fc.constantFrom('-', ' ', ''), (key, separator) => {
        const typed = (key.match(/.{4}/g) ?? [])
          .join(separator)
          .toLowerCase()
          .replaceAll('0', 'O')
          .replaceAll('1', 'l');
        expect(readPersonalKey(typed)).toEqual({ ok: true, value: key });
      }),
    );
  });

  it.each(['', 'ABCD-EFGH-JKMN-PQR', 'ABCD-EFGH-JKMN-PQRSS', 'UUUU-EFGH-JKMN-PQRS', 'A'.repeat(100_000)])(
    'refuse %.30j',
    (typed) => {
      expect(readPersonalKey(typed)).toEqual({ ok: false, error: { reason: 'malformed' } });
    },
  );
});
