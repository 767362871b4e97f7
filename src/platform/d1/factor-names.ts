import { and, eq, inArray, ne, or } from 'drizzle-orm';
import { factors } from '../../accounts/tables.ts';
import { fromUtf8 } from '../../kernel/bytes.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import type { Database } from './database.ts';

interface NamedFactor {
  readonly account: string;
  readonly kind: (typeof factors.$inferSelect)['kind'];
  readonly factor: string;
  readonly name: string;
  /** A factor that goes in the same moment: its name becomes free. */
  readonly except?: string | undefined;
}

/** What people call their factors: their own words, so sealed like an address and told apart by keyed digests. */
export interface FactorNames {
  /** Throws when the text was not sealed for this factor of this account. */
  readonly open: (account: string, factor: string, stored: string) => Promise<string>;
  /** The columns of a name; null when another factor of this account and kind has it. The index settles races. */
  readonly toStore: (
    db: Database,
    named: NamedFactor,
  ) => Promise<{ readonly name: string; readonly nameDigest: string } | null>;
}

const SEALED = /^g1\.\d+\./;

/** Names of factors under the keyholder. */
export function factorNames(keys: Keyholder): FactorNames {
  const contextOf = (account: string, factor: string) => ({ owner: account, record: `${factor}/name` });
  return {
    async open(account, factor, stored) {
      // Rows from before names were sealed keep theirs until they are renamed.
      if (!SEALED.test(stored)) return stored;
      const opened = await keys.open('factor', contextOf(account, factor), stored);
      const name = opened === null ? null : fromUtf8(opened);
      if (name === null) throw new Error('the name of a factor does not open under its account');
      return name;
    },
    async toStore(db, { account, kind, factor, name, except }) {
      const value = JSON.stringify([account, kind, name]);
      const nameDigest = keys.fingerprint('factor-name', value);
      const known = [nameDigest, ...keys.previousFingerprints('factor-name', value)];
      const others = await db
        .select({ id: factors.id })
        .from(factors)
        .where(
          and(
            eq(factors.account, account),
            eq(factors.kind, kind),
            ne(factors.id, factor),
            ne(factors.id, except ?? factor),
            or(inArray(factors.nameDigest, known), eq(factors.name, name)),
          ),
        )
        .limit(1);
      if (others.length > 0) return null;
      return { name: await keys.seal('factor', contextOf(account, factor), name), nameDigest };
    },
  };
}
