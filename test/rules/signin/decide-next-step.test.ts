import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RESET_NOTICED } from '../../../src/accounts/rules/account-reset.ts';
import { AUTHENTICATION_NEEDS } from '../../../src/assurance/model.ts';
import type { AuthenticationEvent, AuthenticationMethod } from '../../../src/factors/model.ts';
import { DAY, MINUTE, YEAR } from '../../../src/kernel/time.ts';
import { ALL_APPS } from '../../../src/sessions/model.ts';
import {
  authenticationSatisfies,
  decideNextStep,
  type Situation,
} from '../../../src/signin/decide-next-step.ts';
import type { Step } from '../../../src/signin/model.ts';
import { APP, aKnownApp, aRequest, aSession, aSituation, NOW, SIGNED_IN_AT } from './a-situation.ts';

const PASSWORD = { method: 'password', at: SIGNED_IN_AT } as const;
const REMEMBERED = { method: 'remember_device', at: SIGNED_IN_AT } as const;
const used = (method: AuthenticationMethod) => [PASSWORD, { method, at: SIGNED_IN_AT + 1 }];

describe('FLO-4 with every gate satisfied', () => {
  it('grants', () => {
    expect(decideNextStep(aSituation())).toEqual({ kind: 'grant' });
  });

  it('leads somebody without an app home', () => {
    expect(decideNextStep(aSituation({ request: null, app: undefined }))).toEqual({ kind: 'grant' });
  });

  it('grants whatever harmless thing varies', () => {
    fc.assert(
      fc.property(
        fc.record({
          mayInteract: fc.boolean(),
          emailHint: fc.option(fc.string()),
          startWith: fc.constantFrom('sign-in', 'create-account'),
          identity: fc.constantFrom('none', 'if-available'),
          rememberedDeviceAllowed: fc.boolean(),
          maxAgeSeconds: fc.option(fc.integer({ min: 600, max: 1e9 })),
          subjectHint: fc.constantFrom(null, 'subject-1'),
        }),
        fc.array(fc.constantFrom('sms', 'totp', 'backup_code', 'remember_device', 'piv'), { maxLength: 5 }),
        ({ identity, ...request }, methods) => {
          const situation = aSituation({
            request: aRequest({ ...request, need: { identity, authentication: 'fresh-second-factor' } }),
            session: aSession({
              events: [...used('totp'), ...methods.map((method) => ({ method, at: SIGNED_IN_AT }))],
            }),
          });
          expect(decideNextStep(situation)).toEqual({ kind: 'grant' });
        },
      ),
    );
  });
});

