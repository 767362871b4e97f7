import { ManageCardPage, RemoveCardPage } from '../pages/piv-manage.tsx';
import { askRemoval, managePage, managing, removing, renaming } from './manage-factor.tsx';

const own = managing(['piv'], async ({ hall }, account, id) =>
  (await hall.factors.cards(account)).find(({ factor }) => factor === id),
);

/** MM-1: a card, its name, and whose it says it is. */
export const showManageCard = own(({ signedIn, held }) =>
  managePage(signedIn, (page) => <ManageCardPage page={page} card={held} />),
);

/** MM-1: gives it another name. */
export const renameCard = own((card) =>
  renaming(card, (page, refused) => <ManageCardPage page={page} card={card.held} {...refused} />),
);

/** MM-2, MM-3: asks before it is removed, or says why it has to stay. */
export const askRemoveCard = own((card) =>
  askRemoval(card, (page) => <RemoveCardPage page={page} card={card.held} />),
);

/** MM-3: removes it, forgets remembered browsers, and tells every confirmed address. */
export const removeCard = own((card) =>
  removing(card, { event: 'piv_cac_disabled', name: card.held.name, done: 'piv.remove.done' }),
);
