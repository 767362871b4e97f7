import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { StoredPasswords } from '../../accounts/ports/stored-passwords.ts';
import { accounts, links } from '../../accounts/tables.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { isMissingValue, type PickDatabase } from './database.ts';
import { placesWith } from './places.ts';
import { lockStatements, ownerOfActive, wrapStatements } from './profiles.ts';
import { writeEvent } from './write-event.ts';

/** Password records in D1, and the wraps of the verified identity that hang on them. */
export function storedPasswordsIn(pick: PickDatabase, keys: Keyholder): StoredPasswords {
  const places = placesWith(keys);

  return {
    async changePassword(uuid, password, event, rewrap = null, from = null) {
      const db = pick({ account: uuid });
      const place = await places.sealEvent(uuid, event);
      const owner = rewrap === null ? uuid : ownerOfActive(uuid, rewrap.profile);
      // Without a value for its account the event fails, and the whole batch with it.
      const changed = sql<string>`(SELECT ${owner} FROM accounts WHERE uuid = ${uuid} AND password = ${password})`;
      const change = db.batch([
        db
          .update(accounts)
          .set({
            password,
            passwordChangeRequired: false,
            passwordCheckedAt: event.at,
            rememberRevokedAt: event.at,
          })
          .where(and(eq(accounts.uuid, uuid), from === null ? undefined : eq(accounts.password, from))),
        ...(rewrap === null
          ? lockStatements(db, uuid, event.at)
          : wrapStatements(db, uuid, rewrap, event.at)),
        // Whoever was in before may have an address of their own waiting: its link dies with the others.
        db
          .update(links)
          .set({ usedAt: event.at })
          .where(
            and(
              eq(links.account, uuid),
              inArray(links.kind, ['reset-password', 'disavow', 'add-email']),
              isNull(links.usedAt),
            ),
          ),
        writeEvent(db, uuid, event, place, changed),
      ]);
      try {
        await change;
        return true;
      } catch (error) {
        if (isMissingValue(error, 'events.account')) return false;
        throw error;
      }
    },
    async rehash(uuid, from, to, rewrap = null) {
      const db = pick({ account: uuid });
      const replace = db
        .update(accounts)
        .set({ password: to })
        .where(and(eq(accounts.uuid, uuid), eq(accounts.password, from)));
      if (rewrap === null) {
        await replace;
        return;
      }
      const current = sql`EXISTS (SELECT 1 FROM accounts a WHERE a.uuid = ${uuid} AND a.password = ${from})`;
      const [first, ...more] = wrapStatements(db, uuid, rewrap.wraps, rewrap.at, current);
      await (first === undefined ? replace : db.batch([first, ...more, replace]));
    },
  };
}