describe('FLO-4 one gate not satisfied', () => {
  const cases: readonly (readonly [string, Partial<Situation>, Step])[] = [
    ['nobody signed in', { session: null }, { kind: 'sign-in', notice: 'none' }],
    [
      'nobody signed in, prompt=create',
      { session: null, request: aRequest({ startWith: 'create-account' }) },
      { kind: 'create-account' },
    ],
    [
      'prompt=login after a sign-in of before',
      { request: aRequest({ forceReauthentication: true }) },
      { kind: 'sign-in', notice: 'sign-in-again' },
    ],
    [
      'max_age that is over',
      { request: aRequest({ maxAgeSeconds: 598 }) },
      { kind: 'sign-in', notice: 'sign-in-again' },
    ],
    [
      'a hint that names another person',
      { request: aRequest({ subjectHint: 'subject-2' }) },
      { kind: 'sign-in', notice: 'sign-in-again' },
    ],
    [
      'a hint, and no connection to the app at all',
      { request: aRequest({ subjectHint: 'subject-1' }), app: undefined },
      { kind: 'sign-in', notice: 'sign-in-again' },
    ],
    [
      'an account banned from this app',
      { session: aSession({}, { bans: { version: 1, apps: [APP] } }) },
      { kind: 'restricted' },
    ],
    [
      'an account banned from all apps, at one it does not know yet',
      { session: aSession({}, { bans: { version: 1, apps: [ALL_APPS] } }), app: undefined },
      { kind: 'restricted' },
    ],
    ['a suspended account', { session: aSession({}, { suspended: true }) }, { kind: 'suspended' }],
    ['rules never accepted', { session: aSession({}, { rulesAcceptedAt: null }) }, { kind: 'accept-rules' }],
    ['rules accepted before the version in force', { rulesPublishedAt: NOW - DAY }, { kind: 'accept-rules' }],
    [
      'rules accepted five years ago',
      { rulesPublishedAt: 0, session: aSession({}, { rulesAcceptedAt: NOW - 5 * YEAR }) },
      { kind: 'accept-rules' },
    ],
    [
      'no second factor',
      { session: aSession({}, { methods: [] }) },
      { kind: 'set-up-factor', allowed: null },
    ],
    [
      'a password alone',
      { session: aSession({ events: [PASSWORD] }) },
      { kind: 'second-factor', allowed: ['totp'] },
    ],
    [
      'a set-up not finished',
      { session: aSession({ setUps: ['backup_codes'] }) },
      { kind: 'set-up-factor', allowed: ['backup_codes'] },
    ],
    [
      'a platform passkey alone',
      { session: aSession({}, { methods: ['platform_passkey'] }) },
      { kind: 'set-up-factor', allowed: null },
    ],
    [
      'a password to be changed',
      { session: aSession({}, { passwordChangeRequired: true }) },
      { kind: 'change-password' },
    ],
    ['no connection to the app', { app: undefined }, { kind: 'consent', reason: 'first-time' }],
    [
      'a new attribute',
      { request: aRequest({ attributes: ['email', 'locale'] }) },
      { kind: 'consent', reason: 'new-attributes' },
    ],
    ['a first visit of this session', { app: aKnownApp({ visitedAt: null }) }, { kind: 'continue-as' }],
  ];
  for (const [what, changes, step] of cases) {
    it(`${what}: ${step.kind}`, () => {
      expect(decideNextStep(aSituation(changes))).toEqual(step);
    });
  }
});

describe('FLO-4 the order of gates', () => {
  /** Each needs its own gate; stacked, the earliest must win. */
  const broken: readonly (readonly [Step['kind'], (situation: Situation) => Situation])[] = [
    ['sign-in', (s) => ({ ...s, session: null })],
    ['sign-in', (s) => ({ ...s, request: { ...(s.request ?? aRequest()), forceReauthentication: true } })],
    ['restricted', withFacts({ bans: { version: 1, apps: [APP] } })],
    ['accept-rules', withFacts({ rulesAcceptedAt: null })],
    ['suspended', withFacts({ suspended: true })],
    ['set-up-factor', withFacts({ methods: [] })],
    ['second-factor', withSession({ events: [PASSWORD] })],
    ['set-up-factor', withSession({ setUps: ['backup_codes'] })],
    ['change-password', withFacts({ passwordChangeRequired: true })],
    [
      'proofing',
      (s) => ({
        ...s,
        request: {
          ...(s.request ?? aRequest()),
          need: { identity: 'verified', authentication: 'fresh-second-factor' },
        },
      }),
    ],
    [
      'consent',
      (s) => ({ ...s, request: { ...(s.request ?? aRequest()), attributes: ['email', 'locale'] } }),
    ],
    ['continue-as', (s) => ({ ...s, app: aKnownApp({ visitedAt: null }) })],
  ];
  for (const [at, [kind]] of broken.entries()) {
    it(`gate ${at + 1} (${kind}) comes before all behind it`, () => {
      const stacked = broken
        .slice(at)
        .reduceRight((situation, [, damage]) => damage(situation), aSituation());
      expect(decideNextStep(stacked).kind).toBe(kind);
    });
  }
});

describe('SP-1 a suspension', () => {
  const suspended = (events: readonly AuthenticationEvent[]) => aSession({ events }, { suspended: true });
  const stepFor = (events: readonly AuthenticationEvent[], request = aRequest()) =>
    decideNextStep(aSituation({ session: suspended(events), request })).kind;

  it('is said after authenticating, not to somebody who knows the password alone', () => {
    expect(stepFor([PASSWORD])).toBe('second-factor');
    expect(stepFor([PASSWORD, { method: 'totp', at: NOW }])).toBe('suspended');
  });

  it('comes before a stronger method is set up or used (RT-1)', () => {
    const strict = aRequest({ need: { identity: 'none', authentication: 'piv' } });
    expect(stepFor([PASSWORD, { method: 'totp', at: NOW }], strict)).toBe('suspended');
  });

  it('is said to a remembered browser where that is as good as a second factor', () => {
    const events = [PASSWORD, { method: 'remember_device', at: NOW }] as const;
    expect(stepFor(events)).toBe('suspended');
    expect(stepFor(events, aRequest({ rememberedDeviceAllowed: false }))).toBe('second-factor');
  });
});

