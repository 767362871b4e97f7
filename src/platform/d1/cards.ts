import { and, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import type { Factors, NewEvent } from '../../accounts/ports.ts';
import { accounts, factors } from '../../accounts/tables.ts';
import { type CardNames, type HeldCard, PIV_MAX } from '../../factors/piv/model.ts';
import { fromUtf8 } from '../../kernel/bytes.ts';
import { err, ok } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { type Database, isMissingValue, isUniqueViolation, type PickDatabase } from './database.ts';
import { factorNames } from './factor-names.ts';
import { secondFactorRecord } from './second-factor-record.ts';

type Row = typeof factors.$inferSelect;

const sealNames = (
  keys: Keyholder,
  account: string,
  factor: string,
  { subject, issuer }: CardNames,
): Promise<string> =>
  keys.seal('factor', { owner: account, record: factor }, JSON.stringify({ subject, issuer }));

/** The names a card's row holds, opened. */
export async function openCardNames(
  keys: Keyholder,
  row: Pick<Row, 'account' | 'id' | 'secret'>,
): Promise<CardNames> {
  const opened = await keys.open('factor', { owner: row.account, record: row.id }, row.secret);
  const text = opened === null ? null : fromUtf8(opened);
  if (text === null) throw new Error('a card does not open under its account');
  // Only this adapter seals these names, and AES-GCM vouches that nobody changed them since.
  const names: CardNames = JSON.parse(text);
  return names;
}

/** The card an account used last, as a query that joins others in one round trip. */
export const latestCard = (db: Database, account: string) =>
  db
    .select({ account: factors.account, id: factors.id, secret: factors.secret })
    .from(factors)
    .where(and(eq(factors.account, account), eq(factors.kind, 'piv')))
    .orderBy(desc(factors.lastUsedAt))
    .limit(1);

/** PIV and CAC cards in D1: their names sealed to account and record, found by a keyed digest of the subject (PV-2). */
export function cardsIn(
  pick: PickDatabase,
  keys: Keyholder,
  writeEvent: (db: Database, account: string, event: NewEvent) => BatchItem<'sqlite'>,
): Pick<Factors, 'addCard' | 'cards' | 'findByCard' | 'recordCardUse' | 'recordSecondCardUse'> {
  const names = factorNames(keys);
  const lookups = (identity: string): string[] => [
    keys.fingerprint('card', identity),
    ...keys.previousFingerprints('card', identity),
  ];
  const open = async (row: Row): Promise<HeldCard> => ({
    factor: row.id,
    account: row.account,
    name: await names.open(row.account, row.id, row.name),
    ...(await openCardNames(keys, row)),
    createdAt: row.createdAt,
  });
  const find = async (identity: string): Promise<HeldCard | null> => {
    const digests = lookups(identity);
    const rows = await pick({ fingerprint: digests[0] ?? '' })
      .select()
      .from(factors)
      .where(and(eq(factors.kind, 'piv'), inArray(factors.lookup, digests)))
      .limit(1);
    return rows[0] === undefined ? null : open(rows[0]);
  };
  const keep = (db: Database, held: HeldCard, secret: string, now: EpochMs) =>
    db
      .update(factors)
      .set({ secret, lastUsedAt: sql`max(coalesce(${factors.lastUsedAt}, 0), ${now})` })
      .where(and(eq(factors.id, held.factor), eq(factors.account, held.account)))
      .returning({ id: factors.id });

  return {
    findByCard: find,
    async cards(account) {
      const rows = await pick({ account })
        .select()
        .from(factors)
        .where(and(eq(factors.account, account), eq(factors.kind, 'piv')))
        .orderBy(factors.createdAt);
      return Promise.all(rows.map(open));
    },
    async addCard({ account, name, card, replaces, event }) {
      if ((await find(card.identity)) !== null) return err({ reason: 'card_taken' });
      const db = pick({ account });
      const id = crypto.randomUUID();
      const secret = await sealNames(keys, account, id, card);
      const others = await db
        .select({ id: factors.id })
        .from(factors)
        .where(and(eq(factors.account, account), eq(factors.kind, 'piv'), ne(factors.id, replaces ?? '')));
      if (others.length >= PIV_MAX) return err({ reason: 'limit' });
      const named = await names.toStore(db, {
        account,
        kind: 'piv',
        factor: id,
        name,
        except: replaces ?? undefined,
      });
      if (named === null) return err({ reason: 'name_taken' });
      try {
        await db.batch([
          writeEvent(db, account, event),
          ...(replaces === null
            ? []
            : [
                db
                  .delete(factors)
                  .where(
                    and(eq(factors.id, replaces), eq(factors.account, account), eq(factors.kind, 'piv')),
                  ),
                db.update(accounts).set({ rememberRevokedAt: event.at }).where(eq(accounts.uuid, account)),
                writeEvent(db, account, { ...event, kind: 'piv_cac_disabled' }),
              ]),
          db.insert(factors).values({
            id,
            account,
            // Counted again by the statement itself: of many additions at once no more than the maximum succeed.
            kind: sql`CASE WHEN (SELECT count(*) FROM factors WHERE account = ${account} AND kind = 'piv') < ${PIV_MAX} THEN 'piv' END`,
            ...named,
            secret,
            lookup: keys.fingerprint('card', card.identity),
            createdAt: event.at,
            lastUsedAt: event.at,
          }),
        ]);
      } catch (error) {
        if (isMissingValue(error, 'factors.kind')) return err({ reason: 'limit' });
        if (!isUniqueViolation(error)) throw error;
        return err({ reason: (await find(card.identity)) === null ? 'name_taken' : 'card_taken' });
      }
      return ok({ id });
    },
    async recordCardUse(held, card, now) {
      const secret = await sealNames(keys, held.account, held.factor, card);
      return (await keep(pick({ account: held.account }), held, secret, now)).length === 1;
    },
    async recordSecondCardUse(held, card, success) {
      const db = pick({ account: held.account });
      const secret = await sealNames(keys, held.account, held.factor, card);
      // The sealed text is new with every use, so that finding it means that this use was kept.
      const taken = sql`EXISTS (SELECT 1 FROM factors WHERE id = ${held.factor} AND secret = ${secret})`;
      const { statements, record } = await secondFactorRecord(db, keys, success, taken);
      const [kept] = await db.batch([keep(db, held, secret, success.now), ...statements]);
      return kept.length === 1 ? record : null;
    },
  };
}
