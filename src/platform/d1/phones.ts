import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { EVENT_KINDS } from '../../accounts/model.ts';
import { NUMBERS } from '../../accounts/rules/numbers.ts';
import { events, factors, phoneNews, phones } from '../../accounts/tables.ts';
import { maskNumber } from '../../factors/phone/mask-number.ts';
import type { E164, HeldPhone } from '../../factors/phone/model.ts';
import type { NumberNews, Phones } from '../../factors/phone/ports.ts';
import { readE164 } from '../../factors/phone/read-number.ts';
import { fromUtf8 } from '../../kernel/bytes.ts';
import { err, ok } from '../../kernel/result.ts';
import { DAY, type EpochMs } from '../../kernel/time.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { isUniqueViolation, type PickDatabase } from './database.ts';

const MAX_PHONES = NUMBERS['phones.max'];
/** A failed delivery says something about the next one for this long. */
const FAILURE_KEPT_MS = DAY;

type PhoneRow = Pick<typeof factors.$inferSelect, 'id' | 'secret' | 'createdAt'> &
  Pick<typeof phones.$inferSelect, 'delivery' | 'madeDefaultAt'>;

/** Phones in D1: numbers sealed to account and record, recognised by keyed digests. */
export function phonesIn(pick: PickDatabase, keys: Keyholder): Phones {
  const fingerprint = (number: string): string => keys.fingerprint('phone', number);
  const fingerprints = (number: string): string[] => [
    fingerprint(number),
    ...keys.previousFingerprints('phone', number),
  ];
  const open = async (account: string, row: PhoneRow, newest: number | null): Promise<HeldPhone> => {
    const opened = await keys.open('factor', { owner: account, record: row.id }, row.secret);
    const number = opened === null ? null : readE164(fromUtf8(opened) ?? '');
    if (number === null) throw new Error('a phone does not open under its account');
    return {
      id: row.id,
      number: number.e164,
      country: number.country,
      delivery: row.delivery,
      isDefault: row.madeDefaultAt !== null && row.madeDefaultAt === newest,
      createdAt: row.createdAt,
    };
  };
  const list = async (account: string): Promise<readonly HeldPhone[]> => {
    const rows = await pick({ account })
      .select({
        id: factors.id,
        secret: factors.secret,
        createdAt: factors.createdAt,
        delivery: phones.delivery,
        madeDefaultAt: phones.madeDefaultAt,
      })
      .from(factors)
      .innerJoin(phones, eq(phones.factor, factors.id))
      .where(eq(factors.account, account))
      .orderBy(factors.createdAt);
    const made = rows.flatMap(({ madeDefaultAt }) => madeDefaultAt ?? []);
    return Promise.all(rows.map((row) => open(account, row, made.length === 0 ? null : Math.max(...made))));
  };
  const note = async (number: E164, told: Partial<typeof phoneNews.$inferInsert>): Promise<void> => {
    await pick({ fingerprint: fingerprint(number) })
      .insert(phoneNews)
      .values({ fingerprint: fingerprint(number), uuid: crypto.randomUUID(), ...told })
      .onConflictDoUpdate({ target: phoneNews.fingerprint, set: told });
  };

  return {
    list,
    fingerprint,
    async add({ account, number, delivery, isDefault, event }) {
      const db = pick({ account });
      const id = crypto.randomUUID();
      const context = { owner: account, record: id };
      const [secret, name] = await Promise.all([
        keys.seal('factor', context, number),
        keys.seal('factor', { owner: account, record: `${id}/name` }, maskNumber(number)),
      ]);
      // The index knows digests under today's root only.
      const known = await db
        .select({ factor: phones.factor })
        .from(phones)
        .where(and(eq(phones.account, account), inArray(phones.fingerprint, fingerprints(number))));
      if (known.length > 0) return err({ reason: 'already_added' });
      const device =
        event.browser === null
          ? null
          : sql`(SELECT id FROM devices WHERE account = ${account} AND cookie = ${event.browser.cookie})`;
      try {
        const [added] = await db.batch([
          // The cap is part of the statement, so that it holds however many additions run at once (PH-2).
          db
            .insert(factors)
            .select(
              sql`SELECT ${id}, ${account}, 'phone', ${name}, NULL, ${secret}, NULL, NULL, ${event.at}, ${event.at} WHERE (SELECT count(*) FROM factors WHERE account = ${account} AND kind = 'phone') < ${MAX_PHONES}`,
            )
            .returning({ id: factors.id }),
          db
            .insert(phones)
            .select(
              sql`SELECT id, account, ${fingerprint(number)}, ${delivery}, ${isDefault ? event.at : null} FROM factors WHERE id = ${id}`,
            ),
          db
            .insert(events)
            .select(
              sql`SELECT NULL, account, ${EVENT_KINDS[event.kind]}, ${event.at}, ${device}, NULL, NULL, NULL FROM factors WHERE id = ${id}`,
            ),
        ]);
        return added.length === 1 ? ok({ id }) : err({ reason: 'limit' });
      } catch (error) {
        if (isUniqueViolation(error)) return err({ reason: 'already_added' });
        throw error;
      }
    },
    async change(account, id, { delivery, makeDefault }, now) {
      const changed = await pick({ account })
        .update(phones)
        .set(makeDefault ? { delivery, madeDefaultAt: now } : { delivery })
        .where(and(eq(phones.factor, id), eq(phones.account, account)))
        .returning({ factor: phones.factor });
      return changed.length === 1;
    },
    async lastArrival(number) {
      const [row] = await pick({ fingerprint: fingerprint(number) })
        .select({ at: sql<number | null>`max(${factors.lastUsedAt})` })
        .from(phones)
        .innerJoin(factors, eq(factors.id, phones.factor))
        .where(inArray(phones.fingerprint, fingerprints(number)));
      return row?.at ?? null;
    },
    async news(number) {
      return newsOf(
        await pick({ fingerprint: fingerprint(number) })
          .select()
          .from(phoneNews)
          .where(inArray(phoneNews.fingerprint, fingerprints(number)))
          .orderBy(phoneNews.uuid),
      );
    },
    noteFailure: (number, failure, now) => note(number, { failure, failedAt: now }),
    noteOptOut: (number, now) => note(number, { optedOutAt: now }),
    async noteOptIn(number, now) {
      await note(number, { optedOutAt: null, optedInAt: now, failure: null, failedAt: null });
      // An opt-out under an older root would come to light again once this opt-in is pruned.
      const earlier = keys.previousFingerprints('phone', number);
      if (earlier.length > 0)
        await pick({ fingerprint: fingerprint(number) })
          .update(phoneNews)
          .set({ optedOutAt: null })
          .where(inArray(phoneNews.fingerprint, earlier));
    },
  };
}

