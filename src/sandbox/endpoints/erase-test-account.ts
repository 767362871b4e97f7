import type { EpochMs } from '../../kernel/time.ts';
import { endSessionsOf } from '../../signin/endpoints/hall.ts';
import type { HallPorts } from '../../signin/ports.ts';

/** Erases an account and ends its live sessions; mails nothing, because nobody owns a test account's mailbox. */
export async function eraseTestAccount(hall: HallPorts, uuid: string, now: EpochMs): Promise<void> {
  await endSessionsOf(hall, uuid, null);
  await hall.accounts.erase(uuid, now);
}
