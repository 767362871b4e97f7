import { ManageAuthenticatorPage, RemoveAuthenticatorPage } from '../pages/authenticator-manage.tsx';
import { askRemoval, managePage, managing, removing, renaming } from './manage-factor.tsx';

const own = managing(['totp'], async () => null);

/** MM-1: an authentication app's name. */
export const showManageAuthenticator = own(({ signedIn, factor }) =>
  managePage(signedIn, (page) => <ManageAuthenticatorPage page={page} factor={factor} />),
);

/** MM-1: gives it another name. */
export const renameAuthenticator = own((app) =>
  renaming(app, (page, refused) => <ManageAuthenticatorPage page={page} factor={app.factor} {...refused} />),
);

/** MM-2, MM-3: asks before it is removed, or says why it has to stay. */
export const askRemoveAuthenticator = own((app) =>
  askRemoval(app, (page) => <RemoveAuthenticatorPage page={page} factor={app.factor} />),
);

/** MM-3: removes it, forgets remembered browsers, and tells every confirmed address. */
export const removeAuthenticator = own((app) =>
  removing(app, {
    event: 'authenticator_disabled',
    name: app.factor.label,
    done: 'accounts.remove_auth_app.done',
  }),
);
