import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import { EVENT_KINDS, type SignInAccount } from '../../accounts/model.ts';
import type { Accounts, NewEvent } from '../../accounts/ports.ts';
import { NUMBERS } from '../../accounts/rules/numbers.ts';
import * as tables from '../../accounts/tables.ts';
import { FACTOR_KINDS, type FactorKind } from '../../factors/model.ts';
import { fromUtf8, toBase64Url } from '../../kernel/bytes.ts';
import { isLocale } from '../../kernel/locale.ts';
import { err, ok } from '../../kernel/result.ts';
import type { SealedProfile } from '../../proofing/model.ts';
import { dataKeys, profiles } from '../../proofing/tables.ts';
import { type AccountFacts, SESSIONS_KEPT, SESSIONS_LISTED } from '../../sessions/model.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { randomBytes } from '../random.ts';
import { accountResetsIn } from './account-resets.ts';
import { latestCard, openCardNames } from './cards.ts';
import { readConnections } from './connections.ts';
import { type Database, isMissingValue, isUniqueViolation, type PickDatabase } from './database.ts';
import { factorNames } from './factor-names.ts';
import { placeOfDevice, placeOfEvent, placesWith } from './places.ts';
import { lockStatements, ownerOfActive, profileJson, readProfile, wrapStatements } from './profiles.ts';
import { eventAt, linkDigest, secondFactorRecord } from './second-factor-record.ts';
import { suspensionsIn } from './suspensions.ts';

const {
  accountResets,
  accounts,
  backupCodes,
  connections,
  deferredNotices,
  devices,
  emails,
  events,
  factors,
  links,
  sessions,
  tombstones,
} = tables;

/** accounts section 1: `emails.max`, unconfirmed ones included. */
const MAX_EMAILS = NUMBERS['emails.max'];

/** Rows of `emails` as one JSON column, so that sign-in needs a single statement. */
const EMAILS_JSON = sql<string>`(SELECT json_group_array(json_array(m.id, m.address, m.confirmed_at, m.last_sign_in_at)) FROM emails m WHERE m.account = ${accounts.uuid})`;
const KINDS = sql<
  string | null
>`(SELECT group_concat(DISTINCT f.kind) FROM factors f WHERE f.account = ${accounts.uuid})`;
const HAS_CODES = sql<number>`EXISTS (SELECT 1 FROM backup_codes b WHERE b.account = ${accounts.uuid} AND b.used_at IS NULL)`;
const RESET = sql<
  string | null
>`(SELECT json_array(r.requested_at, r.granted_at) FROM account_resets r WHERE r.account = ${accounts.uuid})`;

function readReset(json: string | null): SignInAccount['reset'] {
  if (json === null) return null;
  const [requestedAt, grantedAt]: readonly [number, number | null] = JSON.parse(json);
  return { requestedAt, grantedAt };
}

type AccountRow = typeof accounts.$inferSelect;

/** Kinds held, in the fixed order of the model. */
export function kindsOf(kinds: string | null, hasCodes: number): readonly FactorKind[] {
  const held = new Set((kinds ?? '').split(','));
  return FACTOR_KINDS.filter((kind) => (kind === 'backup_codes' ? hasCodes === 1 : held.has(kind)));
}

const factsOf = (
  row: AccountRow,
  methods: readonly FactorKind[],
  profile: SealedProfile | null,
): AccountFacts => ({
  methods,
  profile:
    profile === null
      ? null
      : { level: profile.level, verifiedAt: profile.verifiedAt, deactivation: profile.deactivation },
  rulesAcceptedAt: row.rulesAcceptedAt,
  suspended: row.suspendedAt !== null,
  passwordChangeRequired: row.passwordChangeRequired,
  identityHeld: row.identityHeld,
  verifiedAt: row.verifiedAt,
  secondFactorSucceededAt: row.secondFactorSucceededAt,
  emailLocale: isLocale(row.emailLocale) ? row.emailLocale : 'en',
  createdAt: row.createdAt,
});

