import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCOPES, type Scope } from '../../../src/oidc/rules/scopes.ts';
import { userinfoClaims } from '../../../src/oidc/rules/userinfo.ts';
import { aRelease } from './a-release.ts';
import { DUO, ISSUER } from './an-app.ts';

const BASE = ['sub', 'iss', 'ial', 'aal', 'auth_time'];
/** The claims one scope adds. */
const added = (scope: Scope, over: Parameters<typeof aRelease>[0] = {}) =>
  Object.fromEntries(
    Object.entries(userinfoClaims(aRelease({ scopes: [scope], ...over }))).filter(
      ([name]) => !BASE.includes(name),
    ),
  );
const AUTH_ONLY = { acr: { urn: true, aal: DUO, identity: 'none' } } as const;

describe('UIN-5, UIN-6, UIN-11, UIN-12, UIN-22 always', () => {
  it('subject, issuer, levels and time of authentication, whatever the scopes', () => {
    expect(userinfoClaims(aRelease())).toEqual({
      sub: '0f9d2c1e-5a77-4b0e-8f43-6f2f7b1c9d10',
      iss: ISSUER,
      ial: 'urn:acr.login.gov:verified',
      aal: DUO,
      auth_time: 1_788_999_950,
    });
    expect(Object.keys(userinfoClaims(aRelease({ scopes: ['openid'] }))).sort()).toEqual([...BASE].sort());
  });
});

describe('UIN-7 to UIN-20 what each scope adds', () => {
  it.each([
    ['email', { email: 'pat@example.com', email_verified: true }],
    ['all_emails', { all_emails: ['pat@example.com', 'pat@example.org'] }],
    ['locale', { locale: 'es' }],
    [
      'profile',
      { given_name: 'PAT', family_name: 'DOE', birthdate: '1980-02-29', verified_at: 1_767_225_600 },
    ],
    ['profile:name', { given_name: 'PAT', family_name: 'DOE' }],
    ['profile:birthdate', { birthdate: '1980-02-29' }],
    ['profile:verified_at', { verified_at: 1_767_225_600 }],
    ['phone', { phone: '+12025550123', phone_verified: true }],
    ['social_security_number', { social_security_number: '900123456' }],
    [
      'address',
      {
        address: {
          formatted: '12 Elm St\nApt 4\nSpringfield, IL 62701',
          street_address: '12 Elm St\nApt 4',
          locality: 'Springfield',
          region: 'IL',
          postal_code: '62701',
        },
      },
    ],
    ['x509', { x509_subject: null, x509_issuer: null, x509_presented: false }],
    ['x509:subject', { x509_subject: null }],
    ['x509:issuer', { x509_issuer: null }],
    ['x509:presented', { x509_presented: false }],
  ] as const)('%s', (scope, claims) => {
    expect(added(scope)).toEqual(claims);
  });

  it('UIN-16 skips an empty second address line', () => {
    for (const line2 of [null, '', '  ']) {
      const { profile } = aRelease();
      if (profile?.address == null) throw new Error('no address');
      const address = { ...profile.address, line2 };
      expect(added('address', { profile: { ...profile, address } })).toMatchObject({
        address: { formatted: '12 Elm St\nSpringfield, IL 62701', street_address: '12 Elm St' },
      });
    }
  });

  it('UIN-20, UIN-21 the card used in this session', () => {
    const x509 = { subject: 'CN=Pat', issuer: 'CN=CA' };
    expect(added('x509', { x509 })).toEqual({
      x509_subject: 'CN=Pat',
      x509_issuer: 'CN=CA',
      x509_presented: true,
    });
    expect(added('x509:presented', { x509 })).toEqual({ x509_presented: true });
  });

  it('UIN-10 language never chosen is null', () =>
    expect(added('locale', { locale: null })).toEqual({ locale: null }));

  it('no shared address is null', () => {
    expect(added('email', { emails: { shared: null, all: [] } })).toEqual({
      email: null,
      email_verified: null,
    });
  });
});

describe('UIN-4 absent and null', () => {
  const VERIFIED: readonly Scope[] = [
    'profile',
    'profile:name',
    'profile:birthdate',
    'address',
    'phone',
    'social_security_number',
  ];

  it.each(VERIFIED)('%s adds nothing verified when nobody asked about identity', (scope) => {
    const claims = added(scope, AUTH_ONLY);
    expect(Object.keys(claims)).toEqual(scope === 'profile' ? ['verified_at'] : []);
  });

  it.each(VERIFIED)('%s adds nothing verified when the person holds no identity', (scope) => {
    const claims = added(scope, {
      acr: { urn: true, aal: DUO, identity: 'if-available' },
      identityHeld: 'none',
      profile: null,
      verifiedAt: null,
    });
    expect(claims).toEqual(scope === 'profile' ? { verified_at: null } : {});
  });

  it('ial/0 releases what there is', () => {
    expect(added('profile:name', { acr: { urn: false, aal: DUO, identity: 'if-available' } })).toEqual({
      given_name: 'PAT',
      family_name: 'DOE',
    });
  });

  it('a missing datum is null, and phone_verified is null rather than false', () => {
    const profile = {
      givenName: null,
      familyName: null,
      birthdate: null,
      socialSecurityNumber: null,
      address: null,
      phone: null,
    };
    expect(
      userinfoClaims(
        aRelease({ scopes: ['profile', 'address', 'phone', 'social_security_number'], profile }),
      ),
    ).toMatchObject({
      given_name: null,
      family_name: null,
      birthdate: null,
      address: null,
      phone: null,
      phone_verified: null,
      social_security_number: null,
    });
    expect(added('phone', { profile: null })).toEqual({ phone: null, phone_verified: null });
  });
});

describe('UIN-19, SCP-f verified_at', () => {
  it('is there at any level', () => {
    expect(added('profile:verified_at', AUTH_ONLY)).toEqual({ verified_at: 1_767_225_600 });
  });
  it('is null for apps below ial 2, and for people never verified', () => {
    expect(added('profile:verified_at', { appIal: 1 })).toEqual({ verified_at: null });
    expect(added('profile:verified_at', { verifiedAt: null })).toEqual({ verified_at: null });
  });
});

describe('oidc section 16 example', () => {
  it('auth-only, with x509, without a card', () => {
    expect(
      userinfoClaims(
        aRelease({
          ...AUTH_ONLY,
          scopes: ['openid', 'email', 'x509'],
          identityHeld: 'none',
          profile: null,
          verifiedAt: null,
        }),
      ),
    ).toEqual({
      sub: '0f9d2c1e-5a77-4b0e-8f43-6f2f7b1c9d10',
      iss: ISSUER,
      email: 'pat@example.com',
      email_verified: true,
      x509_subject: null,
      x509_issuer: null,
      x509_presented: false,
      ial: 'urn:acr.login.gov:auth-only',
      aal: DUO,
      auth_time: 1_788_999_950,
    });
  });
});

describe('release laws', () => {
  it('no scope, no personal datum; more scopes never take a claim away', () => {
    const some = fc.subarray([...SCOPES]);
    fc.assert(
      fc.property(
        some,
        some,
        fc.constantFrom('none', 'verified', 'facial-required'),
        (first, second, identity) => {
          const acr = { urn: true, aal: DUO, identity } as const;
          const few = userinfoClaims(aRelease({ scopes: first, acr }));
          const many = userinfoClaims(aRelease({ scopes: [...first, ...second], acr }));
          expect(many).toMatchObject(few);
          expect(userinfoClaims(aRelease({ scopes: [...second, ...first], acr }))).toEqual(many);
        },
      ),
    );
  });
});
