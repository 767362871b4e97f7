import { eq } from 'drizzle-orm';
import type { LegacyNameIds } from '../../accounts/ports/legacy-name-ids.ts';
import { accounts } from '../../accounts/tables.ts';
import { audit } from '../../apps/tables.ts';
import { err, ok } from '../../kernel/result.ts';
import { isUniqueViolation, type PickDatabase } from './database.ts';

/** Imported numbers in D1; a change and its audit line are one transaction. */
export const legacyNameIdsIn = (pick: PickDatabase): LegacyNameIds => ({
  async setLegacyNameId(account, legacyNameId, by) {
    const db = pick({ account });
    const [row] = await db
      .select({ before: accounts.legacyNameId })
      .from(accounts)
      .where(eq(accounts.uuid, account));
    if (row === undefined) return err({ reason: 'gone' });
    const { before } = row;
    const set = db.update(accounts).set({ legacyNameId }).where(eq(accounts.uuid, account));
    try {
      if (by === null) await set;
      else
        await db.batch([
          set,
          db.insert(audit).values({
            time: by.now,
            actor: by.actor,
            action: 'legacy_name_id',
            itemType: 'account',
            itemId: account,
            before: { legacy_name_id: before },
            after: { legacy_name_id: legacyNameId },
            changes: { legacy_name_id: [before, legacyNameId], reason: [null, by.reason] },
          }),
        ]);
      return ok(null);
    } catch (error) {
      if (isUniqueViolation(error)) return err({ reason: 'taken' });
      throw error;
    }
  },
});
