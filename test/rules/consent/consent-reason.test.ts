import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ATTRIBUTES, type AttributeName } from '../../../src/consent/attributes.ts';
import { consentReason } from '../../../src/consent/consent-reason.ts';
import type { AppLink } from '../../../src/consent/model.ts';
import { DAY, YEAR } from '../../../src/kernel/time.ts';

const NOW = Date.UTC(2026, 5, 1);
const aLink = (changes: Partial<AppLink> = {}): AppLink => ({
  subject: 's',
  agreed: ['email', 'locale'],
  consentedAt: NOW - DAY,
  revoked: false,
  emailId: null,
  ...changes,
});
const why = (
  link: AppLink | null,
  wanted: readonly AttributeName[] = ['email'],
  verifiedAt: number | null = null,
) => consentReason(link, wanted, { now: NOW, verifiedAt });

describe('CNS-1 why consent is asked', () => {
  it('is not asked when what was agreed covers the request', () => {
    expect(why(aLink())).toBeNull();
    expect(why(aLink(), [])).toBeNull();
    expect(why(aLink(), ['locale', 'email'])).toBeNull();
  });

  it('names the reason', () => {
    expect(why(null)).toBe('first-time');
    expect(why(aLink({ consentedAt: null }))).toBe('first-time');
    expect(why(aLink({ revoked: true }))).toBe('revoked');
    expect(why(aLink(), ['email', 'all_emails'])).toBe('new-attributes');
    expect(why(aLink(), ['email'], NOW - DAY + 1)).toBe('verified-since');
    expect(why(aLink({ consentedAt: NOW - YEAR }))).toBe('expired');
  });

  it('CNS-2 is needed once even for nothing at all', () => {
    expect(why(null, [])).toBe('first-time');
  });

  it('CFG-5 is good for a year less a moment, and verification before it changes nothing', () => {
    expect(why(aLink({ consentedAt: NOW - YEAR + 1 }))).toBeNull();
    expect(why(aLink(), ['email'], NOW - DAY)).toBeNull();
    expect(why(aLink(), ['email'], NOW - 2 * DAY)).toBeNull();
  });

  it('gives the first reason when several hold', () => {
    const everything = aLink({ revoked: true, consentedAt: NOW - 2 * YEAR });
    expect(why(everything, ['email', 'phone'], NOW)).toBe('revoked');
    expect(why({ ...everything, revoked: false }, ['email', 'phone'], NOW)).toBe('new-attributes');
    expect(why({ ...everything, revoked: false }, ['email'], NOW)).toBe('verified-since');
    expect(why({ ...everything, revoked: false }, ['email'])).toBe('expired');
  });
});

describe('CNS-2 asking for fewer attributes', () => {
  it('never asks again', () => {
    fc.assert(
      fc.property(fc.subarray([...ATTRIBUTES]), fc.nat(), (agreed, keep) => {
        const fewer = agreed.filter((_, at) => (keep >> at) % 2 === 0);
        expect(why(aLink({ agreed }), fewer)).toBeNull();
      }),
    );
  });

  it('asks as soon as one attribute was not agreed to', () => {
    fc.assert(
      fc.property(fc.subarray([...ATTRIBUTES]), fc.constantFrom(...ATTRIBUTES), (agreed, more) => {
        fc.pre(!agreed.includes(more));
        expect(why(aLink({ agreed }), [...agreed, more])).toBe('new-attributes');
      }),
    );
  });
});
