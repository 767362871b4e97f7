import { and, eq, inArray, like, lt } from 'drizzle-orm';
import { audit } from '../../apps/tables.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { DAY, type EpochMs, MINUTE, SECOND } from '../../kernel/time.ts';
import type { MakeMetadata, SamlYears, ServingYear } from '../../saml/ports.ts';
import { type Database, isUniqueViolation, type PickDatabase } from '../d1/database.ts';
import { certificatePem } from './certificate.ts';
import type { Keyholder } from './keyholder.ts';
import { alarmDays, dueYearMoves } from './saml-calendar.ts';
import {
  derOf,
  endOf,
  isServing,
  makeYearRow,
  unsealYear,
  YEAR_STATES,
  type YearInfo,
  type YearRow,
  yearInfo,
} from './saml-year-rows.ts';
import { type Ceremony, KeysDoNotOpen } from './signing-keys.ts';
import { meta, signingKeys } from './tables.ts';

/** How long an isolate trusts its copy, and how soon a year it does not know is looked for again. */
const RING_AGE_MS = MINUTE;
const MISS_AGE_MS = 5 * SECOND;
/** Y11: a certificate that was replaced stays in the metadata this long. */
const REPLACED_FOR_MS = DAY;
const HOLD = 'saml.hold.';
const ALARM = 'saml.alarm';
const RING_KEY = 'saml/ring';
const MOST_DOCUMENTS = 16;

export type { YearInfo };
export type YearRefusal = { readonly reason: 'unknown_year' | 'last_year' | 'exists' | 'not_yet' };

/** Moving years by hand; the calendar uses the same verbs. */
export interface SamlYearRing extends SamlYears {
  readonly list: () => Promise<readonly YearInfo[]>;
  /** Makes key and certificate of a year without opening its endpoints. */
  readonly stage: (year: number, by: Ceremony) => Promise<Result<YearInfo, YearRefusal>>;
  /** Opens the endpoints of a year, making its key if need be; older years begin to retire. */
  readonly open: (year: number, by: Ceremony) => Promise<Result<YearInfo, YearRefusal>>;
  /** Closes the endpoints of a year for good; never those of the only one. */
  readonly close: (year: number, by: Ceremony) => Promise<Result<null, YearRefusal>>;
  /** Postpones retirement, or lets it take its course again (Y5). */
  readonly hold: (year: number, isHeld: boolean, by: Ceremony) => Promise<Result<null, YearRefusal>>;
  /** A new key for the same year, because the old one is known to others (Y11). */
  readonly replace: (year: number, by: Ceremony) => Promise<Result<YearInfo, YearRefusal>>;
  /** Whatever the calendar asks at `now`; says what was done, or has to be looked at. */
  readonly keepCalendar: (now: EpochMs) => Promise<readonly string[]>;
}

/** What the ring needs besides storage. */
export interface SamlYearConfig {
  /** Origin of the deployment; it is part of the published documents. */
  readonly origin: string;
  readonly organization: string;
  readonly makeMetadata: MakeMetadata;
  readonly clock: () => EpochMs;
}

interface Loaded extends ServingYear {
  readonly kid: string;
  /** Names key, replaced keys and origin: what a published document must have been made from. */
  readonly madeFrom: string;
}
interface Ring {
  readonly loadedAt: number;
  readonly years: readonly Loaded[];
}

const metadataKey = (year: number): string => `saml/${year}/metadata.xml`;
const certificateKey = (year: number): string => `saml/${year}/cert.pem`;
const byCalendar = (now: EpochMs): Ceremony => ({ actor: 'calendar', reason: 'the date', now });

/** Y8: the list of years as it is published. */
const ringDocument = (all: readonly YearInfo[]): string =>
  JSON.stringify(
    all.map(({ year, state, notBefore, notAfter, certificateSha256 }) => ({
      suffix: String(year),
      state,
      notBefore: new Date(notBefore).toISOString(),
      notAfter: new Date(notAfter).toISOString(),
      certificateSha256,
    })),
  );

