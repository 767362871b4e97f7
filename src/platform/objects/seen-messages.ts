import { sha256Base64Url } from '../../kernel/crypto.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type { RememberMessage } from '../../saml/ports.ts';
import type { ReplayGuard } from './replay-guard.ts';

/** Objects per app: a busy app's messages spread over this many. */
const SHARDS = 16;

/** Message ids of each app on the ReplayGuard objects, by digest (S17). One call. */
export function seenMessages(namespace: DurableObjectNamespace<ReplayGuard>): RememberMessage {
  return (app: string, id: string, until: EpochMs, now: EpochMs) => {
    const digest = sha256Base64Url(id);
    const shard = (Buffer.from(digest, 'base64url')[0] ?? 0) % SHARDS;
    return namespace.getByName(`saml/${app}/${shard}`).remember(digest, until, now);
  };
}