/** People's accounts in D1. */
export function accountsIn(pick: PickDatabase, keys: Keyholder): Accounts {
  const sealAddress = (account: string, id: string, address: string) =>
    keys.seal('email', { owner: account, record: id }, address);
  const openAddress = async (account: string, id: string, sealed: string): Promise<string> => {
    const opened = await keys.open('email', { owner: account, record: id }, sealed);
    const text = opened === null ? null : fromUtf8(opened);
    if (text === null) throw new Error('an address does not open under its account');
    return text;
  };
  const names = factorNames(keys);
  const places = placesWith(keys);
  const fingerprints = (address: string) => [
    keys.fingerprint('email', address),
    ...keys.previousFingerprints('email', address),
  ];
  const openEmails = async (account: string, json: string) => {
    const rows: readonly [string, string, number | null, number | null][] = JSON.parse(json);
    return Promise.all(
      rows.map(async ([id, sealed, confirmedAt, lastSignInAt]) => ({
        id,
        address: await openAddress(account, id, sealed),
        confirmedAt,
        lastSignInAt,
      })),
    );
  };
  /** Whether somebody confirmed an account's address under an earlier root, which the unique index would not notice. */
  const isTakenUnderEarlierRoot = async (
    db: Database,
    account: string,
    emailId: string,
  ): Promise<boolean> => {
    if (keys.previousFingerprints('email', '').length === 0) return false;
    const [row] = await db
      .select()
      .from(emails)
      .where(and(eq(emails.id, emailId), eq(emails.account, account)));
    if (row === undefined) return false;
    const known = fingerprints(await openAddress(account, emailId, row.address));
    const others = and(
      inArray(emails.fingerprint, known),
      isNotNull(emails.confirmedAt),
      ne(emails.id, emailId),
    );
    return (await db.select({ id: emails.id }).from(emails).where(others).limit(1)).length > 0;
  };
  const insertEvent = (
    db: Database,
    account: string,
    event: NewEvent,
    place: string | null,
    owner: string | SQL<string> = account,
  ) =>
    db
      .insert(events)
      .values({
        account: owner,
        kind: EVENT_KINDS[event.kind],
        at: event.at,
        device:
          event.browser === null
            ? null
            : sql`(SELECT id FROM devices WHERE account = ${account} AND cookie = ${event.browser.cookie})`,
        app: event.app ?? null,
        place,
      })
      .returning({ id: events.id });
  /** SI-5: a notice waits, if `when` holds by its turn in the batch that writes its event. */
  const defer = (
    db: Database,
    account: string,
    notice: { readonly kind: string; readonly dueAt: number },
    event: NewEvent,
    when: SQL | undefined,
  ) =>
    db.insert(deferredNotices).select(
      db
        .select({
          id: sql<string>`${crypto.randomUUID()}`.as('id'),
          account: accounts.uuid,
          kind: sql<string>`${notice.kind}`.as('kind'),
          event: sql<number | null>`${eventAt(account, EVENT_KINDS[event.kind], event.at)}`.as('event'),
          dueAt: sql<number>`${notice.dueAt}`.as('due_at'),
        })
        .from(accounts)
        .where(and(eq(accounts.uuid, account), when)),
    );

  const select = (db: Database) =>
    db
      .select({
        account: accounts,
        emails: EMAILS_JSON,
        kinds: KINDS,
        hasCodes: HAS_CODES,
        emailId: emails.id,
        reset: RESET,
        profile: profileJson(accounts.uuid),
      })
      .from(accounts)
      .innerJoin(emails, eq(emails.account, accounts.uuid));
  type Row = Awaited<ReturnType<typeof select>>[number];
  const toSignIn = async (row: Row | undefined): Promise<SignInAccount | null> => {
    if (row === undefined) return null;
    const profile = readProfile(row.profile);
    return {
      uuid: row.account.uuid,
      password: row.account.password,
      facts: factsOf(row.account, kindsOf(row.kinds, row.hasCodes), profile),
      profile,
      emails: await openEmails(row.account.uuid, row.emails),
      emailId: row.emailId,
      rememberRevokedAt: row.account.rememberRevokedAt,
      reset: readReset(row.reset),
    };
  };

  return {
    ...suspensionsIn(pick, keys),
    ...accountResetsIn(pick),
    async findByEmail(address) {
      const candidates = fingerprints(address);
      const db = pick({ fingerprint: candidates[0] ?? '' });
      const rows = await select(db)
        .where(inArray(emails.fingerprint, candidates))
        .orderBy(sql`${emails.confirmedAt} IS NULL`, desc(emails.createdAt))
        .limit(1);
      return toSignIn(rows[0]);
    },
    async findByUuid(uuid) {
      const rows = await select(pick({ account: uuid }))
        .where(eq(accounts.uuid, uuid))
        .orderBy(desc(emails.lastSignInAt))
        .limit(1);
      return toSignIn(rows[0]);
    },
    async overview(uuid) {
      const db = pick({ account: uuid });
      const [found, factorRows, codeRows, connectionRows] = await db.batch([
        db
          .select({ account: accounts, emails: EMAILS_JSON, profile: profileJson(accounts.uuid) })
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
        facts: factsOf(row.account, kinds, readProfile(row.profile)),
        createdAt: row.account.createdAt,
        hasPassword: row.account.password !== null,
      };
    },
    async profile(uuid) {
      const db = pick({ account: uuid });
      const [rows, [card]] = await db.batch([
        db
          .select()
          .from(emails)
          .where(and(eq(emails.account, uuid), isNotNull(emails.confirmedAt)))
          .orderBy(emails.createdAt),
        latestCard(db, uuid),
      ]);
      const opened = await Promise.all(
        rows.map(async (row) => ({
          id: row.id,
          address: await openAddress(uuid, row.id, row.address),
          lastSignInAt: row.lastSignInAt,
        })),
      );
      return { emails: opened, x509: card === undefined ? null : await openCardNames(keys, card) };
    },

    async create({ address, emailLocale, rulesAcceptedAt, origin, now }) {
      const uuid = crypto.randomUUID();
      const emailId = crypto.randomUUID();
      const db = pick({ account: uuid });
      await db.batch([
        db.insert(accounts).values({ uuid, emailLocale, rulesAcceptedAt, createdAt: now, origin }),
        db.insert(emails).values({
          id: emailId,
          account: uuid,
          address: await sealAddress(uuid, emailId, address),
          fingerprint: keys.fingerprint('email', address),
          createdAt: now,
        }),
      ]);
      return { uuid, emailId };
    },
    async abandon(uuid) {
      const db = pick({ account: uuid });
      await db.delete(accounts).where(and(eq(accounts.uuid, uuid), isNull(accounts.password)));
    },
    async completeSignUp({ uuid, emailId, password, event }) {
      const db = pick({ account: uuid });
      if (await isTakenUnderEarlierRoot(db, uuid, emailId)) return err({ reason: 'address_taken' });
      try {
        const place = await places.sealEvent(uuid, event);
        await db.batch([
          db
            .update(emails)
            .set({ confirmedAt: event.at, lastSignInAt: event.at })
            .where(and(eq(emails.id, emailId), eq(emails.account, uuid))),
          // Whoever else typed this address and never confirmed it loses the claim.
          db
            .delete(emails)
            .where(
              and(
                ne(emails.account, uuid),
                isNull(emails.confirmedAt),
                sql`${emails.fingerprint} = (SELECT m.fingerprint FROM emails m WHERE m.id = ${emailId})`,
              ),
            ),
          db.update(accounts).set({ password }).where(eq(accounts.uuid, uuid)),
          db
            .update(links)
            .set({ usedAt: event.at })
            .where(and(eq(links.account, uuid), eq(links.kind, 'sign-up'))),
          insertEvent(db, uuid, event, place),
        ]);
      } catch (error) {
        if (isUniqueViolation(error)) return err({ reason: 'address_taken' });
        throw error;
      }
      return ok(null);
    },
    async changePassword(uuid, password, event, rewrap = null, from = null) {
      const db = pick({ account: uuid });
      const place = await places.sealEvent(uuid, event);
      const owner = rewrap === null ? uuid : ownerOfActive(uuid, rewrap.profile);
      // Without a value for its account the event fails, and the whole batch with it.
      const changed = sql<string>`(SELECT ${owner} FROM accounts WHERE uuid = ${uuid} AND password = ${password})`;
      const change = db.batch([
        db
          .update(accounts)
          .set({ password, passwordChangeRequired: false, rememberRevokedAt: event.at })
          .where(and(eq(accounts.uuid, uuid), from === null ? undefined : eq(accounts.password, from))),
        ...(rewrap === null
          ? lockStatements(db, uuid, event.at)
          : wrapStatements(db, uuid, rewrap, event.at)),
        // Whoever was in before may have an address of their own waiting: its link dies with the others.
        db
          .update(links)
          .set({ usedAt: event.at })
          .where(
            and(
              eq(links.account, uuid),
              inArray(links.kind, ['reset-password', 'disavow', 'add-email']),
              isNull(links.usedAt),
            ),
          ),
        insertEvent(db, uuid, event, place, changed),
      ]);
      try {
        await change;
        return true;
      } catch (error) {
        if (isMissingValue(error, 'events.account')) return false;
        throw error;
      }
    },
    async rehash(uuid, from, to, rewrap = null) {
      const db = pick({ account: uuid });
      const replace = db
        .update(accounts)
        .set({ password: to })
        .where(and(eq(accounts.uuid, uuid), eq(accounts.password, from)));
      if (rewrap === null) {
        await replace;
        return;
      }
      const current = sql`EXISTS (SELECT 1 FROM accounts a WHERE a.uuid = ${uuid} AND a.password = ${from})`;
      const [first, ...more] = wrapStatements(db, uuid, rewrap.wraps, rewrap.at, current);
      await (first === undefined ? replace : db.batch([first, ...more, replace]));
    },

    async recordPassword(account, browser, now, locator, factor = 'password', follow = {}) {
      const db = pick({ account: account.uuid });
      const event: NewEvent = { kind: 'sign_in_before_2fa', at: now, browser };
      const address = account.emails.find(({ id }) => id === account.emailId)?.address;
      const id = crypto.randomUUID();
      const { complete, notice, replaces } = follow;
      const isListed = sql`EXISTS (SELECT 1 FROM sessions WHERE locator = ${locator})`;
      const isNew = sql`EXISTS (SELECT 1 FROM devices WHERE id = ${id})`;
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
      const [device, , listed, surplus] = await db.batch([
        db
          .insert(devices)
          .values({
            id,
            account: account.uuid,
            cookie: browser.cookie,
            browser: browser.name,
            lastUsedAt: now,
            lastPlace,
            createdAt: now,
          })
          .onConflictDoUpdate({
            target: [devices.account, devices.cookie],
            set: { lastUsedAt: now, lastPlace, browser: browser.name },
          })
          .returning({ id: devices.id }),
        // The digest moves to the root in force with its owner's sign-in.
        db
          .update(emails)
          .set({
            lastSignInAt: now,
            ...(address === undefined ? {} : { fingerprint: keys.fingerprint('email', address) }),
          })
          .where(and(eq(emails.id, account.emailId), eq(emails.account, account.uuid))),
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
                  account.facts.suspended ? isNotNull(accounts.suspendedAt) : isNull(accounts.suspendedAt),
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
        ...(factor === 'password' ? [insertEvent(db, account.uuid, event, place)] : []),
        ...(notice === undefined ? [] : [defer(db, account.uuid, notice, event, and(isListed, isNew))]),
        // The session this browser had before: a browser has one.
        ...(replaces === undefined ? [] : [db.delete(sessions).where(eq(sessions.locator, replaces))]),
        ...(done?.statements ?? []),
      ]);
      const deviceId = device[0]?.id ?? id;
      return {
        deviceId,
        newDevice: deviceId === id,
        listed: listed.length === 1,
        surplus: surplus.map((row) => row.locator),
        disavowToken: done?.record.disavowToken ?? null,
      };
    },
    async recordSecondFactor(success) {
      const db = pick({ account: success.uuid });
      const { statements, record } = await secondFactorRecord(db, keys, success, sql`1`);
      await db.batch(statements);
      return record;
    },
    async recordEvent(uuid, event) {
      const [row] = await insertEvent(
        pick({ account: uuid }),
        uuid,
        event,
        await places.sealEvent(uuid, event),
      );
      return { eventId: row?.id ?? 0 };
    },

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

    async addEmail(uuid, address, now) {
      const db = pick({ account: uuid });
      const fingerprint = keys.fingerprint('email', address);
      const existing = await db.select().from(emails).where(eq(emails.account, uuid));
      const known = fingerprints(address);
      const own = existing.find((row) => known.includes(row.fingerprint));
      if (own !== undefined) {
        if (own.confirmedAt !== null) return err({ reason: 'already_confirmed' });
        return ok({ id: own.id, address, confirmedAt: null, lastSignInAt: null });
      }
      if (existing.length >= MAX_EMAILS) return err({ reason: 'limit' });
      const id = crypto.randomUUID();
      try {
        await db.insert(emails).values({
          id,
          // Counted again by the statement itself: of many additions at once no more than the maximum succeed.
          account: sql`CASE WHEN (SELECT count(*) FROM emails WHERE account = ${uuid}) < ${MAX_EMAILS} THEN ${uuid} END`,
          address: await sealAddress(uuid, id, address),
          fingerprint,
          createdAt: now,
        });
      } catch (error) {
        if (isMissingValue(error, 'emails.account')) return err({ reason: 'limit' });
        throw error;
      }
      return ok({ id, address, confirmedAt: null, lastSignInAt: null });
    },
    async confirmEmail(uuid, emailId, now) {
      const db = pick({ account: uuid });
      if (await isTakenUnderEarlierRoot(db, uuid, emailId)) return err({ reason: 'address_taken' });
      try {
        const [row] = await db
          .update(emails)
          .set({ confirmedAt: now })
          .where(and(eq(emails.id, emailId), eq(emails.account, uuid)))
          .returning();
        if (row === undefined) return err({ reason: 'gone' });
        return ok({
          id: row.id,
          address: await openAddress(uuid, row.id, row.address),
          confirmedAt: row.confirmedAt,
          lastSignInAt: row.lastSignInAt,
        });
      } catch (error) {
        if (isUniqueViolation(error)) return err({ reason: 'address_taken' });
        throw error;
      }
    },
    async deleteEmail(uuid, emailId, event) {
      const db = pick({ account: uuid });
      const rows = await db.select().from(emails).where(eq(emails.account, uuid));
      const row = rows.find((candidate) => candidate.id === emailId);
      if (row === undefined) return err({ reason: 'gone' });
      // The guard is in the statement: two deletions at once must not leave an account without an address.
      const another = sql`EXISTS (SELECT 1 FROM emails o WHERE o.account = ${uuid} AND o.id <> ${emailId} AND o.confirmed_at IS NOT NULL)`;
      const gone = await db
        .delete(emails)
        .where(and(eq(emails.id, emailId), eq(emails.account, uuid), or(isNull(emails.confirmedAt), another)))
        .returning({ id: emails.id });
      if (gone.length === 0) return err({ reason: 'last' });
      const place = await places.sealEvent(uuid, event);
      await db.batch([
        db
          .update(connections)
          .set({ email: null })
          .where(and(eq(connections.account, uuid), eq(connections.email, emailId))),
        // What was mailed there opens nothing any more.
        db
          .update(links)
          .set({ usedAt: event.at })
          .where(and(eq(links.account, uuid), eq(links.email, emailId), isNull(links.usedAt))),
        insertEvent(db, uuid, event, place),
      ]);
      return ok({
        id: row.id,
        address: await openAddress(uuid, row.id, row.address),
        confirmedAt: row.confirmedAt,
        lastSignInAt: row.lastSignInAt,
      });
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
    async revokeRememberedDevices(uuid, event) {
      const db = pick({ account: uuid });
      const place = await places.sealEvent(uuid, event);
      await db.batch([
        db.update(accounts).set({ rememberRevokedAt: event.at }).where(eq(accounts.uuid, uuid)),
        insertEvent(db, uuid, event, place),
      ]);
    },

    async history(uuid, { deviceId, limit, before }) {
      const rows = await pick({ account: uuid })
        .select({ event: events, browser: devices.browser })
        .from(events)
        .leftJoin(devices, eq(devices.id, events.device))
        .where(
          and(
            eq(events.account, uuid),
            deviceId === undefined ? undefined : eq(events.device, deviceId),
            before === undefined ? undefined : lt(events.id, before),
          ),
        )
        .orderBy(desc(events.id))
        .limit(limit);
      return Promise.all(
        rows.map(async ({ event, browser }) => ({
          id: event.id,
          kind: event.kind,
          at: event.at,
          deviceId: event.device,
          browser,
          place: await places.open(uuid, placeOfEvent(event.kind, event.at), event.place),
          app: event.app,
          disavowedAt: event.disavowedAt,
        })),
      );
    },
    async devices(uuid, limit) {
      const rows = await pick({ account: uuid })
        .select()
        .from(devices)
        .where(eq(devices.account, uuid))
        .orderBy(desc(devices.lastUsedAt))
        .limit(limit);
      return Promise.all(
        rows.map(async (row) => ({
          id: row.id,
          browser: row.browser,
          lastUsedAt: row.lastUsedAt,
          place: await places.open(uuid, placeOfDevice(row.cookie), row.lastPlace),
        })),
      );
    },
    async disavowEvent(uuid, eventId, now) {
      await pick({ account: uuid })
        .update(events)
        .set({ disavowedAt: now })
        .where(and(eq(events.id, eventId), eq(events.account, uuid)));
    },
    async sessionLocators(uuid) {
      return pick({ account: uuid })
        .select({
          locator: sessions.locator,
          deviceId: sessions.device,
          browser: devices.browser,
          startedAt: sessions.startedAt,
        })
        .from(sessions)
        .leftJoin(devices, eq(devices.id, sessions.device))
        .where(eq(sessions.account, uuid))
        .orderBy(desc(sessions.startedAt))
        .limit(SESSIONS_LISTED);
    },
    async forgetSession(locator) {
      await pick({ shared: 'sessions' }).delete(sessions).where(eq(sessions.locator, locator));
    },
    async forgetSessions(locators) {
      const named = sql`(SELECT value FROM json_each(${JSON.stringify(locators)}))`;
      await pick({ shared: 'sessions' }).delete(sessions).where(sql`${sessions.locator} IN ${named}`);
    },

    async erase(uuid, now, link) {
      const db = pick({ account: uuid });
      // With a link, its being live is settled here: who cancelled in the meantime keeps the account, and a failure keeps
      // the link.
      const deletedAt =
        link === undefined
          ? sql<number>`${now}`
          : sql<number>`CASE WHEN EXISTS (SELECT 1 FROM links WHERE digest = ${linkDigest(link.kind, link.token)} AND account = ${uuid} AND used_at IS NULL AND expires_at > ${now}) THEN ${now} END`;
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

    async takeDueNotices(now, limit) {
      const db = pick({ shared: 'notices' });
      const due = await db
        .select()
        .from(deferredNotices)
        .where(lte(deferredNotices.dueAt, now))
        .orderBy(deferredNotices.dueAt)
        .limit(limit);
      if (due.length === 0) return [];
      const taken = await db
        .delete(deferredNotices)
        .where(
          inArray(
            deferredNotices.id,
            due.map((row) => row.id),
          ),
        )
        .returning({
          account: deferredNotices.account,
          kind: deferredNotices.kind,
          eventId: deferredNotices.event,
        });
      return taken;
    },
  };
}
