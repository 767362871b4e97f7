import { type Config, Misconfigured } from './config.ts';
import { USUAL_POLICIES } from './factors/piv/card-certificate.ts';
import { readBundle } from './factors/piv/trust-store.ts';
import type { CardHostSettings } from './platform/card-host.ts';

/** What an operator set about cards, with the anchors read. Throws `Misconfigured` when one cannot be. */
export function cardSettings(cards: NonNullable<Config['cards']>): CardHostSettings {
  const anchors = cards.anchors.flatMap((text) => {
    const read = readBundle(text);
    if (read === null)
      throw new Misconfigured('PIV_ANCHOR_1 and its like must be certificates, in PEM or base64');
    return read;
  });
  return { ...cards, anchors, policies: cards.policies ?? USUAL_POLICIES };
}
