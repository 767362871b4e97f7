import { err, ok, type Result } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type { MakeMetadata, SamlYears } from '../../saml/ports.ts';
import type { PickDatabase } from '../d1/database.ts';
import type { Keyholder } from './keyholder.ts';
import { alarmDays, dueYearMoves } from './saml-calendar.ts';
import { samlYearPublication } from './saml-year-publication.ts';
import { isServing, YEAR_STATES, type YearInfo } from './saml-year-rows.ts';
import { samlYearStore } from './saml-year-store.ts';
import type { Ceremony } from './signing-keys.ts';

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
  /** Runs whenever an isolate has read the years from the database, which it does once a minute at most. */
  readonly loaded: () => void;
}

const byCalendar = (now: EpochMs): Ceremony => ({ actor: 'calendar', reason: 'the date', now });

/** One key per SAML year: sealed in D1, its certificate and metadata published to KV and held in isolate memory. */
export function samlYearRing(
  pick: PickDatabase,
  keys: Keyholder,
  kv: KVNamespace,
  config: SamlYearConfig,
): SamlYearRing {
  const store = samlYearStore(pick, keys, config);
  const { rows, list, rowOf, create, activate } = store;
  const publication = samlYearPublication(store, keys, kv, config, (now) => keepCalendar(now));
  const { publish } = publication;

  const infoFor = async (year: number): Promise<Result<YearInfo, YearRefusal>> => {
    const found = (await list()).find((info) => info.year === year);
    return found === undefined ? err({ reason: 'unknown_year' }) : ok(found);
  };
  const shut = async (year: number, by: Ceremony): Promise<void> => {
    await store.shut(year, by);
    await publication.withdraw(year);
  };

  /** Y10: what to be alarmed about, told once for each of its stages. */
  const newAlarm = async (all: readonly YearInfo[], now: EpochMs): Promise<string | null> => {
    const days = alarmDays(all, now);
    if (days === null || !(await store.tellOnce(`${all[0]?.year} ${days}`))) return null;
    return `the last certificate ends within ${days} days`;
  };
  const keepCalendar = async (now: EpochMs): Promise<readonly string[]> => {
    const by = byCalendar(now);
    const done: string[] = [];
    const before = await list();
    for (const { kind, year } of dueYearMoves(before, now)) {
      if (kind === 'stage' && (await create(year, by))) done.push(`staged ${year}`);
      if (kind === 'open' && (await activate(year, by))) done.push(`opened ${year}`);
      if (kind === 'close') {
        await shut(year, by);
        done.push(`closed ${year}`);
      }
    }
    const all = done.length > 0 ? await list() : before;
    if (done.length > 0 || !(await publication.isPublished(all))) await publish();
    const alarm = await newAlarm(all, now);
    if (alarm !== null) done.push(alarm);
    return done;
  };

  return {
    serving: publication.find,
    all: publication.all,
    metadata: publication.metadata,
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
      await store.hold(year, isHeld, by);
      return ok(null);
    },
    async replace(year, by) {
      const old = await rowOf(year);
      if (old === undefined) return err({ reason: 'unknown_year' });
      await store.replace(year, old, by);
      await publish();
      return infoFor(year);
    },
    keepCalendar,
  };
}
