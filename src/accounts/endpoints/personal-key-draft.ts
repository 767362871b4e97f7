import type { DataKeyWrap, UnlockedProfile } from '../../proofing/model.ts';
import type { DataKeyOpener, Rewrap } from '../../proofing/ports.ts';
import { generatePersonalKey, showPersonalKey } from '../../proofing/rules/personal-key.ts';
import type { SessionChange } from '../../sessions/model.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';

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
  const text = [showPersonalKey(key), wraps[0]?.salt].join(' ');
  const value = await hall.sessions.sealDraft(handle, state, KEY_DRAFT, text);
  return {
    rewrap: { profile: unlocked.id, wraps },
    changes: [{ kind: 'draft', name: KEY_DRAFT, value }],
  };
}

/**
 * The key that waits to be seen, in groups of four; null when there is none. One that another took the place of, issued by
 * a second click or in another browser, is not shown: its owner would keep a key that opens nothing. The salt tells, which
 * every wrap has of its own.
 */
export async function keyToShow({ visit, handle, state }: SignedIn): Promise<string | null> {
  const { sessions, profiles } = visit.hall;
  const text = await sessions.openDraft(handle, state, KEY_DRAFT);
  if (text === null) return null;
  const [key = '', salt] = text.split(' ');
  const profile = await profiles.find(state.account);
  const held = profile?.wraps.find(({ kind }) => kind === 'personal_key');
  return held !== undefined && held.salt === salt ? key : null;
}

/** Forgets the key once its owner has it. */
export const KEY_SEEN: SessionChange = { kind: 'draft', name: KEY_DRAFT, value: null };
