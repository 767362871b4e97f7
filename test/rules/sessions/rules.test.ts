import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64Url, xor } from '../../../src/kernel/bytes.ts';
import { HOUR, MINUTE, SECOND } from '../../../src/kernel/time.ts';
import {
  CODE_LIFETIME_MS,
  CODE_MAX_FAILURES,
  type Grant,
  type GrantConditions,
  MAX_EVENTS,
  type RedemptionAttempt,
  type SessionState,
} from '../../../src/sessions/model.ts';
import {
  applyChange,
  authenticationTime,
  checkRedemption,
  isLive,
  opening,
  rewrap,
  sessionEndsAt,
} from '../../../src/sessions/rules.ts';

const NOW = Date.UTC(2026, 5, 1, 12);
const secret = (): string => toBase64Url(new Uint8Array(randomBytes(32)));

const aState = (changes: Partial<SessionState> = {}): SessionState => ({
  account: 'account-1',
  digest: 'digest-1',
  previous: null,
  startedAt: NOW,
  lastSeenAt: NOW,
  authenticatedAt: NOW,
  events: [{ method: 'password', at: NOW }],
  facts: {
    methods: ['totp'],
    rulesAcceptedAt: NOW,
    suspended: false,
    passwordChangeRequired: false,
    identityHeld: 'none',
    verifiedAt: null,
    secondFactorSucceededAt: null,
    emailLocale: 'en',
  },
  apps: {},
  emailId: 'email-1',
  wrappedKey: secret(),
  sealed: 'sealed',
  stale: false,
  drafts: {},
  setUps: [],
  logout: null,
  locale: null,
  deviceId: null,
  lastHandOffAt: null,
  reminded: [],
  ...changes,
});

const aGrant = (conditions: Partial<GrantConditions> = {}, changes: Partial<Grant> = {}): Grant => ({
  codeDigest: 'code',
  tokenDigest: null,
  app: 'app-1',
  payload: '{}',
  conditions: { challenge: 'challenge', verifierSuffices: true, appProofSuffices: false, ...conditions },
  wrappedKey: 'key',
  facts: { subject: 's', authenticatedAt: NOW, sessionEndsAt: NOW, identityHeld: 'none' },
  issuedAt: NOW,
  redeemedAt: null,
  failures: 0,
  proofId: null,
  ...changes,
});

const anAttempt = (changes: Partial<RedemptionAttempt> = {}): RedemptionAttempt => ({
  codeDigest: 'code',
  tokenDigest: 'token',
  challengeAnswer: null,
  provenApp: null,
  proofId: null,
  claimedApp: null,
  ...changes,
});

const outcome = (grant: Grant | null, attempt: RedemptionAttempt, now = NOW): string => {
  const checked = checkRedemption(grant, attempt, now);
  return checked.ok ? 'ok' : checked.error.reason;
};

describe('TOK-2 which proof redeems a code', () => {
  const PKCE = { verifierSuffices: true, appProofSuffices: false };
  const KEY = { verifierSuffices: false, appProofSuffices: true };
  const EITHER = { verifierSuffices: true, appProofSuffices: true };
  const WRONG = 'verifier_mismatch';
  // app setting, challenge stored, verifier sent, key proved
  const table: readonly (readonly [
    string,
    typeof PKCE,
    boolean,
    'none' | 'right' | 'wrong',
    boolean,
    string,
  ])[] = [
    ['PKCE only', PKCE, true, 'right', false, 'ok'],
    ['PKCE only', PKCE, true, 'wrong', false, WRONG],
    ['PKCE only', PKCE, true, 'none', false, WRONG],
    ['PKCE only', PKCE, true, 'right', true, 'ok'],
    ['PKCE only', PKCE, true, 'wrong', true, WRONG],
    ['PKCE only', PKCE, true, 'none', true, WRONG],
    ['PKCE only', PKCE, false, 'none', false, 'no_proof'],
    ['PKCE only', PKCE, false, 'none', true, 'no_proof'],
    ['PKCE only', PKCE, false, 'wrong', false, WRONG],
    ['PKCE only', PKCE, false, 'wrong', true, WRONG],
    ['key only', KEY, true, 'none', true, 'ok'],
    ['key only', KEY, true, 'right', true, 'ok'],
    ['key only', KEY, true, 'wrong', true, WRONG],
    ['key only', KEY, true, 'right', false, 'no_proof'],
    ['key only', KEY, true, 'wrong', false, WRONG],
    ['key only', KEY, true, 'none', false, 'no_proof'],
    ['key only', KEY, false, 'none', true, 'ok'],
    ['key only', KEY, false, 'wrong', true, 'ok'],
    ['key only', KEY, false, 'none', false, 'no_proof'],
    ['key only', KEY, false, 'wrong', false, 'no_proof'],
    ['either', EITHER, true, 'right', false, 'ok'],
    ['either', EITHER, true, 'wrong', false, WRONG],
    ['either', EITHER, true, 'none', false, 'no_proof'],
    ['either', EITHER, true, 'none', true, WRONG],
    ['either', EITHER, true, 'right', true, 'ok'],
    ['either', EITHER, true, 'wrong', true, WRONG],
    ['either', EITHER, false, 'none', true, 'ok'],
    ['either', EITHER, false, 'none', false, 'no_proof'],
    ['either', EITHER, false, 'wrong', false, WRONG],
    ['either', EITHER, false, 'wrong', true, WRONG],
  ];
  for (const [setting, conditions, challenged, verifier, proven, expected] of table) {
    it(`${setting}: challenge ${challenged ? 'stored' : 'none'}, verifier ${verifier}, key ${proven ? 'proved' : 'not proved'}: ${expected}`, () => {
      const grant = aGrant({ ...conditions, challenge: challenged ? 'challenge' : null });
      const challengeAnswer = verifier === 'none' ? null : verifier === 'right' ? 'challenge' : 'other';
      expect(outcome(grant, anAttempt({ challengeAnswer, provenApp: proven ? 'app-1' : null }))).toBe(
        expected,
      );
    });
  }

  it('nothing redeems without a proof the app is set for, and no wrong verifier of a stored challenge ever passes', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.boolean(),
        fc.option(fc.constant('challenge')),
        fc.constantFrom(null, 'challenge', 'other'),
        fc.boolean(),
        (verifierSuffices, appProofSuffices, challenge, challengeAnswer, proven) => {
          const passed =
            outcome(
              aGrant({ verifierSuffices, appProofSuffices, challenge }),
              anAttempt({ challengeAnswer, provenApp: proven ? 'app-1' : null }),
            ) === 'ok';
          if (!passed) return;
          const byKey = proven && appProofSuffices;
          const byVerifier = challenge !== null && challengeAnswer === challenge && verifierSuffices;
          expect(byKey || byVerifier).toBe(true);
          if (challenge !== null && challengeAnswer !== null) expect(challengeAnswer).toBe(challenge);
        },
      ),
    );
  });
});

