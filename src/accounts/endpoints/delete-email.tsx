import { absoluteUrl } from '../../signin/endpoints/absolute-url.ts';
import { withForm } from '../../signin/endpoints/act.tsx';
import { flashNext } from '../../signin/endpoints/flash.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { go } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import type { AccountEmail } from '../model.ts';
import { DeleteEmailPage } from '../pages/emails.tsx';
import {
  accountPage,
  addressesOf,
  eventOf,
  nothingHere,
  refreshProfile,
  secured,
  tell,
} from './signed-in.ts';

/** EM-3: asks before an address is removed. */
export const showDeleteEmail = secured(async (found) => {
  const email = await ownEmail(found);
  if (email === null) return nothingHere(found);
  if (email === 'last') return keepLast(found);
  return accountPage(found, (page) => <DeleteEmailPage page={page} email={email} />);
});

/** EM-3: removes it; mail goes to the remaining confirmed addresses and, when it was confirmed, to the removed one. */
export const deleteEmail = secured((found) =>
  withForm(found.visit, async () => {
    const { visit, state } = found;
    const { hall, now, c } = visit;
    const before = await addressesOf(found);
    const id = c.req.param('id') ?? '';
    const deleted = await hall.accounts.deleteEmail(state.account, id, eventOf(found, 'email_deleted'));
    if (!deleted.ok) return deleted.error.reason === 'last' ? keepLast(found) : nothingHere(found);
    await refreshProfile(found);
    if (deleted.value.confirmedAt !== null) {
      const accountUrl = absoluteUrl(hall, state.facts.emailLocale, '/account');
      tell(found, [...before, deleted.value.address], { kind: 'email-deleted', accountUrl, at: now });
    }
    flashNext(visit, { type: 'success', text: translator(c.get('locale'))('accounts.delete_email.done') });
    return go(visit, '/account');
  }),
);

async function ownEmail({ visit, state }: SignedIn): Promise<AccountEmail | 'last' | null> {
  const account = await visit.hall.accounts.overview(state.account);
  const email = account?.emails.find(({ id }) => id === visit.c.req.param('id'));
  if (account === null || email === undefined) return null;
  const confirmed = account.emails.filter(({ confirmedAt }) => confirmedAt !== null);
  return email.confirmedAt !== null && confirmed.length === 1 ? 'last' : email;
}

/** The last confirmed address stays; the account page says so. */
function keepLast({ visit }: SignedIn): Response {
  flashNext(visit, { type: 'error', text: translator(visit.c.get('locale'))('accounts.delete_email.last') });
  return go(visit, '/account');
}