/**
 * What the rows about one number say together: one under each root in use when something was heard of it. A failure takes
 * back no opt-out, and only what came after the last opt-in still counts.
 */
function newsOf(rows: readonly (typeof phoneNews.$inferSelect)[]): NumberNews | null {
  const [first] = rows;
  if (first === undefined) return null;
  const lastOf = (times: readonly (EpochMs | null)[]): EpochMs | null =>
    times.reduce((last, at) => (at !== null && (last === null || at > last) ? at : last), null);
  const optedInAt = lastOf(rows.map((row) => row.optedInAt));
  const counts = (at: EpochMs | null): boolean => at !== null && (optedInAt === null || at >= optedInAt);
  const optedOutAt = lastOf(rows.map((row) => row.optedOutAt));
  const failedAt = lastOf(rows.map((row) => row.failedAt));
  const failed = counts(failedAt) ? rows.find((row) => row.failedAt === failedAt) : undefined;
  return {
    uuid: first.uuid,
    optedOutAt: counts(optedOutAt) ? optedOutAt : null,
    optedInAt,
    failure: failed?.failure ?? null,
    failedAt: failed?.failedAt ?? null,
  };
}

/** Removes news that say nothing any more: failures of yesterday, opt-ins older than carriers count. */
export async function prunePhoneNews(pick: PickDatabase, now: EpochMs): Promise<void> {
  await pick({ shared: 'prune' })
    .delete(phoneNews)
    .where(
      and(
        isNull(phoneNews.optedOutAt),
        or(isNull(phoneNews.failedAt), lt(phoneNews.failedAt, now - FAILURE_KEPT_MS)),
        or(isNull(phoneNews.optedInAt), lt(phoneNews.optedInAt, now - 31 * DAY)),
      ),
    );
}
