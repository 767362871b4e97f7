import { and, eq, inArray, sql } from 'drizzle-orm';
import type { NewEvent } from '../../accounts/ports/events.ts';
import { factors } from '../../accounts/tables.ts';
import type { Factors } from '../../factors/ports.ts';
import { fromBase64Url, fromUtf8, toBase64Url } from '../../kernel/bytes.ts';
import type { PersonalKey } from '../../proofing/model.ts';
import { PERSONAL_KEY_SALT_BYTES, stretchPersonalKey } from '../../proofing/rules/personal-key-stretch.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { scrypt } from '../passwords.ts';
import { randomBytes } from '../random.ts';
import type { PickDatabase } from './database.ts';
import { factorNames } from './factor-names.ts';
import { placesWith } from './places.ts';
import { secondFactorRecord } from './second-factor-record.ts';
import { writeEvent, writeEventWhen } from './write-event.ts';

const KIND = 'personal_key';
/** The row needs a name; nobody sees this one. */
const NAME = 'Personal key';

/** Personal keys as second factors of long ago (PK-1): a keyed digest of a slow hash, its salt sealed. */
export function personalKeyFactorIn(
  pick: PickDatabase,
  keys: Keyholder,
): Pick<Factors, 'addPersonalKey' | 'consumePersonalKey'> {
  const names = factorNames(keys);
  const value = async (account: string, key: PersonalKey, salt: Uint8Array): Promise<string> =>
    `${account}|${toBase64Url(await stretchPersonalKey(key, salt, scrypt))}`;

  return {
    async addPersonalKey({ account, key, event }) {
      const db = pick({ account });
      const id = crypto.randomUUID();
      const salt = randomBytes(PERSONAL_KEY_SALT_BYTES);
      const named = await names.toStore(db, { account, kind: KIND, factor: id, name: NAME });
      if (named === null) throw new Error('an account has one personal key');
      await db.batch([
        db.insert(factors).values({
          id,
          account,
          kind: KIND,
          ...named,
          secret: await keys.seal('factor', { owner: account, record: id }, toBase64Url(salt)),
          lookup: keys.fingerprint('personal-key', await value(account, key, salt)),
          createdAt: event.at,
        }),
        writeEvent(db, account, event),
      ]);
    },
    async consumePersonalKey(key, success) {
      const account = success.uuid;
      const db = pick({ account });
      const mine = and(eq(factors.account, account), eq(factors.kind, KIND));
      const [row] = await db.select().from(factors).where(mine).limit(1);
      if (row === undefined) return null;
      const opened = await keys.open('factor', { owner: account, record: row.id }, row.secret);
      const salt = fromBase64Url((opened === null ? null : fromUtf8(opened)) ?? '');
      if (salt === null || salt.length !== PERSONAL_KEY_SALT_BYTES)
        throw new Error('a factor secret does not open under its account');
      const text = await value(account, key, salt);
      const digests = [
        keys.fingerprint('personal-key', text),
        ...keys.previousFingerprints('personal-key', text),
      ];
      const listed = sql`(SELECT value FROM json_each(${JSON.stringify(digests)}))`;
      const there = sql`EXISTS (SELECT 1 FROM factors WHERE id = ${row.id} AND account = ${account} AND lookup IN ${listed})`;
      const { statements, record } = await secondFactorRecord(db, keys, success, there);
      const event: NewEvent = { kind: 'personal_key_used', at: success.now, browser: success.browser };
      const place = await placesWith(keys).sealEvent(account, event);
      // The key goes last: what is written down with it asks whether it is still there.
      const [gone] = await db.batch([
        db
          .select({ id: factors.id })
          .from(factors)
          .where(and(mine, inArray(factors.lookup, digests))),
        ...statements,
        writeEventWhen(db, account, event, place, there),
        db.delete(factors).where(and(mine, inArray(factors.lookup, digests))),
      ]);
      return gone.length === 1 ? record : null;
    },
  };
}
