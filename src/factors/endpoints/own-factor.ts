import type { AccountOverview, EventKind } from '../../accounts/model.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { refreshOthers } from '../../signin/endpoints/refresh-others.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import type { FactorKind, FactorSummary } from '../model.ts';
import { checkNickname, type NicknameRefusal } from '../nickname.ts';
import { checkRemoval, type RemovalRefusal } from '../remove-factor.ts';
import { summaries } from './kinds.ts';
import { eventOf, tellAboutFactor } from './set-up.ts';

/** A method of this person's own, and every method held. */
export interface OwnFactor {
  readonly signedIn: SignedIn;
  readonly factor: FactorSummary;
  readonly methods: readonly FactorSummary[];
}

/** The method with this id if it is one of these kinds and this person's own, else null: it is not there then. */
export function ownFactor(
  signedIn: SignedIn,
  overview: AccountOverview | null,
  kinds: readonly FactorKind[],
  id: string | undefined,
): OwnFactor | null {
  const factor = overview?.factors.find((one) => one.id === id && kinds.includes(one.kind));
  if (overview === null || factor === undefined) return null;
  // Backup codes count as one method when an account asks whether another is left (MM-2).
  const codes = overview.backupCodesLeft === 0 ? [] : summaries(['backup_codes']);
  return { signedIn, factor, methods: [...overview.factors, ...codes] };
}

/** MM-1: gives it another name, as typed; refused when it is not a name, or another of its kind has it. */
export async function renameOwn(
  { signedIn: { visit, state }, factor, methods }: OwnFactor,
  typed: string,
): Promise<Result<null, NicknameRefusal | { readonly reason: 'gone' }>> {
  const taken = methods
    .filter(({ id, kind }) => kind === factor.kind && id !== factor.id)
    .map(({ label }) => label);
  const name = checkNickname(typed, taken);
  if (!name.ok) return name;
  const renamed = await visit.hall.factors.rename(state.account, factor.id, name.value);
  if (renamed.ok) return ok(null);
  return err({ reason: renamed.error.reason === 'gone' ? 'gone' : 'taken' });
}

/**
 * MM-2, MM-3: removes it unless it has to stay, forgets remembered browsers, and tells every session and every confirmed
 * address, which hear of it by `name`.
 */
export async function removeOwn(
  { signedIn, factor, methods }: OwnFactor,
  event: EventKind,
  name: string | null,
): Promise<Result<null, RemovalRefusal>> {
  const { visit, handle, state } = signedIn;
  const { hall, now } = visit;
  const checked = checkRemoval(methods, factor.id);
  if (!checked.ok) return checked;
  // Two removals at once: the database keeps the last method even if both saw two.
  const told = { ...eventOf(visit, event), session: handle.locator };
  if (!(await hall.factors.remove(state.account, factor.id, told))) return err({ reason: 'last_factor' });
  const facts = { kind: 'facts', facts: { methods: await hall.factors.kinds(state.account) } } as const;
  await hall.sessions.change(handle, now, [facts]);
  hall.after(refreshOthers(visit, state.account, [facts]));
  hall.after(tellAboutFactor(signedIn, 'factor-removed', factor.kind, name));
  return ok(null);
}
