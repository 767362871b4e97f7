import type { EpochMs } from '../../kernel/time.ts';
import type { LinkKind } from '../tables.ts';

/** Deletion of accounts. */
export interface Erasing {
  /**
   * Crypto-erases the account: addresses, factors, password; keeps tombstone, subjects, connections, events (DL-2). With a
   * link only while that link is live, settled in the same write. False when it is not, or the account is gone already.
   */
  readonly erase: (
    uuid: string,
    now: EpochMs,
    link?: { readonly kind: LinkKind; readonly token: string },
  ) => Promise<boolean>;
}