describe('SP-2 a ban', () => {
  const banned = (apps: readonly string[]) => aSession({}, { bans: { version: 1, apps } });

  it('of one app leaves the others open', () => {
    expect(decideNextStep(aSituation({ session: banned(['another app']) })).kind).toBe('grant');
  });

  it('leaves the pages of the account open, whatever it is of', () => {
    for (const apps of [[APP], [ALL_APPS]]) {
      const session = banned(apps);
      expect(decideNextStep(aSituation({ session, request: null, app: undefined })).kind).toBe('grant');
    }
  });

  it('comes right after the password, before the second factor (SI-2)', () => {
    const session = aSession({ events: [PASSWORD] }, { bans: { version: 1, apps: [APP] } });
    expect(decideNextStep(aSituation({ session })).kind).toBe('restricted');
  });

  it('is said to nobody who has not signed in, or has to again', () => {
    expect(decideNextStep(aSituation({ session: null })).kind).toBe('sign-in');
    const request = aRequest({ forceReauthentication: true });
    expect(decideNextStep(aSituation({ session: banned([APP]), request })).kind).toBe('sign-in');
  });

  it('that was lifted keeps nobody out', () => {
    expect(decideNextStep(aSituation({ session: banned([]) })).kind).toBe('grant');
  });
});

function withFacts(
  facts: Partial<NonNullable<Situation['session']>['facts']>,
): (situation: Situation) => Situation {
  return (s) =>
    s.session === null ? s : { ...s, session: { ...s.session, facts: { ...s.session.facts, ...facts } } };
}

function withSession(
  changes: Partial<NonNullable<Situation['session']>>,
): (situation: Situation) => Situation {
  return (s) => (s.session === null ? s : { ...s, session: { ...s.session, ...changes } });
}

describe('MFA-5, max_age: who signed in after the question arrived is not asked again', () => {
  it('for prompt=login, max_age=0 and a hint alike', () => {
    const arrivedAt = SIGNED_IN_AT - MINUTE;
    for (const request of [
      aRequest({ forceReauthentication: true }),
      aRequest({ maxAgeSeconds: 0 }),
      aRequest({ subjectHint: 'subject-2' }),
    ]) {
      expect(decideNextStep(aSituation({ request, arrivedAt })).kind).toBe('grant');
    }
  });

  it('counts max_age from the last real factor, not from a remembered device', () => {
    const request = aRequest({ maxAgeSeconds: 300 });
    const late = NOW - MINUTE;
    expect(
      decideNextStep(
        aSituation({ request, session: aSession({ events: [PASSWORD, { method: 'totp', at: late }] }) }),
      ).kind,
    ).toBe('grant');
    expect(
      decideNextStep(
        aSituation({
          request,
          session: aSession({ events: [PASSWORD, { method: 'remember_device', at: late }] }),
        }),
      ).kind,
    ).toBe('sign-in');
  });
});

