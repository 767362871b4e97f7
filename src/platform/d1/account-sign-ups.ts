import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import type { SignUps } from '../../accounts/ports/sign-ups.ts';
import { accounts, emails, links } from '../../accounts/tables.ts';
import { err, ok } from '../../kernel/result.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { addressesWith } from './addresses.ts';
import { isUniqueViolation, type PickDatabase } from './database.ts';
import { placesWith } from './places.ts';
import { writeEvent } from './write-event.ts';

/** New accounts in D1, until their first password. */
export function signUpsIn(pick: PickDatabase, keys: Keyholder): SignUps {
  const addresses = addressesWith(keys);
  const places = placesWith(keys);

  return {
    async create({ address, emailLocale, rulesAcceptedAt, origin, now }) {
      const uuid = crypto.randomUUID();
      const emailId = crypto.randomUUID();
      const db = pick({ account: uuid });
      await db.batch([
        db.insert(accounts).values({ uuid, emailLocale, rulesAcceptedAt, createdAt: now, origin }),
        db.insert(emails).values({
          id: emailId,
          account: uuid,
          address: await addresses.seal(uuid, emailId, address),
          fingerprint: keys.fingerprint('email', address),
          createdAt: now,
        }),
      ]);
      return { uuid, emailId };
    },
    async abandon(uuid) {
      const db = pick({ account: uuid });
      await db.delete(accounts).where(and(eq(accounts.uuid, uuid), isNull(accounts.password)));
    },
    async completeSignUp({ uuid, emailId, password, event }) {
      const db = pick({ account: uuid });
      if (await addresses.isTakenUnderEarlierRoot(db, uuid, emailId)) return err({ reason: 'address_taken' });
      try {
        const place = await places.sealEvent(uuid, event);
        await db.batch([
          db
            .update(emails)
            .set({ confirmedAt: event.at, lastSignInAt: event.at })
            .where(and(eq(emails.id, emailId), eq(emails.account, uuid))),
          // Whoever else typed this address and never confirmed it loses the claim.
          db
            .delete(emails)
            .where(
              and(
                ne(emails.account, uuid),
                isNull(emails.confirmedAt),
                sql`${emails.fingerprint} = (SELECT m.fingerprint FROM emails m WHERE m.id = ${emailId})`,
              ),
            ),
          db.update(accounts).set({ password }).where(eq(accounts.uuid, uuid)),
          db
            .update(links)
            .set({ usedAt: event.at })
            .where(and(eq(links.account, uuid), eq(links.kind, 'sign-up'))),
          writeEvent(db, uuid, event, place),
        ]);
      } catch (error) {
        if (isUniqueViolation(error)) return err({ reason: 'address_taken' });
        throw error;
      }
      return ok(null);
    },
  };
}
