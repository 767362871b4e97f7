import { and, eq, inArray, isNotNull, ne } from 'drizzle-orm';
import { emails } from '../../accounts/tables.ts';
import { fromUtf8 } from '../../kernel/bytes.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import type { Database } from './database.ts';

/** People's addresses: sealed to account and row for reading, digested for finding. */
export function addressesWith(keys: Keyholder) {
  const seal = (account: string, id: string, address: string): Promise<string> =>
    keys.seal('email', { owner: account, record: id }, address);
  const open = async (account: string, id: string, sealed: string): Promise<string> => {
    const opened = await keys.open('email', { owner: account, record: id }, sealed);
    const text = opened === null ? null : fromUtf8(opened);
    if (text === null) throw new Error('an address does not open under its account');
    return text;
  };
  /** Under every root that is still accepted, the one in force first. */
  const fingerprints = (address: string) => [
    keys.fingerprint('email', address),
    ...keys.previousFingerprints('email', address),
  ];
  return {
    seal,
    open,
    fingerprints,
    /** Whether somebody confirmed an account's address under an earlier root, which the unique index would not notice. */
    isTakenUnderEarlierRoot: async (db: Database, account: string, emailId: string): Promise<boolean> => {
      if (keys.previousFingerprints('email', '').length === 0) return false;
      const [row] = await db
        .select()
        .from(emails)
        .where(and(eq(emails.id, emailId), eq(emails.account, account)));
      if (row === undefined) return false;
      const known = fingerprints(await open(account, emailId, row.address));
      const others = and(
        inArray(emails.fingerprint, known),
        isNotNull(emails.confirmedAt),
        ne(emails.id, emailId),
      );
      return (await db.select({ id: emails.id }).from(emails).where(others).limit(1)).length > 0;
    },
  };
}
