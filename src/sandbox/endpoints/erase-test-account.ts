import type { EpochMs } from '../../kernel/time.ts';
import type { HallPorts } from '../../signin/ports.ts';

/** Erases an account and ends its live sessions; mails nothing, because nobody owns a test account's mailbox. */
export async function eraseTestAccount(hall: HallPorts, uuid: string, now: EpochMs): Promise<void> {
  const live = await hall.accounts.sessionLocators(uuid);
  await Promise.all(live.map(({ locator }) => hall.sessions.endFor(locator, uuid)));
  await hall.accounts.erase(uuid, now);
}
