import { and, eq, type SQL, sql } from 'drizzle-orm';
import { EVENT_KINDS } from '../../accounts/model.ts';
import type { NewEvent, SecondFactorSuccess } from '../../accounts/ports/events.ts';
import { NUMBERS } from '../../accounts/rules/numbers.ts';
import { accounts, deferredNotices, factors, sessions } from '../../accounts/tables.ts';
import { type EpochMs, HOUR } from '../../kernel/time.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import type { Database } from './database.ts';
import { insertLink } from './insert-link.ts';
import { linkTokens } from './link-tokens.ts';
import { placesWith } from './places.ts';
import { writeEventWhen } from './write-event.ts';

/** The event that an earlier statement of the same batch wrote. */
export const eventAt = (account: string, kind: number, at: EpochMs): SQL =>
  sql`(SELECT max(id) FROM events WHERE account = ${account} AND at = ${at} AND kind = ${kind})`;

/**
 * The statements that write down a complete sign-in, to go into one batch with the factor's own: the account's counter
 * starts anew (FC-1), the session is listed, a notice that waited is not needed any more (SI-5), history gains an event
 * and, if wished, a link that disavows it. Each does nothing unless `when` holds by its turn, so that a factor that was
 * not accepted leaves no trace. `record` is what to tell the caller once it held.
 */
export async function secondFactorRecord(
  db: Database,
  keys: Keyholder,
  {
    uuid,
    locator,
    deviceId,
    browser,
    now,
    disavow = false,
    remembered = false,
    again = false,
    used,
  }: SecondFactorSuccess,
  when: SQL,
  /** A further condition of the link. */
  linkWhen?: SQL,
) {
  const event: NewEvent = { kind: 'sign_in_after_2fa', at: now, browser };
  const kind = EVENT_KINDS[event.kind];
  const place = await placesWith(keys).sealEvent(uuid, event);
  const device = sql`(SELECT id FROM devices WHERE account = ${uuid} AND cookie = ${browser.cookie})`;
  const holds = and(eq(accounts.uuid, uuid), when);
  const statements = [
    db
      .update(accounts)
      .set({
        ...(remembered ? {} : { secondFactorSucceededAt: now }),
        ...(again ? {} : { signIns: sql`${accounts.signIns} + 1` }),
      })
      .where(holds),
    db
      .insert(sessions)
      .select(
        db
          .select({
            locator: sql<string>`${locator}`.as('locator'),
            account: accounts.uuid,
            device: sql<string | null>`coalesce(${deviceId}, ${device})`.as('device'),
            startedAt: sql<number>`${now}`.as('started_at'),
          })
          .from(accounts)
          .where(holds),
      )
      .onConflictDoNothing(),
    // Of this browser alone: what somebody did with the password on another one, its owner has not heard yet.
    db
      .delete(deferredNotices)
      .where(
        and(
          eq(deferredNotices.account, uuid),
          sql`(SELECT e.device FROM events e WHERE e.id = ${deferredNotices.event}) IS coalesce(${deviceId}, ${device})`,
          when,
        ),
      ),
    writeEventWhen(db, uuid, event, place, when),
    ...(used === undefined
      ? []
      : [
          db
            .update(factors)
            .set({ lastUsedAt: now })
            .where(and(eq(factors.id, used), eq(factors.account, uuid), when)),
        ]),
  ] as const;
  if (!disavow) return { statements, record: { disavowTokens: null } };
  const { digest, tokenFor } = linkTokens(keys).create({ kind: 'disavow', account: uuid });
  const link = insertLink(
    db,
    {
      digest,
      kind: 'disavow',
      account: uuid,
      email: null,
      event: eventAt(uuid, kind, now),
      request: null,
      createdAt: now,
      expiresAt: now + NUMBERS['disavow_link.ttl_h'] * HOUR,
    },
    and(when, linkWhen),
  );
  return { statements: [...statements, link] as const, record: { disavowTokens: tokenFor } };
}
