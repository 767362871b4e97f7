import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { breachedAmong, breachedInRange, passwordSha1 } from '../../../src/accounts/rules/breached-list.ts';
import { normalisePassword } from '../../../src/accounts/rules/password-text.ts';

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
