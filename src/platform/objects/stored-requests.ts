import { fromUtf8 } from '../../kernel/bytes.ts';
import type { StoredRequests } from '../../sessions/ports.ts';
import type { StoredSignInRequest } from '../../signin/model.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { isLocator, newLocator } from './locators.ts';
import type { StoredRequest } from './stored-request.ts';

/**
 * Questions waiting for their answer, on the StoredRequest objects; ids carry a tag, so guesses reach no object. The
 * address an app suggested for the person is the one personal thing in a question, and is sealed to its id.
 */
export function storedRequests(namespace: DurableObjectNamespace<StoredRequest>, keys: Keyholder): StoredRequests {
  const withHint = (stored: StoredSignInRequest, emailHint: string | null): StoredSignInRequest => ({
    ...stored,
    request: { ...stored.request, emailHint },
  });
  return {
    async store(request) {
      const id = newLocator(keys);
      const hint = request.request.emailHint;
      const sealed = hint === null ? null : await keys.seal('link', { owner: id, record: 'email-hint' }, hint);
      await namespace.getByName(id).store(withHint({ ...request, id }, sealed));
      return id;
    },
    async load(id, now) {
      const stored = isLocator(id, keys) ? await namespace.getByName(id).load(now) : null;
      const sealed = stored?.request.emailHint ?? null;
      if (stored === null || sealed === null) return stored;
      const opened = await keys.open('link', { owner: id, record: 'email-hint' }, sealed);
      return withHint(stored, opened === null ? null : fromUtf8(opened));
    },
    remove: async (id) => {
      if (isLocator(id, keys)) await namespace.getByName(id).remove();
    },
    isId: (id) => isLocator(id, keys),
  };
}
