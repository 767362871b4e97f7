import { fromBase64Url, toBase64Url, xor } from '../kernel/bytes.ts';
import { equalSecrets } from '../kernel/crypto.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { type EpochMs, SECOND } from '../kernel/time.ts';
import {
  ABSOLUTE_LIMIT_MS,
  CODE_LIFETIME_MS,
  CODE_MAX_FAILURES,
  type Grant,
  IDLE_LIMIT_MS,
  MAX_EVENTS,
  type RedemptionAttempt,
  type RedemptionRefusal,
  type SessionChange,
  type SessionState,
} from './model.ts';

/** How long a rotated-away cookie still works, for requests already on their way. */
const ROTATION_GRACE_MS = 10 * SECOND;

/** When this session ends if nobody comes back (SE-1). */
export const sessionEndsAt = (state: Pick<SessionState, 'startedAt' | 'lastSeenAt'>): EpochMs =>
  Math.min(state.lastSeenAt + IDLE_LIMIT_MS, state.startedAt + ABSOLUTE_LIMIT_MS);

/** Whether the session is still alive at `now`. */
export const isLive = (state: Pick<SessionState, 'startedAt' | 'lastSeenAt'>, now: EpochMs): boolean =>
  now < sessionEndsAt(state);

/** Whether this digest opens the session: the current one, or the one before for a moment after rotation. */
export const opens = (state: SessionState, digest: string, now: EpochMs): boolean =>
  equalSecrets(state.digest, digest) ||
  (state.previous !== null && now < state.previous.until && equalSecrets(state.previous.digest, digest));

/** When a real factor was last used; a remembered device is not one, and a password alone only if nothing else was. */
export function authenticationTime(state: Pick<SessionState, 'events' | 'authenticatedAt'>): EpochMs {
  let latest: EpochMs | null = null;
  for (const event of state.events) {
    if (event.method !== 'remember_device' && (latest === null || event.at > latest)) latest = event.at;
  }
  return latest ?? state.authenticatedAt;
}

/** Applies one change. Unknown apps are ignored: the session may have been revoked there meanwhile. */
export function applyChange(state: SessionState, change: SessionChange, now: EpochMs): SessionState {
  switch (change.kind) {
    case 'authenticated':
      return {
        ...state,
        events: [...state.events, { method: change.method, at: now }].slice(-MAX_EVENTS),
        authenticatedAt: change.primary ? now : state.authenticatedAt,
      };
    case 'rotate':
      return {
        ...state,
        previous: { digest: state.digest, until: now + ROTATION_GRACE_MS },
        digest: change.digest,
        wrappedKey: rewrap(state.wrappedKey, change.keyDelta),
      };
    case 'facts':
      return { ...state, facts: { ...state.facts, ...change.facts } };
    case 'link': {
      const before = state.apps[change.app];
      const app = {
        link: change.link,
        visitedAt: before?.visitedAt ?? null,
        continuedAt: before?.continuedAt ?? null,
      };
      return { ...state, apps: { ...state.apps, [change.app]: app } };
    }
    case 'continued': {
      const before = state.apps[change.app];
      return before === undefined
        ? state
        : { ...state, apps: { ...state.apps, [change.app]: { ...before, continuedAt: now } } };
    }
    case 'sealed':
      return { ...state, sealed: change.sealed, stale: false };
    case 'draft': {
      const drafts = { ...state.drafts };
      if (change.value === null) delete drafts[change.name];
      else drafts[change.name] = change.value;
      return { ...state, drafts };
    }
    case 'set-ups':
      return { ...state, setUps: change.kinds };
    case 'logout':
      return { ...state, logout: change.pending };
    case 'locale':
      return { ...state, locale: change.locale };
    case 'reminded':
      return state.reminded.includes(change.what)
        ? state
        : { ...state, reminded: [...state.reminded, change.what] };
    case 'revoke-app': {
      const apps = { ...state.apps };
      delete apps[change.app];
      return { ...state, apps };
    }
    case 'void-codes':
      return state;
  }
}

/** Moves a wrapped key from one secret to another without ever seeing it: both wraps are one-time pads. */
export function rewrap(wrapped: string, delta: string): string {
  const key = fromBase64Url(wrapped);
  const pad = fromBase64Url(delta);
  if (key === null || pad === null) throw new Error('a wrapped key or its delta is malformed');
  return toBase64Url(xor(key, pad));
}

/**
 * Whether a code may be redeemed (oidc COD-2 to COD-5, TOK-2, TOK-3). The caller consumes on success and counts every
 * refusal but `unknown`; a replay must also revoke what the first redemption issued.
 */
export function checkRedemption(
  grant: Grant | null,
  attempt: RedemptionAttempt,
  now: EpochMs,
): Result<Grant, RedemptionRefusal> {
  if (grant === null) return err({ reason: 'unknown' });
  const { app } = grant;
  if (attempt.provenApp !== null && attempt.provenApp !== grant.app) return err({ reason: 'other_app', app });
  if (attempt.claimedApp !== null && attempt.claimedApp !== grant.app)
    return err({ reason: 'other_app', app });
  if (grant.redeemedAt !== null) return err({ reason: 'replayed', app });
  if (grant.failures >= CODE_MAX_FAILURES) return err({ reason: 'burnt', app });
  if (now >= grant.issuedAt + CODE_LIFETIME_MS) return err({ reason: 'expired', app });
  const { challenge, verifierSuffices, appProofSuffices } = grant.conditions;
  // RFC 7636 section 4.6, RFC 9700: once a challenge is bound to the code, a verifier has to answer it, and a
  // verifier without a challenge is a downgrade attempt.
  const verifierGiven = attempt.challengeAnswer !== null;
  if (challenge !== null && verifierGiven && !equalSecrets(challenge, attempt.challengeAnswer ?? '')) {
    return err({ reason: 'verifier_mismatch', app });
  }
  const verified = challenge !== null && verifierGiven;
  if (challenge === null && verifierGiven && verifierSuffices)
    return err({ reason: 'verifier_mismatch', app });
  const proven = attempt.provenApp !== null && appProofSuffices;
  if (proven && (challenge === null || verified || !verifierSuffices)) return ok(grant);
  if (!proven && verified && verifierSuffices) return ok(grant);
  if (challenge !== null && verifierSuffices && !verifierGiven && (proven || !appProofSuffices)) {
    return err({ reason: 'verifier_mismatch', app });
  }
  return err({ reason: 'no_proof', app });
}
