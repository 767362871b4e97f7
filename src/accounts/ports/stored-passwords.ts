import type { EpochMs } from '../../kernel/time.ts';
import type { Rewrap } from '../../proofing/ports.ts';
import type { NewEvent } from './events.ts';

/** Password records of accounts, and what of the verified identity hangs on them. */
export interface StoredPasswords {
  /**
   * Stores a new sealed password record; revokes remembered devices, older links and addresses being added (RD-3, SI-6).
   * With `rewrap` the verified identity stays in use under its new wraps (PW-5); without, it is locked (PW-4). False, and
   * nothing is changed, when the identity of `rewrap` is not in use any more, or the record is not `from` any more: a
   * reset or a new verification came first.
   */
  readonly changePassword: (
    uuid: string,
    password: string,
    event: NewEvent,
    rewrap?: Rewrap | null,
    from?: string | null,
  ) => Promise<boolean>;
  /**
   * Replaces this very record after an upgrade of its parameters, and with it the wraps that depend on it; a password
   * changed meanwhile stays. No event.
   */
  readonly rehash: (
    uuid: string,
    from: string,
    to: string,
    rewrap?: { readonly wraps: Rewrap; readonly at: EpochMs } | null,
  ) => Promise<void>;
}
