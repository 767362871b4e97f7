import { MINUTE } from '../../kernel/time.ts';
import type { UnlockedProfile } from '../../proofing/model.ts';
import { ownPath } from '../../signin/endpoints/recent-factor.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { go } from '../../signin/endpoints/visit.tsx';
import type { ShownIdentity } from '../pages/identity-card.tsx';
import { NUMBERS } from '../rules/numbers.ts';

/** Whether the person has a verified identity in use (TR-18). */
export const isVerified = ({ state }: Pick<SignedIn, 'state'>): boolean =>
  (state.facts.profile ?? null) !== null && state.facts.profile?.deactivation === null;

/** The verified identity, if this session has opened it. No storage call. */
export const unlockedOf = async (found: SignedIn): Promise<UnlockedProfile | null> =>
  isVerified(found) ? found.visit.hall.sessions.unlocked(found.handle, found.state) : null;

/**
 * The way to the page that asks for the password, for verified people whose session has not opened their data: they came
 * with a passkey or a card. It leads back to this page, or to `back`. Null: go on.
 */
export async function requireUnlockedIfAny(found: SignedIn, back?: string): Promise<Response | null> {
  if (!isVerified(found) || (await unlockedOf(found)) !== null) return null;
  const path = ownPath(back ?? found.visit.c.get('path')) ?? '/account';
  return go(found.visit, `/login/password?return=${encodeURIComponent(path)}`);
}

/** RD-5: what a browser that was only remembered shows, it shows for half an hour. */
const hiddenAgain = ({ visit, state }: SignedIn): boolean =>
  visit.now - state.authenticatedAt > NUMBERS.pii_display_lock_min * MINUTE &&
  !state.events.some(({ method }) => method !== 'password' && method !== 'remember_device');

/** AC-1: how much of a verified identity the account page shows; null for people who have none. */
export async function shownIdentity(found: SignedIn): Promise<ShownIdentity | null> {
  if ((found.state.facts.profile ?? null) === null) return null;
  if (!isVerified(found)) return { kind: 'locked' };
  const unlocked = await unlockedOf(found);
  if (unlocked === null) return { kind: 'closed' };
  if (hiddenAgain(found)) return { kind: 'hidden' };
  return { kind: 'open', identity: unlocked.identity, verifiedAt: unlocked.verifiedAt };
}
