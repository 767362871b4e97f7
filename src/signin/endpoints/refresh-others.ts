import type { SessionChange } from '../../sessions/model.ts';
import type { Visit } from './visit.tsx';

/** Tells every other live session of an account that something changed; its own session is told directly. */
export async function refreshOthers(
  visit: Visit,
  account: string,
  changes: readonly SessionChange[],
): Promise<void> {
  const { hall, handle, now } = visit;
  const live = await hall.accounts.sessionLocators(account);
  await Promise.all(
    live
      .filter(({ locator }) => locator !== handle?.locator)
      .map(({ locator }) => hall.sessions.refreshFor(locator, account, changes, now)),
  );
}
