import { eq, like, or } from 'drizzle-orm';
import { DAY, type EpochMs } from '../../kernel/time.ts';
import type { PickDatabase } from '../d1/database.ts';
import type { YearNews } from './saml-calendar.ts';
import { meta } from './tables.ts';

const SEEN = 'saml.seen.';
const TOLD = 'saml.told.';
const dayOf = (now: EpochMs): number => Math.floor(now / DAY);

/** Who still uses a SAML year that ends, and who was told so. Kept only while a year is ending. */
export interface SamlYearUse {
  /** Remembers that an app was answered from an ending year; written at most once a day from each isolate. */
  readonly note: (year: number, app: string, now: EpochMs) => Promise<void>;
  /** Apps by the day (days since 1970) they were last answered from this year. */
  readonly seen: (year: number) => Promise<ReadonlyMap<string, number>>;
  /** Apps that this letter went to. */
  readonly told: (news: YearNews) => Promise<ReadonlySet<string>>;
  readonly markTold: (news: YearNews, app: string) => Promise<void>;
  /** Forgets everything: no year is ending any more. */
  readonly clear: () => Promise<void>;
}

/** The use of ending years, as rows of `meta`. */
export function samlYearUse(pick: PickDatabase): SamlYearUse {
  const db = () => pick({ shared: 'keys' });
  /** What this isolate wrote today. */
  const noted = new Map<string, number>();
  const put = async (name: string, value: string): Promise<void> => {
    await db().insert(meta).values({ name, value }).onConflictDoUpdate({ target: meta.name, set: { value } });
  };
  const under = (...prefixes: readonly string[]) =>
    db()
      .select()
      .from(meta)
      .where(or(...prefixes.map((prefix) => like(meta.name, `${prefix}%`))));
  const letterOf = ({ opened, letter }: YearNews): string => `${TOLD}${opened}.${letter}.`;
  return {
    async note(year, app, now) {
      const name = `${SEEN}${year}.${app}`;
      if (noted.get(name) === dayOf(now)) return;
      noted.set(name, dayOf(now));
      await put(name, String(dayOf(now)));
    },
    async seen(year) {
      const prefix = `${SEEN}${year}.`;
      return new Map(
        (await under(prefix)).map(({ name, value }) => [name.slice(prefix.length), Number(value)]),
      );
    },
    async told(news) {
      const prefix = letterOf(news);
      return new Set((await under(prefix)).map(({ name }) => name.slice(prefix.length)));
    },
    markTold: (news, app) => put(`${letterOf(news)}${app}`, '1'),
    async clear() {
      noted.clear();
      for (const { name } of await under(SEEN, TOLD)) await db().delete(meta).where(eq(meta.name, name));
    },
  };
}
