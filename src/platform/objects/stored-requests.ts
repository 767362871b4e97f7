import { fromUtf8 } from '../../kernel/bytes.ts';
import type { StoredRequests } from '../../sessions/ports.ts';
import type { StoredSignInRequest } from '../../signin/model.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { isLocator, newLocator } from './locators.ts';
import type { StoredRequest } from './stored-request.ts';

/**
 * Questions waiting for their answer, on the StoredRequest objects; ids carry a tag, so guesses reach no object. They
 * may name a person (`login_hint`, a subject), so they rest sealed to their id.
 */
export function storedRequests(
  namespace: DurableObjectNamespace<StoredRequest>,
  keys: Keyholder,
): StoredRequests {
  const contextOf = (id: string) => ({ owner: id, record: 'request' });
  return {
    async store(request) {
      const id = newLocator(keys);
      const sealed = await keys.seal('request', contextOf(id), JSON.stringify({ ...request, id }));
      await namespace.getByName(id).store({ arrivedAt: request.arrivedAt, sealed });
      return id;
    },
    async load(id, now) {
      const sealed = isLocator(id, keys) ? await namespace.getByName(id).load(now) : null;
      const opened = sealed === null ? null : await keys.open('request', contextOf(id), sealed);
      const text = opened === null ? null : fromUtf8(opened);
      if (text === null) return null;
      // Only this adapter seals requests, and AES-GCM vouches that nobody changed them since.
      const request: StoredSignInRequest = JSON.parse(text);
      return request;
    },
    remove: async (id) => {
      if (isLocator(id, keys)) await namespace.getByName(id).remove();
    },
    isId: (id) => isLocator(id, keys),
  };
}
