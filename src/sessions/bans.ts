import { ALL_APPS, type Bans, type SessionState } from './model.ts';

/** Whether these bans keep their account out of an app (SP-2). */
export const isBanned = (bans: Bans | undefined, app: string): boolean =>
  bans?.apps.some((one) => one === app || one === ALL_APPS) ?? false;

/**
 * The state once it heard how bans stand: the later of two messages counts, in whatever order they come. What the session
 * knew of an app that is closed now is forgotten, so that it is looked up anew should the app be opened again.
 */
export function withBans(state: SessionState, bans: Bans): SessionState {
  if (bans.version <= (state.facts.bans?.version ?? 0)) return state;
  const apps = Object.fromEntries(Object.entries(state.apps).filter(([app]) => !isBanned(bans, app)));
  return { ...state, facts: { ...state.facts, bans }, apps };
}
