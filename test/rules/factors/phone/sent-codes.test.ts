import { describe, expect, it } from 'vitest';
import { choosePhone } from '../../../../src/factors/phone/choose-phone.ts';
import type { HeldPhone } from '../../../../src/factors/phone/model.ts';
import { readE164 } from '../../../../src/factors/phone/read-number.ts';
import {
  checkSentCode,
  keepSentCode,
  MOST_SENT_CODES,
  type SentCode,
} from '../../../../src/factors/phone/sent-codes.ts';
import { lockedUntil, lockNow } from '../../../../src/factors/second-factor-tries.ts';
import { MINUTE } from '../../../../src/kernel/time.ts';

const NOW = Date.UTC(2026, 10, 22);
const keep = (codes: readonly SentCode[], slot: string, digest: string, now = NOW) =>
  keepSentCode(codes, { slot, digest }, now);
const verdict = (codes: readonly SentCode[], slot: string, digest: string, now = NOW) =>
  checkSentCode(codes, slot, [digest], now).verdict;

describe('PH-7 codes that were sent', () => {
  it('are right once', () => {
    const first = checkSentCode(keep([], 'a', 'digest'), 'a', ['digest'], NOW);
    expect(first.verdict).toBe('right');
    expect(verdict(first.codes, 'a', 'digest')).toBe('expired');
  });

  it('stay after a wrong guess, for the next try', () => {
    const first = checkSentCode(keep([], 'a', 'digest'), 'a', ['wrong!'], NOW);
    expect(first.verdict).toBe('wrong');
    expect(verdict(first.codes, 'a', 'digest')).toBe('right');
  });

  it('die of ten wrong guesses, however often the counter of the account was forgotten in between', () => {
    let codes = keep([], 'a', 'digest');
    for (let n = 1; n <= 10; n += 1) {
      const guess = checkSentCode(codes, 'a', ['wrong!'], NOW);
      expect(guess.verdict).toBe('wrong');
      codes = guess.codes;
      expect(verdict(codes, 'a', 'digest'), `after ${n}`).toBe(n < 10 ? 'right' : 'expired');
    }
    expect(verdict(keep(codes, 'a', 'digest'), 'a', 'digest'), 'a new one is another').toBe('right');
  });

  it('die when another one is sent to the same browser for the same purpose', () => {
    const codes = keep(keep([], 'a', 'older'), 'a', 'newer');
    expect(verdict(codes, 'a', 'older')).toBe('wrong');
    expect(verdict(codes, 'a', 'newer')).toBe('right');
  });

  it('prove nothing in another browser or for another purpose', () => {
    expect(verdict(keep([], 'a', 'digest'), 'b', 'digest')).toBe('expired');
  });

  it('work ten minutes and no longer (otp.ttl_min)', () => {
    const codes = keep([], 'a', 'digest');
    expect(verdict(codes, 'a', 'digest', NOW + 10 * MINUTE - 1)).toBe('right');
    expect(verdict(codes, 'a', 'digest', NOW + 10 * MINUTE)).toBe('expired');
  });

  it('give way to newer ones when somebody asks in browser after browser', () => {
    let codes: readonly SentCode[] = [];
    for (let n = 0; n <= MOST_SENT_CODES; n += 1) codes = keep(codes, `slot-${n}`, 'digest');
    expect(codes).toHaveLength(MOST_SENT_CODES);
    expect(verdict(codes, 'slot-0', 'digest')).toBe('expired');
    expect(verdict(codes, `slot-${MOST_SENT_CODES}`, 'digest')).toBe('right');
  });
});

describe('FC-1 the lock of one send too many', () => {
  it('lasts ten minutes from now', () => {
    const locked = lockNow(null, null, NOW);
    expect(lockedUntil(locked, null, NOW)).toBe(NOW + 10 * MINUTE);
    expect(lockedUntil(locked, null, NOW + 10 * MINUTE)).toBeNull();
  });

  it('is not drawn out by more sends', () => {
    const locked = lockNow(lockNow(null, null, NOW), null, NOW + 5 * MINUTE);
    expect(lockedUntil(locked, null, NOW + 5 * MINUTE)).toBe(NOW + 10 * MINUTE);
  });
});

describe('PH-5 several phones', () => {
  const aPhone = (id: string, createdAt: number, isDefault = false): HeldPhone => {
    const number = readE164('+12025550143');
    if (number === null) throw new Error('a number was expected');
    return { id, number: number.e164, country: 'US', delivery: 'sms', isDefault, createdAt };
  };
  const phones = [aPhone('first', 1), aPhone('second', 2), aPhone('third', 3)];

  it('asks for the newest', () => expect(choosePhone(phones, null)?.id).toBe('third'));
  it('lets the default win', () =>
    expect(choosePhone([aPhone('mine', 0, true), ...phones], null)?.id).toBe('mine'));
  it('lets a choice win over both', () =>
    expect(choosePhone([aPhone('mine', 0, true), ...phones], 'second')?.id).toBe('second'));
  it('has none for nobody', () => expect(choosePhone([], 'second')).toBeNull());
});
