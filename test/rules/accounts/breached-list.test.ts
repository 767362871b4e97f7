import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  breachedAmong,
  breachedInRange,
  breachedInSorted,
  passwordSha1,
} from '../../../src/accounts/rules/breached-list.ts';
import { normalisePassword } from '../../../src/accounts/rules/password-text.ts';
import { concat } from '../../../src/kernel/bytes.ts';

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase();

describe('SU-8 the breached list', () => {
  it('names passwords by upper-case SHA-1 of their UTF-8 in NFC', () => {
    const password = normalisePassword('cafe\u0301 au lait');
    expect(password === null ? null : passwordSha1(password)).toBe(sha1('caf\u00e9 au lait'));
  });

  it('has the common passwords of lawful length at hand', async () => {
    const isBreached = breachedAmong(['short', 'iloveyou1234', 'passwordpassword']);
    expect(await isBreached(sha1('passwordpassword'))).toBe(true);
    expect(await isBreached(sha1('iloveyou1234'))).toBe(true);
    expect(await isBreached(sha1('short'))).toBe(false);
    expect(await isBreached(sha1('something else'))).toBe(false);
  });

  it('finds in a sorted file exactly what was put in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string(), { maxLength: 60 }),
        fc.string(),
        fc.integer({ min: 8, max: 20 }),
        async (known, other, width) => {
          const digests = known
            .map((text) => createHash('sha1').update(text).digest().subarray(0, width))
            .sort(Buffer.compare);
          const isBreached = breachedInSorted(concat(...digests), width);
          for (const text of known) expect(await isBreached(sha1(text))).toBe(true);
          expect(await isBreached(sha1(other))).toBe(known.includes(other));
        },
      ),
    );
  });

  it('refuses a file that is not whole entries', () => {
    expect(() => breachedInSorted(new Uint8Array(9), 8)).toThrow(RangeError);
    expect(() => breachedInSorted(new Uint8Array(0), 0)).toThrow(RangeError);
  });

  it('does not find what is not a digest', async () => {
    expect(await breachedInSorted(new Uint8Array(8), 8)('')).toBe(false);
  });

  it('tells a range service five digits and no more', async () => {
    const asked: string[] = [];
    const full = sha1('passwordpassword');
    const answer = `0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n${full.slice(5)}:17\r\n`;
    const isBreached = breachedInRange(async (prefix) => {
      asked.push(prefix);
      return answer;
    });
    expect(await isBreached(full)).toBe(true);
    expect(await isBreached(sha1('other'))).toBe(false);
    expect(asked).toEqual([full.slice(0, 5), sha1('other').slice(0, 5)]);
  });

  it('does not take padding for a hit', async () => {
    const full = sha1('passwordpassword');
    expect(await breachedInRange(async () => `${full.slice(5)}:0`)(full)).toBe(false);
  });
});
