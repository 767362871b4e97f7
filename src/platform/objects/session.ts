import { DurableObject } from 'cloudflare:workers';
import type { AppLink } from '../../consent/model.ts';
import { equalSecrets } from '../../kernel/crypto.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { type EpochMs, SECOND } from '../../kernel/time.ts';
import {
  ABSOLUTE_LIMIT_MS,
  CODE_MAX_FAILURES,
  type EndedSession,
  type EndReason,
  type Grant,
  type GrantDraft,
  IDLE_LIMIT_MS,
  MAX_GRANTS,
  type NotReady,
  type RedemptionAttempt,
  type RedemptionRefusal,
  type Release,
  type SessionApp,
  type SessionChange,
  type SessionState,
} from '../../sessions/model.ts';
import {
  acknowledged,
  applyChange,
  asBeforeRotation,
  authenticationTime,
  checkRedemption,
  isLive,
  isStranger,
  opening,
  rewrap,
  rowFor,
  sessionEndsAt,
} from '../../sessions/rules.ts';
import { decideNextStep } from '../../signin/decide-next-step.ts';
import type { GrantedFacts, SignInRequest, Step } from '../../signin/model.ts';
import { now as clock, toRealTime } from '../clock.ts';

/** How long a fresh code or a page view may live in memory alone. A crash inside this window costs one retry. */
const CODE_FLUSH_MS = 250;
const SEEN_FLUSH_MS = 10 * SECOND;

const STATE = 'state';
const GRANT = 'grant:';
const ENDED = 'ended';

/** What `find` answers when nothing matches. */
const NONE = -1;

const rowKey = (row: number): string => GRANT + String(row).padStart(2, '0');

/** Steps that depend on what is agreed between account and app. */
const NEEDS_LINK: ReadonlySet<Step['kind']> = new Set(['consent', 'continue-as', 'grant']);

/** The hall's question to a session. */
export interface Presentation {
  readonly now: EpochMs;
  readonly arrivedAt: EpochMs;
  readonly rulesPublishedAt: EpochMs;
  readonly request: SignInRequest | null;
  /** The connection as the database knows it: null for none, undefined when nobody looked yet. */
  readonly link?: AppLink | null;
  /** The code to issue if nothing is left to ask. */
  readonly grant: GrantDraft | null;
}

export type Presented =
  /** `why`: how it was ended from elsewhere, for the browser whose it was. */
  | { readonly kind: 'no-session'; readonly why: EndReason | null }
  | { readonly kind: 'unknown-app'; readonly account: string }
  | { readonly kind: 'step'; readonly step: Step; readonly state: SessionState }
  | {
      readonly kind: 'granted';
      readonly account: string;
      readonly facts: GrantedFacts;
      /** Null when a code was issued: what the app will be told goes with the code. */
      readonly state: SessionState | null;
      readonly firstVisit: boolean;
    };

/**
 * One signed-in browser: its authentication events, its live codes and access tokens, its logout confirmation. One
 * thread serves all of it, so a code has one winner, and ending the session ends every token in one stroke.
 *
 * Fresh codes and the last-seen time are written a moment later than they take effect; redeeming, signing in, ending
 * and every other change are durable before the caller hears of them.
 */
