import { and, eq, sql } from 'drizzle-orm';
import type { Connection, DisconnectedApp } from '../../accounts/model.ts';
import { connections, subjects } from '../../accounts/tables.ts';
import { ATTRIBUTES, type AttributeName } from '../../consent/attributes.ts';
import type { AppLink } from '../../consent/model.ts';
import type { Connections } from '../../consent/ports.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import type { Database, PickDatabase } from './database.ts';
import { placesWith } from './places.ts';
import { writeEvent } from './write-event.ts';

type Row = typeof connections.$inferSelect;

const readAgreed = (json: string): readonly AttributeName[] => {
  const names: readonly unknown[] = JSON.parse(json);
  return ATTRIBUTES.filter((name) => names.includes(name));
};

/** Connections as account pages list them. */
export const readConnections = (rows: readonly Row[]): readonly Connection[] =>
  rows
    .filter((row) => row.revokedAt === null && row.consentedAt !== null)
    .map((row) => ({
      app: row.app,
      uuid: row.uuid,
      agreed: readAgreed(row.agreed),
      emailId: row.email,
      consentedAt: row.consentedAt,
      lastUsedAt: row.lastUsedAt,
      createdAt: row.createdAt,
    }));

/** Those that were ended. */
export const readDisconnected = (rows: readonly Row[]): readonly DisconnectedApp[] =>
  rows.flatMap(({ app, createdAt, lastUsedAt, revokedAt }) =>
    revokedAt === null ? [] : [{ app, createdAt, lastUsedAt, disconnectedAt: revokedAt }],
  );

const toLink = (row: Row, subject: string): AppLink => ({
  subject,
  agreed: readAgreed(row.agreed),
  consentedAt: row.consentedAt,
  revoked: row.revokedAt !== null,
  emailId: row.email,
});

/** Connections between accounts and apps in D1. */
export function connectionsIn(
  pick: PickDatabase,
  agencyOf: (app: string) => Promise<string | null>,
  keys: Keyholder,
): Connections {
  const places = placesWith(keys);
  const find = (db: Database, account: string, app: string, agency: string) =>
    db
      .select({ connection: connections, subject: subjects.subject })
      .from(connections)
      .innerJoin(subjects, and(eq(subjects.account, connections.account), eq(subjects.agency, agency)))
      .where(and(eq(connections.account, account), eq(connections.app, app)))
      .limit(1);
  return {
    async find(account, app) {
      const agency = await agencyOf(app);
      if (agency === null) return null;
      const [row] = await find(pick({ account }), account, app, agency);
      return row === undefined ? null : toLink(row.connection, row.subject);
    },
    async agree({ account, app, agency, attributes, emailId, now, event }) {
      const db = pick({ account });
      const uuid = crypto.randomUUID();
      const agreed = JSON.stringify(ATTRIBUTES.filter((name) => attributes.includes(name)));
      const place = event === undefined ? null : await places.sealEvent(account, event);
      // What was agreed before stays agreed, unless the app speaks for another agency now.
      const union = sql`CASE WHEN EXISTS (SELECT 1 FROM subjects WHERE account = ${account} AND agency = ${agency}) THEN (SELECT json_group_array(value) FROM (SELECT value FROM json_each(${agreed}) UNION SELECT value FROM json_each(connections.agreed))) ELSE ${agreed} END`;
      // The first app of an agency donates its connection's uuid as the subject; later apps find it there (SUB-2).
      const [before, , , rows, subjectRows] = await db.batch([
        find(db, account, app, agency),
        db
          .insert(connections)
          .values({
            account,
            app,
            uuid,
            email: emailId,
            agreed,
            consentedAt: now,
            createdAt: now,
            lastUsedAt: now,
          })
          .onConflictDoUpdate({
            target: [connections.account, connections.app],
            set: { agreed: union, consentedAt: now, revokedAt: null, email: emailId },
          }),
        db
          .insert(subjects)
          .values({
            account,
            agency,
            // An app that moved to another agency has given its uuid away already; the person is somebody new there.
            subject: sql`(SELECT CASE WHEN EXISTS (SELECT 1 FROM subjects s WHERE s.subject = c.uuid) THEN ${crypto.randomUUID()} ELSE c.uuid END FROM connections c WHERE c.account = ${account} AND c.app = ${app})`,
            createdAt: now,
          })
          .onConflictDoNothing(),
        db
          .select()
          .from(connections)
          .where(and(eq(connections.account, account), eq(connections.app, app))),
        db
          .select()
          .from(subjects)
          .where(and(eq(subjects.account, account), eq(subjects.agency, agency))),
        ...(event === undefined ? [] : [writeEvent(db, account, event, place)]),
      ]);
      const row = rows[0];
      const subject = subjectRows[0]?.subject;
      if (row === undefined || subject === undefined)
        throw new Error('a connection vanished while it was written');
      const known = before[0]?.connection;
      return { link: toLink(row, subject), first: known === undefined || known.revokedAt !== null };
    },
    async revoke(account, app, event) {
      const db = pick({ account });
      const [changed] = await db.batch([
        db
          .update(connections)
          .set({ revokedAt: event.at, agreed: '[]' })
          .where(and(eq(connections.account, account), eq(connections.app, app)))
          .returning({ app: connections.app }),
        writeEvent(db, account, event),
      ]);
      return changed.length === 1;
    },
    async chooseEmail(account, app, emailId) {
      const changed = await pick({ account })
        .update(connections)
        .set({ email: emailId })
        .where(
          and(
            eq(connections.account, account),
            eq(connections.app, app),
            sql`EXISTS (SELECT 1 FROM emails WHERE id = ${emailId} AND account = ${account} AND confirmed_at IS NOT NULL)`,
          ),
        )
        .returning({ app: connections.app });
      return changed.length === 1;
    },
    async touch(account, app, event) {
      const db = pick({ account });
      await db.batch([
        db
          .update(connections)
          .set({ lastUsedAt: event.at })
          .where(and(eq(connections.account, account), eq(connections.app, app))),
        writeEvent(db, account, event),
      ]);
    },
  };
}

/**
 * Whom an app knows under a subject: the account, if it ever agreed to share anything with this very app, and when it
 * took that back; null otherwise (saml Q3). Subjects are found where all of them are listed, whatever database holds the account.
 */
export function findPersonIn(pick: PickDatabase, agencyOf: (app: string) => Promise<string | null>) {
  return async (app: string, subject: string) => {
    const agency = await agencyOf(app);
    if (agency === null) return null;
    const [row] = await pick({ shared: 'subjects' })
      .select({ account: subjects.account, disconnectedAt: connections.revokedAt })
      .from(subjects)
      .innerJoin(connections, and(eq(connections.account, subjects.account), eq(connections.app, app)))
      .where(and(eq(subjects.agency, agency), eq(subjects.subject, subject)))
      .limit(1);
    return row ?? null;
  };
}
