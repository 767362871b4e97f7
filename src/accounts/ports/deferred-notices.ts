import type { EpochMs } from '../../kernel/time.ts';

/** Notices that wait for their time. */
export interface DeferredNotices {
  /** Notices that are due (SI-5); each is returned once. */
  readonly takeDueNotices: (
    now: EpochMs,
    limit: number,
  ) => Promise<
    readonly { readonly account: string; readonly kind: string; readonly eventId: number | null }[]
  >;
}
