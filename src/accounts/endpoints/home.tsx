import { displayName } from '../../apps/model.ts';
import { appOf } from '../../signin/endpoints/visit.tsx';
import { at } from '../../ui/index.ts';
import { HomePage } from '../pages/home.tsx';
import { MethodsPage } from '../pages/methods.tsx';
import { accountPage, nothingHere, signedIn } from './signed-in.ts';
import { shownIdentity } from './unlocked.ts';

/** AC-1: the account's home page. */
export const showHome = signedIn(async (found) => {
  const { visit, state } = found;
  const [account, app, identity] = await Promise.all([
    visit.hall.accounts.overview(state.account),
    appOf(visit),
    shownIdentity(found),
  ]);
  if (account === null) return nothingHere(found);
  return accountPage(found, (page) => (
    <HomePage
      page={page}
      account={account}
      identity={identity}
      returnTo={app === null ? null : { app: displayName(app), href: at(page, '/continue') }}
    />
  ));
});

/** The second factors on a page of their own (UR-6). */
export const showMethods = signedIn(async (found) => {
  const account = await found.visit.hall.accounts.overview(found.state.account);
  if (account === null) return nothingHere(found);
  return accountPage(found, (page) => <MethodsPage page={page} account={account} />);
});
