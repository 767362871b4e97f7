import type { EpochMs } from '../../kernel/time.ts';
import { eraseAccount } from '../../signin/endpoints/erase-account.ts';
import type { HallPorts } from '../../signin/ports.ts';

/** Erases an account and ends its live sessions; mails nothing, because nobody owns a test account's mailbox. */
export async function eraseTestAccount(hall: HallPorts, uuid: string, now: EpochMs): Promise<void> {
  await eraseAccount(hall, uuid, now);
}
