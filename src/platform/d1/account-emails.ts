import { and, eq, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { AccountEmails } from '../../accounts/ports/account-emails.ts';
import { NUMBERS } from '../../accounts/rules/numbers.ts';
import { connections, emails, links } from '../../accounts/tables.ts';
import { err, ok } from '../../kernel/result.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { addressesWith } from './addresses.ts';
import { latestCard, openCardNames } from './cards.ts';
import { isMissingValue, isUniqueViolation, type PickDatabase } from './database.ts';
import { isListed } from './listed-sessions.ts';
import { placesWith } from './places.ts';
import { writeEvent } from './write-event.ts';

/** accounts section 1: `emails.max`, unconfirmed ones included. */
const MAX_EMAILS = NUMBERS['emails.max'];

/** Addresses of accounts in D1. */
export function emailsIn(pick: PickDatabase, keys: Keyholder): AccountEmails {
  const addresses = addressesWith(keys);
  const places = placesWith(keys);
  const addEmail: AccountEmails['addEmail'] = async (uuid, address, now) => {
    const db = pick({ account: uuid });
    const fingerprint = keys.fingerprint('email', address);
    const existing = await db.select().from(emails).where(eq(emails.account, uuid));
    const known = addresses.fingerprints(address);
    const own = existing.find((row) => known.includes(row.fingerprint));
    if (own !== undefined) {
      if (own.confirmedAt !== null) return err({ reason: 'already_confirmed' });
      return ok({ id: own.id, address, confirmedAt: null, lastSignInAt: null });
    }
    if (existing.length >= MAX_EMAILS) return err({ reason: 'limit' });
    const id = crypto.randomUUID();
    try {
      await db.insert(emails).values({
        id,
        // Counted again by the statement itself: of many additions at once no more than the maximum succeed.
        account: sql`CASE WHEN (SELECT count(*) FROM emails WHERE account = ${uuid}) < ${MAX_EMAILS} THEN ${uuid} END`,
        address: await addresses.seal(uuid, id, address),
        fingerprint,
        createdAt: now,
      });
    } catch (error) {
      if (isMissingValue(error, 'emails.account')) return err({ reason: 'limit' });
      if (!isUniqueViolation(error)) throw error;
      // Sent twice by one impatient person: the first was stored a moment ago.
      return addEmail(uuid, address, now);
    }
    return ok({ id, address, confirmedAt: null, lastSignInAt: null });
  };

  return {
    async profile(uuid) {
      const db = pick({ account: uuid });
      const [rows, [card]] = await db.batch([
        db
          .select()
          .from(emails)
          .where(and(eq(emails.account, uuid), isNotNull(emails.confirmedAt)))
          .orderBy(emails.createdAt),
        latestCard(db, uuid),
      ]);
      const opened = await Promise.all(
        rows.map(async (row) => ({
          id: row.id,
          address: await addresses.open(uuid, row.id, row.address),
          lastSignInAt: row.lastSignInAt,
        })),
      );
      return { emails: opened, x509: card === undefined ? null : await openCardNames(keys, card) };
    },
    addEmail,
    async confirmEmail(uuid, emailId, now) {
      const db = pick({ account: uuid });
      if (await addresses.isTakenUnderEarlierRoot(db, uuid, emailId)) return err({ reason: 'address_taken' });
      try {
        const [row] = await db
          .update(emails)
          .set({ confirmedAt: now })
          .where(and(eq(emails.id, emailId), eq(emails.account, uuid)))
          .returning();
        if (row === undefined) return err({ reason: 'gone' });
        return ok({
          id: row.id,
          address: await addresses.open(uuid, row.id, row.address),
          confirmedAt: row.confirmedAt,
          lastSignInAt: row.lastSignInAt,
        });
      } catch (error) {
        if (isUniqueViolation(error)) return err({ reason: 'address_taken' });
        throw error;
      }
    },
    async deleteEmail(uuid, emailId, event) {
      const db = pick({ account: uuid });
      const rows = await db.select().from(emails).where(eq(emails.account, uuid));
      const row = rows.find((candidate) => candidate.id === emailId);
      if (row === undefined) return err({ reason: 'gone' });
      // The guard is in the statement: two deletions at once must not leave an account without an address.
      const another = sql`EXISTS (SELECT 1 FROM emails o WHERE o.account = ${uuid} AND o.id <> ${emailId} AND o.confirmed_at IS NOT NULL)`;
      const gone = await db
        .delete(emails)
        .where(
          and(
            eq(emails.id, emailId),
            eq(emails.account, uuid),
            or(isNull(emails.confirmedAt), another),
            isListed(uuid, event.session),
          ),
        )
        .returning({ id: emails.id });
      if (gone.length === 0) return err({ reason: 'last' });
      const place = await places.sealEvent(uuid, event);
      await db.batch([
        db
          .update(connections)
          .set({ email: null })
          .where(and(eq(connections.account, uuid), eq(connections.email, emailId))),
        // What was mailed there opens nothing any more.
        db
          .update(links)
          .set({ usedAt: event.at })
          .where(and(eq(links.account, uuid), eq(links.email, emailId), isNull(links.usedAt))),
        writeEvent(db, uuid, event, place),
      ]);
      return ok({
        id: row.id,
        address: await addresses.open(uuid, row.id, row.address),
        confirmedAt: row.confirmedAt,
        lastSignInAt: row.lastSignInAt,
      });
    },
  };
}
