import type { ErasedBy } from '../../accounts/ports/erasing.ts';
import type { HallPorts } from '../ports.ts';
import { endSessionsOf } from './end-sessions.ts';

/**
 * DL-1, AR-2: ends the sessions of an account but `own`, erases it, and ends those that began in between: once it is gone
 * none begins. False when it was gone already, or what entitles to it is not live any more.
 */
export async function eraseAccount(
  hall: HallPorts,
  account: string,
  now: number,
  own: string | null = null,
  by?: ErasedBy,
): Promise<boolean> {
  await endSessionsOf(hall, account, own);
  const erased = await hall.accounts.erase(account, now, by);
  if (erased) await endSessionsOf(hall, account, own);
  return erased;
}