/** One key per SAML year: sealed in D1, its certificate and metadata published to KV and held in isolate memory. */
export function samlYearRing(
  pick: PickDatabase,
  keys: Keyholder,
  kv: KVNamespace,
  config: SamlYearConfig,
): SamlYearRing {
  const db = (): Database => pick({ shared: 'keys' });
  let ring: Ring | null = null;
  const documents = new Map<string, string>();

  const rows = (): Promise<YearRow[]> => db().select().from(signingKeys).where(eq(signingKeys.use, 'saml'));
  const holds = async (): Promise<ReadonlySet<number>> => {
    const held = like(meta.name, `${HOLD}%`);
    const found = await db().select().from(meta).where(held);
    return new Set(found.map(({ name }) => Number(name.slice(HOLD.length))));
  };
  const list = async (): Promise<readonly YearInfo[]> => {
    const [all, held] = await Promise.all([rows(), holds()]);
    return all.flatMap((row) => yearInfo(row, held) ?? []).sort((a, b) => b.year - a.year);
  };
  const auditLine = (action: string, year: number, { actor, reason, now }: Ceremony) =>
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
        changes: { reason: [null, reason] },
      });

  const loadRow = async (row: YearRow, all: readonly YearRow[], now: EpochMs): Promise<Loaded | null> => {
    const { year, kid, state } = row;
    if (year === null || !isServing(row)) return null;
    const replaced = all.filter(
      (other) =>
        other.year === year && other.state === 'retired' && now - (other.retiredAt ?? 0) < REPLACED_FOR_MS,
    );
    const certificates = replaced.map((other) => derOf(other).toString('base64'));
    return {
      year,
      kid,
      madeFrom: [config.origin, kid, ...replaced.map((other) => other.kid)].join(' '),
      state: state === 'active' ? 'live' : 'retiring',
      key: ring?.years.find((other) => other.kid === kid)?.key ?? (await unsealYear(keys, row)),
      certificates: [derOf(row).toString('base64'), ...certificates],
      notAfter: endOf(row),
    };
  };
  const load = async (): Promise<Ring> => {
    const now = config.clock();
    let all = await rows();
    if (!all.some(isServing)) {
      await keepCalendar(now);
      all = await rows();
    }
    const loaded = await Promise.all(all.map((row) => loadRow(row, all, now)));
    const years = loaded.flatMap((year) => year ?? []).sort((a, b) => b.year - a.year);
    ring = { loadedAt: Date.now(), years };
    return ring;
  };
  // Each request waits for its own load. When the database does not answer, an aged copy serves on.
  const current = async (maxAge = RING_AGE_MS): Promise<Ring> => {
    const before = ring;
    if (before !== null && Date.now() - before.loadedAt < maxAge) return before;
    try {
      return await load();
    } catch (error) {
      if (before === null || error instanceof KeysDoNotOpen) throw error;
      ring = { ...before, loadedAt: Date.now() };
      return ring;
    }
  };
  const find = async (year: number): Promise<Loaded | null> => {
    const by = ({ years }: Ring) => years.find((known) => known.year === year);
    // Y8: a year that just opened elsewhere is looked for before it is said not to exist.
    return by(await current()) ?? by(await current(MISS_AGE_MS)) ?? null;
  };
  const document = async (year: Loaded): Promise<string> => {
    const made = documents.get(year.madeFrom) ?? (await config.makeMetadata(year));
    if (documents.size >= MOST_DOCUMENTS) documents.clear();
    documents.set(year.madeFrom, made);
    return made;
  };

  /** Y8: writes everything public to KV and forgets what this isolate held. */
  const publish = async (): Promise<void> => {
    ring = null;
    const { years } = await load();
    for (const year of years) {
      await kv.put(metadataKey(year.year), await document(year), { metadata: { madeFrom: year.madeFrom } });
      await kv.put(certificateKey(year.year), certificatePem(Buffer.from(year.certificates[0], 'base64')));
    }
    await kv.put(RING_KEY, ringDocument(await list()));
  };

  const rowOf = async (year: number): Promise<YearRow | undefined> =>
    (await rows()).find((row) => row.year === year && YEAR_STATES[row.state] !== null);
  const infoFor = async (year: number): Promise<Result<YearInfo, YearRefusal>> => {
    const found = (await list()).find((info) => info.year === year);
    return found === undefined ? err({ reason: 'unknown_year' }) : ok(found);
  };
  const create = async (year: number, by: Ceremony): Promise<boolean> => {
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
  };
  /** Y9: nothing opens whose metadata we cannot verify and read ourselves. */
  const activate = async (year: number, by: Ceremony): Promise<boolean> => {
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
  };
  const shut = async (year: number, by: Ceremony): Promise<void> => {
    const living = inArray(signingKeys.state, ['pending', 'active', 'retiring']);
    const ofYear = and(eq(signingKeys.use, 'saml'), eq(signingKeys.year, year), living);
    await db().batch([
      db().update(signingKeys).set({ state: 'retired', retiredAt: by.now }).where(ofYear),
      auditLine('close', year, by),
    ]);
    await Promise.all([kv.delete(metadataKey(year)), kv.delete(certificateKey(year))]);
  };

  /** Y10: what to be alarmed about, told once for each of its stages. */
  const newAlarm = async (all: readonly YearInfo[], now: EpochMs): Promise<string | null> => {
    const days = alarmDays(all, now);
    if (days === null) return null;
    const value = `${all[0]?.year} ${days}`;
    const [told] = await db().select().from(meta).where(eq(meta.name, ALARM));
    if (told?.value === value) return null;
    await db()
      .insert(meta)
      .values({ name: ALARM, value })
      .onConflictDoUpdate({ target: meta.name, set: { value } });
    return `the last certificate ends within ${days} days`;
  };
  const keepCalendar = async (now: EpochMs): Promise<readonly string[]> => {
    const by = byCalendar(now);
    const done: string[] = [];
    for (const { kind, year } of dueYearMoves(await list(), now)) {
      if (kind === 'stage' && (await create(year, by))) done.push(`staged ${year}`);
      if (kind === 'open' && (await activate(year, by))) done.push(`opened ${year}`);
      if (kind === 'close') {
        await shut(year, by);
        done.push(`closed ${year}`);
      }
    }
    const all = await list();
    if (done.length > 0 || (await kv.get(RING_KEY)) !== ringDocument(all)) await publish();
    const alarm = await newAlarm(all, now);
    if (alarm !== null) done.push(alarm);
    return done;
  };

  return {
    serving: find,
    all: async () => (await current()).years,
    async metadata(year) {
      const found = await find(year);
      if (found === null) return null;
      const held = documents.get(found.madeFrom);
      if (held !== undefined) return held;
      const published = await kv.getWithMetadata<{ madeFrom?: string }>(metadataKey(year), { cacheTtl: 60 });
      if (published.value === null || published.metadata?.madeFrom !== found.madeFrom) return document(found);
      documents.set(found.madeFrom, published.value);
      return published.value;
    },
    list,
    async stage(year, by) {
      if (!(await create(year, by))) return err({ reason: 'exists' });
      await publish();
      return infoFor(year);
    },
    async open(year, by) {
      await create(year, by);
      if (!(await activate(year, by))) {
        return err({ reason: (await rowOf(year))?.state === 'pending' ? 'not_yet' : 'exists' });
      }
      await publish();
      return infoFor(year);
    },
    async close(year, by) {
      const all = await rows();
      if (!all.some((row) => row.year === year && YEAR_STATES[row.state] !== null))
        return err({ reason: 'unknown_year' });
      if (!all.some((row) => row.year !== year && isServing(row))) return err({ reason: 'last_year' });
      await shut(year, by);
      await publish();
      return ok(null);
    },
    async hold(year, isHeld, by) {
      if ((await rowOf(year)) === undefined) return err({ reason: 'unknown_year' });
      const name = `${HOLD}${year}`;
      const change = isHeld
        ? db().insert(meta).values({ name, value: '1' }).onConflictDoNothing()
        : db().delete(meta).where(eq(meta.name, name));
      await db().batch([change, auditLine(isHeld ? 'hold' : 'release', year, by)]);
      return ok(null);
    },
    async replace(year, by) {
      const old = await rowOf(year);
      if (old === undefined) return err({ reason: 'unknown_year' });
      const successor = await makeYearRow(keys, config, { year, state: old.state, ...by });
      await db().batch([
        db()
          .update(signingKeys)
          .set({ state: 'retired', retiredAt: by.now })
          .where(eq(signingKeys.kid, old.kid)),
        db().insert(signingKeys).values(successor),
        auditLine('replace', year, by),
      ]);
      await publish();
      return infoFor(year);
    },
    keepCalendar,
  };
}
