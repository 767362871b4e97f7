import type { Result } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type { OpenedLink } from '../model.ts';
import type { LinkKind } from '../tables.ts';

/** Links sent by mail: each works once. */
export interface MailedLinks {
  /** Makes a link for mail: the token is returned once, only its digest stays. */
  readonly createLink: (input: {
    readonly kind: LinkKind;
    readonly account: string;
    readonly emailId?: string;
    readonly eventId?: number;
    readonly requestId?: string;
    readonly now: EpochMs;
    readonly lifetimeMs: number;
    /** Older links of this kind stop working (PW-2). */
    readonly replaceOlder?: boolean;
  }) => Promise<string>;
  readonly openLink: (
    kind: LinkKind,
    token: string,
    now: EpochMs,
  ) => Promise<Result<OpenedLink, { reason: 'unknown' | 'expired' | 'used'; account?: string }>>;
  /** Marks a link used; false when somebody was faster. */
  readonly useLink: (kind: LinkKind, token: string, now: EpochMs) => Promise<boolean>;
}
