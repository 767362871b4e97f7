import { sha256Base64Url } from '../../kernel/crypto.ts';
import { type EpochMs, HOUR } from '../../kernel/time.ts';
import type { RememberMessage } from '../../saml/ports.ts';
import type { ReplayGuard } from './replay-guard.ts';

/** Objects per app: a busy app's messages spread over this many. */
const SHARDS = 16;

/** S17: how long a message is remembered. */
const MEMORY_MS = 24 * HOUR;

/** Message ids of each app on the ReplayGuard objects, by digest (S17). One call. */
export function seenMessages(namespace: DurableObjectNamespace<ReplayGuard>): RememberMessage {
  return async (app: string, id: string, whom: string, now: EpochMs) => {
    const digest = sha256Base64Url(id);
    const shard = (Buffer.from(digest, 'base64url')[0] ?? 0) % SHARDS;
    const until = await namespace
      .getByName(`saml/${app}/${shard}`)
      .rememberPair(digest, sha256Base64Url(`${digest} ${whom}`), now + MEMORY_MS, now);
    return until === null ? null : until - MEMORY_MS;
  };
}
