import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { accounts } from '../../accounts/tables.ts';
import { fromBase64Url, toBase64Url } from '../../kernel/bytes.ts';
import { err, ok } from '../../kernel/result.ts';
import type { DataKeyWrap, SealedProfile, VerifiedIdentity } from '../../proofing/model.ts';
import type { DataKeyOpener, Profiles, Rewrap } from '../../proofing/ports.ts';
import { writeIdentity } from '../../proofing/rules/identity-limits.ts';
import { PERSONAL_KEY_SALT_BYTES, stretchPersonalKey } from '../../proofing/rules/personal-key-stretch.ts';
import { dataKeys, profiles } from '../../proofing/tables.ts';
import { dataKeyBytes, dataKeyText, openTwice, ownersKey, sealTwice, textOf } from '../keys/data-key.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { scrypt } from '../passwords.ts';
import { randomBytes } from '../random.ts';
import { type Database, isMissingValue, type PickDatabase } from './database.ts';
import { isListed } from './listed-sessions.ts';
import { placesWith } from './places.ts';
import { writeEvent } from './write-event.ts';

/** An account's profile with its wraps as one JSON column, the active one first, so that sign-in needs a single statement. */
export const profileJson = (account: SQL | typeof accounts.uuid) =>
  sql<
    string | null
  >`(SELECT json_array(p.id, p.level, p.sealed, p.verified_at, p.deactivation, (SELECT json_group_array(json_array(k.kind, k.factor, k.salt, k.wrapped)) FROM data_keys k WHERE k.profile = p.id)) FROM profiles p WHERE p.account = ${account} ORDER BY p.deactivated_at IS NOT NULL, p.created_at DESC LIMIT 1)`;

type ProfileJson = readonly [
  SealedProfile['id'],
  SealedProfile['level'],
  string,
  number,
  SealedProfile['deactivation'],
  string | readonly (readonly [DataKeyWrap['kind'], string, string | null, string])[],
];

/** Reads that column. */
export function readProfile(json: string | null): SealedProfile | null {
  if (json === null) return null;
  const [id, level, sealed, verifiedAt, deactivation, wraps]: ProfileJson = JSON.parse(json);
  // A nested json_group_array arrives as JSON or as its text, by the version of SQLite.
  const rows: Exclude<ProfileJson[5], string> = typeof wraps === 'string' ? JSON.parse(wraps) : wraps;
  return {
    id,
    level,
    sealed,
    verifiedAt,
    deactivation,
    wraps: rows.map(([kind, factor, salt, wrapped]) => ({ kind, factor, salt, wrapped })),
  };
}

/** Statements that store wraps in place of those of the same kind and factor; `unless` adds a condition on the account. */
export const wrapStatements = (
  db: Database,
  account: string,
  { profile, wraps }: Rewrap,
  at: number,
  condition: SQL = sql`1`,
) =>
  wraps.map(({ kind, factor, salt, wrapped }) =>
    db
      .insert(dataKeys)
      .select(
        db
          .select({
            profile: profiles.id,
            kind: sql<DataKeyWrap['kind']>`${kind}`.as('kind'),
            factor: sql<string>`${factor}`.as('factor'),
            account: profiles.account,
            salt: sql<string | null>`${salt}`.as('salt'),
            wrapped: sql<string>`${wrapped}`.as('wrapped'),
            createdAt: sql<number>`${at}`.as('created_at'),
          })
          .from(profiles)
          .where(and(eq(profiles.id, profile), eq(profiles.account, account), condition)),
      )
      .onConflictDoUpdate({
        target: [dataKeys.profile, dataKeys.kind, dataKeys.factor],
        set: { salt, wrapped, createdAt: at },
      })
      .returning({ profile: dataKeys.profile }),
  );

/**
 * The account for the event of a write that is about an identity in use: no value, so that the whole batch is undone, when
 * that identity was locked or verified anew meanwhile. A session that ended in the same moment must not replace the
 * personal key its owner holds by one nobody sees.
 */
export const ownerOfActive = (account: string, profile: string): SQL<string> =>
  sql<string>`(SELECT account FROM profiles WHERE id = ${profile} AND account = ${account} AND deactivated_at IS NULL)`;

/**
 * PW-4: the password is gone, and with it whatever it opened. The active profile goes out of use, and of its wraps only
 * the personal key's is left.
 */
export const lockStatements = (db: Database, account: string, at: number) => [
  db
    .update(profiles)
    .set({ deactivatedAt: at, deactivation: 'password_reset' })
    .where(and(eq(profiles.account, account), isNull(profiles.deactivatedAt))),
  db.delete(dataKeys).where(and(eq(dataKeys.account, account), sql`${dataKeys.kind} <> 'personal_key'`)),
];

