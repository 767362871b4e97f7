import { and, eq, gt, isNull } from 'drizzle-orm';
import type { MailedLinks } from '../../accounts/ports/mailed-links.ts';
import { links } from '../../accounts/tables.ts';
import { toBase64Url } from '../../kernel/bytes.ts';
import { err, ok } from '../../kernel/result.ts';
import { randomBytes } from '../random.ts';
import type { PickDatabase } from './database.ts';
import { linkDigest } from './second-factor-record.ts';

/** Links for mail in D1, as digests of their tokens. */
export function mailedLinksIn(pick: PickDatabase): MailedLinks {
  return {
    async createLink({ kind, account, emailId, eventId, requestId, now, lifetimeMs, replaceOlder }) {
      const db = pick({ account });
      const token = toBase64Url(randomBytes(32));
      const insert = db.insert(links).values({
        digest: linkDigest(kind, token),
        kind,
        account,
        email: emailId ?? null,
        event: eventId ?? null,
        request: requestId ?? null,
        createdAt: now,
        expiresAt: now + lifetimeMs,
      });
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
      return token;
    },
    async openLink(kind, token, now) {
      if (token.length > 200) return err({ reason: 'unknown' });
      const digest = linkDigest(kind, token);
      const [row] = await pick({ fingerprint: digest })
        .select()
        .from(links)
        .where(eq(links.digest, digest))
        .limit(1);
      if (row === undefined) return err({ reason: 'unknown' });
      if (row.usedAt !== null) return err({ reason: 'used', account: row.account });
      if (now >= row.expiresAt) return err({ reason: 'expired', account: row.account });
      return ok({
        account: row.account,
        emailId: row.email,
        eventId: row.event,
        requestId: row.request,
        createdAt: row.createdAt,
      });
    },
    async useLink(kind, token, now) {
      const digest = linkDigest(kind, token);
      const used = await pick({ fingerprint: digest })
        .update(links)
        .set({ usedAt: now })
        .where(and(eq(links.digest, digest), isNull(links.usedAt), gt(links.expiresAt, now)))
        .returning({ digest: links.digest });
      return used.length === 1;
    },
  };
}
