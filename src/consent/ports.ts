import type { NewEvent } from '../accounts/ports/events.ts';
import type { EpochMs } from '../kernel/time.ts';
import type { AttributeName } from './attributes.ts';
import type { AppLink } from './model.ts';

/** Connections between accounts and apps. */
export interface Connections {
  /** The connection as it stands; null when there is none. */
  readonly find: (account: string, app: string) => Promise<AppLink | null>;
  /**
   * Records agreement: union of attributes, time, chosen address; mints the subject for (account, agency) at the first
   * connection (CNS-2, SUB-1, SUB-2).
   */
  readonly agree: (input: {
    readonly account: string;
    readonly app: string;
    readonly agency: string;
    readonly attributes: readonly AttributeName[];
    readonly emailId: string | null;
    readonly now: EpochMs;
    /** Written down with it. */
    readonly event?: NewEvent;
  }) => Promise<{
    readonly link: AppLink;
    /** There was no connection before, or it had been ended. */
    readonly first: boolean;
  }>;
  readonly revoke: (account: string, app: string, event: NewEvent) => Promise<boolean>;
  readonly chooseEmail: (account: string, app: string, emailId: string) => Promise<boolean>;
  readonly touch: (account: string, app: string, event: NewEvent) => Promise<void>;
}