describe('MFA-1 to MFA-3 authentication strength', () => {
  const STRONG: readonly AuthenticationMethod[] = ['security_key', 'platform_passkey', 'piv'];
  const METHODS: readonly AuthenticationMethod[] = [
    'password',
    'totp',
    'backup_code',
    'sms',
    'voice',
    'personal_key',
    'remember_device',
    ...STRONG,
  ];

  for (const method of METHODS) {
    it(`judges ${method} by the table`, () => {
      const events = used(method);
      const real = method !== 'password' && method !== 'remember_device';
      expect(authenticationSatisfies(events, 'second-factor', true)).toBe(
        real || method === 'remember_device',
      );
      expect(authenticationSatisfies(events, 'second-factor', false)).toBe(real);
      expect(authenticationSatisfies(events, 'fresh-second-factor', true)).toBe(real);
      expect(authenticationSatisfies(events, 'phishing-resistant', true)).toBe(STRONG.includes(method));
      expect(authenticationSatisfies(events, 'piv', true)).toBe(method === 'piv');
    });
  }

  it('a stronger need is never satisfied where a weaker one is not, and more events never hurt', () => {
    const event = fc.constantFrom(...METHODS).map((method) => ({ method, at: SIGNED_IN_AT }));
    fc.assert(
      fc.property(fc.array(event, { maxLength: 10 }), event, fc.boolean(), (events, one, allowed) => {
        const answers = AUTHENTICATION_NEEDS.map((need) => authenticationSatisfies(events, need, allowed));
        expect(answers, 'weakest first').toEqual([...answers].sort((a, b) => Number(b) - Number(a)));
        for (const need of AUTHENTICATION_NEEDS) {
          if (authenticationSatisfies(events, need, allowed))
            expect(authenticationSatisfies([...events, one], need, allowed)).toBe(true);
        }
      }),
    );
  });

  it('asks only for the kinds that satisfy, when the person holds one', () => {
    const need = { identity: 'none', authentication: 'phishing-resistant' } as const;
    const session = aSession({}, { methods: ['totp', 'security_key', 'piv'] });
    expect(decideNextStep(aSituation({ session, request: aRequest({ need }) }))).toEqual({
      kind: 'second-factor',
      allowed: ['security_key', 'piv'],
    });
    const piv = { identity: 'none', authentication: 'piv' } as const;
    expect(decideNextStep(aSituation({ session, request: aRequest({ need: piv }) }))).toEqual({
      kind: 'second-factor',
      allowed: ['piv'],
    });
  });

  it('AL-4 asks first for what they have, then for set-up, when they hold none', () => {
    const need = { identity: 'none', authentication: 'phishing-resistant' } as const;
    const before = aSession({ events: [PASSWORD, REMEMBERED] });
    expect(decideNextStep(aSituation({ session: before, request: aRequest({ need }) }))).toEqual({
      kind: 'second-factor',
      allowed: ['totp'],
    });
    expect(decideNextStep(aSituation({ request: aRequest({ need }) }))).toEqual({
      kind: 'set-up-factor',
      allowed: ['security_key', 'platform_passkey', 'piv'],
    });
  });

  it('MFA-3 counts a strong factor of the session although a weaker one was used later', () => {
    const need = { identity: 'none', authentication: 'phishing-resistant' } as const;
    const session = aSession({
      events: [PASSWORD, { method: 'security_key', at: SIGNED_IN_AT }, { method: 'totp', at: NOW }],
    });
    expect(decideNextStep(aSituation({ session, request: aRequest({ need }) })).kind).toBe('grant');
  });
});

describe('ACR-3, ACR-7 identity', () => {
  const steps = (
    identity: 'none' | 'if-available' | 'verified' | 'facial-preferred' | 'facial-required',
    held: 'none' | 'verified' | 'facial',
  ) =>
    decideNextStep(
      aSituation({
        request: aRequest({ need: { identity, authentication: 'fresh-second-factor' } }),
        session: aSession(
          {},
          { identityHeld: held, verifiedAt: held === 'none' ? null : Date.UTC(2026, 2, 1) },
        ),
      }),
    ).kind;

  it('never answers with less than was asked', () => {
    const held = ['none', 'verified', 'facial'] as const;
    expect(held.map((one) => steps('none', one))).toEqual(['grant', 'grant', 'grant']);
    expect(held.map((one) => steps('if-available', one))).toEqual(['grant', 'grant', 'grant']);
    expect(held.map((one) => steps('verified', one))).toEqual(['proofing', 'grant', 'grant']);
    expect(held.map((one) => steps('facial-preferred', one))).toEqual(['proofing', 'grant', 'grant']);
    expect(held.map((one) => steps('facial-required', one))).toEqual(['proofing', 'proofing', 'grant']);
  });

  it('AUT-15 asks again for a verification that is too old', () => {
    const at = (verifiedAt: number) =>
      decideNextStep(
        aSituation({
          request: aRequest({
            need: { identity: 'verified', authentication: 'second-factor' },
            verifiedWithinDays: 30,
          }),
          session: aSession({}, { identityHeld: 'verified', verifiedAt }),
          app: aKnownApp({}, { consentedAt: NOW - 1 }),
        }),
      ).kind;
    expect(at(NOW - 30 * DAY)).toBe('grant');
    expect(at(NOW - 30 * DAY - 1)).toBe('proofing');
  });
});

