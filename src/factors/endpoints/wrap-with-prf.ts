import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { readPrfOutput } from '../webauthn/prf.ts';

/**
 * BT-2: lets this authenticator open the person's verified identity from now on, if the identity is open in this session
 * and the authenticator told its 32 bytes. They are used here and kept nowhere. Without either, nothing happens.
 */
export async function wrapWithPrf(
  { visit, handle, state }: SignedIn,
  factor: string,
  form: URLSearchParams,
): Promise<void> {
  const { hall, now } = visit;
  const output = readPrfOutput(form);
  if (output === null || (state.facts.profile ?? null) === null) return;
  const unlocked = await hall.sessions.unlocked(handle, state);
  if (unlocked === null || unlocked.prfFactors.includes(factor)) return;
  const wrap = await hall.profiles.wrap(state.account, unlocked, { kind: 'prf', factor, output });
  await hall.profiles.keep(state.account, { profile: unlocked.id, wraps: [wrap] }, now, null);
}
