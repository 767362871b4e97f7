import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VERIFIED_ATTRIBUTES } from '../../../src/consent/attributes.ts';
import { attributesOf, narrowScopes, SCOPES } from '../../../src/oidc/rules/scopes.ts';

const VERIFIED = [
  'profile',
  'profile:name',
  'profile:birthdate',
  'address',
  'phone',
  'social_security_number',
];

describe('SCP-a to SCP-l attributes', () => {
  it.each([
    ['openid', []],
    ['email', ['email']],
    ['all_emails', ['all_emails']],
    ['locale', ['locale']],
    ['x509', ['x509_subject', 'x509_issuer', 'x509_presented']],
    ['x509:subject', ['x509_subject']],
    ['x509:issuer', ['x509_issuer']],
    ['x509:presented', ['x509_presented']],
    ['profile:verified_at', ['verified_at']],
    ['profile', ['given_name', 'family_name', 'birthdate', 'verified_at']],
    ['profile:name', ['given_name', 'family_name']],
    ['profile:birthdate', ['birthdate']],
    ['address', ['address']],
    ['phone', ['phone']],
    ['social_security_number', ['social_security_number']],
    [
      'profile profile:name x509 x509:subject',
      [
        'given_name',
        'family_name',
        'birthdate',
        'verified_at',
        'x509_subject',
        'x509_issuer',
        'x509_presented',
      ],
    ],
  ])('%s releases %j', (scope, attributes) => {
    expect(attributesOf(narrowScopes(scope, 'verified').scopes)).toEqual(attributes);
  });
});

describe('SCP-1 unknown scopes', () => {
  it('are ignored, like extra spaces and repetitions', () => {
    expect(narrowScopes('  openid  sub ial given_name  email openid constructor ', 'none')).toEqual({
      scopes: ['openid', 'email'],
      aboveLevel: false,
    });
  });

  it('are not recognised in other case or with other white space', () => {
    expect(narrowScopes('OpenID\temail', 'verified').scopes).toEqual([]);
  });
});

describe('SCP-2 narrowing', () => {
  it.each(VERIFIED)('%s is dropped at an auth-only level', (scope) => {
    expect(narrowScopes(scope, 'none')).toEqual({ scopes: [], aboveLevel: true });
  });

  it.each(['if-available', 'verified', 'facial-preferred', 'facial-required'] as const)(
    'keeps everything at %s',
    (identity) => {
      expect(narrowScopes(SCOPES.join(' '), identity)).toEqual({ scopes: SCOPES, aboveLevel: false });
    },
  );

  it('keeps profile:verified_at at any level', () => {
    expect(narrowScopes('profile profile:verified_at', 'none').scopes).toEqual(['profile:verified_at']);
  });

  it('never releases a verified attribute at an auth-only level, and never adds a scope', () => {
    const tokens = fc.array(fc.oneof(fc.constantFrom(...SCOPES), fc.string({ maxLength: 8 })));
    fc.assert(
      fc.property(tokens, (sent) => {
        const { scopes } = narrowScopes(sent.join(' '), 'none');
        expect(scopes.every((scope) => sent.join(' ').split(' ').includes(scope))).toBe(true);
        expect(attributesOf(scopes).some((attribute) => VERIFIED_ATTRIBUTES.has(attribute))).toBe(false);
        const all = narrowScopes(sent.join(' '), 'verified').scopes;
        expect(scopes.every((scope) => all.includes(scope))).toBe(true);
      }),
    );
  });
});
