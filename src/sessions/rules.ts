import { fromBase64Url, toBase64Url, xor } from '../kernel/bytes.ts';
import { equalSecrets } from '../kernel/crypto.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { type EpochMs, SECOND } from '../kernel/time.ts';
import { withBans } from './bans.ts';
import {
  ABSOLUTE_LIMIT_MS,
  CODE_LIFETIME_MS,
  CODE_MAX_FAILURES,
  type Grant,
  type HandOff,
  IDLE_LIMIT_MS,
  MAX_EVENTS,
  MAX_STRANGERS,
  type RedemptionAttempt,
  type RedemptionRefusal,
  type Release,
  type SessionChange,
  type SessionState,
  STRANGER_MS,
} from './model.ts';

/** How long a rotated-away cookie still works, for requests already on their way. */
const ROTATION_GRACE_MS = 10 * SECOND;

/** When this session ends if nobody comes back (SE-1). */
export const sessionEndsAt = (state: Pick<SessionState, 'startedAt' | 'lastSeenAt'>): EpochMs =>
  Math.min(state.lastSeenAt + IDLE_LIMIT_MS, state.startedAt + ABSOLUTE_LIMIT_MS);

/** Whether the session is still alive at `now`. */
export const isLive = (state: Pick<SessionState, 'startedAt' | 'lastSeenAt'>, now: EpochMs): boolean =>
  now < sessionEndsAt(state);

/** How this digest opens the session: as the current one, or as the one before for a moment after rotation; null: not at all. */
export function opening(state: SessionState, digest: string, now: EpochMs): 'current' | 'previous' | null {
  if (equalSecrets(state.digest, digest)) return 'current';
  const { previous } = state;
  return previous !== null && now < previous.until && equalSecrets(previous.digest, digest)
    ? 'previous'
    : null;
}

/** The state with its key wrapped as the secret before the last rotation opens it. Twice is not at all. */
export const asBeforeRotation = (state: SessionState): SessionState =>
  state.previous === null
    ? state
    : { ...state, wrappedKey: rewrap(state.wrappedKey, state.previous.keyDelta) };

/** Notes that the browser has the secret in force, so that nobody needs to be handed it again. */
export const acknowledged = (state: SessionState): SessionState =>
  state.previous === null || state.previous.handover === null
    ? state
    : { ...state, previous: { ...state.previous, handover: null } };

/** When a real factor was last used; a remembered device is not one, and a password alone only if nothing else was. */
export function authenticationTime(state: Pick<SessionState, 'events' | 'authenticatedAt'>): EpochMs {
  let latest: EpochMs | null = null;
  for (const event of state.events) {
    if (event.method !== 'remember_device' && (latest === null || event.at > latest)) latest = event.at;
  }
  return latest ?? state.authenticatedAt;
}

/**
 * Whether the database said, since the app's question arrived and a moment ago, that this account has no connection with
 * the app. A new question is looked up anew: the person may have agreed in another browser (CO-1).
 */
export const isStranger = (
  { strangers }: Pick<SessionState, 'strangers'>,
  app: string,
  { now, arrivedAt }: { readonly now: EpochMs; readonly arrivedAt: EpochMs },
): boolean => {
  const at = strangers?.[app];
  return at !== undefined && at >= arrivedAt && now < at + STRANGER_MS;
};

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
        previous: {
          digest: state.digest,
          until: now + ROTATION_GRACE_MS,
          keyDelta: change.keyDelta,
          handover: change.handover ?? null,
        },
        digest: change.digest,
        wrappedKey: rewrap(state.wrappedKey, change.keyDelta),
      };
    case 'facts':
      return { ...state, facts: { ...state.facts, ...change.facts } };
    case 'link': {
      const before = state.apps[change.app];
      // Two browsers may agree at once, and their messages come in any order: the later agreement counts.
      if ((before?.link.consentedAt ?? 0) > (change.link.consentedAt ?? 0)) return state;
      const app = {
        link: change.link,
        visitedAt: before?.visitedAt ?? null,
        continuedAt: before?.continuedAt ?? null,
      };
      const strangers = { ...state.strangers };
      delete strangers[change.app];
      return { ...state, apps: { ...state.apps, [change.app]: app }, strangers };
    }
    case 'stranger': {
      const others = Object.entries(state.strangers ?? {}).filter(([app]) => app !== change.app);
      return {
        ...state,
        strangers: Object.fromEntries([...others, [change.app, now]].slice(-MAX_STRANGERS)),
      };
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
    case 'reminded':
      return state.reminded.includes(change.what)
        ? state
        : { ...state, reminded: [...state.reminded, change.what] };
    case 'revoke-app': {
      const apps = { ...state.apps };
      delete apps[change.app];
      return { ...state, apps };
    }
    case 'bans':
      return withBans(state, change.bans);
    case 'void-codes':
      return state;
  }
}

/**
 * The row a new grant of `app` takes: an empty one, else that of a code nobody can redeem any more, else the oldest of the
 * app that has the most, so that an app that asks all the time takes nothing from the others. `order` tells for each row
 * when it was taken, as a number that grows.
 */
export function rowFor(
  app: string,
  grants: readonly (Grant | null)[],
  order: readonly number[],
  now: EpochMs,
): number {
  const oldest = (matches: (grant: Grant) => boolean): number => {
    let found = -1;
    for (const [row, grant] of grants.entries()) {
      if (grant === null || !matches(grant)) continue;
      if (found === -1 || (order[row] ?? 0) < (order[found] ?? 0)) found = row;
    }
    return found;
  };
  const empty = grants.indexOf(null);
  if (empty !== -1) return empty;
  const over = oldest(({ tokenDigest, issuedAt, failures }) => {
    const lost = now >= issuedAt + CODE_LIFETIME_MS || failures >= CODE_MAX_FAILURES;
    return tokenDigest === null && lost;
  });
  if (over !== -1) return over;
  const held = new Map([[app, 1]]);
  for (const grant of grants) if (grant !== null) held.set(grant.app, (held.get(grant.app) ?? 0) + 1);
  let most = app;
  for (const [name, count] of held) if (count > (held.get(most) ?? 0)) most = name;
  return oldest((grant) => grant.app === most);
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

/** What a redeemed code or its access token hands out. */
export function releaseOf(grant: Grant, state: SessionState): Release {
  return {
    app: grant.app,
    account: state.account,
    payload: grant.payload,
    facts: grant.facts,
    wrappedKey: grant.wrappedKey,
    sealed: state.sealed,
    stale: state.stale,
    emailId: state.apps[grant.app]?.link.emailId ?? null,
    signInEmailId: state.emailId,
    locale: state.locale,
    cardUsed: hasUsedCard(state),
    identityLocked: (state.facts.profile?.deactivation ?? null) !== null,
    sessionEndsAt: sessionEndsAt(state),
  };
}

const hasUsedCard = ({ events }: SessionState): boolean => events.some(({ method }) => method === 'piv');

/** What a door that answers in one message is given, for this app. */
export const handOffOf = (state: SessionState, app: string): HandOff => ({
  account: state.account,
  emailId: state.emailId,
  locale: state.locale,
  wrappedKey: state.wrappedKey,
  sealed: state.sealed,
  stale: state.stale,
  sharedEmailId: state.apps[app]?.link.emailId ?? null,
  verifiedAt: state.facts.verifiedAt,
  legacyNameId: state.facts.legacyNameId ?? null,
  cardUsed: hasUsedCard(state),
});
