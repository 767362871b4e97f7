import type { SessionState } from '../../sessions/model.ts';
import type { SessionHandle } from '../../sessions/ports.ts';
import { authenticationSatisfies } from '../decide-next-step.ts';
import type { Step } from '../model.ts';
import { pathOf, signInAfter } from './step-path.ts';
import { go, type Visit } from './visit.tsx';

/**
 * Hands a browser the cookie it missed: somebody who clicked twice comes with the one from before the first click, whose
 * answer their browser threw away.
 */
function catchUp(visit: Visit, handle: SessionHandle, state: SessionState): void {
  const successor = visit.hall.sessions.successor(handle, state);
  if (successor !== null) visit.cookies.push(visit.hall.sessions.toCookie(successor));
}

/** A visit with a live, fully authenticated session. */
export interface SignedIn {
  readonly visit: Visit;
  readonly handle: SessionHandle;
  readonly state: SessionState;
}

/**
 * The live session of a page that needs complete sign-in, or the response that leads there: the hall decides which
 * step is missing. `also` are steps that may be missing still: those the page itself belongs to.
 */
export async function requireSignedIn(
  visit: Visit,
  also: readonly Step['kind'][] = [],
): Promise<SignedIn | Response> {
  const { hall, handle, now } = visit;
  if (handle === null) return go(visit, '/');
  const asked = await hall.sessions.ask(handle, { now, arrivedAt: now, request: null, code: null });
  if (asked.kind !== 'step') {
    visit.cookies.push(hall.sessions.clearCookie());
    return go(visit, signInAfter((asked.kind === 'no-session' ? asked.why : null) ?? 'session', null));
  }
  catchUp(visit, handle, asked.state);
  const { kind } = asked.step;
  return kind === 'grant' || also.includes(kind)
    ? { visit, handle, state: asked.state }
    : go(visit, pathOf(asked.step));
}

/** Whether a session was completed with more than the password. */
export const isPastFactor = ({ state }: SignedIn): boolean =>
  authenticationSatisfies(state.events, 'second-factor', true);

/** The session of somebody past the password, whatever else is still missing; null sends them to sign-in. */
export async function requirePassword(visit: Visit): Promise<SignedIn | Response> {
  const { hall, handle, now } = visit;
  const state = handle === null ? null : await hall.sessions.view(handle, now);
  if (handle === null || state === null) {
    const id = visit.request?.id ?? null;
    if (handle === null) return go(visit, signInAfter(null, id));
    visit.cookies.push(hall.sessions.clearCookie());
    const why = await hall.sessions.whyEnded(handle);
    return go(visit, signInAfter(why, id));
  }
  catchUp(visit, handle, state);
  return { visit, handle, state };
}