describe('COD-2 to COD-4 when a code is good', () => {
  const right = anAttempt({ challengeAnswer: 'challenge' });

  it('is unknown when there is none', () => {
    expect(outcome(null, right)).toBe('unknown');
  });

  it('lives 300 seconds, not a moment longer', () => {
    expect(outcome(aGrant(), right, NOW + CODE_LIFETIME_MS - 1)).toBe('ok');
    expect(outcome(aGrant(), right, NOW + CODE_LIFETIME_MS)).toBe('expired');
  });

  it('is burnt after five failures', () => {
    expect(outcome(aGrant({}, { failures: CODE_MAX_FAILURES - 1 }), right)).toBe('ok');
    expect(outcome(aGrant({}, { failures: CODE_MAX_FAILURES }), right)).toBe('burnt');
  });

  it('is replayed once it was redeemed, however late', () => {
    expect(outcome(aGrant({}, { redeemedAt: NOW }), right, NOW + HOUR)).toBe('replayed');
    expect(outcome(aGrant({}, { redeemedAt: NOW, failures: 9 }), right)).toBe('replayed');
  });

  it('is refused to another app, proved or merely named, before anything else is told', () => {
    for (const changes of [
      { provenApp: 'app-2' },
      { claimedApp: 'app-2' },
      { provenApp: 'app-1', claimedApp: 'app-2' },
    ]) {
      for (const grant of [aGrant(), aGrant({}, { redeemedAt: NOW }), aGrant({}, { failures: 9 })]) {
        expect(outcome(grant, { ...right, ...changes }, NOW + HOUR)).toBe('other_app');
      }
    }
    expect(outcome(aGrant(), { ...right, claimedApp: 'app-1' })).toBe('ok');
  });
});

describe('SE-1 the life of a session', () => {
  it('ends after fifteen idle minutes and at the latest after twelve hours', () => {
    expect(sessionEndsAt(aState())).toBe(NOW + 15 * MINUTE);
    expect(sessionEndsAt(aState({ lastSeenAt: NOW + 11 * HOUR + 50 * MINUTE }))).toBe(NOW + 12 * HOUR);
    expect(isLive(aState(), NOW + 15 * MINUTE - 1)).toBe(true);
    expect(isLive(aState(), NOW + 15 * MINUTE)).toBe(false);
    expect(isLive(aState({ lastSeenAt: NOW + 12 * HOUR }), NOW + 12 * HOUR)).toBe(false);
  });

  it('SE-5 opens with its secret, and for ten seconds with the one before', () => {
    const state = applyChange(aState(), { kind: 'rotate', digest: 'digest-2', keyDelta: secret() }, NOW);
    expect(opening(state, 'digest-2', NOW)).toBe('current');
    expect(opening(state, 'digest-1', NOW + 10 * SECOND - 1)).toBe('previous');
    expect(opening(state, 'digest-1', NOW + 10 * SECOND)).toBeNull();
    expect(opening(state, 'digest-3', NOW)).toBeNull();
    const twice = applyChange(state, { kind: 'rotate', digest: 'digest-3', keyDelta: secret() }, NOW + 1);
    expect(opening(twice, 'digest-1', NOW + 1), 'two steps back never').toBeNull();
  });

  it('rewrapping moves a key from one pad to another without touching it', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (key, from, to) => {
          const wrapped = toBase64Url(xor(key, from));
          expect(rewrap(wrapped, toBase64Url(xor(from, to)))).toBe(toBase64Url(xor(key, to)));
        },
      ),
    );
    expect(() => rewrap('!', 'AA')).toThrow(/malformed/);
  });
});

