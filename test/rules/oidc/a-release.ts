import type { ReleaseFacts } from '../../../src/oidc/rules/userinfo.ts';
import { DUO, ISSUER } from './an-app.ts';

/** A verified person with everything, at a verified level, all scopes off. */
export const aRelease = (over: Partial<ReleaseFacts> = {}): ReleaseFacts => ({
  issuer: ISSUER,
  subject: '0f9d2c1e-5a77-4b0e-8f43-6f2f7b1c9d10',
  scopes: [],
  acr: { urn: true, aal: DUO, identity: 'verified' },
  appIal: 2,
  identityHeld: 'verified',
  emails: { shared: 'pat@example.com', all: ['pat@example.com', 'pat@example.org'] },
  locale: 'es',
  profile: {
    givenName: 'PAT',
    familyName: 'DOE',
    birthdate: '1980-02-29',
    socialSecurityNumber: '900123456',
    address: { line1: '12 Elm St', line2: 'Apt 4', city: 'Springfield', state: 'IL', zip: '62701-1234' },
    phone: '+12025550123',
  },
  verifiedAt: 1_767_225_600_500,
  x509: null,
  authenticatedAt: 1_788_999_950_999,
  ...over,
});
