import type { Result } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type { OpenedLink } from '../model.ts';
import type { LinkKind } from '../tables.ts';

/** The token of a link for one of the account's addresses; it ends with that address (SI-6, EM-3). */
export type TokenFor = (emailId: string) => string;

/** Links sent by mail: each works once. */
export interface MailedLinks {
  /**
   * Makes a link for mail: its tokens are told once, only a digest stays. Without `emailId` every address of the account
   * may get it, each under a token of its own; one that is used uses up all.
   */
  readonly createLink: (input: {
    readonly kind: LinkKind;
    readonly account: string;
    readonly emailId?: string;
    readonly eventId?: number;
    readonly requestId?: string;
    readonly now: EpochMs;
    readonly lifetimeMs: number;
    /** The session that asks for it: once that was ended the link opens nothing (SE-6). */
    readonly session?: string;
    /** Older links of this kind stop working (PW-2). */
    readonly replaceOlder?: boolean;
  }) => Promise<TokenFor>;
  readonly openLink: (
    kind: LinkKind,
    token: string,
    now: EpochMs,
  ) => Promise<Result<OpenedLink, { reason: 'unknown' | 'expired' | 'used'; account?: string }>>;
  /** Marks a link used; false when somebody was faster. */
  readonly useLink: (kind: LinkKind, token: string, now: EpochMs) => Promise<boolean>;
}