/** Verified identities in D1. */
export function profilesIn(pick: PickDatabase, keys: Keyholder): Profiles {
  const places = placesWith(keys);
  const wrapContext = (
    account: string,
    profile: string,
    { kind, factor }: Pick<DataKeyWrap, 'kind' | 'factor'>,
  ) => ({
    owner: account,
    record: [profile, kind, factor].join('/'),
  });
  const factorOf = (opener: DataKeyOpener): string => (opener.kind === 'prf' ? opener.factor : '');
  /** The key of a wrap: one HKDF label for each kind, so that no secret serves two. */
  const keyOf = async (opener: DataKeyOpener, salt: Uint8Array): Promise<Uint8Array> => {
    switch (opener.kind) {
      case 'password':
        return ownersKey(opener.key, 'gatehouse/data-key/password');
      case 'personal_key':
        return ownersKey(
          await stretchPersonalKey(opener.key, salt, scrypt),
          'gatehouse/data-key/personal-key',
        );
      case 'prf':
        return ownersKey(opener.output, 'gatehouse/data-key/prf');
    }
  };
  const wrap: Profiles['wrap'] = async (account, { id, dataKey }, opener) => {
    const salt = opener.kind === 'personal_key' ? randomBytes(PERSONAL_KEY_SALT_BYTES) : null;
    const place = { kind: opener.kind, factor: factorOf(opener) };
    const key = await keyOf(opener, salt ?? new Uint8Array(0));
    const context = wrapContext(account, id, place);
    const wrapped = await sealTwice(keys, 'data-key', context, key, dataKeyBytes(dataKey));
    return { ...place, salt: salt === null ? null : toBase64Url(salt), wrapped };
  };
  return {
    wrap,
    async find(account) {
      const [row] = await pick({ account })
        .select({ profile: profileJson(sql`${account}`) })
        .from(accounts)
        .where(eq(accounts.uuid, account));
      return readProfile(row?.profile ?? null);
    },
    async open(account, profile, opener) {
      const factor = factorOf(opener);
      const held = profile.wraps.find((one) => one.kind === opener.kind && one.factor === factor);
      if (held === undefined) return err({ reason: 'no_wrap' });
      const salt = fromBase64Url(held.salt ?? '');
      if (salt === null) return err({ reason: 'damaged' });
      const key = await keyOf(opener, salt);
      const dataKey = await openTwice(
        keys,
        'data-key',
        wrapContext(account, profile.id, held),
        key,
        held.wrapped,
      );
      if (!dataKey.ok) return dataKey;
      const context = { owner: account, record: profile.id };
      const data = await openTwice(keys, 'profile', context, dataKey.value, profile.sealed);
      if (!data.ok) return err({ reason: 'damaged' });
      // Only this adapter seals identities, and AES-GCM vouches that nobody changed them since.
      const identity: VerifiedIdentity = JSON.parse(textOf(data.value));
      const { id, verifiedAt } = profile;
      const prfFactors = profile.wraps.flatMap(({ kind, factor }) => (kind === 'prf' ? [factor] : []));
      return ok({ id, dataKey: dataKeyText(dataKey.value), identity, verifiedAt, prfFactors });
    },
    async create({ account, identity, level, verifiedAt, openers, event }) {
      const db = pick({ account });
      const id = crypto.randomUUID();
      const key = randomBytes(32);
      const unlocked = { id, dataKey: dataKeyText(key), identity, verifiedAt, prfFactors: [] };
      const context = { owner: account, record: id };
      const sealed = await sealTwice(keys, 'profile', context, key, writeIdentity(identity));
      const wraps: DataKeyWrap[] = [];
      for (const opener of openers) wraps.push(await wrap(account, unlocked, opener));
      const place = await places.sealEvent(account, event);
      await db.batch([
        db.delete(dataKeys).where(eq(dataKeys.account, account)),
        db.delete(profiles).where(eq(profiles.account, account)),
        db.insert(profiles).values({ id, account, level, sealed, verifiedAt, createdAt: event.at }),
        ...wrapStatements(db, account, { profile: id, wraps }, event.at),
        writeEvent(db, account, event, place),
      ]);
      return unlocked;
    },
    async keep(account, rewrap, at, event) {
      const db = pick({ account });
      const [first, ...more] = wrapStatements(db, account, rewrap, at, isNull(profiles.deactivatedAt));
      if (first === undefined) return false;
      const place = event === null ? null : await places.sealEvent(account, event);
      const active = ownerOfActive(account, rewrap.profile);
      const listed = isListed(account, event?.session);
      const owner = listed === undefined ? active : sql<string>`CASE WHEN ${listed} THEN ${active} END`;
      const told = event === null ? [] : [writeEvent(db, account, event, place, owner)];
      try {
        const [stored] = await db.batch([first, ...more, ...told]);
        return stored.length === 1;
      } catch (error) {
        if (isMissingValue(error, 'events.account')) return false;
        throw error;
      }
    },
    async reactivate(account, rewrap, password, newEvents) {
      const db = pick({ account });
      const at = newEvents[0]?.at ?? 0;
      const current = sql`EXISTS (SELECT 1 FROM accounts a WHERE a.uuid = ${account} AND a.password = ${password})`;
      const waits = sql`${profiles.deactivatedAt} IS NOT NULL`;
      const isLocked = and(
        eq(profiles.id, rewrap.profile),
        eq(profiles.account, account),
        isNotNull(profiles.deactivatedAt),
        current,
      );
      const sealedPlaces = await Promise.all(newEvents.map((event) => places.sealEvent(account, event)));
      // Written first, while the profile is locked still: afterwards nobody could tell who unlocked it. No owner, no batch.
      const owner = sql<string>`(SELECT account FROM profiles WHERE ${isLocked})`;
      const told = newEvents.map((event, index) =>
        writeEvent(db, account, event, sealedPlaces[index] ?? null, owner),
      );
      const unlock = db
        .update(profiles)
        .set({ deactivatedAt: null, deactivation: null })
        .where(isLocked)
        .returning({ id: profiles.id });
      const wrapped = wrapStatements(db, account, rewrap, at, and(current, sql`NOT (${waits})`));
      try {
        const [first, ...more] = [...told, unlock];
        const answers = await db.batch([first ?? unlock, ...more, ...wrapped]);
        return answers[told.length]?.length === 1;
      } catch (error) {
        if (isMissingValue(error, 'events.account')) return false;
        throw error;
      }
    },
    async deactivate(account, profile, reason, at) {
      await pick({ account })
        .update(profiles)
        .set({ deactivatedAt: sql`coalesce(${profiles.deactivatedAt}, ${at})`, deactivation: reason })
        .where(and(eq(profiles.id, profile), eq(profiles.account, account)));
    },
  };
}
