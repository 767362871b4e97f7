import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { accounts, emails, factors } from '../../accounts/tables.ts';
import type { Factors } from '../../factors/ports.ts';
import type { HeldCredential, WebauthnCredential, WebauthnKind } from '../../factors/webauthn/model.ts';
import { fromUtf8 } from '../../kernel/bytes.ts';
import { err, ok } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { type Database, isUniqueViolation, type PickDatabase } from './database.ts';
import { factorNames } from './factor-names.ts';
import { accountReader, selectAccount } from './read-account.ts';
import { secondFactorRecord } from './second-factor-record.ts';
import { writeEvent } from './write-event.ts';

const KINDS: readonly WebauthnKind[] = ['security_key', 'platform_passkey'];

const sealCredential = (
  keys: Keyholder,
  account: string,
  factor: string,
  credential: WebauthnCredential,
): Promise<string> => keys.seal('factor', { owner: account, record: factor }, JSON.stringify(credential));

/**
 * The statement that keeps a credential as a use left it, for the first place of a batch, and whether it did. The record
 * as it was read is part of the condition: of uses at the same moment exactly one is kept.
 */
export async function credentialUse(
  db: Database,
  keys: Keyholder,
  held: HeldCredential,
  used: WebauthnCredential,
  now: EpochMs,
) {
  const secret = await sealCredential(keys, held.account, held.factor, used);
  const keep = db
    .update(factors)
    .set({ secret, lastStep: used.signCount, lastUsedAt: now })
    .where(
      and(eq(factors.id, held.factor), eq(factors.account, held.account), eq(factors.secret, held.version)),
    )
    .returning({ id: factors.id });
  // The sealed text is new with every use, so that finding it means that this use was kept.
  const taken = sql`EXISTS (SELECT 1 FROM factors WHERE id = ${held.factor} AND secret = ${secret})`;
  return { keep, taken };
}

/** WebAuthn credentials in D1: sealed to account and record, found by a keyed digest of the credential id. */
export function webauthnIn(
  pick: PickDatabase,
  keys: Keyholder,
): Pick<Factors, 'addWebauthn' | 'webauthnCredentials' | 'findByCredential' | 'recordSecondUse'> {
  const names = factorNames(keys);
  const lookups = (id: string): string[] => [
    keys.fingerprint('credential', id),
    ...keys.previousFingerprints('credential', id),
  ];
  const open = async (row: typeof factors.$inferSelect): Promise<HeldCredential> => {
    const opened = await keys.open('factor', { owner: row.account, record: row.id }, row.secret);
    const text = opened === null ? null : fromUtf8(opened);
    const kind = KINDS.find((one) => one === row.kind);
    if (text === null || kind === undefined) throw new Error('a credential does not open under its account');
    // Only this adapter seals credentials, and AES-GCM vouches that nobody changed them since.
    const credential: WebauthnCredential = JSON.parse(text);
    const name = await names.open(row.account, row.id, row.name);
    return { factor: row.id, account: row.account, kind, name, credential, version: row.secret };
  };
  const isTaken = async (db: Database, id: string): Promise<boolean> =>
    (await db.select({ id: factors.id }).from(factors).where(isCredential(id)).limit(1)).length > 0;
  const isCredential = (id: string) =>
    and(inArray(factors.kind, [...KINDS]), inArray(factors.lookup, lookups(id)));
  const toAccount = accountReader(keys);

  return {
    async findByCredential(id) {
      const db = pick({ fingerprint: lookups(id)[0] ?? '' });
      const [[row], [owner]] = await db.batch([
        db.select().from(factors).where(isCredential(id)).limit(1),
        selectAccount(db)
          .where(
            inArray(
              accounts.uuid,
              db.select({ account: factors.account }).from(factors).where(isCredential(id)),
            ),
          )
          .orderBy(desc(emails.lastSignInAt))
          .limit(1),
      ]);
      const account = await toAccount(owner);
      return row === undefined || account === null ? null : { held: await open(row), account };
    },
    async webauthnCredentials(account) {
      const rows = await pick({ account })
        .select()
        .from(factors)
        .where(and(eq(factors.account, account), inArray(factors.kind, [...KINDS])))
        .orderBy(factors.createdAt);
      return Promise.all(rows.map(open));
    },
    async addWebauthn({ account, kind, name, credential, event }) {
      const db = pick({ account });
      if (await isTaken(db, credential.id)) return err({ reason: 'credential_taken' });
      const id = crypto.randomUUID();
      const secret = await sealCredential(keys, account, id, credential);
      const named = await names.toStore(db, { account, kind, factor: id, name });
      if (named === null) return err({ reason: 'name_taken' });
      try {
        await db.batch([
          db.insert(factors).values({
            id,
            account,
            kind,
            ...named,
            secret,
            lookup: keys.fingerprint('credential', credential.id),
            lastStep: credential.signCount,
            createdAt: event.at,
            lastUsedAt: event.at,
          }),
          writeEvent(db, account, event),
        ]);
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        const taken = await isTaken(db, credential.id);
        return err({ reason: taken ? 'credential_taken' : 'name_taken' });
      }
      return ok({ id });
    },
    async recordSecondUse(held, used, success) {
      const db = pick({ account: held.account });
      const { keep, taken } = await credentialUse(db, keys, held, used, success.now);
      const { statements, record } = await secondFactorRecord(db, keys, success, taken);
      const [kept] = await db.batch([keep, ...statements]);
      return kept.length === 1 ? record : null;
    },
  };
}
