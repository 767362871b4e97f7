import type { BansChanged } from '../../accounts/ports/bans.ts';
import type { HallPorts } from '../ports.ts';

/**
 * Tells every session of an account how its bans stand now (SP-2): codes and tokens of apps that are closed die at once,
 * and whatever such an app asks next is refused. One that cannot be told is over or has not begun yet; that it is ended
 * keeps it from beginning with what it knew before.
 */
export async function tellBans(
  { accounts, sessions }: Pick<HallPorts, 'accounts' | 'sessions'>,
  account: string,
  { bans, sessions: listed }: BansChanged,
  now: number,
): Promise<void> {
  const silent = await Promise.all(
    listed.map(async (locator) => {
      if (await sessions.refreshFor(locator, account, [{ kind: 'bans', bans }], now)) return [];
      await sessions.endFor(locator, account, 'signed-out');
      return [locator];
    }),
  );
  const over = silent.flat();
  if (over.length > 0) await accounts.forgetSessions(over);
}
