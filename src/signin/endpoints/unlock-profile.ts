import type { SignInAccount } from '../../accounts/model.ts';
import type { ProfileFacts, UnlockedProfile } from '../../proofing/model.ts';
import type { DataKeyOpener } from '../../proofing/ports.ts';
import { refreshOthers } from './refresh-others.ts';
import type { Visit } from './visit.tsx';

/** What became of a person's profile at sign-in. */
export interface AtSignIn {
  readonly facts: ProfileFacts | null;
  /** For the session's sealed copy (PI-12); null: closed, or there is none. */
  readonly unlocked: UnlockedProfile | null;
}

/**
 * PI-4, PI-12: opens the verified identity with what somebody brought to sign in. A profile that should open and does not
 * goes out of use (PI-7); one that this does not open, as after a passkey, waits until it is needed.
 */
export async function unlockAtSignIn(
  visit: Visit,
  { uuid, profile }: Pick<SignInAccount, 'uuid' | 'profile'>,
  opener: DataKeyOpener | null,
): Promise<AtSignIn> {
  const { hall } = visit;
  if (profile === null) return { facts: null, unlocked: null };
  const { level, verifiedAt, deactivation } = profile;
  const facts = { level, verifiedAt, deactivation };
  if (deactivation !== null || opener === null) return { facts, unlocked: null };
  const opened = await hall.profiles.open(uuid, profile, opener);
  if (opened.ok) return { facts, unlocked: opened.value };
  // Where a passkey does not help, the password still may.
  if (opener.kind !== 'password') return { facts, unlocked: null };
  const locked = { ...facts, deactivation: 'encryption_error' } as const;
  hall.after(lockDamaged(visit, uuid, profile.id, locked));
  return { facts: locked, unlocked: null };
}

/** PI-7: takes what does not open out of use, and tells the sessions that opened it before: they answer no app with it. */
export async function lockDamaged(
  visit: Visit,
  account: string,
  profile: string,
  facts: ProfileFacts,
): Promise<void> {
  await visit.hall.profiles.deactivate(account, profile, 'encryption_error', visit.now);
  await refreshOthers(visit, account, [{ kind: 'facts', facts: { profile: facts } }]);
}

/** The upgraded password record takes the identity's wrap along: both follow from one derivation (SI-4, PI-13). */
export async function keepUpgraded(
  { hall, now }: Visit,
  { uuid, password }: Pick<SignInAccount, 'uuid' | 'password'>,
  upgraded: { readonly record: string; readonly dataKey: Uint8Array },
  unlocked: UnlockedProfile | null,
): Promise<void> {
  if (password === null) return;
  const wraps =
    unlocked === null
      ? null
      : [await hall.profiles.wrap(uuid, unlocked, { kind: 'password', key: upgraded.dataKey })];
  const rewrap =
    wraps === null || unlocked === null ? null : { wraps: { profile: unlocked.id, wraps }, at: now };
  await hall.accounts.rehash(uuid, password, upgraded.record, rewrap);
}
