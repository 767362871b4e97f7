import { desc, eq, sql } from 'drizzle-orm';
import type { ListedSessions } from '../../accounts/ports/listed-sessions.ts';
import { devices, sessions } from '../../accounts/tables.ts';
import { SESSIONS_LISTED } from '../../sessions/model.ts';
import type { PickDatabase } from './database.ts';

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
