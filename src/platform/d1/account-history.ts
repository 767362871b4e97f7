import { and, desc, eq, lt } from 'drizzle-orm';
import type { AccountHistory } from '../../accounts/ports/account-history.ts';
import { devices, events } from '../../accounts/tables.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import type { PickDatabase } from './database.ts';
import { placeOfDevice, placeOfEvent, placesWith } from './places.ts';

/** An account's history and browsers in D1. */
export function historyIn(pick: PickDatabase, keys: Keyholder): AccountHistory {
  const places = placesWith(keys);

  return {
    async history(uuid, { deviceId, limit, before }) {
      const rows = await pick({ account: uuid })
        .select({ event: events, browser: devices.browser })
        .from(events)
        .leftJoin(devices, eq(devices.id, events.device))
        .where(
          and(
            eq(events.account, uuid),
            deviceId === undefined ? undefined : eq(events.device, deviceId),
            before === undefined ? undefined : lt(events.id, before),
          ),
        )
        .orderBy(desc(events.id))
        .limit(limit);
      return Promise.all(
        rows.map(async ({ event, browser }) => ({
          id: event.id,
          kind: event.kind,
          at: event.at,
          deviceId: event.device,
          browser,
          place: await places.open(uuid, placeOfEvent(event.kind, event.at), event.place),
          app: event.app,
          disavowedAt: event.disavowedAt,
        })),
      );
    },
    async devices(uuid, limit) {
      const rows = await pick({ account: uuid })
        .select()
        .from(devices)
        .where(eq(devices.account, uuid))
        .orderBy(desc(devices.lastUsedAt))
        .limit(limit);
      return Promise.all(
        rows.map(async (row) => ({
          id: row.id,
          browser: row.browser,
          lastUsedAt: row.lastUsedAt,
          place: await places.open(uuid, placeOfDevice(row.cookie), row.lastPlace),
        })),
      );
    },
    async disavowEvent(uuid, eventId, now) {
      await pick({ account: uuid })
        .update(events)
        .set({ disavowedAt: now })
        .where(and(eq(events.id, eventId), eq(events.account, uuid)));
    },
  };
}
