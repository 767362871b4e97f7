import { and, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import { accounts, emails, factors } from '../../accounts/tables.ts';
import { type Card, type CardNames, type HeldCard, PIV_MAX } from '../../factors/piv/model.ts';
import type { Factors } from '../../factors/ports.ts';
import { fromUtf8 } from '../../kernel/bytes.ts';
import { err, ok } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { type Database, isMissingValue, isUniqueViolation, type PickDatabase } from './database.ts';
import { factorNames } from './factor-names.ts';
import { accountReader, selectAccount } from './read-account.ts';
import { secondFactorRecord } from './second-factor-record.ts';
import { writeEvent } from './write-event.ts';

type Row = typeof factors.$inferSelect;

const sealNames = (
  keys: Keyholder,
  account: string,
  factor: string,
  { subject, issuer, identity }: Card,
): Promise<string> =>
  keys.seal('factor', { owner: account, record: factor }, JSON.stringify({ subject, issuer, identity }));

/** The statement that keeps a card as a use left it, for the first place of a batch, and whether it was still there. */
export async function cardUse(db: Database, keys: Keyholder, held: HeldCard, card: Card, now: EpochMs) {
  const secret = await sealNames(keys, held.account, held.factor, card);
  const keep = db
    .update(factors)
    .set({ secret, lastUsedAt: sql`max(coalesce(${factors.lastUsedAt}, 0), ${now})` })
    .where(and(eq(factors.id, held.factor), eq(factors.account, held.account)))
    .returning({ id: factors.id });
  // The sealed text is new with every use, so that finding it means that this use was kept.
  const taken = sql`EXISTS (SELECT 1 FROM factors WHERE id = ${held.factor} AND secret = ${secret})`;
  return { keep, taken };
}

/** What a card's row holds, opened. Rows of before its identity was kept with the names have none. */
async function openCard(
  keys: Keyholder,
  row: Pick<Row, 'account' | 'id' | 'secret'>,
): Promise<CardNames & Partial<Pick<Card, 'identity'>>> {
  const opened = await keys.open('factor', { owner: row.account, record: row.id }, row.secret);
  const text = opened === null ? null : fromUtf8(opened);
  if (text === null) throw new Error('a card does not open under its account');
  // Only this adapter seals these names, and AES-GCM vouches that nobody changed them since.
  return JSON.parse(text);
}

/** The names a card's row holds, opened. */
export async function openCardNames(
  keys: Keyholder,
  row: Pick<Row, 'account' | 'id' | 'secret'>,
): Promise<CardNames> {
  const { subject, issuer } = await openCard(keys, row);
  return { subject, issuer };
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
): Pick<Factors, 'addCard' | 'cards' | 'findByCard' | 'recordSecondCardUse'> {
  const names = factorNames(keys);
  const lookups = (identity: string): string[] => [
    keys.fingerprint('card', identity),
    ...keys.previousFingerprints('card', identity),
  ];
  const toHeld = async (row: Row, { subject, issuer }: CardNames): Promise<HeldCard> => ({
    factor: row.id,
    account: row.account,
    name: await names.open(row.account, row.id, row.name),
    subject,
    issuer,
    createdAt: row.createdAt,
  });
  const isCard = (identity: string) =>
    and(eq(factors.kind, 'piv'), inArray(factors.lookup, lookups(identity)));
  const isTaken = async (db: Database, identity: string): Promise<boolean> =>
    (await db.select({ id: factors.id }).from(factors).where(isCard(identity)).limit(1)).length > 0;
  const toAccount = accountReader(keys);

  return {
    async findByCard(identity) {
      const db = pick({ fingerprint: lookups(identity)[0] ?? '' });
      const [[row], [owner]] = await db.batch([
        db.select().from(factors).where(isCard(identity)).limit(1),
        selectAccount(db)
          .where(
            inArray(
              accounts.uuid,
              db.select({ account: factors.account }).from(factors).where(isCard(identity)),
            ),
          )
          .orderBy(desc(emails.lastSignInAt))
          .limit(1),
      ]);
      const account = await toAccount(owner);
      if (row === undefined || account === null) return null;
      // PI-31: the digest leads here, what is sealed to account and row has the last word.
      const sealed = await openCard(keys, row);
      if (sealed.identity !== undefined && sealed.identity !== identity) return null;
      return { held: await toHeld(row, sealed), account };
    },
    async cards(account) {
      const rows = await pick({ account })
        .select()
        .from(factors)
        .where(and(eq(factors.account, account), eq(factors.kind, 'piv')))
        .orderBy(factors.createdAt);
      return Promise.all(rows.map(async (row) => toHeld(row, await openCard(keys, row))));
    },
    async addCard({ account, name, card, replaces, event }) {
      const db = pick({ account });
      if (await isTaken(db, card.identity)) return err({ reason: 'card_taken' });
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
        return err({ reason: (await isTaken(db, card.identity)) ? 'card_taken' : 'name_taken' });
      }
      return ok({ id });
    },
    async recordSecondCardUse(held, card, success) {
      const db = pick({ account: held.account });
      const { keep, taken } = await cardUse(db, keys, held, card, success.now);
      const { statements, record } = await secondFactorRecord(db, keys, success, taken);
      const [kept] = await db.batch([keep, ...statements]);
      return kept.length === 1 ? record : null;
    },
  };
}
