import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { EVENT_KINDS } from '../../accounts/model.ts';
import type { NewEvent } from '../../accounts/ports/events.ts';
import type { SignInRecords } from '../../accounts/ports/sign-in-records.ts';
import { accounts, devices, emails, sessions } from '../../accounts/tables.ts';
import { SESSIONS_KEPT, SESSIONS_LISTED } from '../../sessions/model.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { bansUnchanged } from './bans.ts';
import { cardUse } from './cards.ts';
import type { PickDatabase } from './database.ts';
import { defer } from './deferred-notices.ts';
import { placeOfDevice, placesWith } from './places.ts';
import { secondFactorRecord } from './second-factor-record.ts';
import { credentialUse } from './webauthn.ts';
import { writeEvent } from './write-event.ts';

/** What a sign-in writes down in D1: browser, session, events. */
export function signInRecordsIn(pick: PickDatabase, keys: Keyholder): SignInRecords {
  const places = placesWith(keys);

  return {
    async recordPassword(account, browser, now, locator, factor = 'password', follow = {}) {
      const db = pick({ account: account.uuid });
      const event: NewEvent = { kind: 'sign_in_before_2fa', at: now, browser };
      const address = account.emails.find(({ id }) => id === account.emailId)?.address;
      const id = crypto.randomUUID();
      const { complete, notice, use, checked } = follow;
      const kept =
        use === undefined
          ? null
          : await (use.kind === 'passkey'
              ? credentialUse(db, keys, use.held, use.used, now)
              : cardUse(db, keys, use.held, use.card, now));
      const taken = kept?.taken;
      const isListed = sql`EXISTS (SELECT 1 FROM sessions WHERE locator = ${locator})`;
      // SI-5: the password alone makes no browser known, or whoever has it would come back unannounced. Of an account
      // without a method nobody can give more.
      const unfinished = account.facts.methods.length === 0;
      const neverCame = sql<number>`NOT EXISTS (SELECT 1 FROM events e JOIN devices d ON d.id = e.device WHERE e.account = ${account.uuid} AND e.kind = ${EVENT_KINDS.sign_in_after_2fa} AND e.at < ${now} AND d.cookie = ${browser.cookie})`;
      const isNew = unfinished ? sql`EXISTS (SELECT 1 FROM devices WHERE id = ${id})` : neverCame;
      const [lastPlace, place, done] = await Promise.all([
        places.seal(account.uuid, placeOfDevice(browser.cookie), browser.place),
        places.sealEvent(account.uuid, event),
        complete === undefined
          ? null
          : secondFactorRecord(
              db,
              keys,
              { uuid: account.uuid, locator, deviceId: null, browser, now, ...complete },
              isListed,
              isNew,
            ),
      ]);
      const { profile } = account;
      const statements = [
        db
          .insert(devices)
          .select(
            db
              .select({
                id: sql<string>`${id}`.as('id'),
                account: accounts.uuid,
                cookie: sql<string>`${browser.cookie}`.as('cookie'),
                browser: sql<string>`${browser.name}`.as('browser'),
                lastUsedAt: sql<number>`${now}`.as('last_used_at'),
                lastPlace: sql<string | null>`${lastPlace}`.as('last_place'),
                createdAt: sql<number>`${now}`.as('created_at'),
              })
              .from(accounts)
              .where(and(eq(accounts.uuid, account.uuid), taken)),
          )
          .onConflictDoUpdate({
            target: [devices.account, devices.cookie],
            set: { lastUsedAt: now, lastPlace, browser: browser.name },
          })
          .returning({ id: devices.id, neverCame }),
        // The digest moves to the root in force with its owner's sign-in.
        db
          .update(emails)
          .set({
            lastSignInAt: now,
            ...(address === undefined ? {} : { fingerprint: keys.fingerprint('email', address) }),
          })
          .where(and(eq(emails.id, account.emailId), eq(emails.account, account.uuid), taken)),
        // From now on the session can be ended from elsewhere, whether or not a second factor follows (SE-6). Whoever
        // ends all of them changes the account first, so a session is listed in time or not at all.
        db
          .insert(sessions)
          .select(
            db
              .select({
                locator: sql<string>`${locator}`.as('locator'),
                account: accounts.uuid,
                device: sql<
                  string | null
                >`(SELECT id FROM devices WHERE account = ${account.uuid} AND cookie = ${browser.cookie})`.as(
                  'device',
                ),
                startedAt: sql<number>`${now}`.as('started_at'),
              })
              .from(accounts)
              .where(
                and(
                  eq(accounts.uuid, account.uuid),
                  taken,
                  account.facts.suspended ? isNotNull(accounts.suspendedAt) : isNull(accounts.suspendedAt),
                  bansUnchanged(account.facts.bans?.version ?? 0),
                  eq(accounts.passwordChangeRequired, account.facts.passwordChangeRequired),
                  factor === 'password' ? sql`${accounts.password} IS ${account.password}` : undefined,
                  // A reset locks it whatever the factor; what was opened a moment ago must not outlive that (PW-4).
                  profile !== null && profile.deactivation === null
                    ? sql`NOT EXISTS (SELECT 1 FROM profiles WHERE id = ${profile.id} AND deactivation = 'password_reset')`
                    : undefined,
                ),
              ),
          )
          .returning({ locator: sessions.locator }),
        db
          .select({ locator: sessions.locator })
          .from(sessions)
          .where(eq(sessions.account, account.uuid))
          .orderBy(desc(sessions.startedAt))
          .limit(SESSIONS_LISTED)
          .offset(SESSIONS_KEPT),
        ...(factor === 'password' ? [writeEvent(db, account.uuid, event, place)] : []),
        ...(notice === undefined ? [] : [defer(db, account.uuid, notice, event, and(isListed, isNew))]),
        ...(checked === undefined
          ? []
          : [
              db
                .update(accounts)
                .set({
                  passwordCheckedAt: now,
                  ...(checked.breached ? { passwordChangeRequired: true } : {}),
                })
                .where(
                  and(eq(accounts.uuid, account.uuid), sql`${accounts.password} IS ${account.password}`),
                ),
            ]),
        ...(done?.statements ?? []),
      ] as const;
      const written =
        kept === null
          ? await db.batch(statements)
          : (([, ...others]) => others)(await db.batch([kept.keep, ...statements]));
      const [device, , listed, surplus] = written;
      const deviceId = device[0]?.id ?? id;
      return {
        deviceId,
        newDevice: unfinished ? deviceId === id : device[0]?.neverCame === 1,
        listed: listed.length === 1,
        surplus: surplus.map((row) => row.locator),
        disavowTokens: done?.record.disavowTokens ?? null,
      };
    },
    async recordSecondFactor(success) {
      const db = pick({ account: success.uuid });
      const { statements, record } = await secondFactorRecord(db, keys, success, sql`1`);
      await db.batch(statements);
      return record;
    },
    async recordEvent(uuid, event) {
      const [row] = await writeEvent(
        pick({ account: uuid }),
        uuid,
        event,
        await places.sealEvent(uuid, event),
      );
      return { eventId: row?.id ?? 0 };
    },
  };
}