export class Session extends DurableObject<Env> {
  private state: SessionState | null;
  /**
   * The latest grants in rows: when all are taken a new one takes the place of an older, so that their number is bounded
   * whatever an app does and giving one up needs no write of its own.
   */
  private readonly grants: (Grant | null)[] = Array.from({ length: MAX_GRANTS }, () => null);
  /** When each row was taken, as a number that grows. */
  private readonly order: number[] = Array.from({ length: MAX_GRANTS }, () => 0);
  private taken = 0;
  /** Rows to write and when, by the real clock. A code redeemed before then is written once, by its redemption. */
  private readonly unsaved = new Map<number, number>();
  private seenUnsavedUntil: number | null = null;
  /** The one timer that runs, and when it is due. */
  private timer: { readonly id: ReturnType<typeof setTimeout>; readonly due: number } | null = null;
  /** Ended before it began: a sign-in that was under way when all sessions of its account were ended. */
  private ended = false;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.state = ctx.storage.kv.get<SessionState>(STATE) ?? null;
    if (this.state !== null) {
      const rows = [...ctx.storage.kv.list<Grant>({ prefix: GRANT })];
      for (const [key, grant] of rows.sort(([, one], [, other]) => one.issuedAt - other.issuedAt)) {
        const row = Number(key.slice(GRANT.length));
        this.grants[row] = grant;
        this.take(row);
      }
    }
  }

  /** Begins a session. Refused when this object already holds one, or was ended before it could begin. */
  async begin(state: SessionState): Promise<boolean> {
    if (this.ended) return false;
    if (this.state !== null && isLive(this.state, state.startedAt)) return false;
    await this.ctx.storage.deleteAll();
    this.grants.fill(null);
    this.unsaved.clear();
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
  present(digest: string, ask: Presentation): Presented {
    const presented = this.decide(digest, ask);
    return 'state' in presented && presented.state !== null
      ? { ...presented, state: this.seenBy(digest, presented.state, ask.now) }
      : presented;
  }

  private decide(digest: string, ask: Presentation): Presented {
    let state = this.live(digest, ask.now, true);
    if (state === null) return { kind: 'no-session', why: this.whyEnded(digest) };
    const { request } = ask;
    const { now, arrivedAt, rulesPublishedAt } = ask;
    const decide = (session: SessionState, app: SessionApp | undefined): Step =>
      decideNextStep({ now, session, request, arrivedAt, app, rulesPublishedAt });
    if (request !== null && state.apps[request.app] === undefined) {
      const link = ask.link === undefined && isStranger(state, request.app, now) ? null : ask.link;
      if (link === undefined) {
        // Only the last gates ask about the connection: whoever has others before them need not be looked up yet.
        const step = decide(state, undefined);
        const early = request.subjectHint === null && !NEEDS_LINK.has(step.kind);
        return early ? { kind: 'step', step, state } : { kind: 'unknown-app', account: state.account };
      }
      if (link !== null) state = this.keep(applyChange(state, { kind: 'link', app: request.app, link }, now));
      else if (ask.link === null)
        state = this.keep(applyChange(state, { kind: 'stranger', app: request.app }, now));
    }
    const app = request === null ? undefined : state.apps[request.app];
    const step = decide(state, app);
    if (step.kind !== 'grant' || request === null || app === undefined) return { kind: 'step', step, state };
    const facts: GrantedFacts = {
      subject: app.link.subject,
      authenticatedAt: authenticationTime(state),
      sessionEndsAt: sessionEndsAt(state),
      identityHeld: state.facts.identityHeld,
    };
    const firstVisit = app.visitedAt === null;
    state = {
      ...state,
      lastHandOffAt: ask.now,
      apps: { ...state.apps, [request.app]: { ...app, visitedAt: ask.now } },
    };
    this.state = state;
    if (firstVisit) this.keep(state);
    else this.keepLater();
    if (ask.grant !== null)
      this.issue(ask.grant, request.app, facts, this.seenBy(digest, state, ask.now), ask.now);
    return {
      kind: 'granted',
      account: state.account,
      facts,
      state: ask.grant === null ? state : null,
      firstVisit,
    };
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
        this.drop((grant) => grant.app === change.app && grant.redeemedAt === null);
      if (change.kind === 'revoke-app') this.drop((grant) => grant.app === change.app);
    }
    this.keep(state);
    return superseded ? asBeforeRotation(state) : state;
  }

  /** Redeems a code: exactly one of any number of concurrent attempts wins (COD-2). A replay revokes what was issued (COD-4). With personal data out of date nothing is spent, unless the caller has its own. */
  redeem(
    attempt: RedemptionAttempt,
    now: EpochMs,
    withoutProfile: boolean,
  ): Result<Release, RedemptionRefusal | NotReady> {
    const state = this.state;
    if (state === null || !isLive(state, now)) return err({ reason: 'unknown' });
    const row = this.find((grant) => grant.codeDigest === attempt.codeDigest);
    const checked = checkRedemption(this.at(row), attempt, now);
    if (!checked.ok) {
      if (checked.error.reason === 'replayed') this.drop((grant) => grant.codeDigest === attempt.codeDigest);
      else if (checked.error.reason !== 'unknown') this.countFailure(row);
      return checked;
    }
    const proofId = attempt.proofId?.value ?? null;
    if (proofId !== null && this.find((grant) => grant.proofId === proofId) !== NONE) {
      this.countFailure(row);
      return err({ reason: 'proof_replayed', app: checked.value.app });
    }
    if (state.stale && !withoutProfile) return err({ reason: 'stale', account: state.account });
    const redeemed: Grant = { ...checked.value, tokenDigest: attempt.tokenDigest, redeemedAt: now, proofId };
    this.grants[row] = redeemed;
    this.save(row);
    return ok(this.release(redeemed, state));
  }

  /** What an access token releases; it lives as long as the session and renews nothing (UIN-2). */
  userinfo(tokenDigest: string, now: EpochMs): Release | null {
    const state = this.state;
    if (state === null || !isLive(state, now)) return null;
    const grant = this.at(this.find((one) => one.tokenDigest === tokenDigest));
    return grant === null ? null : this.release(grant, state);
  }

  /** Ends the session from its own browser. */
  async end(digest: string, now: EpochMs): Promise<SessionState | null> {
    const state = this.live(digest, now, false);
    if (state !== null) await this.erase();
    return state;
  }

  /** Ends the session of this account from elsewhere: remote sign-out, password reset, suspension. */
  async endFor(account: string, reason: EndReason): Promise<boolean> {
    if (this.state === null) this.ended = true;
    if (this.state?.account !== account) return false;
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
    let state: SessionState = { ...this.state, stale: true };
    for (const change of changes) {
      state = applyChange(state, change, now);
      if (change.kind === 'revoke-app') this.drop((grant) => grant.app === change.app);
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
    this.flushBy(this.seenUnsavedUntil);
  }

  private issue(
    draft: GrantDraft,
    app: string,
    facts: GrantedFacts,
    state: SessionState,
    now: EpochMs,
  ): void {
    const row = rowFor(app, this.grants, this.order, now);
    this.take(row);
    this.grants[row] = {
      codeDigest: draft.codeDigest,
      tokenDigest: null,
      app,
      payload: draft.payload,
      conditions: draft.conditions,
      wrappedKey: rewrap(state.wrappedKey, draft.keyDelta),
      facts,
      issuedAt: now,
      redeemedAt: null,
      failures: 0,
      proofId: null,
    };
    this.saveLater(row);
  }

  private release(grant: Grant, state: SessionState): Release {
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
      cardUsed: state.events.some((event) => event.method === 'piv'),
      sessionEndsAt: sessionEndsAt(state),
    };
  }

  private take(row: number): void {
    this.taken += 1;
    this.order[row] = this.taken;
  }

  /** The row of the first grant that matches, or `NONE`. */
  private find(matches: (grant: Grant) => boolean): number {
    return this.grants.findIndex((grant) => grant !== null && matches(grant));
  }

  private at(row: number): Grant | null {
    return row === NONE ? null : (this.grants[row] ?? null);
  }

  private countFailure(row: number): void {
    const grant = this.at(row);
    if (grant === null) return;
    this.grants[row] = { ...grant, failures: grant.failures + 1 };
    if (grant.failures + 1 >= CODE_MAX_FAILURES) this.save(row);
    else this.saveLater(row);
  }

  /** Revokes every grant that matches, durably before the caller hears of it. */
  private drop(matches: (grant: Grant) => boolean): void {
    for (const [row, grant] of this.grants.entries()) {
      if (grant === null || !matches(grant)) continue;
      this.grants[row] = null;
      this.save(row);
    }
    // A row waiting to be written may still hold, on disk, an older grant that matches.
    for (const row of this.unsaved.keys()) this.save(row);
  }

  private save(row: number): void {
    const grant = this.at(row);
    this.unsaved.delete(row);
    if (grant === null) this.ctx.storage.kv.delete(rowKey(row));
    else this.ctx.storage.kv.put(rowKey(row), grant);
  }

  private saveLater(row: number): void {
    const due = Date.now() + CODE_FLUSH_MS;
    this.unsaved.set(row, due);
    this.flushBy(due);
  }

  private flushBy(due: number): void {
    if (this.timer !== null) {
      if (this.timer.due <= due) return;
      // Left to run it would find something to come back for, and so would never end while the session is in use.
      clearTimeout(this.timer.id);
    }
    this.timer = { id: setTimeout(() => this.flush(), due - Date.now()), due };
  }

  /** Writes what is due, and comes back for the rest. */
  private flush(): void {
    const at = Date.now();
    this.timer = null;
    let next: number | null = null;
    for (const [row, due] of this.unsaved) {
      if (due <= at) this.save(row);
      else if (next === null || due < next) next = due;
    }
    const seen = this.seenUnsavedUntil;
    if (seen !== null && seen <= at && this.state !== null) this.keep(this.state);
    else if (seen !== null && (next === null || seen < next)) next = seen;
    if (next !== null) this.flushBy(next);
  }

  private async erase(): Promise<void> {
    this.state = null;
    this.grants.fill(null);
    this.unsaved.clear();
    this.seenUnsavedUntil = null;
    await this.ctx.storage.deleteAll();
  }
}
