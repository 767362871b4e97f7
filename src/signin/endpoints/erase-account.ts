import type { HallPorts } from '../ports.ts';
import { endSessionsOf } from './end-sessions.ts';

/**
 * DL-1, AR-2: ends the sessions of an account but `own`, erases it, and ends those that began in between: once it is gone
 * none begins. False when it was gone already, or the link it depends on is not live any more.
 */
export async function eraseAccount(
  hall: HallPorts,
  account: string,
  now: number,
  own: string | null = null,
  link?: Parameters<HallPorts['accounts']['erase']>[2],
): Promise<boolean> {
  await endSessionsOf(hall, account, own);
  const erased = await hall.accounts.erase(account, now, link);
  if (erased) await endSessionsOf(hall, account, own);
  return erased;
}
