import { type EndReason, SESSIONS_LISTED } from '../../sessions/model.ts';
import type { SessionHandle } from '../../sessions/ports.ts';
import type { HallPorts } from '../ports.ts';
import type { Visit } from './visit.tsx';

/**
 * Ends a browser's session, and takes it off its account's list after the response. A cookie that opens nothing takes nothing
 * off: the session it names may live, and whoever made the cookie up must not hide it from its owner.
 */
export async function endSession(hall: HallPorts, handle: SessionHandle, now: number): Promise<void> {
  if ((await hall.sessions.end(handle, now)) !== null)
    hall.after(hall.accounts.forgetSession(handle.locator));
}

/** Ends these sessions of an account and takes them off its list. */
export async function endListed(
  { accounts, sessions }: Pick<HallPorts, 'accounts' | 'sessions'>,
  account: string,
  locators: readonly string[],
  reason: EndReason,
): Promise<void> {
  if (locators.length === 0) return;
  await Promise.all(locators.map((locator) => sessions.endFor(locator, account, reason)));
  await accounts.forgetSessions(locators);
}

/** Rounds of ending sessions; each ends as many as one listing names. */
const MOST_ROUNDS = 4;

/**
 * Ends every session of an account but `except`, and those that began after `begunUntil`; how many there were. Somebody
 * who knows the password can begin sessions without number, so one listing may not name them all: ended ones leave the
 * list, and it is read again.
 */
export async function endSessionsOf(
  { accounts, sessions }: HallPorts,
  account: string,
  except: string | null,
  reason: EndReason = 'signed-out',
  begunUntil = Number.POSITIVE_INFINITY,
): Promise<number> {
  let ended = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const listed = await accounts.sessionLocators(account);
    const live = listed
      .filter(({ locator, startedAt }) => locator !== except && startedAt <= begunUntil)
      .map(({ locator }) => locator);
    await endListed({ accounts, sessions }, account, live, reason);
    ended += live.length;
    if (listed.length < SESSIONS_LISTED) break;
  }
  return ended;
}

/** Ends every other live session of an account (SE-6, BT-5). */
export const endOthers = async (
  { hall, handle }: Visit,
  account: string,
  reason: EndReason = 'signed-out',
): Promise<void> => {
  await endSessionsOf(hall, account, handle?.locator ?? null, reason);
};
