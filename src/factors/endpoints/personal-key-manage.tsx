import { RemovePersonalKeyPage } from '../pages/personal-key-manage.tsx';
import { askRemoval, managing, removing } from './manage-factor.tsx';

const own = managing(['personal_key'], async () => null);

/** MM-2, MM-3: asks before a personal key stops being a second factor, or says why it has to stay. */
export const askRemovePersonalKey = own((key) =>
  askRemoval(key, (page) => <RemovePersonalKeyPage page={page} factor={key.factor} />),
);

/**
 * MM-3: removes it, forgets remembered browsers, and tells every confirmed address. Nothing takes its place (PK-1), and the
 * verified identity keeps its own copy of the key (PK-2).
 */
export const removePersonalKey = own((key) =>
  removing(key, { event: 'personal_key_removed', name: null, done: 'accounts.remove_key.done' }),
);
