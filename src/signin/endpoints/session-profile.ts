import type { SessionProfile, SessionState } from '../../sessions/model.ts';
import type { SessionHandle } from '../../sessions/ports.ts';
import type { Visit } from './visit.tsx';

/** Personal data of a session, from the session itself or, when it changed elsewhere, from the database. */
export async function profileOf(
  visit: Visit,
  handle: SessionHandle,
  state: SessionState,
): Promise<SessionProfile> {
  const held = await visit.hall.sessions.profile(handle, state);
  if (held !== null) return held;
  const loaded = await visit.hall.accounts.profile(state.account);
  const sealed = await visit.hall.sessions.sealProfile(handle, state, loaded);
  if (sealed !== null) await visit.hall.sessions.change(handle, visit.now, [{ kind: 'sealed', sealed }]);
  return loaded;
}

/** The address to show for a person: the one that signed in, else the first. */
export const shownEmail = (profile: SessionProfile, state: SessionState): string =>
  (profile.emails.find((email) => email.id === state.emailId) ?? profile.emails[0])?.address ?? '';
