import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeQuery } from '../../../src/oidc/wire/add-query.ts';
import { readAuthorizationParameters } from '../../../src/oidc/wire/authorization-parameters.ts';
import { isBlank, parameterTable, readParameters } from '../../../src/oidc/wire/read-parameters.ts';

const TABLE = parameterTable([
  ['state', 100],
  ['scope', 100],
]);
const read = (source: string) => readParameters(source, TABLE, 1000);
const values = (source: string) => {
  const result = read(source);
  return result.ok ? Object.fromEntries(result.value) : result.error;
};

describe('AUT-2 parameters', () => {
  it('reads what the endpoint knows and ignores the rest', () => {
    expect(values('?approval_prompt=force&state=abc&locale=&scope=a+b%20c')).toEqual({
      state: 'abc',
      scope: 'a b c',
    });
  });

  it('lets the last of repeated ones win', () => {
    expect(values('state=first&state=second')).toEqual({ state: 'second' });
    expect(values('state=first&state=')).toEqual({ state: '' });
  });

  it('counts non-scalar forms as missing', () => {
    expect(values('state[]=a&state%5B%5D=b&state[x]=c')).toEqual({});
  });

  it('does not care how a name is encoded, nor about empty pieces', () => {
    expect(values('&&st%61te=abc&=x&scope&')).toEqual({ state: 'abc', scope: '' });
  });

  it('keeps = and ? inside a value', () => {
    expect(values('state=a=b?c')).toEqual({ state: 'a=b?c' });
  });

  it.each([
    'state=%',
    'state=%4',
    'state=%zz',
    'state=%ff',
    'state=%c3%28',
    'state=%ed%a0%80',
    'state=a%00b',
    // What reading the bytes as text left where they were no UTF-8.
    'state=a\ufffdb',
  ])('refuses %s as malformed', (source) => {
    expect(values(source)).toEqual({ reason: 'malformed', name: 'state' });
  });

  it('judges only the value that counts', () => {
    expect(values('state=%ff&state=fine')).toEqual({ state: 'fine' });
    expect(values('unknown=%ff&state=fine&%ff=1')).toEqual({ state: 'fine' });
  });

  it('bounds the whole and each value', () => {
    expect(values(`x=${'a'.repeat(1000)}`)).toEqual({ reason: 'too_long', name: null });
    expect(values(`state=${'a'.repeat(101)}`)).toEqual({ reason: 'too_long', name: 'state' });
    expect(values(`state=${'a'.repeat(100)}`)).toEqual({ state: 'a'.repeat(100) });
  });

  it('never sets names of the language', () => {
    expect(values('__proto__=1&constructor=2')).toEqual({});
  });

  it('agrees with the platform on everything the platform writes', () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 }).filter((value) => !value.includes('\0'));
    fc.assert(
      fc.property(text, text, (state, scope) => {
        const source = new URLSearchParams({ state, scope }).toString();
        expect(values(source)).toEqual({ state, scope });
      }),
    );
  });

  it('reads back what it writes', () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 }).filter((value) => !value.includes('\0'));
    fc.assert(
      fc.property(text, text, (state, scope) => {
        const pairs: [string, string][] = [
          ['state', state],
          ['scope', scope],
        ];
        expect(values(encodeQuery(pairs))).toEqual({ state, scope });
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (source) => {
        expect(typeof read(source).ok).toBe('boolean');
        expect(typeof read(`state=${source}`).ok).toBe('boolean');
      }),
    );
  });
});

describe('AUT-3 sizes', () => {
  it('takes 4096 characters of state and 1024 of nonce, even all escaped', () => {
    const state = '/'.repeat(4096);
    const nonce = '&'.repeat(1024);
    const result = readAuthorizationParameters(new URLSearchParams({ state, nonce }).toString());
    expect(result.ok && result.value.get('state')).toBe(state);
    expect(result.ok && result.value.get('nonce')).toBe(nonce);
  });

  it('refuses a query over 16 KB', () => {
    expect(readAuthorizationParameters(`x=${'a'.repeat(16 * 1024)}`)).toEqual({
      ok: false,
      error: { reason: 'too_long', name: null },
    });
  });
});

describe('RFC 6749 section 3.1 blanks', () => {
  it.each([undefined, '', ' ', '\t\n'])('%j is no value', (value) => expect(isBlank(value)).toBe(true));
  it.each(['0', ' a '])('%j is one', (value) => expect(isBlank(value)).toBe(false));
});
