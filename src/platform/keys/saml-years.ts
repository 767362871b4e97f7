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
const RING_KEY = 'saml/ring';

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

type Row = typeof signingKeys.$inferSelect;
interface Loaded extends ServingYear {
  readonly kid: string;
  /** Names key, replaced keys and origin: what a published document must have been made from. */
  readonly madeFrom: string;
}
interface Ring {
  readonly loadedAt: number;
  readonly years: readonly Loaded[];
}

const STATES: Readonly<Record<KeyState, YearState | null>> = {
  pending: 'staged',
  active: 'live',
  retiring: 'retiring',
  retired: null,
};
const derOf = (row: Row): Buffer =>
  Buffer.from((row.certificate ?? '').replace(/-----[^-]+-----|\s/g, ''), 'base64');
const metadataKey = (year: number): string => `saml/${year}/metadata.xml`;
const certificateKey = (year: number): string => `saml/${year}/cert.pem`;

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

  const rows = (): Promise<Row[]> => db().select().from(signingKeys).where(eq(signingKeys.use, 'saml'));
  const holds = async (): Promise<ReadonlySet<number>> => {
    const found = await db()
      .select()
      .from(meta)
      .where(like(meta.name, `${HOLD}%`));
    return new Set(found.map(({ name }) => Number(name.slice(HOLD.length))));
  };
  const infoOf = (row: Row, held: ReadonlySet<number>): YearInfo | null => {
    const state = STATES[row.state];
    if (state === null || row.year === null) return null;
    const certificate = new X509Certificate(row.certificate ?? '');
    return {
      year: row.year,
      state,
      kid: row.kid,
      createdAt: row.createdAt,
      createdBy: row.createdBy,
      notBefore: Date.parse(certificate.validFrom),
      notAfter: Date.parse(certificate.validTo),
      certificateSha256: toHex(sha256(certificate.raw)),
      hold: held.has(row.year),
    };
  };
  const list = async (): Promise<readonly YearInfo[]> => {
    const [all, held] = await Promise.all([rows(), holds()]);
    return all.flatMap((row) => infoOf(row, held) ?? []).sort((a, b) => b.year - a.year);
  };

  const make = async (
    year: number,
    state: KeyState,
    actor: string,
    now: EpochMs,
  ): Promise<typeof signingKeys.$inferInsert> => {
    const pair = await crypto.subtle.generateKey(
      { ...RSA, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
      true,
      ['sign', 'verify'],
    );
    if (!('privateKey' in pair)) throw new Error('key generation gave no pair');
    const [spki, pkcs8, jwk] = await Promise.all([
      crypto.subtle.exportKey('spki', pair.publicKey),
      crypto.subtle.exportKey('pkcs8', pair.privateKey),
      crypto.subtle.exportKey('jwk', pair.publicKey),
    ]);
    if (!(spki instanceof ArrayBuffer) || !(pkcs8 instanceof ArrayBuffer) || jwk instanceof ArrayBuffer)
      throw new Error('key export failed');
    const certificate = await makeCertificate(
      {
        commonName: `${new URL(config.origin).hostname} SAML ${year}`,
        organization: config.organization,
        serial: randomBytes(20),
        notBefore: now - CLOCK_SKEW_MS,
        notAfter: Math.max(certificateEnds(year), now + DAY),
        spki: new Uint8Array(spki),
      },
      async (bytes) => new Uint8Array(await crypto.subtle.sign(RSA, pair.privateKey, bytes)),
    );
    const kid = toHex(sha256(certificate));
    return {
      kid,
      use: 'saml',
      year,
      alg: 'RS256',
      publicJwk: JSON.stringify({ n: jwk.n, e: jwk.e }),
      certificate: certificatePem(certificate),
      sealed: await keys.seal('signing-key', { owner: `saml/${year}`, record: kid }, new Uint8Array(pkcs8)),
      state,
      createdAt: now,
      activatedAt: state === 'pending' ? null : now,
      createdBy: actor,
    };
  };
  const unseal = async (row: Row): Promise<CryptoKey> => {
    const pkcs8 = await keys.open('signing-key', { owner: `saml/${row.year}`, record: row.kid }, row.sealed);
    if (pkcs8 === null) throw new KeysDoNotOpen();
    return crypto.subtle.importKey('pkcs8', pkcs8, RSA, false, ['sign']);
  };
  const loadRow = async (
    row: Row,
    all: readonly Row[],
    known: Ring | null,
    now: EpochMs,
  ): Promise<Loaded | null> => {
    const { year, kid } = row;
    if (year === null || (row.state !== 'active' && row.state !== 'retiring')) return null;
    const replaced = all.filter(
      (other) =>
        other.year === year && other.state === 'retired' && now - (other.retiredAt ?? 0) < REPLACED_FOR_MS,
    );
    const madeFrom = [config.origin, kid, ...replaced.map((other) => other.kid)].join(' ');
    const same = known?.years.find((other) => other.kid === kid);
    return {
      year,
      kid,
      madeFrom,
      state: row.state === 'active' ? 'live' : 'retiring',
      key: same?.key ?? (await unseal(row)),
      certificates: [
        derOf(row).toString('base64'),
        ...replaced.map((other) => derOf(other).toString('base64')),
      ],
      notAfter: Date.parse(new X509Certificate(row.certificate ?? '').validTo),
    };
  };
  const isServing = (row: Row): boolean => row.state === 'active' || row.state === 'retiring';

  const load = async (): Promise<Ring> => {
    const now = config.clock();
    let all = await rows();
    if (!all.some(isServing)) {
      await keepCalendar(now);
      all = await rows();
    }
    const loaded = await Promise.all(all.map((row) => loadRow(row, all, ring, now)));
    ring = {
      loadedAt: Date.now(),
      years: loaded.flatMap((year) => year ?? []).sort((a, b) => b.year - a.year),
    };
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
    if (documents.size > 16) documents.clear();
    documents.set(year.madeFrom, made);
    return made;
  };

  /** Y8: writes everything public to KV and forgets what this isolate held. */
  const publish = async (): Promise<void> => {
    ring = null;
    const [{ years }, all] = await Promise.all([load(), list()]);
    for (const year of years) {
      await kv.put(metadataKey(year.year), await document(year), { metadata: { madeFrom: year.madeFrom } });
      await kv.put(certificateKey(year.year), certificatePem(Buffer.from(year.certificates[0], 'base64')));
    }
    await kv.put(RING_KEY, ringDocument(all));
  };
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

  const rowOf = async (year: number): Promise<Row | undefined> =>
    (await rows()).find((row) => row.year === year && STATES[row.state] !== null);
  const infoFor = async (year: number): Promise<Result<YearInfo, YearRefusal>> => {
    const found = (await list()).find((info) => info.year === year);
    return found === undefined ? err({ reason: 'unknown_year' }) : ok(found);
  };
  const create = async (year: number, actor: string, now: EpochMs): Promise<boolean> => {
    if ((await rowOf(year)) !== undefined) return false;
    try {
      await db()
        .insert(signingKeys)
        .values(await make(year, 'pending', actor, now));
      return true;
    } catch (error) {
      // Another isolate was faster; the unique index kept one of the two.
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  };
  /** Y9: nothing opens whose metadata we cannot verify and read ourselves. */
  const activate = async (year: number, now: EpochMs): Promise<boolean> => {
    const row = await rowOf(year);
    if (row === undefined || row.state !== 'pending') return false;
    const { notBefore, notAfter } = infoOf(row, new Set()) ?? {
      notBefore: Number.POSITIVE_INFINITY,
      notAfter: 0,
    };
    if (now < notBefore) return false;
    const certificate = derOf(row).toString('base64');
    await config.makeMetadata({ year, key: await unseal(row), certificates: [certificate], notAfter });
    await db().batch([
      db()
        .update(signingKeys)
        .set({ state: 'active', activatedAt: now })
        .where(and(eq(signingKeys.kid, row.kid), eq(signingKeys.state, 'pending'))),
      db()
        .update(signingKeys)
        .set({ state: 'retiring', retiringAt: now })
        .where(and(eq(signingKeys.use, 'saml'), eq(signingKeys.state, 'active'), lt(signingKeys.year, year))),
    ]);
    return true;
  };
  const shut = async (year: number, now: EpochMs): Promise<void> => {
    await db()
      .update(signingKeys)
      .set({ state: 'retired', retiredAt: now })
      .where(
        and(
          eq(signingKeys.use, 'saml'),
          eq(signingKeys.year, year),
          inArray(signingKeys.state, ['pending', 'active', 'retiring']),
        ),
      );
    await Promise.all([kv.delete(metadataKey(year)), kv.delete(certificateKey(year))]);
  };

  const keepCalendar = async (now: EpochMs): Promise<readonly string[]> => {
    const done: string[] = [];
    for (const move of dueYearMoves(await list(), now)) {
      if (move.kind === 'stage' && (await create(move.year, 'calendar', now)))
        done.push(`staged ${move.year}`);
      if (move.kind === 'open' && (await activate(move.year, now))) done.push(`opened ${move.year}`);
      if (move.kind === 'close') {
        await shut(move.year, now);
        done.push(`closed ${move.year}`);
      }
    }
    const all = await list();
    const days = alarmDays(all, now);
    if (days !== null) done.push(`the last certificate ends within ${days} days`);
    if (done.length > 0 || (await kv.get(RING_KEY)) !== ringDocument(all)) await publish();
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
    async stage(year, actor, now) {
      if (!(await create(year, actor, now))) return err({ reason: 'exists' });
      await publish();
      return infoFor(year);
    },
    async open(year, actor, now) {
      await create(year, actor, now);
      if (!(await activate(year, now)))
        return err({ reason: (await rowOf(year))?.state === 'pending' ? 'not_yet' : 'exists' });
      await publish();
      return infoFor(year);
    },
    async close(year, now) {
      const all = await rows();
      if (!all.some((row) => row.year === year && STATES[row.state] !== null))
        return err({ reason: 'unknown_year' });
      if (!all.some((row) => row.year !== year && isServing(row))) return err({ reason: 'last_year' });
      await shut(year, now);
      await publish();
      return ok(null);
    },
    async hold(year, isHeld) {
      if ((await rowOf(year)) === undefined) return err({ reason: 'unknown_year' });
      const name = `${HOLD}${year}`;
      if (isHeld) await db().insert(meta).values({ name, value: '1' }).onConflictDoNothing();
      else await db().delete(meta).where(eq(meta.name, name));
      return ok(null);
    },
    async replace(year, actor, now) {
      const old = await rowOf(year);
      if (old === undefined) return err({ reason: 'unknown_year' });
      const successor = await make(year, old.state, actor, now);
      await db().batch([
        db()
          .update(signingKeys)
          .set({ state: 'retired', retiredAt: now })
          .where(eq(signingKeys.kid, old.kid)),
        db().insert(signingKeys).values(successor),
      ]);
      await publish();
      return infoFor(year);
    },
    keepCalendar,
  };
}
