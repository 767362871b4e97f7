import { describe, expect, it } from 'vitest';
import { corsHeaders, foreignOrigin, READ_CORS, TOKEN_CORS } from '../../../src/oidc/rules/cors.ts';

describe('NET-1 CORS', () => {
  const OWN = 'https://idp.example';

  it('reflects a registered origin', () => {
    expect(corsHeaders('https://parks.example.gov', READ_CORS, null)).toEqual({
      vary: 'Origin',
      'access-control-allow-origin': 'https://parks.example.gov',
      'access-control-allow-methods': 'GET',
      'access-control-expose-headers': '',
      'access-control-max-age': '7200',
    });
  });

  it('allows credentials at the token endpoint, and echoes requested headers', () => {
    expect(corsHeaders('https://parks.example.gov', TOKEN_CORS, 'content-type, X-Trace')).toMatchObject({
      'access-control-allow-methods': 'POST, OPTIONS',
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': 'content-type, X-Trace',
    });
  });

  it.each(['a\r\nset-cookie: x', 'a;b', 'é', 'a'.repeat(1025)])('does not echo %j', (names) => {
    expect(corsHeaders('https://parks.example.gov', READ_CORS, names)).not.toHaveProperty(
      'access-control-allow-headers',
    );
  });

  it('says nothing to other origins, but tells caches that it depends', () => {
    expect(corsHeaders(null, TOKEN_CORS, 'a')).toEqual({ vary: 'Origin' });
  });

  it.each([
    null,
    OWN,
    'null',
    '',
    'https://',
    'https://a.example/',
    'https://a.example/x',
    'https://a b',
    '*',
    'https://a.example, https://b.example',
    `https://${'a'.repeat(400)}.example`,
  ])('%j is nothing to look up', (origin) => expect(foreignOrigin(origin, OWN)).toBeNull());

  it.each([
    'https://parks.example.gov',
    'http://localhost:9292',
    'capacitor://localhost',
    'https://[::1]:8443',
  ])('%s is', (origin) => expect(foreignOrigin(origin, OWN)).toBe(origin));
});
