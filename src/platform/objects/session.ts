import { DurableObject } from 'cloudflare:workers';
import { equalSecrets } from '../../kernel/crypto.ts';
import { err, type Result } from '../../kernel/result.ts';
import { type EpochMs, SECOND } from '../../kernel/time.ts';
import { isBanned } from '../../sessions/bans.ts';
import {
  ABSOLUTE_LIMIT_MS,
  type EndedSession,
  type EndReason,
  IDLE_LIMIT_MS,
  type NotReady,
  type RedemptionAttempt,
  type RedemptionRefusal,
  type Release,
  type SessionChange,
  type SessionState,
} from '../../sessions/model.ts';
import {
  acknowledged,
  applyChange,
  asBeforeRotation,
  isLive,
  opening,
  releaseOf,
  sessionEndsAt,
} from '../../sessions/rules.ts';
import { now as clock, toRealTime } from '../clock.ts';
import { flushTimer } from './flush-timer.ts';
import { type GrantRows, grantRows } from './grant-rows.ts';
import { type Packed, pack, unpack } from './packed.ts';
import { decidePresentation, type Presentation, type Presented } from './presentation.ts';
import { redeemCode } from './redeem-code.ts';

/** How long a page view may live in memory alone. */
const SEEN_FLUSH_MS = 10 * SECOND;

const STATE = 'state';
const ENDED = 'ended';

/**
 * One signed-in browser: its authentication events, its live codes and access tokens, its logout confirmation. One
 * thread serves all of it, so a code has one winner, and ending the session ends every token in one stroke.
 *
 * Fresh codes and the last-seen time are written a moment later than they take effect; redeeming, signing in, ending
 * and every other change are durable before the caller hears of them.
 */
