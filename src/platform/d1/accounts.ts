import { desc, eq, inArray, sql } from 'drizzle-orm';
import type { Accounts } from '../../accounts/ports/accounts.ts';
import { accounts, backupCodes, connections, emails, factors } from '../../accounts/tables.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { emailsIn } from './account-emails.ts';
import { historyIn } from './account-history.ts';
import { storedPasswordsIn } from './account-passwords.ts';
import { accountResetsIn } from './account-resets.ts';
import { signUpsIn } from './account-sign-ups.ts';
import { addressesWith } from './addresses.ts';
import { readConnections, readDisconnected } from './connections.ts';
import type { PickDatabase } from './database.ts';
import { deferredNoticesIn } from './deferred-notices.ts';
import { erasingIn } from './erase-account.ts';
import { factorNames } from './factor-names.ts';
import { kindsOf } from './held-kinds.ts';
import { legacyNameIdsIn } from './legacy-name-ids.ts';
import { listedSessionsIn } from './listed-sessions.ts';
import { mailedLinksIn } from './mailed-links.ts';
import { placesWith } from './places.ts';
import { profileJson, readProfile } from './profiles.ts';
import { accountColumns, accountReader, emailsReader, factsOf, selectAccount } from './read-account.ts';
import { signInRecordsIn } from './sign-in-records.ts';
import { suspensionsIn } from './suspensions.ts';
import { writeEvent } from './write-event.ts';

/** People's accounts in D1. */
export function accountsIn(pick: PickDatabase, keys: Keyholder): Accounts {
  const { fingerprints } = addressesWith(keys);
  const openEmails = emailsReader(keys);
  const toSignIn = accountReader(keys);
  const names = factorNames(keys);
  const places = placesWith(keys);

  return {
    ...signUpsIn(pick, keys),
    ...storedPasswordsIn(pick, keys),
    ...signInRecordsIn(pick, keys),
    ...mailedLinksIn(pick, keys),
    ...emailsIn(pick, keys),
    ...historyIn(pick, keys),
    ...listedSessionsIn(pick),
    ...deferredNoticesIn(pick),
    ...suspensionsIn(pick, keys),
    ...accountResetsIn(pick),
    ...erasingIn(pick, keys),
    ...legacyNameIdsIn(pick),
    async findByEmail(address) {
      const candidates = fingerprints(address);
      const db = pick({ fingerprint: candidates[0] ?? '' });
      const rows = await selectAccount(db)
        .where(inArray(emails.fingerprint, candidates))
        .orderBy(sql`${emails.confirmedAt} IS NULL`, desc(emails.createdAt))
        .limit(1);
      const found = await toSignIn(rows[0]);
      // PI-31: the digest leads here, the address sealed to account and row has the last word.
      const held = found?.emails.find(({ id }) => id === found.emailId)?.address ?? null;
      return held !== null && fingerprints(held)[0] === candidates[0] ? found : null;
    },
    async findByUuid(uuid) {
      const rows = await selectAccount(pick({ account: uuid }))
        .where(eq(accounts.uuid, uuid))
        .orderBy(desc(emails.lastSignInAt))
        .limit(1);
      return toSignIn(rows[0]);
    },
    async overview(uuid) {
      const db = pick({ account: uuid });
      const [found, factorRows, codeRows, connectionRows] = await db.batch([
        db
          .select({ account: accounts, emails: accountColumns().emails, profile: profileJson(accounts.uuid) })
          .from(accounts)
          .where(eq(accounts.uuid, uuid)),
        db
          .select({ id: factors.id, kind: factors.kind, label: factors.name, createdAt: factors.createdAt })
          .from(factors)
          .where(eq(factors.account, uuid))
          .orderBy(factors.createdAt),
        db
          .select({
            left: sql<number>`count(*) FILTER (WHERE used_at IS NULL)`,
            madeAt: sql<number | null>`max(created_at)`,
          })
          .from(backupCodes)
          .where(eq(backupCodes.account, uuid)),
        db.select().from(connections).where(eq(connections.account, uuid)).orderBy(connections.createdAt),
      ]);
      const row = found[0];
      if (row === undefined) return null;
      const codes = codeRows[0] ?? { left: 0, madeAt: null };
      const kinds = kindsOf(factorRows.map((factor) => factor.kind).join(','), codes.left > 0 ? 1 : 0);
      return {
        uuid,
        emails: await openEmails(uuid, row.emails),
        factors: await Promise.all(
          factorRows.map(async (row) => ({ ...row, label: await names.open(uuid, row.id, row.label) })),
        ),
        backupCodesLeft: codes.left,
        backupCodesMadeAt: codes.madeAt,
        connections: readConnections(connectionRows),
        disconnected: readDisconnected(connectionRows),
        facts: factsOf(
          row.account,
          kinds,
          readProfile(row.profile),
          factorRows.length + (codes.left > 0 ? 1 : 0),
        ),
        createdAt: row.account.createdAt,
        hasPassword: row.account.password !== null,
      };
    },
    async setEmailLocale(uuid, locale) {
      await pick({ account: uuid })
        .update(accounts)
        .set({ emailLocale: locale })
        .where(eq(accounts.uuid, uuid));
    },
    async acceptRules(uuid, now) {
      await pick({ account: uuid })
        .update(accounts)
        .set({ rulesAcceptedAt: now })
        .where(eq(accounts.uuid, uuid));
    },
    async decline(uuid, what, now) {
      await pick({ account: uuid })
        .update(accounts)
        .set(what === 'card' ? { cardDeclinedAt: now } : { secondMethodDeclinedAt: now })
        .where(eq(accounts.uuid, uuid));
    },
    async revokeRememberedDevices(uuid, event) {
      const db = pick({ account: uuid });
      const place = await places.sealEvent(uuid, event);
      await db.batch([
        db.update(accounts).set({ rememberRevokedAt: event.at }).where(eq(accounts.uuid, uuid)),
        writeEvent(db, uuid, event, place),
      ]);
    },
  };
}
