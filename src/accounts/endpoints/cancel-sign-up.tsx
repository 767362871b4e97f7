import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { endSession } from '../../signin/endpoints/end-sessions.ts';
import { eraseAccount } from '../../signin/endpoints/erase-account.ts';
import { flashNext } from '../../signin/endpoints/flash.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { appOf, go, type Visit } from '../../signin/endpoints/visit.tsx';
import { at, translator } from '../../ui/index.ts';
import { CancelSignUpPage } from '../pages/sign-up.tsx';
import { forgetAddress } from './entered-address.ts';

/**
 * The account of this session if it never got a second factor: its sign-up is not finished. The database has the last
 * word, since another session may have finished it meanwhile.
 */
async function unfinishedSession({ hall, handle, now }: Visit): Promise<string | null> {
  const state = handle === null ? null : await hall.sessions.view(handle, now);
  // DL-2: suspended people cannot delete.
  if (state === null || state.facts.suspended || state.facts.methods.length > 0) return null;
  return (await hall.factors.kinds(state.account)).length === 0 ? state.account : null;
}

/** SU-10: says what would be lost. */
export const askCancel: Act = async (visit) => {
  const token = visit.c.req.query('confirmation_token') ?? '';
  const app = await appOf(visit);
  const page = pageOf(visit, { app });
  const back =
    token === '' ? '/continue' : `/sign_up/enter_password?confirmation_token=${encodeURIComponent(token)}`;
  return show(visit, { app }, <CancelSignUpPage page={page} token={token} backHref={at(page, back)} />);
};

/** SU-10: deletes the unfinished account that this browser proved to hold, and leads back to the app or home. */
export const cancelSignUp: Act = (arrived) =>
  withForm(arrived, async (form, visit) => {
    const { hall, now, handle, request, c } = visit;
    const opened = await hall.accounts.openLink('sign-up', form.get('confirmation_token') ?? '', now);
    if (opened.ok) await hall.accounts.abandon(opened.value.account);
    const unfinished = await unfinishedSession(visit);
    if (unfinished !== null && handle !== null) {
      await eraseAccount(hall, unfinished, now, handle.locator);
      await endSession(hall, handle, now);
      visit.cookies.push(hall.sessions.clearCookie());
    }
    forgetAddress(visit, 'sign-up');
    if (request !== null) return go(visit, '/redirect/return_to_sp/cancel');
    flashNext(visit, { type: 'info', text: translator(c.get('locale'))('entry.sign_up.canceled') });
    return go(visit, '/');
  });
