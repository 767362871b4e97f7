import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import {
  type Challenge,
  isShared,
  newChallenge,
  readChallenge,
  writeChallenge,
} from '../webauthn/challenge.ts';

/** The drafts under which a session keeps the challenges of its two ceremonies, and a key of the other kind (WA-1, WA-2). */
export type ChallengeDraft = 'webauthn-create' | 'webauthn-get';

/** The challenge this session expects an answer to; null when it has none, or an old one. */
export const expectedChallenge = async (
  { visit, handle, state }: SignedIn,
  draft: ChallengeDraft,
): Promise<Challenge | null> =>
  readChallenge(await visit.hall.sessions.openDraft(handle, state, draft), visit.now);

/**
 * A challenge to show: the one already pending while it is young, so that another tab does not spoil it, or a new one.
 * After a refused answer `renew` gives a new one in any case.
 */
export async function challengeToShow(
  signedIn: SignedIn,
  draft: ChallengeDraft,
  renew: boolean,
): Promise<Challenge> {
  const { visit, handle, state } = signedIn;
  const { hall, now } = visit;
  const pending = renew ? null : await expectedChallenge(signedIn, draft);
  if (pending !== null && isShared(pending, now)) return pending;
  const made = newChallenge(hall.random, now);
  const value = await hall.sessions.sealDraft(handle, state, draft, writeChallenge(made));
  await hall.sessions.change(handle, now, [{ kind: 'draft', name: draft, value }]);
  return made;
}
