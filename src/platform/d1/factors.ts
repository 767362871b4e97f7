import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { NUMBERS } from '../../accounts/rules/numbers.ts';
import { accounts, backupCodes, factors } from '../../accounts/tables.ts';
import {
  BACKUP_CODE_STRETCH,
  backupCodeLookup,
  hashBackupCode,
  makeBackupCodeSet,
  readBackupCode,
} from '../../factors/backup-codes/backup-codes.ts';
import type { Factors } from '../../factors/ports.ts';
import { fromBase64Url, toBase64Url } from '../../kernel/bytes.ts';
import { err, ok } from '../../kernel/result.ts';
import { dataKeys } from '../../proofing/tables.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { scrypt } from '../passwords.ts';
import { randomBytes } from '../random.ts';
import { cardsIn } from './cards.ts';
import { type Database, isMissingValue, isUniqueViolation, type PickDatabase } from './database.ts';
import { factorNames } from './factor-names.ts';
import { kindsOf } from './held-kinds.ts';
import { isListed } from './listed-sessions.ts';
import { personalKeyFactorIn } from './personal-key-factor.ts';
import { secondFactorRecord } from './second-factor-record.ts';
import { webauthnIn } from './webauthn.ts';
import { writeEvent, writeEventWhen } from './write-event.ts';

const MAX_TOTPS = NUMBERS['totp.max'];

