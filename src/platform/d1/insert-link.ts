import { and, eq, type SQL, sql } from 'drizzle-orm';
import { accounts, links } from '../../accounts/tables.ts';
import type { Database } from './database.ts';

/** A new link's row; its event may be one that an earlier statement of the same batch writes. */
interface NewLink extends Omit<typeof links.$inferSelect, 'event' | 'usedAt'> {
  readonly event: number | SQL | null;
}

/** The statement that writes a mailed link, if `when` holds by its turn. */
export const insertLink = (db: Database, link: NewLink, when: SQL | undefined) =>
  db.insert(links).select(
    db
      .select({
        digest: sql<string>`${link.digest}`.as('digest'),
        kind: sql<NewLink['kind']>`${link.kind}`.as('kind'),
        account: accounts.uuid,
        email: sql<string | null>`${link.email}`.as('email'),
        event: sql<number | null>`${link.event}`.as('event'),
        request: sql<string | null>`${link.request}`.as('request'),
        createdAt: sql<number>`${link.createdAt}`.as('created_at'),
        expiresAt: sql<number>`${link.expiresAt}`.as('expires_at'),
        usedAt: sql<number | null>`NULL`.as('used_at'),
      })
      .from(accounts)
      .where(and(eq(accounts.uuid, link.account), when)),
  );
