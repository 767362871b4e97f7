import { and, desc, eq, lt } from 'drizzle-orm';
import type { ReadAudit } from '../../apps/ports.ts';
import { audit } from '../../apps/tables.ts';
import { queryBuilder } from './database.ts';

/** History on D1, newest first (P50). */
export const auditReader =
  (db: D1Database): ReadAudit =>
  ({ itemId, before, limit }) =>
    queryBuilder(db)
      .select()
      .from(audit)
      .where(
        and(
          itemId === null ? undefined : eq(audit.itemId, itemId),
          before === null ? undefined : lt(audit.id, before),
        ),
      )
      .orderBy(desc(audit.id))
      .limit(limit)
      .all();
