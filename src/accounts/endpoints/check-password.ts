import { SECOND } from '../../kernel/time.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { formatDuration, translator } from '../../ui/index.ts';
import type { SignInAccount } from '../model.ts';
import type { NewPassword } from '../ports/passwords.ts';

const LIMITS = ['reauthenticate-password'] as const;

/** Somebody signed in whose password was right once more, with what its one derivation gave. */
export interface Confirmed {
  readonly account: SignInAccount & { readonly password: string };
  readonly dataKey: Uint8Array | null;
  readonly upgraded: NewPassword | null;
}

/** Asks for the current password of somebody signed in; counted before it is compared. A refusal is a sentence and a status. */
export async function checkPassword(
  { visit, state }: SignedIn,
  typed: string,
): Promise<Confirmed | { readonly error: string; readonly status: 422 | 429 }> {
  const { hall, now, c } = visit;
  const t = translator(c.get('locale'));
  if (typed === '') return { error: t('accounts.password.missing_current'), status: 422 };
  const subject = `reauthenticate:${state.account}`;
  const spent = await hall.attempts.spend(subject, LIMITS, now);
  if (!spent.allowed) {
    const time = formatDuration(c.get('locale'), (spent.retryAt - now) / SECOND);
    return { error: t('accounts.common.limited', { time }), status: 429 };
  }
  const account = await hall.accounts.findByUuid(state.account);
  const password = account?.password ?? null;
  const verdict = await hall.passwords.verify(state.account, password, typed);
  if (account === null || password === null || !verdict.matches)
    return { error: t('accounts.password.wrong'), status: 422 };
  hall.after(hall.attempts.clear(subject, LIMITS));
  return { account: { ...account, password }, dataKey: verdict.dataKey, upgraded: verdict.upgraded };
}
