import { withForm } from '../../signin/endpoints/act.tsx';
import { flashNext } from '../../signin/endpoints/flash.ts';
import { go } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import { ForgetBrowsersPage } from '../pages/leaving.tsx';
import { accountPage, addressesOf, eventOf, signedIn, tell } from './signed-in.ts';

/** FB-1: asks first. */
export const showForgetBrowsers = signedIn((found) =>
  accountPage(found, (page) => <ForgetBrowsersPage page={page} />),
);

/** FB-1: from now on every browser asks for a second factor again. */
export const forgetBrowsers = signedIn((found) =>
  withForm(found.visit, async () => {
    const { visit, state } = found;
    await visit.hall.accounts.revokeRememberedDevices(state.account, eventOf(found, 'browsers_forgotten'));
    tell(found, await addressesOf(found), { kind: 'browsers-forgotten', at: visit.now });
    flashNext(visit, { type: 'success', text: translator(visit.c.get('locale'))('accounts.forget.done') });
    return go(visit, '/account');
  }),
);