/** Second factors in D1: TOTP secrets sealed to account and record, backup codes as keyed digests of slow hashes. */
export function factorsIn(pick: PickDatabase, keys: Keyholder): Factors {
  const revokeRemembered = (db: Database, account: string, at: number) =>
    db.update(accounts).set({ rememberRevokedAt: at }).where(eq(accounts.uuid, account));
  const names = factorNames(keys);
  const codeRecord = (account: string, value: string): string => `${account}|${value}`;
  const digestOf = (account: string) => (value: string) =>
    keys.fingerprint('backup-code', codeRecord(account, value));
  /** Sets made under an earlier root stay good. */
  const earlierDigestsOf = (account: string, stretched: Uint8Array): readonly string[] =>
    keys.previousFingerprints('backup-code', codeRecord(account, toBase64Url(stretched)));

  return {
    ...webauthnIn(pick, keys),
    ...personalKeyFactorIn(pick, keys),
    ...cardsIn(pick, keys),
    async totps(account) {
      const rows = await pick({ account })
        .select()
        .from(factors)
        .where(and(eq(factors.account, account), eq(factors.kind, 'totp')));
      return Promise.all(
        rows.map(async (row) => {
          const secret = await keys.open('factor', { owner: account, record: row.id }, row.secret);
          if (secret === null) throw new Error('a factor secret does not open under its account');
          return { id: row.id, secret, lastStep: row.lastStep };
        }),
      );
    },
    async addTotp({ account, name, secret, step, event }) {
      const db = pick({ account });
      const id = crypto.randomUUID();
      const sealed = await keys.seal('factor', { owner: account, record: id }, secret);
      const count = sql<number>`(SELECT count(*) FROM factors WHERE account = ${account} AND kind = 'totp')`;
      const held = await db.select({ count }).from(accounts).where(eq(accounts.uuid, account));
      if ((held[0]?.count ?? 0) >= MAX_TOTPS) return err({ reason: 'limit' });
      const named = await names.toStore(db, { account, kind: 'totp', factor: id, name });
      if (named === null) return err({ reason: 'name_taken' });
      try {
        await db.batch([
          db.insert(factors).values({
            id,
            account,
            // Counted again by the statement itself: of many additions at once no more than the maximum succeed.
            kind: sql`CASE WHEN ${count} < ${MAX_TOTPS} THEN 'totp' END`,
            ...named,
            secret: sealed,
            lastStep: step,
            createdAt: event.at,
            lastUsedAt: event.at,
          }),
          writeEvent(db, account, event),
        ]);
      } catch (error) {
        if (isMissingValue(error, 'factors.kind')) return err({ reason: 'limit' });
        if (isUniqueViolation(error)) return err({ reason: 'name_taken' });
        throw error;
      }
      return ok({ id });
    },
    async acceptTotpStep(id, step, success) {
      const db = pick({ account: success.uuid });
      const taken = sql`EXISTS (SELECT 1 FROM factors WHERE id = ${id} AND last_step = ${step} AND last_used_at = ${success.now})`;
      const { statements, record } = await secondFactorRecord(db, keys, success, taken);
      const [accepted] = await db.batch([
        db
          .update(factors)
          .set({ lastStep: step, lastUsedAt: success.now })
          .where(
            and(
              eq(factors.id, id),
              eq(factors.account, success.uuid),
              or(isNull(factors.lastStep), lt(factors.lastStep, step)),
            ),
          )
          .returning({ id: factors.id }),
        ...statements,
      ]);
      return accepted.length === 1 ? record : null;
    },
    async rename(account, id, name) {
      try {
        const db = pick({ account });
        const [row] = await db
          .select({ kind: factors.kind })
          .from(factors)
          .where(and(eq(factors.id, id), eq(factors.account, account)));
        if (row === undefined) return err({ reason: 'gone' });
        const named = await names.toStore(db, { account, kind: row.kind, factor: id, name });
        if (named === null) return err({ reason: 'name_taken' });
        const renamed = await db
          .update(factors)
          .set(named)
          .where(and(eq(factors.id, id), eq(factors.account, account)))
          .returning({ id: factors.id });
        return renamed.length === 1 ? ok(null) : err({ reason: 'gone' });
      } catch (error) {
        if (isUniqueViolation(error)) return err({ reason: 'name_taken' });
        throw error;
      }
    },
    async remove(account, id, event, undo = false) {
      const db = pick({ account });
      // The last usable factor stays, however many removals arrive at once (MM-2).
      const another = sql`(EXISTS (SELECT 1 FROM factors o WHERE o.account = ${account} AND o.id <> ${id}) OR EXISTS (SELECT 1 FROM backup_codes b WHERE b.account = ${account} AND b.used_at IS NULL))`;
      const removed = await db
        .delete(factors)
        .where(
          and(
            eq(factors.id, id),
            eq(factors.account, account),
            undo ? undefined : another,
            isListed(account, event.session),
          ),
        )
        .returning({ id: factors.id });
      if (removed.length === 0) return false;
      await db.batch([
        revokeRemembered(db, account, event.at),
        // An authenticator that is gone opens nothing.
        db.delete(dataKeys).where(and(eq(dataKeys.account, account), eq(dataKeys.factor, id))),
        writeEvent(db, account, event),
      ]);
      return true;
    },

    async replaceBackupCodes(account, event, regenerated) {
      const db = pick({ account });
      const set = await makeBackupCodeSet(randomBytes, scrypt, digestOf(account));
      const salt = toBase64Url(set.salt);
      const rows = set.lookups.map((digest) => ({ account, digest, hash: salt, createdAt: event.at }));
      // Without a value for its account the event fails, and the whole batch with it.
      const listed = isListed(account, event.session) ?? sql`1`;
      const owner = sql<string>`CASE WHEN ${listed} THEN ${account} END`;
      const replace = db.batch([
        db.delete(backupCodes).where(eq(backupCodes.account, account)),
        db.insert(backupCodes).values(rows),
        writeEvent(db, account, event, null, owner),
        ...(regenerated ? [revokeRemembered(db, account, event.at)] : []),
      ]);
      try {
        await replace;
        return set.codes;
      } catch (error) {
        if (isMissingValue(error, 'events.account')) return [];
        throw error;
      }
    },
    async consumeBackupCode(typed, success) {
      const { uuid: account, now } = success;
      const db = pick({ account });
      const code = readBackupCode(typed);
      if (!code.ok) return null;
      const rows = await db
        .select({ hash: backupCodes.hash })
        .from(backupCodes)
        .where(eq(backupCodes.account, account))
        .limit(1);
      const salt = fromBase64Url(rows[0]?.hash ?? '');
      if (salt === null || salt.length === 0) return null;
      const stretched = await hashBackupCode(code.value, salt, scrypt, BACKUP_CODE_STRETCH);
      const digests = [
        backupCodeLookup(stretched, digestOf(account)),
        ...earlierDigestsOf(account, stretched),
      ];
      const digest = sql`(SELECT value FROM json_each(${JSON.stringify(digests)}))`;
      const taken = sql`EXISTS (SELECT 1 FROM backup_codes WHERE account = ${account} AND digest IN ${digest} AND used_at = ${now})`;
      const { statements, record } = await secondFactorRecord(db, keys, success, taken);
      const [consumed, left] = await db.batch([
        db
          .update(backupCodes)
          .set({ usedAt: now })
          .where(
            and(
              eq(backupCodes.account, account),
              inArray(backupCodes.digest, digests),
              isNull(backupCodes.usedAt),
            ),
          )
          .returning({ digest: backupCodes.digest }),
        db
          .select({ count: sql<number>`count(*)` })
          .from(backupCodes)
          .where(and(eq(backupCodes.account, account), isNull(backupCodes.usedAt))),
        ...statements,
      ]);
      return consumed.length === 1 ? { ...record, left: left[0]?.count ?? 0 } : null;
    },
    async deleteBackupCodes(account, event, undo = false) {
      const db = pick({ account });
      // The last usable factor stays here as well, and face or touch unlock is not left alone (MM-2, MC-2).
      const may = undo
        ? sql`1`
        : sql`(EXISTS (SELECT 1 FROM factors WHERE account = ${account} AND kind <> 'platform_passkey') AND ${isListed(account, event.session) ?? sql`1`})`;
      const [gone] = await db.batch([
        db
          .delete(backupCodes)
          .where(and(eq(backupCodes.account, account), may))
          .returning({ digest: backupCodes.digest }),
        db
          .update(accounts)
          .set({ rememberRevokedAt: event.at })
          .where(and(eq(accounts.uuid, account), may)),
        writeEventWhen(db, account, event, null, may),
      ]);
      return gone.length > 0;
    },
    async kinds(account) {
      const [row] = await pick({ account })
        .select({
          kinds: sql<
            string | null
          >`(SELECT group_concat(DISTINCT kind) FROM factors WHERE account = ${account})`,
          codes: sql<number>`EXISTS (SELECT 1 FROM backup_codes WHERE account = ${account} AND used_at IS NULL)`,
        })
        .from(accounts)
        .where(eq(accounts.uuid, account));
      return kindsOf(row?.kinds ?? null, row?.codes ?? 0);
    },
  };
}
