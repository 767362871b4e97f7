import type { DataKeyWrap, PersonalKey, UnlockedProfile } from '../../proofing/model.ts';
import type { DataKeyOpener, Rewrap } from '../../proofing/ports.ts';
import { generatePersonalKey, showPersonalKey } from '../../proofing/rules/personal-key.ts';
import type { SessionChange } from '../../sessions/model.ts';
import type { SignedIn } from '../../signin/endpoints/hall.ts';

/** The draft that keeps a fresh personal key until its owner has said that it is saved (PK-2). */
const KEY_DRAFT = 'personal-key';

/** A fresh key: the wraps that go with it, and the change that puts it, sealed, into the session to be shown once. */
export interface IssuedKey {
  readonly rewrap: Rewrap;
  readonly changes: readonly SessionChange[];
}

/**
 * PK-2, PW-5: a new personal key for an open profile. Its wrap takes the place of the old key's, which is void from then
 * on; `more` are openers whose wraps are made anew with it.
 */
export async function issueKey(
  { visit, handle, state }: SignedIn,
  unlocked: UnlockedProfile,
  ...more: readonly DataKeyOpener[]
): Promise<IssuedKey> {
  const { hall } = visit;
  const key = generatePersonalKey(hall.random);
  const wraps: DataKeyWrap[] = [];
  for (const opener of [{ kind: 'personal_key', key } as const, ...more])
    wraps.push(await hall.profiles.wrap(state.account, unlocked, opener));
  return {
    rewrap: { profile: unlocked.id, wraps },
    changes: [{ kind: 'draft', name: KEY_DRAFT, value: await seal({ visit, handle, state }, key) }],
  };
}

const seal = ({ visit, handle, state }: SignedIn, key: PersonalKey): Promise<string> =>
  visit.hall.sessions.sealDraft(handle, state, KEY_DRAFT, showPersonalKey(key));

/** The key that waits to be seen, in groups of four; null when there is none. */
export const keyToShow = ({ visit, handle, state }: SignedIn): Promise<string | null> =>
  visit.hall.sessions.openDraft(handle, state, KEY_DRAFT);

/** Forgets the key once its owner has it. */
export const KEY_SEEN: SessionChange = { kind: 'draft', name: KEY_DRAFT, value: null };
