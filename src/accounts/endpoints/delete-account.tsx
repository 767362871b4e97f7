import { SECOND } from '../../kernel/time.ts';
import { withForm } from '../../signin/endpoints/act.tsx';
import { endSession } from '../../signin/endpoints/end-sessions.ts';
import { eraseAccount } from '../../signin/endpoints/erase-account.ts';
import { flashNext } from '../../signin/endpoints/flash.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { go } from '../../signin/endpoints/visit.tsx';
import { formatDuration, translator } from '../../ui/index.ts';
import { DeleteAccountPage } from '../pages/leaving.tsx';
import { accountPage, addressesOf, secured, tell } from './signed-in.ts';

const LIMITS = ['reauthenticate-password'] as const;

/** DL-1: the consequences. Suspended people never get here: the hall keeps them at their own page (DL-2). */
export const showDeleteAccount = secured((found) => draw(found, undefined));

/** DL-1, DL-2: with the right password, tells every confirmed address and erases, at once and for good. */
export const deleteAccount = secured((found) =>
  withForm(found.visit, async (form) => {
    const { visit, state, handle } = found;
    const { hall, now, c } = visit;
    const t = translator(c.get('locale'));
    const password = form.get('password') ?? '';
    if (password === '') return draw(found, t('accounts.password.missing_current'));
    const subject = `reauthenticate:${state.account}`;
    const spent = await hall.attempts.spend(subject, LIMITS, now);
    if (!spent.allowed) {
      const time = formatDuration(c.get('locale'), (spent.retryAt - now) / SECOND);
      return draw(found, t('accounts.common.limited', { time }), 429);
    }
    const account = await hall.accounts.findByUuid(state.account);
    const verdict = await hall.passwords.verify(state.account, account?.password ?? null, password);
    if (!verdict.matches) return draw(found, t('accounts.password.wrong'));

    const addresses = await addressesOf(found);
    const by = { session: handle.locator };
    if (!(await eraseAccount(hall, state.account, now, handle.locator, by))) return go(visit, '/');
    tell(found, addresses, { kind: 'account-deleted', at: now });
    await endSession(hall, handle, now);
    hall.after(hall.attempts.clear(subject, LIMITS));
    visit.cookies.push(hall.sessions.clearCookie());
    flashNext(visit, { type: 'success', text: t('accounts.delete.done') });
    return go(visit, '/');
  }),
);

const draw = (found: SignedIn, error: string | undefined, status: 422 | 429 = 422): Promise<Response> =>
  accountPage(
    found,
    (page, email) => <DeleteAccountPage page={page} email={email} error={error} />,
    error === undefined ? {} : { status },
  );