describe('FLO-7 continue-as', () => {
  const first = aKnownApp({ visitedAt: null });

  it('is left out for somebody who just signed in for this question, agreed to it, or continued before', () => {
    expect(decideNextStep(aSituation({ app: first, arrivedAt: SIGNED_IN_AT - 1 })).kind).toBe('grant');
    expect(
      decideNextStep(aSituation({ app: aKnownApp({ visitedAt: null }, { consentedAt: NOW }) })).kind,
    ).toBe('grant');
    expect(
      decideNextStep(aSituation({ app: aKnownApp({ visitedAt: null, continuedAt: NOW - 1 }) })).kind,
    ).toBe('grant');
  });

  it('is left out where nobody may be asked', () => {
    expect(decideNextStep(aSituation({ app: first, request: aRequest({ mayInteract: false }) })).kind).toBe(
      'grant',
    );
  });
});

describe('every walk ends', () => {
  it('answering what is asked reaches a grant', () => {
    const kinds = fc.subarray(['totp', 'backup_codes', 'security_key'] as const);
    fc.assert(
      fc.property(
        kinds,
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom(...AUTHENTICATION_NEEDS),
        (methods, rules, password, force, authentication) => {
          let situation = aSituation({
            session: aSession(
              { events: [PASSWORD] },
              { methods, rulesAcceptedAt: rules ? NOW - DAY : null, passwordChangeRequired: password },
            ),
            request: aRequest({ forceReauthentication: force, need: { identity: 'none', authentication } }),
            app: undefined,
          });
          for (let asked = 0; asked < 12; asked += 1) {
            const step = decideNextStep(situation);
            if (step.kind === 'grant') return;
            situation = answered(situation, step);
          }
          throw new Error(`still asked: ${decideNextStep(situation).kind}`);
        },
      ),
    );
  });

  /** What the situation becomes once the person did what the step asks. */
  function answered(situation: Situation, step: Step): Situation {
    const session = situation.session ?? aSession();
    const { facts, events } = session;
    const with_ = (changes: Partial<typeof session>): Situation => ({
      ...situation,
      session: { ...session, ...changes },
    });
    switch (step.kind) {
      case 'sign-in':
      case 'create-account':
        return with_({ authenticatedAt: NOW, events: [{ method: 'password', at: NOW }] });
      case 'account-reset':
        return with_({ reminded: [...session.reminded, RESET_NOTICED] });
      case 'accept-rules':
        return with_({ facts: { ...facts, rulesAcceptedAt: NOW } });
      case 'second-factor':
        return with_({
          events: [
            ...events,
            {
              method: step.allowed.includes('security_key')
                ? 'security_key'
                : step.allowed.includes('piv')
                  ? 'piv'
                  : 'totp',
              at: NOW,
            },
          ],
        });
      case 'set-up-factor': {
        const kind =
          step.allowed === null ? 'totp' : step.allowed.includes('security_key') ? 'security_key' : 'piv';
        return with_({
          facts: { ...facts, methods: [...facts.methods, kind] },
          events: [...events, { method: kind, at: NOW }],
          setUps: [],
        });
      }
      case 'change-password':
        return with_({ facts: { ...facts, passwordChangeRequired: false } });
      case 'consent':
        return {
          ...situation,
          app: aKnownApp(
            { visitedAt: null },
            { consentedAt: NOW, agreed: situation.request?.attributes ?? [] },
          ),
        };
      case 'continue-as':
        return { ...situation, app: aKnownApp({ visitedAt: null, continuedAt: NOW }) };
      case 'restricted':
      case 'suspended':
      case 'proofing':
      case 'grant':
        throw new Error(`nobody gets past ${step.kind}`);
    }
  }
});
