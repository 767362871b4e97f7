import { createKeyholder, type Keyholder } from '../../src/platform/keys/keyholder.ts';
import type { Asking, SessionStart } from '../../src/sessions/ports.ts';
import type { SignInRequest } from '../../src/signin/model.ts';

export const RULES_PUBLISHED_AT = Date.UTC(2026, 0, 1);
export const ACCOUNT = '6f2b3c1e-8a47-4d55-9f0e-2b6a1c7d8e90';
export const APP = '0b9d1f52-7c34-4e21-8a6d-5e4f3a2b1c0d';
export const SUBJECT = 'c1a2b3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d';

/** A keyholder under the test root. */
export const testKeys = (): Keyholder =>
  createKeyholder(new Map([[1, 'dGVzdC1vbmx5LXRlc3Qtb25seS10ZXN0LW9ubHkhISE']]));

/** A person who signed in at `now` with password and authentication app, and has nothing left to be asked. */
export const sessionStart = (now: number, changes: Partial<SessionStart> = {}): SessionStart => ({
  account: ACCOUNT,
  facts: {
    methods: ['totp'],
    rulesAcceptedAt: now,
    suspended: false,
    passwordChangeRequired: false,
    identityHeld: 'none',
    verifiedAt: null,
    secondFactorSucceededAt: null,
    emailLocale: 'en',
  },
  emailId: 'email-1',
  locale: 'en',
  deviceId: null,
  events: [
    { method: 'password', at: now },
    { method: 'totp', at: now },
  ],
  profile: { emails: [{ id: 'email-1', address: 'pat@mailbox.test', lastSignInAt: now }], x509: null },
  ...changes,
});

/** The plainest question of an app. */
export const plainRequest = (changes: Partial<SignInRequest> = {}): SignInRequest => ({
  app: APP,
  need: { authentication: 'second-factor', identity: 'none' },
  rememberedDeviceAllowed: true,
  attributes: ['email'],
  mayInteract: true,
  forceReauthentication: false,
  maxAgeSeconds: null,
  startWith: 'sign-in',
  emailHint: null,
  subjectHint: null,
  locale: null,
  verifiedWithinDays: null,
  ...changes,
});

/** Asks for a code that its verifier redeems; `challenge` is the verifier's S256. */
export const askForCode = (now: number, challenge: string | null, app = APP): Asking => ({
  now,
  arrivedAt: now,
  request: plainRequest({ app }),
  link: { subject: SUBJECT, agreed: ['email'], consentedAt: now, revoked: false, emailId: null },
  code: {
    payload: '{"made":"for the test"}',
    conditions: { challenge, verifierSuffices: true, appProofSuffices: true },
  },
});
