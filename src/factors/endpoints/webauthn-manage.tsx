import { ManageWebauthnPage, RemoveWebauthnPage } from '../pages/webauthn-manage.tsx';
import { askRemoval, managePage, managing, removing, renaming } from './manage-factor.tsx';
import { REMOVED_EVENT } from './webauthn-mismatch.tsx';

const own = managing(['security_key', 'platform_passkey'], async ({ hall }, account, id) =>
  (await hall.factors.webauthnCredentials(account)).find(({ factor }) => factor === id),
);

/** MM-1: a key or passkey, its name, and what is known of it. */
export const showManageWebauthn = own(({ signedIn, held, factor }) =>
  managePage(signedIn, (page) => (
    <ManageWebauthnPage page={page} factor={factor} credential={held.credential} />
  )),
);

/** MM-1: gives it another name. */
export const renameWebauthn = own((passkey) =>
  renaming(passkey, (page, refused) => (
    <ManageWebauthnPage
      page={page}
      factor={passkey.factor}
      credential={passkey.held.credential}
      {...refused}
    />
  )),
);

/** MM-2, MM-3: asks before it is removed, or says why it has to stay. */
export const askRemoveWebauthn = own((passkey) =>
  askRemoval(passkey, (page) => <RemoveWebauthnPage page={page} factor={passkey.factor} />),
);

/** MM-3: removes it, forgets remembered browsers, and tells every confirmed address. */
export const removeWebauthn = own((passkey) => {
  const { kind, name } = passkey.held;
  return removing(passkey, { event: REMOVED_EVENT[kind], name, done: 'webauthn.remove.done' });
});
