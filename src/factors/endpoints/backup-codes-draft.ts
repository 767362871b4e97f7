import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';

/** The draft that keeps fresh backup codes until the person has seen them (BC-1). */
export const CODES_DRAFT = 'backup-codes';

/** Seals fresh codes into the session. */
export const sealCodes = ({ visit, handle, state }: SignedIn, codes: readonly string[]): Promise<string> =>
  visit.hall.sessions.sealDraft(handle, state, CODES_DRAFT, codes.join(' '));

/** The codes waiting to be shown; null when there are none. */
export async function openCodes({ visit, handle, state }: SignedIn): Promise<readonly string[] | null> {
  const text = await visit.hall.sessions.openDraft(handle, state, CODES_DRAFT);
  return text === null ? null : text.split(' ');
}
