import { desc, eq, type SQL, sql } from 'drizzle-orm';
import type { ListedSessions } from '../../accounts/ports/listed-sessions.ts';
import { devices, sessions } from '../../accounts/tables.ts';
import { SESSIONS_LISTED } from '../../sessions/model.ts';
import type { PickDatabase } from './database.ts';

/**
 * SE-6: whether the session that asks for a write is on its account's list still, as a condition of that write. Whoever
 * ends sessions takes them off the list before they do what they came for, so that nothing of such a session comes after
 * it. Undefined where no session asks.
 */
export const isListed = (account: string, session: string | undefined): SQL | undefined =>
  session === undefined
    ? undefined
    : sql`EXISTS (SELECT 1 FROM sessions WHERE locator = ${session} AND account = ${account})`;

/** The list of an account's sessions in D1; the sessions themselves are Durable Objects. */
export function listedSessionsIn(pick: PickDatabase): ListedSessions {
  return {
    async sessionLocators(uuid) {
      return pick({ account: uuid })
        .select({
          locator: sessions.locator,
          deviceId: sessions.device,
          browser: devices.browser,
          startedAt: sessions.startedAt,
        })
        .from(sessions)
        .leftJoin(devices, eq(devices.id, sessions.device))
        .where(eq(sessions.account, uuid))
        .orderBy(desc(sessions.startedAt))
        .limit(SESSIONS_LISTED);
    },
    async forgetSession(locator) {
      await pick({ shared: 'sessions' }).delete(sessions).where(eq(sessions.locator, locator));
    },
    async forgetSessions(locators) {
      const named = sql`(SELECT value FROM json_each(${JSON.stringify(locators)}))`;
      await pick({ shared: 'sessions' }).delete(sessions).where(sql`${sessions.locator} IN ${named}`);
    },
  };
}
