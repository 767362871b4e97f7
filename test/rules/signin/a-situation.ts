import { MINUTE } from '../../../src/kernel/time.ts';
import type { Situation } from '../../../src/signin/decide-next-step.ts';
import type { SignInRequest } from '../../../src/signin/model.ts';

export const NOW = Date.UTC(2026, 5, 1, 12);
/** The app's question arrives after somebody signed in, unless a test says otherwise. */
export const SIGNED_IN_AT = NOW - 10 * MINUTE;
export const APP = 'app-1';

/** A plain auth-only question. */
export const aRequest = (changes: Partial<SignInRequest> = {}): SignInRequest => ({
  app: APP,
  need: { identity: 'none', authentication: 'second-factor' },
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

type Session = NonNullable<Situation['session']>;
type Known = NonNullable<Situation['app']>;

/** Somebody fully signed in with an authentication app. */
export const aSession = (changes: Partial<Session> = {}, facts: Partial<Session['facts']> = {}): Session => ({
  account: 'account-1',
  reminded: [],
  authenticatedAt: SIGNED_IN_AT,
  events: [
    { method: 'password', at: SIGNED_IN_AT },
    { method: 'totp', at: SIGNED_IN_AT + 1000 },
  ],
  setUps: [],
  ...changes,
  facts: {
    methods: ['totp'],
    rulesAcceptedAt: Date.UTC(2026, 2, 1),
    suspended: false,
    passwordChangeRequired: false,
    identityHeld: 'none',
    verifiedAt: null,
    secondFactorSucceededAt: null,
    emailLocale: 'en',
    ...facts,
  },
});

/** An app this session was at before, with consent. */
export const aKnownApp = (changes: Partial<Known> = {}, link: Partial<Known['link']> = {}): Known => ({
  visitedAt: NOW - MINUTE,
  continuedAt: null,
  ...changes,
  link: {
    subject: 'subject-1',
    agreed: ['email'],
    consentedAt: Date.UTC(2026, 3, 1),
    revoked: false,
    emailId: null,
    ...link,
  },
});

/** Every gate satisfied. */
export const aSituation = (changes: Partial<Situation> = {}): Situation => ({
  now: NOW,
  session: aSession(),
  request: aRequest(),
  arrivedAt: NOW,
  app: aKnownApp(),
  rulesPublishedAt: Date.UTC(2026, 0, 1),
  ...changes,
});
