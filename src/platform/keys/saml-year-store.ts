import { and, eq, inArray, like, lt } from 'drizzle-orm';
import { audit } from '../../apps/tables.ts';
import type { MakeMetadata } from '../../saml/ports.ts';
import { type Database, isUniqueViolation, type PickDatabase } from '../d1/database.ts';
import type { Keyholder } from './keyholder.ts';
import {
  derOf,
  makeYearRow,
  unsealYear,
  YEAR_STATES,
  type YearInfo,
  type YearRow,
  yearInfo,
} from './saml-year-rows.ts';
import type { Ceremony } from './signing-keys.ts';
import { meta, signingKeys } from './tables.ts';

const HOLD = 'saml.hold.';
const ALARM = 'saml.alarm';

/** SAML years as the database has them; each step and its audit line are one transaction. */
export interface SamlYearStore {
  readonly rows: () => Promise<YearRow[]>;
  /** Newest year first. */
  readonly list: () => Promise<readonly YearInfo[]>;
  /** The row a year is served from or staged in, if it has one. */
  readonly rowOf: (year: number) => Promise<YearRow | undefined>;
  /** Makes key and certificate of a year; false when it has them. */
  readonly create: (year: number, by: Ceremony) => Promise<boolean>;
  /** Lets a staged year serve and older ones retire; false when it is not staged or its time has not come. */
  readonly activate: (year: number, by: Ceremony) => Promise<boolean>;
  readonly shut: (year: number, by: Ceremony) => Promise<void>;
  readonly hold: (year: number, isHeld: boolean, by: Ceremony) => Promise<void>;
  /** A new key in the place of this one. */
  readonly replace: (year: number, old: YearRow, by: Ceremony) => Promise<void>;
  /** Writes down what an alarm said; false when that was said before. */
  readonly tellOnce: (alarm: string) => Promise<boolean>;
}

/** Keys of SAML years in D1, sealed. */
export function samlYearStore(
  pick: PickDatabase,
  keys: Keyholder,
  config: { readonly origin: string; readonly organization: string; readonly makeMetadata: MakeMetadata },
): SamlYearStore {
  const db = (): Database => pick({ shared: 'keys' });

  const selectRows = () => db().select().from(signingKeys).where(eq(signingKeys.use, 'saml'));
  const rows = (): Promise<YearRow[]> => selectRows();
  const list = async (): Promise<readonly YearInfo[]> => {
    const held = db()
      .select()
      .from(meta)
      .where(like(meta.name, `${HOLD}%`));
    const [all, holds] = await db().batch([selectRows(), held]);
    const onHold = new Set(holds.map(({ name }) => Number(name.slice(HOLD.length))));
    return all.flatMap((row) => yearInfo(row, onHold) ?? []).sort((a, b) => b.year - a.year);
  };
  const auditLine = (action: string, year: number, { actor, reason, now }: Ceremony, changes = {}) =>
    db()
      .insert(audit)
      .values({
        time: now,
        actor,
        action,
        itemType: 'saml_year',
        itemId: String(year),
        before: null,
        after: null,
        changes: { reason: [null, reason], ...changes },
      });
  const rowOf = async (year: number): Promise<YearRow | undefined> =>
    (await rows()).find((row) => row.year === year && YEAR_STATES[row.state] !== null);

  return {
    rows,
    list,
    rowOf,
    async create(year, by) {
      if ((await rowOf(year)) !== undefined) return false;
      const row = await makeYearRow(keys, config, { year, state: 'pending', ...by });
      try {
        await db().batch([db().insert(signingKeys).values(row), auditLine('stage', year, by)]);
        return true;
      } catch (error) {
        // Another isolate was faster; the unique index kept one of the two.
        if (isUniqueViolation(error)) return false;
        throw error;
      }
    },
    /** Y9: nothing opens whose metadata we cannot verify and read ourselves. */
    async activate(year, by) {
      const row = await rowOf(year);
      const info = row === undefined ? null : yearInfo(row, new Set());
      if (row === undefined || info?.state !== 'staged' || by.now < info.notBefore) return false;
      const certificates = [derOf(row).toString('base64')] as const;
      await config.makeMetadata({
        year,
        key: await unsealYear(keys, row),
        certificates,
        notAfter: info.notAfter,
      });
      const older = and(
        eq(signingKeys.use, 'saml'),
        eq(signingKeys.state, 'active'),
        lt(signingKeys.year, year),
      );
      await db().batch([
        db()
          .update(signingKeys)
          .set({ state: 'active', activatedAt: by.now })
          .where(eq(signingKeys.kid, row.kid)),
        db().update(signingKeys).set({ state: 'retiring', retiringAt: by.now }).where(older),
        auditLine('open', year, by),
      ]);
      return true;
    },
    async shut(year, by) {
      const living = inArray(signingKeys.state, ['pending', 'active', 'retiring']);
      const ofYear = and(eq(signingKeys.use, 'saml'), eq(signingKeys.year, year), living);
      await db().batch([
        db().update(signingKeys).set({ state: 'retired', retiredAt: by.now }).where(ofYear),
        auditLine('close', year, by),
      ]);
    },
    async hold(year, isHeld, by) {
      const name = `${HOLD}${year}`;
      const change = isHeld
        ? db().insert(meta).values({ name, value: '1' }).onConflictDoNothing()
        : db().delete(meta).where(eq(meta.name, name));
      await db().batch([change, auditLine(isHeld ? 'hold' : 'release', year, by)]);
    },
    async replace(year, old, by) {
      const successor = await makeYearRow(keys, config, { year, state: old.state, ...by });
      await db().batch([
        db()
          .update(signingKeys)
          .set({ state: 'retired', retiredAt: by.now })
          .where(eq(signingKeys.kid, old.kid)),
        db().insert(signingKeys).values(successor),
        // Y11: a row goes by its certificate's fingerprint.
        auditLine('replace', year, by, { certificate_sha256: [old.kid, successor.kid] }),
      ]);
    },
    async tellOnce(value) {
      const [told] = await db().select().from(meta).where(eq(meta.name, ALARM));
      if (told?.value === value) return false;
      await db()
        .insert(meta)
        .values({ name: ALARM, value })
        .onConflictDoUpdate({ target: meta.name, set: { value } });
      return true;
    },
  };
}
