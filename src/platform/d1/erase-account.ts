import { eq, sql } from 'drizzle-orm';
import type { Erasing } from '../../accounts/ports/erasing.ts';
import {
  accountResets,
  accounts,
  backupCodes,
  connections,
  deferredNotices,
  emails,
  factors,
  links,
  tombstones,
} from '../../accounts/tables.ts';
import { dataKeys, profiles } from '../../proofing/tables.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { isMissingValue, type PickDatabase } from './database.ts';
import { linkTokens } from './link-tokens.ts';
import { isListed } from './listed-sessions.ts';

/** Crypto-erasure of an account in D1. */
export function erasingIn(pick: PickDatabase, keys: Keyholder): Erasing {
  const { digests } = linkTokens(keys);
  return {
    async erase(uuid, now, by) {
      const db = pick({ account: uuid });
      // With a link or session, its being live is settled here: who cancelled in the meantime keeps the account, and a failure keeps
      // the link.
      const live =
        by === undefined || 'session' in by
          ? isListed(uuid, by?.session)
          : sql`EXISTS (SELECT 1 FROM links WHERE digest IN ${[...digests(by.kind, by.token)]} AND account = ${uuid} AND used_at IS NULL AND expires_at > ${now})`;
      const deletedAt = sql<number>`CASE WHEN ${live ?? sql`1`} THEN ${now} END`;
      const statements = [
        db
          .insert(tombstones)
          .select(
            db
              .select({
                uuid: accounts.uuid,
                createdAt: accounts.createdAt,
                deletedAt: deletedAt.as('deleted_at'),
              })
              .from(accounts)
              .where(eq(accounts.uuid, uuid)),
          )
          .returning({ uuid: tombstones.uuid }),
        db
          .update(connections)
          .set({ email: null, agreed: '[]', revokedAt: now })
          .where(eq(connections.account, uuid)),
        db.delete(deferredNotices).where(eq(deferredNotices.account, uuid)),
        db.delete(links).where(eq(links.account, uuid)),
        db.delete(accountResets).where(eq(accountResets.account, uuid)),
        db.delete(backupCodes).where(eq(backupCodes.account, uuid)),
        // PI-20: without the wraps nobody opens the identity, not even from an older backup of its row.
        db.delete(dataKeys).where(eq(dataKeys.account, uuid)),
        db.delete(profiles).where(eq(profiles.account, uuid)),
        db.delete(factors).where(eq(factors.account, uuid)),
        db.delete(emails).where(eq(emails.account, uuid)),
        db.delete(accounts).where(eq(accounts.uuid, uuid)),
      ] as const;
      try {
        const [gone] = await db.batch(statements);
        return gone.length === 1;
      } catch (error) {
        if (isMissingValue(error, 'tombstones.deleted_at')) return false;
        throw error;
      }
    },
  };
}
