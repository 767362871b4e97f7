import type { EpochMs } from '../../kernel/time.ts';
import type { Device, HistoryEvent } from '../model.ts';

/** Events and browsers of accounts. */
export interface AccountHistory {
  readonly history: (
    uuid: string,
    input: { readonly deviceId?: string; readonly limit: number; readonly before?: number },
  ) => Promise<readonly HistoryEvent[]>;
  readonly devices: (uuid: string, limit: number) => Promise<readonly Device[]>;
  readonly disavowEvent: (uuid: string, eventId: number, now: EpochMs) => Promise<void>;
}
