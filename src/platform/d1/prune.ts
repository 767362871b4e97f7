import { and, inArray, isNull, lt, ne, sql } from 'drizzle-orm';
import { accounts, devices, events, links, sessions } from '../../accounts/tables.ts';
import { DAY, type EpochMs, YEAR } from '../../kernel/time.ts';
import { ABSOLUTE_LIMIT_MS } from '../../sessions/model.ts';
import type { PickDatabase } from './database.ts';

/** Events of people's own history are kept this long, and never more of one account than this, the newest. */
export const EVENTS_KEPT_MS = 3 * YEAR;
export const EVENTS_KEPT = 2000;
/** Browsers not used for this long are forgotten; the cookie that names them lives two years. */
const DEVICES_KEPT_MS = 3 * YEAR;

/** Most rows of a kind that one run removes: it runs every few minutes, and a database that is busy pruning serves nobody. */
export const PRUNED_AT_ONCE = 1000;
/** How far back among the latest events a run looks for accounts that may have too many. */
const LATEST_LOOKED_AT = 5000;
/** Accounts with fewer among those are left for another run: they cannot have gained many since the last. */
const BUSY = 10;

/**
 * Removes what has no further use: expired links, ended sessions, sign-ups nobody finished, history beyond what is kept.
 * What is left over when a run has removed its share goes with the next ones.
 */
export async function prune(pick: PickDatabase, now: EpochMs, most = PRUNED_AT_ONCE): Promise<void> {
  const db = pick({ shared: 'prune' });
  const expired = db
    .select({ digest: links.digest })
    .from(links)
    .where(lt(links.expiresAt, now - 30 * DAY))
    .limit(most);
  const ended = db
    .select({ locator: sessions.locator })
    .from(sessions)
    .where(lt(sessions.startedAt, now - ABSOLUTE_LIMIT_MS - DAY))
    .limit(most);
  const unfinished = db
    .select({ uuid: accounts.uuid })
    .from(accounts)
    .where(
      and(isNull(accounts.password), lt(accounts.createdAt, now - 7 * DAY), ne(accounts.origin, 'sandbox')),
    )
    .limit(most);
  // Ids grow with time, so the oldest are the first rows: nothing else is looked at.
  const outdated = sql`(SELECT id FROM (SELECT id, at FROM events ORDER BY id LIMIT ${most}) WHERE at < ${now - EVENTS_KEPT_MS})`;
  const busy = sql`(SELECT account FROM (SELECT account FROM events ORDER BY id DESC LIMIT ${LATEST_LOOKED_AT}) GROUP BY account HAVING count(*) >= ${BUSY})`;
  const surplus = sql`(SELECT o.id FROM ${busy} b JOIN events o ON o.account = b.account AND o.at <= (SELECT n.at FROM events n WHERE n.account = b.account ORDER BY n.at DESC LIMIT 1 OFFSET ${EVENTS_KEPT}) LIMIT ${most})`;
  const unused = sql`(SELECT id FROM devices WHERE last_used_at < ${now - DEVICES_KEPT_MS} LIMIT ${most})`;
  await db.batch([
    db.delete(links).where(inArray(links.digest, expired)),
    db.delete(sessions).where(inArray(sessions.locator, ended)),
    db.delete(accounts).where(inArray(accounts.uuid, unfinished)),
    db.delete(events).where(sql`${events.id} IN ${outdated}`),
    db.delete(events).where(sql`${events.id} IN ${surplus}`),
    db.delete(devices).where(sql`${devices.id} IN ${unused}`),
  ]);
}
