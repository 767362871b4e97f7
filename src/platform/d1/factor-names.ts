import { fromUtf8 } from '../../kernel/bytes.ts';
import type { Keyholder } from '../keys/keyholder.ts';

/** What people call their factors: their own words, so sealed like an address and told apart by keyed digests. */
export interface FactorNames {
  readonly seal: (account: string, factor: string, name: string) => Promise<string>;
  /** Throws when the text was not sealed for this factor of this account. */
  readonly open: (account: string, factor: string, stored: string) => Promise<string>;
  /** Under which a name is known among the factors of its account and kind: the one to write first. */
  readonly digests: (account: string, kind: string, name: string) => readonly [string, ...string[]];
}

const SEALED = /^g1\.\d+\./;

/** Names of factors under the keyholder. */
export function factorNames(keys: Keyholder): FactorNames {
  const contextOf = (account: string, factor: string) => ({ owner: account, record: `${factor}/name` });
  return {
    seal: (account, factor, name) => keys.seal('factor', contextOf(account, factor), name),
    async open(account, factor, stored) {
      // Rows from before names were sealed keep theirs until they are renamed.
      if (!SEALED.test(stored)) return stored;
      const opened = await keys.open('factor', contextOf(account, factor), stored);
      const name = opened === null ? null : fromUtf8(opened);
      if (name === null) throw new Error('the name of a factor does not open under its account');
      return name;
    },
    digests(account, kind, name) {
      const value = JSON.stringify([account, kind, name]);
      return [keys.fingerprint('factor-name', value), ...keys.previousFingerprints('factor-name', value)];
    },
  };
}
