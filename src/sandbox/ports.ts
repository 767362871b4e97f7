import type { EpochMs } from '../kernel/time.ts';
import type { Message } from '../notices/model.ts';
import type { HallPorts } from '../signin/ports.ts';

/** A message as the inbox keeps it. */
export interface StoredMessage extends Message {
  readonly id: string;
  readonly sentAt: EpochMs;
}

/** What was sent, readable only in test environments. */
export interface Messages {
  /** Newest last; the newest `limit` of those sent to `to` (all, when null) strictly later than `after`. */
  readonly list: (query: {
    readonly to: string | null;
    readonly after: EpochMs | null;
    readonly limit: number;
  }) => Promise<readonly StoredMessage[]>;
  readonly get: (id: string) => Promise<StoredMessage | null>;
  readonly clear: () => Promise<void>;
}

/** What the sandbox needs beyond the hall. Wired in `local`, `test` and `sandbox` only. */
export interface SandboxPorts {
  readonly hall: HallPorts;
  readonly messages: Messages;
  /** Where sample apps run, to try sign-in with. */
  readonly sampleApps: readonly { readonly name: string; readonly url: string }[];
  /** How an account came to be; null when there is none. */
  readonly originOf: (account: string) => Promise<'sign-up' | 'sandbox' | null>;
  /** Moves the clock forward by whole seconds and tells the new time; null where the clock cannot be moved. */
  readonly advanceClock: ((seconds: number) => Promise<{ readonly now: EpochMs }>) | null;
}
