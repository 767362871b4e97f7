import type { AppLink } from '../../consent/model.ts';
import type { Locale } from '../../kernel/locale.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type { EndReason, GrantDraft, HandOff, SessionApp, SessionState } from '../../sessions/model.ts';
import {
  applyChange,
  authenticationTime,
  handOffOf,
  isStranger,
  sessionEndsAt,
} from '../../sessions/rules.ts';
import { decideNextStep } from '../../signin/decide-next-step.ts';
import type { GrantedFacts, SignInRequest, Step } from '../../signin/model.ts';

/** Steps that depend on what is agreed between account and app. */
const NEEDS_LINK: ReadonlySet<Step['kind']> = new Set(['consent', 'continue-as', 'grant']);

/** The hall's question to a session. */
export interface Presentation {
  readonly now: EpochMs;
  readonly arrivedAt: EpochMs;
  readonly rulesPublishedAt: EpochMs;
  readonly request: SignInRequest | null;
  /** The language of this page view; absent from a Worker that did not say so yet. */
  readonly locale?: Locale;
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
      readonly handOff: HandOff | null;
      readonly firstVisit: boolean;
    };

/** The answer to a live session's question, and what the session has to keep of it. */
export interface Decision {
  readonly presented: Exclude<Presented, { readonly kind: 'no-session' }>;
  readonly state: SessionState;
  /** How soon the state must be on disk. */
  readonly keep: 'not' | 'later' | 'now';
  /** For which app to issue the code that was asked for, and what it says; null for none. */
  readonly issue: { readonly draft: GrantDraft; readonly app: string; readonly facts: GrantedFacts } | null;
}

/** Asks the gates for the next step of a live session; says which code to issue when nothing is left to ask. */
export function decidePresentation(before: SessionState, ask: Presentation): Decision {
  const { request, now, arrivedAt, rulesPublishedAt } = ask;
  const decide = (session: SessionState, app: SessionApp | undefined): Step =>
    decideNextStep({ now, session, request, arrivedAt, app, rulesPublishedAt });
  let state = before;
  if (request !== null && state.apps[request.app] === undefined) {
    const link = ask.link === undefined && isStranger(state, request.app, ask) ? null : ask.link;
    if (link === undefined) {
      // Only the last gates ask about the connection: whoever has others before them need not be looked up yet.
      const step = decide(state, undefined);
      const early = request.subjectHint === null && !NEEDS_LINK.has(step.kind);
      const presented = early
        ? ({ kind: 'step', step, state } as const)
        : ({ kind: 'unknown-app', account: state.account } as const);
      return { presented, state, keep: 'not', issue: null };
    }
    if (link !== null) state = applyChange(state, { kind: 'link', app: request.app, link }, now);
    else if (ask.link === null) state = applyChange(state, { kind: 'stranger', app: request.app }, now);
  }
  let app = request === null ? undefined : state.apps[request.app];
  let step = decide(state, app);
  if (step.kind === 'consent' && request !== null && before.apps[request.app] !== undefined) {
    // CNS-1: what was agreed in another browser since is known to the database alone.
    if (ask.link === undefined) {
      const presented = { kind: 'unknown-app', account: state.account } as const;
      return { presented, state, keep: 'not', issue: null };
    }
    if (ask.link !== null) {
      state = applyChange(state, { kind: 'link', app: request.app, link: ask.link }, now);
      app = state.apps[request.app];
      step = decide(state, app);
    }
  }
  const learned = state === before ? 'not' : 'now';
  if (step.kind !== 'grant' || request === null || app === undefined)
    return { presented: { kind: 'step', step, state }, state, keep: learned, issue: null };
  const facts: GrantedFacts = {
    subject: app.link.subject,
    authenticatedAt: authenticationTime(state),
    sessionEndsAt: sessionEndsAt(state),
    identityHeld: state.facts.identityHeld,
  };
  const firstVisit = app.visitedAt === null;
  state = {
    ...state,
    // UIN-10: apps hear of the language last used, not of the one at sign-in.
    locale: ask.locale ?? state.locale,
    lastHandOffAt: now,
    apps: { ...state.apps, [request.app]: { ...app, visitedAt: now } },
  };
  return {
    presented: {
      kind: 'granted',
      account: state.account,
      facts,
      handOff: ask.grant === null ? handOffOf(state, request.app) : null,
      firstVisit,
    },
    state,
    keep: firstVisit || learned === 'now' ? 'now' : 'later',
    issue: ask.grant === null ? null : { draft: ask.grant, app: request.app, facts },
  };
}
