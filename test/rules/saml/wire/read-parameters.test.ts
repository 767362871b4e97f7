import { describe, expect, it } from 'vitest';
import { queryParameter, readMessageParameters } from '../../../../src/saml/wire/read-parameters.ts';
import { reasonOf, unwrap } from '../../../support/xml.ts';

const values = (query: string, form: string | null = null) =>
  Object.fromEntries(
    [...unwrap(readMessageParameters(query, form))].map(([name, { value }]) => [name, value]),
  );

describe('E2 parameters in query and form', () => {
  it('takes each from wherever it stands', () => {
    expect(values('RelayState=a%20b&x=1', 'SAMLRequest=abc%2B%3D&prompt=create')).toEqual({
      RelayState: 'a b',
      SAMLRequest: 'abc+=',
      prompt: 'create',
    });
  });

  it('keeps the spelling of the query, which a signature covers, and none of the form', () => {
    const found = unwrap(readMessageParameters('SAMLRequest=a%2fb', 'RelayState=c%2fd'));
    expect(found.get('SAMLRequest')).toEqual({ value: 'a/b', raw: 'a%2fb' });
    expect(found.get('RelayState')).toEqual({ value: 'c/d' });
  });

  it.each([
    ['SAMLRequest=a&SAMLRequest=a', null],
    ['SAMLRequest=a', 'SAMLRequest=a'],
    ['', 'RelayState=1&RelayState=2'],
    ['SAMLRequest=a&SAML%52equest=b', null],
    ['SigAlg=a&x=1&SigAlg=', null],
  ])('refuses a name twice: %s | %s', (query, form) => {
    expect(reasonOf(readMessageParameters(query, form))).toBe('repeated_parameter');
  });

  it('R1 tells an empty parameter from an absent one', () => {
    expect(unwrap(readMessageParameters('RelayState=', null)).get('RelayState')).toEqual({
      value: '',
      raw: '',
    });
    expect(unwrap(readMessageParameters('RelayState', null)).get('RelayState')).toEqual({
      value: '',
      raw: '',
    });
    expect(unwrap(readMessageParameters('x', null)).has('RelayState')).toBe(false);
  });

  it('T5 refuses two messages at once', () => {
    expect(reasonOf(readMessageParameters('SAMLRequest=a', 'SAMLResponse=b'))).toBe('two_messages');
  });

  it.each(['SAMLRequest=%', 'RelayState=%ff', 'SigAlg=%C3%28'])(
    'refuses what is no percent-encoded UTF-8: %s',
    (query) => {
      expect(reasonOf(readMessageParameters(query, null))).toBe('malformed_parameter');
    },
  );

  it('does not look at other names', () => {
    expect(values('samlrequest=a&SAMLRequest2=%&__proto__=1&state=x&redirect_uri=%ff')).toEqual({});
  });

  it('finds other query parameters by their first value', () => {
    expect(queryParameter('a=1&locale=es&locale=fr', 'locale')).toBe('es');
    expect(queryParameter('a=1', 'locale')).toBeUndefined();
  });
});
