import type { EpochMs } from '../../kernel/time.ts';
import type { LinkKind } from '../tables.ts';

/** What entitles to a deletion: a mailed link, or the locator of a session. */
export type ErasedBy = { readonly kind: LinkKind; readonly token: string } | { readonly session: string };

/** Deletion of accounts. */
export interface Erasing {
  /**
   * Crypto-erases the account: addresses, factors, password; keeps tombstone, subjects, connections, events (DL-2). With a
   * link or session only while that is live, settled in the same write. False when it is not, or the account is gone already.
   */
  readonly erase: (uuid: string, now: EpochMs, by?: ErasedBy) => Promise<boolean>;
}