describe('UIN-22 when somebody authenticated', () => {
  it('is the last real factor; a remembered device is none', () => {
    const at = (...events: SessionState['events']) => authenticationTime(aState({ events }));
    expect(
      at({ method: 'password', at: 1 }, { method: 'totp', at: 5 }, { method: 'remember_device', at: 9 }),
    ).toBe(5);
    expect(at({ method: 'totp', at: 5 }, { method: 'password', at: 3 })).toBe(5);
    expect(at({ method: 'remember_device', at: 9 })).toBe(NOW);
    expect(at()).toBe(NOW);
  });
});

describe('changes of a session', () => {
  const link = { subject: 's', agreed: ['email'], consentedAt: NOW, revoked: false, emailId: null } as const;

  it('FLO-2 keeps the last ten authentication events', () => {
    let state = aState({ events: [] });
    for (let at = 0; at < MAX_EVENTS + 3; at += 1)
      state = applyChange(state, { kind: 'authenticated', method: 'totp', primary: false }, NOW + at);
    expect(state.events).toHaveLength(MAX_EVENTS);
    expect(state.events[0]?.at).toBe(NOW + 3);
    expect(state.authenticatedAt).toBe(NOW);
    expect(
      applyChange(state, { kind: 'authenticated', method: 'password', primary: true }, NOW + 99)
        .authenticatedAt,
    ).toBe(NOW + 99);
  });

  it('a new link keeps what happened with the app in this session', () => {
    const state = aState({ apps: { a: { link, visitedAt: 5, continuedAt: 6 } } });
    const changed = applyChange(state, { kind: 'link', app: 'a', link: { ...link, subject: 't' } }, NOW);
    expect(changed.apps.a).toEqual({ link: { ...link, subject: 't' }, visitedAt: 5, continuedAt: 6 });
    expect(applyChange(state, { kind: 'link', app: 'b', link }, NOW).apps.b).toEqual({
      link,
      visitedAt: null,
      continuedAt: null,
    });
  });

  it('CNS-4 of two agreements the later counts, whichever is told first; a later choice of address alone, too', () => {
    const [earlier, later] = [
      { ...link, consentedAt: NOW, emailId: 'email-1' },
      { ...link, consentedAt: NOW + 1, emailId: 'email-2' },
    ];
    const told = (...links: (typeof earlier)[]): string | null | undefined =>
      links.reduce((state, one) => applyChange(state, { kind: 'link', app: 'a', link: one }, NOW), aState())
        .apps.a?.link.emailId;
    expect(told(earlier, later)).toBe('email-2');
    expect(told(later, earlier)).toBe('email-2');
    expect(told(later, { ...later, emailId: 'email-3' })).toBe('email-3');
  });

  it('ignores an app it does not know, and forgets one whose consent was taken back', () => {
    const state = aState({ apps: { a: { link, visitedAt: 5, continuedAt: null } } });
    expect(applyChange(state, { kind: 'continued', app: 'b' }, NOW)).toEqual(state);
    expect(applyChange(state, { kind: 'continued', app: 'a' }, NOW).apps.a?.continuedAt).toBe(NOW);
    expect(applyChange(state, { kind: 'revoke-app', app: 'a' }, NOW).apps).toEqual({});
  });

  it('sealing fresh personal data ends its being out of date', () => {
    expect(applyChange(aState({ stale: true }), { kind: 'sealed', sealed: 'new' }, NOW)).toMatchObject({
      sealed: 'new',
      stale: false,
    });
  });

  it('keeps, replaces and drops drafts; notes a reminder once', () => {
    const kept = applyChange(aState(), { kind: 'draft', name: 'x', value: 'v' }, NOW);
    expect(kept.drafts).toEqual({ x: 'v' });
    expect(applyChange(kept, { kind: 'draft', name: 'x', value: null }, NOW).drafts).toEqual({});
    const told = applyChange(aState(), { kind: 'reminded', what: 'm' }, NOW);
    expect(applyChange(told, { kind: 'reminded', what: 'm' }, NOW).reminded).toEqual(['m']);
  });

  it('changes facts one at a time', () => {
    const changed = applyChange(aState(), { kind: 'facts', facts: { suspended: true } }, NOW);
    expect(changed.facts).toEqual({ ...aState().facts, suspended: true });
  });

  it('never changes the state it was given', () => {
    const state = Object.freeze(aState({ apps: { a: { link, visitedAt: null, continuedAt: null } } }));
    const before = JSON.stringify(state);
    applyChange(state, { kind: 'revoke-app', app: 'a' }, NOW);
    applyChange(state, { kind: 'rotate', digest: 'd', keyDelta: secret() }, NOW);
    applyChange(state, { kind: 'draft', name: 'x', value: 'v' }, NOW);
    expect(JSON.stringify(state)).toBe(before);
  });
});