export class Session extends DurableObject<Env> {
  private state: SessionState | null;
  private readonly grants: GrantRows;
  private seenUnsavedUntil: number | null = null;
  private readonly timer = flushTimer((at) => this.flush(at));

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.state = ctx.storage.kv.get<SessionState>(STATE) ?? null;
    this.grants = grantRows(
      () => this.ctx.storage.kv,
      this.state !== null,
      (due) => this.timer.by(due),
    );
  }

  /** Begins a session. Refused when this object already holds one, or was ended: before it could begin, or since. */
  async begin(state: SessionState): Promise<boolean> {
    if (this.ctx.storage.kv.get(ENDED) !== undefined) return false;
    if (this.state !== null && isLive(this.state, state.startedAt)) return false;
    await this.ctx.storage.deleteAll();
    this.grants.clear();
    this.state = state;
    this.ctx.storage.kv.put(STATE, state);
    await this.ctx.storage.setAlarm(toRealTime(state.startedAt + IDLE_LIMIT_MS + SECOND));
    return true;
  }

  /** The session behind a cookie, renewed by this page view; null when it is not live or the cookie is not its own. */
  view(digest: string, now: EpochMs): SessionState | null {
    const state = this.live(digest, now, true);
    return state === null ? null : this.seenBy(digest, state, now);
  }

  /** Seconds left without renewing anything (SE-3: the dialog asks for the real expiry). */
  peek(digest: string, now: EpochMs): number | null {
    const state = this.live(digest, now, false);
    return state === null ? null : Math.floor((sessionEndsAt(state) - now) / SECOND);
  }

  /** Asks the gates for the next step, and issues the code when nothing is left to ask. */
  present(digest: string, asked: Packed<Presentation>): Packed<Presented> {
    return pack(this.presentTo(digest, unpack(asked)));
  }

  private presentTo(digest: string, ask: Presentation): Presented {
    const live = this.live(digest, ask.now, true);
    if (live === null) return { kind: 'no-session', why: this.whyEnded(digest) };
    const { presented, state, keep, issue } = decidePresentation(live, ask);
    this.state = state;
    if (keep === 'now') this.keep(state);
    else if (keep === 'later') this.keepLater();
    const seen = this.seenBy(digest, state, ask.now);
    if (issue !== null) this.grants.issue(issue.draft, issue.app, issue.facts, seen, ask.now);
    // A cookie that was rotated away a moment ago opens the key as it was wrapped then.
    if (presented.kind === 'step') return { ...presented, state: seen };
    return presented.kind === 'granted' && presented.handOff !== null
      ? { ...presented, handOff: { ...presented.handOff, wrappedKey: seen.wrappedKey } }
      : presented;
  }

  /**
   * Applies changes in order, in one transaction; null when the cookie opens nothing. A cookie that was rotated away
   * changes everything but the cookie: its new secret would cut off the browser that has the one in force.
   */
  change(digest: string, now: EpochMs, changes: readonly SessionChange[]): SessionState | null {
    let state = this.live(digest, now, true);
    if (state === null) return null;
    const superseded = opening(state, digest, now) === 'previous';
    for (const change of changes) {
      if (superseded && change.kind === 'rotate') continue;
      state = applyChange(state, change, now);
      if (change.kind === 'void-codes')
        this.grants.revoke((grant) => grant.app === change.app && grant.redeemedAt === null);
      if (change.kind === 'revoke-app') this.grants.revoke((grant) => grant.app === change.app);
    }
    this.keep(state);
    return superseded ? asBeforeRotation(state) : state;
  }

  /** `redeemCode`, while the session lives. */
  redeem(
    attempt: Packed<RedemptionAttempt>,
    now: EpochMs,
    withoutProfile: boolean,
  ): Packed<Result<Release, RedemptionRefusal | NotReady>> {
    const state = this.state;
    return pack(
      state === null || !isLive(state, now)
        ? err({ reason: 'unknown' })
        : redeemCode(this.grants, state, unpack(attempt), now, withoutProfile),
    );
  }

  /** The app a code was issued to, for telling it in its own way what is wrong; renews and counts nothing. */
  appOfCode(codeDigest: string, now: EpochMs): string | null {
    const state = this.state;
    if (state === null || !isLive(state, now)) return null;
    return this.grants.at(this.grants.find((one) => one.codeDigest === codeDigest))?.app ?? null;
  }

  /** What an access token releases; it lives as long as the session and renews nothing (UIN-2). */
  userinfo(tokenDigest: string, now: EpochMs): Packed<Release> | null {
    const state = this.state;
    if (state === null || !isLive(state, now)) return null;
    const grant = this.grants.at(this.grants.find((one) => one.tokenDigest === tokenDigest));
    return grant === null ? null : pack(releaseOf(grant, state));
  }

  /** Ends the session from its own browser. */
  async end(digest: string, now: EpochMs): Promise<SessionState | null> {
    const state = this.live(digest, now, false);
    if (state !== null) await this.erase();
    return state;
  }

  /** Ends the session of this account from elsewhere: remote sign-out, password reset, suspension. */
  async endFor(account: string, reason: EndReason): Promise<boolean> {
    if (this.state === null) {
      // Listed and not begun yet: its sign-in is under way, and finds this however late it comes.
      if (this.ctx.storage.kv.get(ENDED) !== undefined) return false;
      this.ctx.storage.kv.put(ENDED, { digests: [], reason } satisfies EndedSession);
      await this.ctx.storage.setAlarm(toRealTime(clock() + IDLE_LIMIT_MS));
      return false;
    }
    if (this.state.account !== account) return false;
    const { digest, previous, startedAt } = this.state;
    await this.erase();
    const digests = previous === null ? [digest] : [digest, previous.digest];
    this.ctx.storage.kv.put(ENDED, { digests, reason } satisfies EndedSession);
    await this.ctx.storage.setAlarm(toRealTime(startedAt + ABSOLUTE_LIMIT_MS));
    return true;
  }

  /** Why it was ended from elsewhere, for the browser whose it was; null for everybody else. */
  whyEnded(digest: string): EndReason | null {
    const ended = this.ctx.storage.kv.get<EndedSession>(ENDED);
    return ended?.digests.some((known) => equalSecrets(known, digest)) ? ended.reason : null;
  }

  /** Something about the account changed elsewhere: personal data is to be read anew, facts are replaced. */
  refreshFor(account: string, changes: readonly SessionChange[], now: EpochMs): boolean {
    if (this.state?.account !== account || !isLive(this.state, now)) return false;
    // An agreement says which address is shared, by its id: the addresses themselves are what they were.
    const isAgreement = changes.length > 0 && changes.every(({ kind }) => kind === 'link');
    let state: SessionState = { ...this.state, stale: this.state.stale || !isAgreement };
    for (const change of changes) {
      state = applyChange(state, change, now);
      if (change.kind === 'revoke-app') this.grants.revoke((grant) => grant.app === change.app);
      const { bans } = state.facts;
      if (change.kind === 'bans') this.grants.revoke((grant) => isBanned(bans, grant.app));
    }
    this.keep(state);
    return true;
  }

  /** When it was last used; for the account's list of sessions. Null when gone. */
  summary(
    account: string,
    now: EpochMs,
  ): { readonly lastSeenAt: EpochMs; readonly startedAt: EpochMs } | null {
    const state = this.state;
    if (state === null || state.account !== account || !isLive(state, now)) return null;
    // Somebody who knows the password alone is not signed in.
    if (!state.events.some(({ method }) => method !== 'password')) return null;
    return { lastSeenAt: state.lastSeenAt, startedAt: state.startedAt };
  }

  /** Runs at least once at the end of life: erases what is over, else waits for the next possible end. */
  override async alarm(): Promise<void> {
    const at = clock();
    if (this.state === null || !isLive(this.state, at)) {
      await this.erase();
      return;
    }
    if (this.seenUnsavedUntil !== null) this.keep(this.state);
    await this.ctx.storage.setAlarm(toRealTime(sessionEndsAt(this.state) + SECOND));
  }

  private live(digest: string, now: EpochMs, renew: boolean): SessionState | null {
    let state = this.state;
    if (state === null || !isLive(state, now)) return null;
    const opened = opening(state, digest, now);
    if (opened === null) return null;
    if (opened === 'current' && state.previous?.handover) {
      state = acknowledged(state);
      this.state = state;
      this.keepLater();
    }
    if (!renew || now <= state.lastSeenAt) return state;
    this.state = { ...state, lastSeenAt: now };
    this.keepLater();
    return this.state;
  }

  /** The state as the holder of this cookie can use it. */
  private seenBy(digest: string, state: SessionState, now: EpochMs): SessionState {
    return opening(state, digest, now) === 'previous' ? asBeforeRotation(state) : state;
  }

  private keep(state: SessionState): SessionState {
    this.state = state;
    this.seenUnsavedUntil = null;
    this.ctx.storage.kv.put(STATE, state);
    return state;
  }

  private keepLater(): void {
    if (this.seenUnsavedUntil !== null) return;
    this.seenUnsavedUntil = Date.now() + SEEN_FLUSH_MS;
    this.timer.by(this.seenUnsavedUntil);
  }

  /** Writes what is due, and comes back for the rest. */
  private flush(at: number): void {
    let next = this.grants.flush(at);
    const seen = this.seenUnsavedUntil;
    if (seen !== null && seen <= at && this.state !== null) this.keep(this.state);
    else if (seen !== null && (next === null || seen < next)) next = seen;
    if (next !== null) this.timer.by(next);
  }

  private async erase(): Promise<void> {
    this.state = null;
    this.grants.clear();
    this.seenUnsavedUntil = null;
    await this.ctx.storage.deleteAll();
  }
}
