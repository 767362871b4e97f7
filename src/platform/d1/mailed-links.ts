import { and, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { MailedLinks } from '../../accounts/ports/mailed-links.ts';
import { links } from '../../accounts/tables.ts';
import { err, ok } from '../../kernel/result.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import type { PickDatabase } from './database.ts';
import { insertLink } from './insert-link.ts';
import { linkTokens } from './link-tokens.ts';
import { isListed } from './listed-sessions.ts';

/** Addresses a link may have been mailed to. */
const mailedTo = () =>
  sql<string>`CASE WHEN links.email IS NULL THEN (SELECT json_group_array(m.id) FROM emails m WHERE m.account = links.account) ELSE json_array(links.email) END`;

/** Links for mail in D1, as digests of their tokens. */
export function mailedLinksIn(pick: PickDatabase, keys: Keyholder): MailedLinks {
  const tokens = linkTokens(keys);
  return {
    async createLink({ kind, account, emailId, eventId, requestId, now, lifetimeMs, replaceOlder, session }) {
      const db = pick({ account });
      const { digest, tokenFor } = tokens.create({ kind, account });
      const insert = insertLink(
        db,
        {
          digest,
          kind,
          account,
          email: emailId ?? null,
          event: eventId ?? null,
          request: requestId ?? null,
          createdAt: now,
          expiresAt: now + lifetimeMs,
        },
        isListed(account, session),
      );
      if (replaceOlder) {
        await db.batch([
          db
            .update(links)
            .set({ usedAt: now })
            .where(and(eq(links.account, account), eq(links.kind, kind), isNull(links.usedAt))),
          insert,
        ]);
      } else {
        await insert;
      }
      return tokenFor;
    },
    async openLink(kind, token, now) {
      if (token.length > 200) return err({ reason: 'unknown' });
      const digests = tokens.digests(kind, token);
      const [found] = await pick({ fingerprint: digests[0] })
        .select({ row: links, addresses: mailedTo() })
        .from(links)
        .where(inArray(links.digest, digests))
        .limit(1);
      if (found === undefined) return err({ reason: 'unknown' });
      const { row, addresses } = found;
      const candidates: readonly string[] = JSON.parse(addresses);
      const emailId = candidates.find((id) => tokens.isFor({ kind, account: row.account }, token, id));
      if (emailId === undefined) return err({ reason: 'unknown' });
      if (row.usedAt !== null) return err({ reason: 'used', account: row.account });
      if (now >= row.expiresAt) return err({ reason: 'expired', account: row.account });
      return ok({
        account: row.account,
        emailId,
        eventId: row.event,
        requestId: row.request,
        createdAt: row.createdAt,
      });
    },
    async useLink(kind, token, now) {
      const digests = tokens.digests(kind, token);
      const used = await pick({ fingerprint: digests[0] })
        .update(links)
        .set({ usedAt: now })
        .where(and(inArray(links.digest, digests), isNull(links.usedAt), gt(links.expiresAt, now)))
        .returning({ digest: links.digest });
      return used.length === 1;
    },
  };
}
