import { and, eq, type SQL, sql } from 'drizzle-orm';
import { EVENT_KINDS } from '../../accounts/model.ts';
import type { NewEvent } from '../../accounts/ports/events.ts';
import { accounts, events } from '../../accounts/tables.ts';
import type { Database } from './database.ts';

/**
 * The statement that writes an event of an account's history and returns its id. `place` is sealed to the event
 * (`places.ts`); an `owner` that comes out as NULL makes the whole batch fail.
 */
export const writeEvent = (
  db: Database,
  account: string,
  event: NewEvent,
  place: string | null = null,
  owner: string | SQL<string> = account,
) =>
  db
    .insert(events)
    .values({
      account: owner,
      kind: EVENT_KINDS[event.kind],
      at: event.at,
      device:
        event.browser === null
          ? null
          : sql`(SELECT id FROM devices WHERE account = ${account} AND cookie = ${event.browser.cookie})`,
      app: event.app ?? null,
      place,
    })
    .returning({ id: events.id });

/** The same for a batch in which it may turn out that there is nothing to tell: writes only if `when` holds by its turn. */
export const writeEventWhen = (
  db: Database,
  account: string,
  event: NewEvent,
  place: string | null,
  when: SQL,
) =>
  db.insert(events).select(
    db
      .select({
        id: sql<number>`NULL`.as('id'),
        account: accounts.uuid,
        kind: sql<number>`${EVENT_KINDS[event.kind]}`.as('kind'),
        at: sql<number>`${event.at}`.as('at'),
        device:
          event.browser === null
            ? sql<string | null>`NULL`.as('device')
            : sql<
                string | null
              >`(SELECT id FROM devices WHERE account = ${account} AND cookie = ${event.browser.cookie})`.as(
                'device',
              ),
        app: sql<string | null>`${event.app ?? null}`.as('app'),
        place: sql<string | null>`${place}`.as('place'),
        disavowedAt: sql<number | null>`NULL`.as('disavowed_at'),
      })
      .from(accounts)
      .where(and(eq(accounts.uuid, account), when)),
  );
