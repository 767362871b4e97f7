import type { Act } from '../../signin/endpoints/act.tsx';
import { isOwnReturn, ownPath, RETURN_DRAFT } from '../../signin/endpoints/recent-factor.ts';
import { requirePassword } from '../../signin/endpoints/require-signed-in.ts';
import { go } from '../../signin/endpoints/visit.tsx';

/** RA-1: keeps the page to come back to in the session and leads to the second-factor page. */
export const reauthenticate: Act = async (visit) => {
  const signedIn = await requirePassword(visit);
  if (signedIn instanceof Response) return signedIn;
  const { hall, now, c } = visit;
  const { handle, state } = signedIn;
  const path = ownPath(c.req.query('return')) ?? '/account';
  if (!isOwnReturn(visit, path)) return go(visit, '/account');
  if (state.facts.methods.length === 0) return go(visit, path);
  const value = await hall.sessions.sealDraft(handle, state, RETURN_DRAFT, path);
  await hall.sessions.change(handle, now, [{ kind: 'draft', name: RETURN_DRAFT, value }]);
  return go(visit, '/login/two_factor');
};
