import type { Certificate } from '../factors/piv/certificate.ts';
import type { TrustStore } from '../factors/piv/certification-path.ts';
import { type CardPolicy, checkCard } from '../factors/piv/check-card.ts';
import type { CardPorts } from '../factors/piv/ports.ts';
import { trustStore } from '../factors/piv/trust-store.ts';
import { equalSecrets, sha256Base64Url } from '../kernel/crypto.ts';
import type { Log } from '../kernel/log.ts';
import type { Clock } from '../kernel/ports.ts';
import { MINUTE } from '../kernel/time.ts';
import type { ReplayGuard } from './objects/replay-guard.ts';
import { revocationSources } from './revocation-sources.ts';

/** How the host for cards is set up. */
export interface CardHostSettings extends CardPolicy {
  /** Host and port; with a leading `*.` every visit gets a name of its own (PV-1). */
  readonly host: string;
  readonly anchors: readonly Certificate[];
  /** On a laptop: what the local proxy must know before its word about a certificate counts. */
  readonly proxySecret: string | null;
  /** In test environments: what issues test cards. */
  readonly testAuthority: string | null;
}

/** Further authorities, as an operator put them: PEM, one after the other. */
const ISSUERS_KEY = 'piv/issuers';
const ISSUERS_KEPT_MS = 5 * MINUTE;
/** Objects that remember used nonces. */
const SHARDS = 16;

/** Checks cards with what Cloudflare says about a connection. */
export function cardHost(
  { host, anchors, proxySecret, testAuthority, policies, revocation }: CardHostSettings,
  store: KVNamespace,
  guard: DurableObjectNamespace<ReplayGuard>,
  clock: Clock,
  log: Log,
): CardPorts {
  const sources = {
    ...revocationSources(store, clock),
    unanswered: () => log('warn', 'card_revocation_unknown', { reason: revocation }),
  };
  let known: { readonly trust: TrustStore; readonly until: number } | null = null;
  const trust = async (): Promise<TrustStore> => {
    if (known === null || clock() >= known.until) {
      const issuers = (await store.get(ISSUERS_KEY)) ?? '';
      known = { trust: trustStore(anchors, issuers), until: clock() + ISSUERS_KEPT_MS };
    }
    return known.trust;
  };
  const labelled = host.startsWith('*.');
  return {
    testAuthority,
    formTarget: `https://${host}`,
    originFor: (label) => `https://${labelled ? `${label}${host.slice(1)}` : host}`,
    async check(cf, now) {
      const facts = new Map(typeof cf === 'object' && cf !== null ? Object.entries(cf) : []);
      // Elsewhere than on a laptop nobody but the edge can set these facts.
      const word: unknown = facts.get('cardProxy');
      const believed = proxySecret === null || (typeof word === 'string' && equalSecrets(word, proxySecret));
      const checked = await checkCard(
        believed ? facts.get('tlsClientAuth') : null,
        await trust(),
        { policies, revocation },
        sources,
        now,
      );
      if (!checked.ok) log('info', 'card_not_accepted', { reason: checked.error.reason });
      return checked;
    },
    useOnce(nonce, until, now) {
      const digest = sha256Base64Url(nonce);
      const shard = (Buffer.from(digest, 'base64url')[0] ?? 0) % SHARDS;
      return guard.getByName(`card/${shard}`).remember(digest, until, now);
    },
  };
}
