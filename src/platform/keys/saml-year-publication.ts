import { DAY, type EpochMs, MINUTE, SECOND } from '../../kernel/time.ts';
import type { MakeMetadata, ServingYear } from '../../saml/ports.ts';
import { certificatePem } from './certificate.ts';
import type { Keyholder } from './keyholder.ts';
import { derOf, endOf, isServing, unsealYear, type YearInfo, type YearRow } from './saml-year-rows.ts';
import type { SamlYearStore } from './saml-year-store.ts';
import { KeysDoNotOpen } from './signing-keys.ts';

/** How long an isolate trusts its copy, and how soon a year it does not know is looked for again. */
const RING_AGE_MS = MINUTE;
const MISS_AGE_MS = 5 * SECOND;
/** Y11: a certificate that was replaced stays in the metadata this long. */
const REPLACED_FOR_MS = DAY;
const RING_KEY = 'saml/ring';
const MOST_DOCUMENTS = 16;

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

/** The years that serve, held in isolate memory, and their public documents in KV. */
export interface SamlYearPublication {
  readonly find: (year: number) => Promise<ServingYear | null>;
  readonly all: () => Promise<readonly ServingYear[]>;
  readonly metadata: (year: number) => Promise<string | null>;
  /** Y8: writes everything public to KV and forgets what this isolate held. */
  readonly publish: () => Promise<void>;
  /** Whether KV has the list of years as it is now. */
  readonly isPublished: (all: readonly YearInfo[]) => Promise<boolean>;
  /** Takes the documents of a year that closed out of KV. */
  readonly withdraw: (year: number) => Promise<void>;
}

/** `begin` makes the first year serve when none does. */
export function samlYearPublication(
  store: Pick<SamlYearStore, 'rows' | 'list'>,
  keys: Keyholder,
  kv: KVNamespace,
  config: {
    readonly origin: string;
    readonly makeMetadata: MakeMetadata;
    readonly clock: () => EpochMs;
    readonly loaded: () => void;
  },
  begin: (now: EpochMs) => Promise<unknown>,
): SamlYearPublication {
  let ring: Ring | null = null;
  const documents = new Map<string, string>();

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
    let all = await store.rows();
    if (!all.some(isServing)) {
      await begin(now);
      all = await store.rows();
    }
    const loaded = await Promise.all(all.map((row) => loadRow(row, all, now)));
    const years = loaded.flatMap((year) => year ?? []).sort((a, b) => b.year - a.year);
    ring = { loadedAt: Date.now(), years };
    config.loaded();
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
  const publish = async (): Promise<void> => {
    ring = null;
    const { years } = await load();
    for (const year of years) {
      await kv.put(metadataKey(year.year), await document(year), { metadata: { madeFrom: year.madeFrom } });
      await kv.put(certificateKey(year.year), certificatePem(Buffer.from(year.certificates[0], 'base64')));
    }
    await kv.put(RING_KEY, ringDocument(await store.list()));
  };

  return {
    find,
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
    publish,
    isPublished: async (all) => (await kv.get(RING_KEY)) === ringDocument(all),
    withdraw: async (year) => {
      await Promise.all([kv.delete(metadataKey(year)), kv.delete(certificateKey(year))]);
    },
  };
}
