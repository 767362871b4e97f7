import { and, eq, inArray, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import type { Factors, NewEvent } from '../../accounts/ports.ts';
import { factors } from '../../accounts/tables.ts';
import type { HeldCredential, WebauthnCredential, WebauthnKind } from '../../factors/webauthn/model.ts';
import { fromUtf8 } from '../../kernel/bytes.ts';
import { err, ok } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { type Database, isUniqueViolation, type PickDatabase } from './database.ts';
import { factorNames } from './factor-names.ts';
import { secondFactorRecord } from './second-factor-record.ts';

const KINDS: readonly WebauthnKind[] = ['security_key', 'platform_passkey'];

/** WebAuthn credentials in D1: sealed to account and record, found by a keyed digest of the credential id. */
export function webauthnIn(
  pick: PickDatabase,
  keys: Keyholder,
  writeEvent: (db: Database, account: string, event: NewEvent) => BatchItem<'sqlite'>,
): Pick<
  Factors,
  'addWebauthn' | 'webauthnCredentials' | 'findByCredential' | 'recordUse' | 'recordSecondUse'
> {
  const names = factorNames(keys);
  const lookups = (id: string): string[] => [
    keys.fingerprint('credential', id),
    ...keys.previousFingerprints('credential', id),
  ];
  const seal = (account: string, factor: string, credential: WebauthnCredential): Promise<string> =>
    keys.seal('factor', { owner: account, record: factor }, JSON.stringify(credential));

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
  const find = async (id: string): Promise<HeldCredential | null> => {
    const digests = lookups(id);
    const rows = await pick({ fingerprint: digests[0] ?? '' })
      .select()
      .from(factors)
      .where(and(inArray(factors.kind, [...KINDS]), inArray(factors.lookup, digests)))
      .limit(1);
    return rows[0] === undefined ? null : open(rows[0]);
  };

  const secretAfter = (held: HeldCredential, used: WebauthnCredential): Promise<string> =>
    seal(held.account, held.factor, used);
  /** The record as it was read is part of the condition: of uses at the same moment exactly one is kept. */
  const keep = (db: Database, held: HeldCredential, secret: string, used: WebauthnCredential, now: EpochMs) =>
    db
      .update(factors)
      .set({ secret, lastStep: used.signCount, lastUsedAt: now })
      .where(
        and(eq(factors.id, held.factor), eq(factors.account, held.account), eq(factors.secret, held.version)),
      )
      .returning({ id: factors.id });

  return {
    findByCredential: find,
    async webauthnCredentials(account) {
      const rows = await pick({ account })
        .select()
        .from(factors)
        .where(and(eq(factors.account, account), inArray(factors.kind, [...KINDS])))
        .orderBy(factors.createdAt);
      return Promise.all(rows.map(open));
    },
    async addWebauthn({ account, kind, name, credential, event }) {
      if ((await find(credential.id)) !== null) return err({ reason: 'credential_taken' });
      const db = pick({ account });
      const id = crypto.randomUUID();
      const secret = await seal(account, id, credential);
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
        const taken = (await find(credential.id)) !== null;
        return err({ reason: taken ? 'credential_taken' : 'name_taken' });
      }
      return ok({ id });
    },
    async recordUse(held, used, now) {
      const kept = await keep(
        pick({ account: held.account }),
        held,
        await secretAfter(held, used),
        used,
        now,
      );
      return kept.length === 1;
    },
    async recordSecondUse(held, used, success) {
      const db = pick({ account: held.account });
      const secret = await secretAfter(held, used);
      // The sealed text is new with every use, so that finding it means that this use was kept.
      const taken = sql`EXISTS (SELECT 1 FROM factors WHERE id = ${held.factor} AND secret = ${secret})`;
      const { statements, record } = await secondFactorRecord(db, keys, success, taken);
      const [kept] = await db.batch([keep(db, held, secret, used, success.now), ...statements]);
      return kept.length === 1 ? record : null;
    },
  };
}
