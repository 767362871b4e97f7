import type { StoredRequests } from '../../sessions/ports.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { isLocator, newLocator } from './locators.ts';
import type { StoredRequest } from './stored-request.ts';

/** Questions waiting for their answer, on the StoredRequest objects; ids carry a tag, so guesses reach no object. */
export function storedRequests(namespace: DurableObjectNamespace<StoredRequest>, keys: Keyholder): StoredRequests {
  return {
    async store(request) {
      const id = newLocator(keys);
      await namespace.getByName(id).store({ ...request, id });
      return id;
    },
    load: async (id, now) => (isLocator(id, keys) ? namespace.getByName(id).load(now) : null),
    remove: async (id) => {
      if (isLocator(id, keys)) await namespace.getByName(id).remove();
    },
    isId: (id) => isLocator(id, keys),
  };
}
